"""What a city reports, signed and locked, as far as differences need it."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.assessment.models import Answer, Sheet, Submission
from steelyard.assessment.rules.states import Stage, StageMove, SubmissionState
from steelyard.assessment.rules.supplied.cells import Typed
from steelyard.people.models import Organisation
from tests.assessment.year import Year


def reports(
    year: Year, unit: Organisation, figures: Mapping[str, str], item: str = "A1",
    self_score: int | None = None,
) -> Answer:  # fmt: skip
    """An answer with these figures, in a submission that is then locked."""
    submission = Submission.objects.get(assessment=year.assessment, unit=unit)
    answer = Answer.objects.create(
        submission=submission, item=item, figures=dict(figures), statement="见台账",
        self_score=self_score, saved_by=year.tan, saved_at=year.now,
    )  # fmt: skip
    submission.state = SubmissionState.APPROVING
    submission.save()
    submission.state, submission.content_hash = SubmissionState.LOCKED, "sha256:0"
    submission.scheme = year.version
    submission.signed_by, submission.signed_at = year.huang, year.now
    submission.save()
    return answer


def the_sheet() -> Sheet:
    return Sheet.objects.select_related("assessment", "body").get(input_code="closed_in_time")


def typed(guangzhou: str = "", jiangmen: str = "", note: str = "") -> dict[str, Typed]:
    """What is blank is said to be missing, with the reason."""
    return {
        "440100": Typed(guangzhou, note) if guangzhou else _lacking(note),
        "440700": Typed(jiangmen, "") if jiangmen else _lacking(),
    }


def _lacking(note: str = "") -> Typed:
    return Typed("", note or "没有这项记录", "missing")


def supplied(year: Year, guangzhou: str, jiangmen: str) -> Sheet:
    """The sheet filled in and signed by its body."""
    from steelyard.assessment.actions.supplied import fill, sign

    sheet = the_sheet()
    told = {"sheet": sheet.pk, "by": year.li.pk, "now": year.now}
    fill(typed=typed(guangzhou, jiangmen), **told)
    sign(**told)
    return the_sheet()


def corrected(year: Year, guangzhou: str, jiangmen: str, reason: str = "统计口径有误") -> Sheet:
    from steelyard.assessment.actions.supplied import correct

    sheet = the_sheet()
    correct(sheet=sheet.pk, reason=reason, by=year.li.pk, now=year.now)
    return supplied(year, guangzhou, jiangmen)


def comparing(year: Year) -> Year:
    """Both cities reported 95 % and 90 %; the body supplied 95 % and 85 %: one gap."""
    year.at(Stage.COLLECTING)
    reports(year, year.guangzhou, {"closed_in_time": "0.95"})
    reports(year, year.jiangmen, {"closed_in_time": "0.9"})
    supplied(year, "95%", "85%")
    year.move(StageMove.COMPARE)
    return year
