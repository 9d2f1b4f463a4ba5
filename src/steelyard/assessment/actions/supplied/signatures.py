"""Sign a sheet: its figures count, and what rested on others is looked at again.

Locks are taken in this order: assessment, sheet, differences, scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.differences import compare
from steelyard.assessment.actions.supplied.drafts import fill
from steelyard.assessment.actions.supplied.steps import (
    held,
    path_of,
    refuse_unless_allowed,
    refuse_unless_may,
    saved,
)
from steelyard.assessment.actions.touched import reopen_scores
from steelyard.assessment.models import Assessment, Figure, Sheet, SheetVersion
from steelyard.assessment.queries.supplied import (
    AREA,
    TASK,
    input_of,
    last_signed,
    typed_in,
    units_of_sheet,
)
from steelyard.assessment.rules.differences.comparing import moved
from steelyard.assessment.rules.states import SheetMove, SheetState, Stage
from steelyard.assessment.rules.supplied.cells import (
    Typed,
    checked,
    of_draft,
    unexplained,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.notices.actions import end_deadline, tell
from steelyard.notices.models import Deadline
from steelyard.notices.queries import load_calendar, who_may
from steelyard.notices.rules.reminders import working_days_between
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import ChangedMeanwhile, refuse_if_changed


def sign(*, sheet: int, by: int, now: datetime, seen: int | None = None) -> SheetVersion:
    """Sign the draft: from now on it counts, and what rested on other figures is looked at again. Sent
    again, it is what was signed.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody saved the draft since it was seen.
        Faulty: a cell of the draft is not what the figure may be, or is blank without a reason.
    """
    with acting("sign_sheet", by=by):
        found = held_still(Sheet.objects.values_list("assessment", flat=True).get(pk=sheet))
        row = held(sheet)
        row.assessment = found
        refuse_unless_may(row, SheetMove.SIGN, by, now)
        there = _signed_by(row, by)
        if there is not None and seen is not None and row.version - seen == 1:
            return there
        refuse_unless_allowed(row, SheetMove.SIGN, by, now)
        refuse_if_changed(row, seen)
        before = last_signed(row)
        counted = {} if row.state == SheetState.OUTDATED else typed_in(before)
        signed = _sign(row, before, by, now)
        why, row.why = row.why, ""
        row.draft = {}
        saved(row, SheetMove.SIGN)
        _moves_on(found, row, counted, typed_in(signed), by, now, why)
        if before is not None:
            _tell_office(found, row, signed, by, now)
        return signed


def sign_together(*, sheets: Mapping[int, int], by: int, now: datetime) -> list[SheetVersion]:
    """Sign several drafts, all of them or none. ``sheets``: number → the version that was seen.

    Raises:
        Refused: with everything that stands against any of them, each by the name of its figure.
    """
    with acting("sign_sheet", by=by):
        refuse_if_any(() if sheets else (_nothing_chosen(),))
        signed: list[SheetVersion] = []
        refusals: list[Refusal] = []
        for number, seen in sorted(sheets.items()):
            try:
                signed.append(sign(sheet=number, by=by, now=now, seen=seen))
            except (Refused, ChangedMeanwhile, Faulty) as error:
                refusals += (_named(number, one) for one in _said(error))
        refuse_if_any(refusals)
        return signed


def _nothing_chosen() -> Refusal:
    return Refusal("nothing_chosen", Text("没有选择数据表", "no sheet was chosen"))


def _said(error: Refused | ChangedMeanwhile | Faulty) -> Sequence[Refusal]:
    if isinstance(error, Refused):
        return error.refusals
    if isinstance(error, Faulty):
        return [Refusal(one.code, one.what) for one in error.faults]
    said = Text("您看过之后，草稿已被改动", "the draft was changed since you looked")
    return [Refusal("changed_meanwhile", said)]


def _named(number: int, one: Refusal) -> Refusal:
    """A refusal of a right stays what it is."""
    row = Sheet.objects.select_related("assessment").get(pk=number)
    title = input_of(row).title
    zh, en = (
        f"“{title.say('zh')}”：{one.text.say('zh')}",
        f"{title.say('en')}: {one.text.say('en')}",
    )
    return Refusal(one.code, Text(zh, en), one.field)


def fill_and_sign(
    *, sheet: int, typed: Mapping[str, Typed], by: int, now: datetime, seen: int | None = None
) -> SheetVersion:
    """Save what was typed and sign it, or neither. Sent again, it is the first that was signed.

    Raises:
        Refused, ChangedMeanwhile, Faulty: as :func:`fill` and :func:`sign`.
    """
    with acting("sign_sheet", by=by):
        held_still(Sheet.objects.values_list("assessment", flat=True).get(pk=sheet))
        row = held(sheet)
        refuse_unless_may(row, SheetMove.SIGN, by, now)
        there = _signed_just_so(row, typed, by, seen)
        if there is not None:
            return there
        saved = fill(sheet=sheet, typed=typed, by=by, now=now, seen=seen)
        return sign(sheet=sheet, by=by, now=now, seen=saved.version)


def _signed_just_so(
    row: Sheet, typed: Mapping[str, Typed], by: int, seen: int | None
) -> SheetVersion | None:
    """What the same person signed from the same draft, with the same figures and notes.

    To fill and to sign raises the version of the sheet by two; to sign what was filled already, by one.
    """
    signed = _signed_by(row, by)
    if signed is None or seen is None:
        return None
    figures, faults = checked(typed, input_of(row))
    if faults or row.version - seen not in (1, 2):
        return None
    said = {
        unit: Typed(figures.get(unit, ""), one.note.strip(), one.status)
        for unit in units_of_sheet(row)
        for one in (typed.get(unit, Typed()),)
    }
    return signed if typed_in(signed) == said else None


def _signed_by(row: Sheet, by: int) -> SheetVersion | None:
    """What counts, if it is this person who signed it."""
    signed = last_signed(row) if row.state == SheetState.SIGNED else None
    return signed if signed is not None and signed.signed_by_id == by else None


def _sign(row: Sheet, before: SheetVersion | None, by: int, now: datetime) -> SheetVersion:
    typed = of_draft(row.draft)
    figures, faults = checked(typed, input_of(row))
    if faults:
        raise Faulty(one for wrong in faults.values() for one in wrong)
    _refuse_blanks(row)
    ended = end_deadline(area=AREA, object_id=row.pk, task=TASK, by=by, now=now)
    signed = SheetVersion.objects.create(
        sheet=row, number=before.number + 1 if before else 1, why=row.why, signed_by_id=by,
        signed_at=now, days_late=_days_late(ended, timezone.localdate(now)) if not before else 0,
    )  # fmt: skip
    Figure.objects.bulk_create(
        Figure(
            sheet_version=signed, unit=unit, value=figures.get(unit, ""),
            status=typed.get(unit, Typed()).status, note=typed.get(unit, Typed()).note,
        )
        for unit in units_of_sheet(row)
    )  # fmt: skip
    return signed


def _refuse_blanks(row: Sheet) -> None:
    """
    Raises:
        Faulty: with every cell that has neither a figure nor how it is lacking, and why.
    """
    names = {unit: one.name for unit, one in units_of_sheet(row).items()}
    blanks = unexplained(of_draft(row.draft), names)
    if blanks:
        raise Faulty(one for wrong in blanks.values() for one in wrong)


def _days_late(ended: Deadline | None, today: date) -> int:
    if ended is None:
        return 0
    return max(0, working_days_between(ended.due, today, load_calendar()))


def _moves_on(
    found: Assessment, row: Sheet, before: Mapping[str, Typed], after: Mapping[str, Typed],
    by: int, now: datetime, why: str,
) -> None:  # fmt: skip
    """What rested on the figures that moved is looked at again, and nothing else."""
    if found.stage not in (Stage.COMPARING, Stage.SCORING):
        return
    figures = [
        {(unit, row.input_code): one.value for unit, one in side.items()}
        for side in (before, after)
    ]
    touched = moved(*figures)
    compare(found, by=by, now=now, touched=touched, why=why)
    reopen_scores(found, touched, by=by, now=now)


def _tell_office(
    found: Assessment, row: Sheet, signed: SheetVersion, by: int, now: datetime
) -> None:
    whom = who_may(Action.RUN_ASSESSMENT, found.office_id, timezone.localdate(now))
    tell(
        Kind.DELIVERY_CORRECTED,
        [account for account in whom if account != by],
        area=AREA, object_id=row.pk, path=path_of(found, row),
        words={"who": row.body.name, "what": input_of(row).title},
        once=f"sheet:{row.pk}:corrected:{signed.number}", now=now,
    )  # fmt: skip
