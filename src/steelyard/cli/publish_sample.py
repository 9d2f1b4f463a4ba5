"""The sample, published on the office's own shelf, so that the public site is full at the first start."""

from __future__ import annotations

import hashlib
import sys
from datetime import datetime
from pathlib import Path

import steelyard
from steelyard.kernel.bilingual import Text
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import assessment_files, publish, snapshot_files
from steelyard.publication.registers import read_register_list
from steelyard.publication.scope import read_scope
from steelyard.records.announced import announced
from steelyard.records.behind import records_behind
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.regions import SampledRegion
from steelyard.tables.write import write_whole
from steelyard.weighing.result import Result

STAMP = "published_sample"
"""The file of the home that says of what the sample was published last."""

RECORDS = "guangdong-records"
WHY = Text(
    "样本按新的数据或新版程序重新计算",
    "The sample was computed again, from newer data or by a newer program",
)
_MADE_OF = (".py", ".toml", ".csv")


def publish_sample(
    region: SampledRegion, result: Result, snapshot: Snapshot, home: Path, now: datetime
) -> tuple[Package, ...]:
    """Publish it if anything that it is made of has changed; nothing is returned if not."""
    from steelyard.config.publishing_key import own_key

    shelf, stamp = home / "publications", _stamp(snapshot)
    key = own_key(home)
    if _read(home / STAMP) == f"{stamp} {key.public}" and any(shelf.glob("*.zip")):
        return ()
    scope = read_scope(region.home / "sample_scope.toml")
    assessment = publish(
        shelf,
        Head(kind="assessment", series=scope.series, title=result.scheme.title, published_at=now,
             sample=True),
        assessment_files(
            result, scope,
            records=records_behind(result.scheme, snapshot),
            announced=announced(snapshot, result.scheme.period_label),
        ),
        key,
        reason=WHY,
    )  # fmt: skip
    registers = publish(
        shelf,
        Head(kind="registers", series=RECORDS, title=snapshot.manifest.title, published_at=now,
             sample=snapshot.sample),
        snapshot_files(snapshot, read_register_list(snapshot.catalogue)),
        key,
        reason=WHY,
    )  # fmt: skip
    write_whole(home / STAMP, f"{stamp} {key.public}".encode())
    return assessment, registers


def _stamp(snapshot: Snapshot) -> str:
    """A hash of the snapshot and of every file of the program and its regions, by size and time."""
    source = Path(steelyard.__file__).parent
    told = [snapshot.identifier, sys.version]
    for path in sorted(source.rglob("*")):
        if path.suffix in _MADE_OF:
            stat = path.stat()
            told.append(f"{path.relative_to(source)} {stat.st_size} {stat.st_mtime_ns}")
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError:
        return ""
