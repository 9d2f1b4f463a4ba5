"""The sample, published on the office's own shelf, so that the public site is full at the first start.

Every year's assessment, the last one first as it stood before differences were settled and then corrected;
the open registers; a page of news and a white paper. Everything says that it is a sample.
"""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import steelyard
from steelyard.cli.sample_year import in_year, scheme_of, weighed, years_of
from steelyard.kernel.bilingual import Text
from steelyard.papers.brief.reads import AskedOnce
from steelyard.publication.briefings import briefing_files, briefs_of
from steelyard.publication.package import Head, Kind, Package
from steelyard.publication.publishing import assessment_files, publish, snapshot_files
from steelyard.publication.region_map import read_region_map
from steelyard.publication.registers import read_register_list
from steelyard.publication.scope import Scope, read_scope
from steelyard.publication.signing import Key
from steelyard.records.announced import announced
from steelyard.records.behind import records_behind
from steelyard.records.material import material_titles
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.tally import supplied, tallied
from steelyard.regions import SampledRegion
from steelyard.tables.write import write_whole
from steelyard.weighing.result import Result

STAMP = "published_sample"
"""The file of the home that says of what the sample was published last."""

RECORDS = "guangdong-records"
LICENCE = "https://www.apache.org/licenses/LICENSE-2.0"
"""That of the program: its sample is part of it."""

BRIEFINGS = {
    "jiangmen-2021-news": ("brief_news.toml", "440700"),
    "guangdong-2021-white-paper": ("brief_white_paper.toml", "440000"),
}
"""By series, the template in the region's folder and the unit that it is about."""

WHY = Text(
    "样本按新的数据或新版程序重新计算",
    "The sample was computed again, from newer data or by a newer program",
)
SETTLED = Text(
    "样本更正：首次发布时，自报数与供数单位记录的差异尚未核定；现按核定结果重新计算",
    "Sample of a correction: when it was first published, differences between self-reported figures and"
    " the records of the supplying bodies had not been settled; it was computed again as they were",
)
_MADE_OF = (".py", ".toml", ".csv")


def publish_sample(
    region: SampledRegion, result: Result, snapshot: Snapshot, home: Path, now: datetime
) -> tuple[Package, ...]:
    """Publish it if anything that it is made of has changed; nothing is returned if not.

    ``result`` is that of the last year; the others are weighed here.
    """
    from steelyard.config.publishing_key import own_key

    shelf, stamp = home / "publications", _stamp(snapshot)
    key = own_key(home)
    if _read(home / STAMP) == f"{stamp} {key.public}" and any(shelf.glob("*.zip")):
        return ()
    desk = _Desk(region, snapshot, shelf, key, now)
    published = (*desk.assessments(result), desk.registers(), *desk.briefings())
    write_whole(home / STAMP, f"{stamp} {key.public}".encode())
    return published


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where the sample is published, from what, and when."""

    region: SampledRegion
    snapshot: Snapshot
    shelf: Path
    key: Key
    now: datetime

    def assessments(self, last: Result) -> Iterator[Package]:
        """The earlier years, then the last: as it was supplied, and corrected as it was settled."""
        *earlier, year = years_of(self.region)
        for one in earlier:
            scheme = scheme_of(self.region, one)
            result = weighed(scheme, tallied(scheme, self.snapshot).values)
            yield from self._assessment(one, (result, WHY))
        if (self.shelf / f"{self._series(year)}.1.zip").exists():
            yield from self._assessment(year, (last, WHY))
            return
        first = weighed(last.scheme, supplied(last.scheme, self.snapshot))
        yield from self._assessment(year, (first, WHY), (last, SETTLED))

    def registers(self) -> Package:
        files = snapshot_files(self.snapshot, read_register_list(self.snapshot.catalogue))
        return self._published("registers", RECORDS, self.snapshot.manifest.title, files)

    def briefings(self) -> Iterator[Package]:
        reads = AskedOnce(self.snapshot)
        for series, (template, unit) in BRIEFINGS.items():
            found = briefs_of(self.region.home / template, reads, None, unit)
            briefs = {lang: replace(one, is_specimen=True) for lang, one in found.items()}
            title = Text(briefs["zh"].title, briefs["en"].title)
            yield self._published("briefing", series, title, briefing_files(briefs, reads))

    def _assessment(self, year: int, *versions: tuple[Result, Text]) -> Iterator[Package]:
        """The results of a year, one after the other, each with the reason if there was one before."""
        scheme = versions[0][0].scheme
        scope = replace(self._scope, series=self._series(year))
        records = records_behind(scheme, self.snapshot)
        material = material_titles(scheme, self.snapshot)
        for result, reason in versions:
            files = assessment_files(
                result, scope, records=records, material=material,
                announced=announced(self.snapshot, scheme.period_label),
                region_map=read_region_map(self.region.home),
            )  # fmt: skip
            yield self._published("assessment", scope.series, scheme.title, files, reason)

    @property
    def _scope(self) -> Scope:
        return read_scope(self.region.home / "sample_scope.toml")

    def _series(self, year: int) -> str:
        return in_year(self._scope.series, years_of(self.region)[-1], year)

    def _published(
        self, kind: Kind, series: str, title: Text, files: Mapping[str, bytes], reason: Text = WHY
    ) -> Package:
        head = Head(
            kind=kind, series=series, title=title, published_at=self.now, sample=True,
            licence=LICENCE,
        )  # fmt: skip
        return publish(self.shelf, head, files, self.key, reason=reason)


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
