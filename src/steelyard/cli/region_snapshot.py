"""The snapshot of a bundled region: made once, and again only when what it is made of has changed."""

from __future__ import annotations

import shutil
from pathlib import Path

from steelyard.cli.snapshots import freezing
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Faulty
from steelyard.kernel.hashes import tagged
from steelyard.records.catalogue.read import SHIPPED, shipped
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.regions import SampledRegion

STAMP = "made_from"
_SEED = 2021


def region_snapshot(region: SampledRegion, home: Path, lang: Lang) -> Snapshot:
    """The region's real deliveries and its sample, frozen below ``home``."""
    stamp = _stamp(region)
    folder = home / "snapshot"
    try:
        if (home / STAMP).read_text(encoding="utf-8") == stamp:
            return Snapshot.open(folder)
    except (OSError, Faulty):
        pass
    return _made(region, home, folder, stamp, lang)


def _made(region: SampledRegion, home: Path, folder: Path, stamp: str, lang: Lang) -> Snapshot:
    from steelyard.records.sample.write import write_sample
    from steelyard.records.snapshot.freeze import freeze

    (home / STAMP).unlink(missing_ok=True)
    deliveries = home / "deliveries"
    for old in (folder, deliveries):
        shutil.rmtree(old, ignore_errors=True)
    home.mkdir(parents=True, exist_ok=True)
    write_sample(region.home, deliveries, _SEED)
    snapshot = freeze(
        [region.real, deliveries],
        folder,
        period="2021",
        catalogue=shipped(),
        title=Text("样本：广东省2020—2021年数据快照", "Sample: snapshot of Guangdong, 2020–2021"),
        progress=freezing(lang),
    )
    (home / STAMP).write_text(stamp, encoding="utf-8")
    return snapshot


def _stamp(region: SampledRegion) -> str:
    """The hash of everything that the snapshot is made of: data, schemas, and the code that makes it."""
    import duckdb

    import steelyard.records as records

    code = Path(records.__file__).parent
    files = [
        *sorted(region.home.glob("sample_*.*")),
        *sorted(region.real.iterdir()),
        *sorted(SHIPPED.glob("*.toml")),
        *sorted((code / "sample").glob("*.py")),
        *sorted((code / "intake").glob("*.py")),
        *sorted((code / "snapshot").glob("*.py")),
    ]
    content = b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in files)
    return tagged(content + duckdb.__version__.encode())
