"""What an assessment collected, loaded as values: a few questions, however many units and items."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.models import (
    Answer,
    Assessment,
    Deduction,
    Figure,
    MaterialUse,
    SheetVersion,
    Submission,
    Weighing,
)
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.earlier.figures_before import figures_before
from steelyard.assessment.queries.figures.missing import decided_of, load_missing
from steelyard.assessment.queries.schemes.readings import load_readings
from steelyard.assessment.rules.collection.materials import of_records
from steelyard.assessment.rules.figures.lacks import LACKS
from steelyard.assessment.rules.figures.missing import Decided
from steelyard.assessment.rules.frozen import (
    Collected,
    Filed,
    Forged,
    Judged,
    Late,
    Reported,
    Settled,
    Supplied,
)
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import (
    DifferenceState,
    ScoreState,
    SheetState,
    SubmissionState,
    SuspicionState,
)
from steelyard.notices.queries import load_calendar
from steelyard.notices.rules.reminders import working_days_between
from steelyard.records.tally.periods import earlier_asked

NOT_FILED = "逾期未报送 / not filed"


def load_collected(found: Assessment, now: datetime) -> Collected:
    today = timezone.localdate(now)
    return Collected(
        code=found.code,
        office=found.office.code,
        supplied=(*_supplied(found), *_own(found), *_let_be(found), *_before(found, now)),
        reported=tuple(_reported(found)),
        settled=tuple(_settled(found)),
        judged=tuple(_judged(found)),
        late=tuple(_late(found, today)),
        forged=tuple(_forged(found)),
        filed=tuple(_filed(found)),
        on=today,
    )


def _supplied(found: Assessment) -> Iterator[Supplied]:
    last = (
        SheetVersion.objects.filter(
            sheet__assessment=found, sheet__input_code__in=_on_sheets(found)
        )
        .exclude(sheet__state=SheetState.OUTDATED)
        .order_by("sheet_id", "-number")
        .distinct("sheet_id")
    )
    figures = Figure.objects.filter(sheet_version__in=last.values("pk")).select_related(
        "sheet_version__sheet__body"
    )
    decided = decided_of(found)
    for one in figures:
        version = one.sheet_version
        code, note = version.sheet.input_code, one.note
        if not one.value and (one.unit, code) in decided:
            note = f"{note}；{_why(decided[one.unit, code])}"
        yield Supplied(
            unit=one.unit, input=code, value=one.value, note=note, status=one.status,
            body=version.sheet.body.code, on=_day(version.signed_at),
        )  # fmt: skip


def _own(found: Assessment) -> Iterator[Supplied]:
    """What nobody but the units gives stands among what was supplied, each unit being its own source. Of a
    figure that it gives with several items, the one saved last."""
    version = issued(found)
    own = set(division_of(version).inputs(Way.OWN)) if version is not None else set()
    last = {
        (one.unit, one.input): one for one in _reported(found) if one.input in own and one.value
    }
    for one in last.values():
        yield Supplied(unit=one.unit, input=one.input, value=one.value, body=one.unit, on=one.on)


def _on_sheets(found: Assessment) -> tuple[str, ...]:
    """The inputs that are supplied on sheets, by the scheme in force."""
    version = issued(found)
    return division_of(version).inputs(Way.SHEET) if version is not None else ()


def _let_be(found: Assessment) -> Iterator[Supplied]:
    """Figures of which no sheet was signed, and which the office let count as missing."""
    sheets = {one.input_code: one.body.code for one in found.sheets.select_related("body")}
    for one in load_missing(found):
        if one.said is None and one.decided is not None:
            yield Supplied(
                unit=one.unit, input=one.input, value="", status=one.status, note=_why(one.decided),
                body=sheets.get(one.input, found.office.code), on=one.decided.on or found.last_day,
            )  # fmt: skip


def _before(found: Assessment, now: datetime) -> Iterator[Supplied]:
    """Of earlier periods, where a rule looks back at what no record gives: what counted when they were weighed."""
    version = issued(found)
    if version is None:
        return
    scheme = scheme_of(version)
    looked_back_at = {
        code
        for code, back in earlier_asked(scheme).items()
        if back and code in scheme.inputs and not scheme.inputs[code].records
    }
    if not looked_back_at:
        return
    for (unit, code, period), one in figures_before(found, scheme, now).items():
        if code in looked_back_at and period in scheme.earlier:
            yield Supplied(
                unit=unit, input=code, period=period, value=one.value, body=found.office.code,
                on=_day(one.weighing.asked_at), note=_of_then(one.weighing),
            )  # fmt: skip


def _of_then(weighing: Weighing) -> str:
    return f"{weighing.assessment.code}考核计分时采用的数 / as weighed then：{weighing.result_hash}"


def _why(decided: Decided) -> str:
    return f"考核办决定按“{LACKS[decided.status].zh}”计：{decided.reason}"


def _reported(found: Assessment) -> Iterator[Reported]:
    """Of signed submissions; what nobody signed is nobody's word."""
    answers = (
        Answer.objects.filter(
            submission__assessment=found, submission__state=SubmissionState.LOCKED
        )
        .select_related("submission__unit")
        .order_by("saved_at", "pk")
    )
    readings = load_readings(found)
    for one in answers:
        for code, value in one.figures.items():
            if readings.shift(code, str(value or ""), one.saved_at) is not None:
                continue
            unit, on = one.submission.unit.code, _day(one.submission.signed_at)
            yield Reported(unit=unit, input=code, value=str(value or ""), on=on)


def _settled(found: Assessment) -> Iterator[Settled]:
    rows = found.differences.filter(state=DifferenceState.SETTLED)
    for one in rows.select_related("unit", "settled_by"):
        yield Settled(
            unit=one.unit.code, input=one.input_code, reported=one.reported, taken=one.taken,
            value=one.value, reason=one.reason, on=_day(one.settled_at), by=str(one.settled_by),
        )  # fmt: skip


def _judged(found: Assessment) -> Iterator[Judged]:
    taken: dict[int, list[tuple[str, str]]] = {}
    for one in Deduction.objects.filter(score__assessment=found):
        points = format(one.points.normalize(), "f")
        taken.setdefault(one.score_id, []).append((points, one.reason))
    scores = found.scores.filter(state=ScoreState.SCORED).select_related("unit", "body")
    for one in scores:
        yield Judged(
            unit=one.unit.code, item=one.item, values=one.judged, status=one.status,
            reason=one.reason, deductions=tuple(taken.get(one.pk, ())), body=one.body.code,
            on=_day(one.scored_at),
        )  # fmt: skip


def _late(found: Assessment, today: date) -> Iterator[Late]:
    for one in found.submissions.select_related("unit", "deadline"):
        days = days_late(one, today)
        if one.state != SubmissionState.LOCKED:
            yield Late(unit=one.unit.code, reason=NOT_FILED, on=today, days=days)
        elif days:
            said = f"逾期{days}个工作日报送：{one.why_late}"
            yield Late(unit=one.unit.code, reason=said, on=_day(one.signed_at), days=days)


def days_late(one: Submission, today: date) -> int:
    """Working days after its last day: on which it was signed, or that have passed without."""
    if one.state == SubmissionState.LOCKED or one.deadline is None:
        return one.days_late
    return max(working_days_between(one.deadline.due, today, load_calendar()), 0)


def _forged(found: Assessment) -> Iterator[Forged]:
    rows = found.suspicions.filter(state=SuspicionState.CONFIRMED).select_related("unit")
    for one in rows.order_by("id"):
        on = _day(one.decided_at)
        yield Forged(unit=one.unit.code, item=one.item, reason=one.decision, on=on)


def _filed(found: Assessment) -> Iterator[Filed]:
    uses = MaterialUse.objects.filter(
        answer__submission__assessment=found, answer__submission__state=SubmissionState.LOCKED
    ).select_related("answer__submission__unit", "material__file__content")
    for one in uses:
        material = one.material
        yield Filed(
            unit=one.answer.submission.unit.code, item=one.answer.item, number=material.pk,
            kind=of_records(one.kind, material.kind), title=material.title, on=_day(material.filed_at),
            file_hash=material.file.content.sha256, document_number=material.document_number,
        )  # fmt: skip


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
