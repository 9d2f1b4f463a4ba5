"""A year before, weighed, with its result kept."""

from __future__ import annotations

from datetime import date

from steelyard.assessment import results
from steelyard.assessment.actions.assessments import Wanted, open_assessment
from steelyard.assessment.models import SchemeVersion, Weighing
from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme
from steelyard.supply.models import Snapshot
from steelyard.weighing.document import result_bytes
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.assessment.year import Year, scheme


def weighed(year: Year, code: str, starts: date) -> None:
    """Guangzhou had 97 points, Jiangmen 69."""
    document = {
        **scheme().document,
        "period": {"starts": str(starts), "ends": f"{starts.year + 1}-01-01"},
    }
    before = Scheme.from_document(document)
    told = {
        "440100": {"trained": 200, "closed_in_time": "96%", "plan_points": 9, "file_points": 90},
        "440700": {"trained": 100, "closed_in_time": "85%", "plan_points": 8, "file_points": 80},
    }
    content = result_bytes(weigh(before, Values.of(before, told)))
    found = open_assessment(
        office=year.province.pk, by=year.chen.pk, now=year.now,
        wanted=Wanted(code=code, title=Text(f"上年度考核{code}", ""), starts=starts, ends=date(starts.year + 1, 1, 1)),
    )  # fmt: skip
    version = SchemeVersion.objects.create(
        assessment=found, number=1, state="issued", document=document, content_hash="x",
        made_by=year.chen, made_at=year.now, issued_by=year.chen, issued_at=year.now,
    )  # fmt: skip
    snapshot = Snapshot.objects.create(
        office=year.province, starts=starts, ends=found.ends, status="asked", asked_by=year.chen,
        asked_at=year.now,
    )  # fmt: skip
    Weighing.objects.create(
        assessment=found, scheme=version, seed=1, state="done", result_hash=results.keep(content),
        asked_by=year.chen, asked_at=year.now, snapshot=snapshot,
    )  # fmt: skip
