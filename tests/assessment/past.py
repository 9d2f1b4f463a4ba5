"""A year before, weighed, with its result kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.test import override_settings

from steelyard.assessment import results
from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.models import SchemeVersion, Weighing
from steelyard.kernel.bilingual import Text
from steelyard.kernel.hashes import canonical, tagged
from steelyard.publication.package import Head, Package
from steelyard.publication.publishing import assessment_files, publish
from steelyard.publication.scope import Scope
from steelyard.publication.signing import Key
from steelyard.scheme.model import Scheme
from steelyard.supply.models import Snapshot
from steelyard.weighing.document import result_bytes
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.assessment.year import Year, scheme

KEY = Key.from_seed(b"a key of tests, known to everyone"[:32])


def weighed(
    year: Year, code: str, starts: date, *, of: Mapping[str, object] | None = None, within: str = "",
    snapshot: Snapshot | None = None, **figures: dict[str, object],
) -> Result:  # fmt: skip
    """Guangzhou had 97 points, Jiangmen 69; ``figures``: of cities, as c440100={"trained": 3}."""
    document = {
        **(of or scheme().document),
        "period": {"starts": str(starts), "ends": f"{starts.year + 1}-01-01"},
    }
    before = Scheme.from_document(document)
    told = {
        "440100": {"trained": 200, "closed_in_time": "96%", "plan_points": 9, "file_points": 90},
        "440700": {"trained": 100, "closed_in_time": "85%", "plan_points": 8, "file_points": 80},
    }
    for unit, changed in figures.items():
        told[unit[1:]] |= changed
    result = weigh(before, Values.of(before, told))
    content = result_bytes(result)
    found = open_assessment(
        office=year.province.pk, by=year.chen.pk, now=year.now,
        wanted=Wanted(code=code, title=Text(f"上年度考核{code}", ""), starts=starts, ends=date(starts.year + 1, 1, 1), within=within),
    )  # fmt: skip
    version = SchemeVersion.objects.create(
        assessment=found, number=1, state="issued", held_round=1, document=document, content_hash=tagged(canonical(document)),
        made_by=year.chen, made_at=year.now, issued_by=year.chen, issued_at=year.now,
    )  # fmt: skip
    snapshot = snapshot or Snapshot.objects.create(
        office=year.province, starts=starts, ends=found.ends, status="asked", collection=code, asked_by=year.chen,
        asked_at=year.now,
    )  # fmt: skip
    Weighing.objects.create(
        assessment=found, scheme=version, seed=1, state="done", result_hash=results.keep(content),
        asked_by=year.chen, asked_at=year.now, ended_at=year.now, snapshot=snapshot,
    )  # fmt: skip
    return result


@dataclass(frozen=True)
class Shelf:
    """Where the office publishes, for tests."""

    folder: Path
    at: datetime

    def publish(
        self, result: Result, reason: str = "", *, series: str = "", after: timedelta = timedelta(),
        **left_out: bool,
    ) -> Package:  # fmt: skip
        """All of it but what is ``left_out``; again, it is a correction. ``after``: so long after the others."""
        series = series or f"guangdong-{result.scheme.period_label}"
        whole = dict.fromkeys(("ranks", "points", "items", "records", "replay"), True)
        files = assessment_files(result, Scope(series=series, **(whole | left_out)))
        head = Head(
            kind="assessment",
            series=series,
            title=Text("考核结果", ""),
            published_at=self.at + after,
        )
        return publish(self.folder, head, files, KEY, reason=Text(reason, reason))


@contextmanager
def shelf(folder: Path, at: datetime) -> Iterator[Shelf]:
    """A shelf of its own, which the office trusts."""
    with override_settings(PUBLICATIONS=folder, PUBLICATION_KEYS=(KEY.public,)):
        yield Shelf(folder, at)
