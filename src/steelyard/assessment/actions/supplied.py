"""Ask bodies for the sheets of figures that the scheme needs, and take them in.

Locks are taken in this order: assessment, sheet, differences, scores.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.differences import compare
from steelyard.assessment.actions.touched import reopen_scores
from steelyard.assessment.models import Assessment, Figure, Sheet, SheetVersion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import bodies_below, division_of, issued, scheme_of
from steelyard.assessment.queries.supplied import (
    AREA,
    TASK,
    facts,
    input_of,
    last_signed,
    planned,
    typed_in,
    units_of_sheet,
)
from steelyard.assessment.rules.comparing import moved
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.states import SHEET, SheetMove, SheetState, Stage
from steelyard.assessment.rules.supplied_cells import Typed, as_draft, checked, of_draft
from steelyard.assessment.rules.supplying import WHO, Asked, against
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.actions import Due, end_deadline, end_deadlines, start_deadlines, tell
from steelyard.notices.models import Deadline
from steelyard.notices.queries import load_calendar, who_may
from steelyard.notices.rules.reminders import working_days_between
from steelyard.notices.rules.texts import Kind
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action, Role
from steelyard.people.sheets import Brought
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


def open_sheets(found: Assessment, terms, by: int, now: datetime) -> None:
    """One sheet for each figure that a body supplies, each with its deadline."""
    version = issued(found)
    divided, bodies = division_of(version), bodies_below(found.office, timezone.localdate(now))
    inputs = scheme_of(version).inputs
    sheets = Sheet.objects.bulk_create(
        Sheet(assessment=found, body_id=bodies[divided.body[code]], input_code=code)
        for code in divided.inputs(Way.SHEET)
    )
    titled = [(sheet, inputs[sheet.input_code].title) for sheet in sheets]
    start_clocks(found, titled, terms.days_to_supply, by, now)


def start_clocks(
    found: Assessment, sheets: Sequence[tuple[Sheet, Text]], working_days: int, by: int, now: datetime
) -> None:  # fmt: skip
    """From today on the bodies have so many working days to supply these sheets, each with its title."""
    start_deadlines(
        area=AREA, task=TASK, working_days=working_days, by=by, now=now,
        dues=[
            Due(sheet.pk, _what(found, title), _path(found, sheet), sheet.body_id, Role.SUPPLYING_BODY)
            for sheet, title in sheets
        ],
    )  # fmt: skip


def stop_clock(sheet: Sheet, by: int, now: datetime) -> None:
    """Its body owes it no longer."""
    end_deadline(area=AREA, object_id=sheet.pk, task=TASK, by=by, now=now, met=False)


def close_sheets(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """The records are frozen: what was not supplied until now is owed no longer."""
    owed = found.sheets.exclude(state=SheetState.SIGNED).values_list("pk", flat=True)
    end_deadlines(area=AREA, object_ids=owed, task=TASK, by=by, now=now, met=False)


def fill(
    *, sheet: int, typed: Mapping[str, Typed], by: int, now: datetime, seen: int | None = None
) -> Sheet:
    """Save what a body typed for its units as its own draft: all of it, or nothing.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody saved the draft, or signed it, since it was seen.
        Faulty: a cell is not what the figure may be.
    """
    with acting("fill_sheet", by=by):
        row = _held(sheet)
        _allowed(row, SheetMove.FILL, by, now)
        known = units_of_sheet(row)
        told = {unit: one for unit, one in typed.items() if unit in known}
        draft = as_draft(told)
        refuse_if_changed(row, seen, draft=draft)
        faults = [one for wrong in checked(told, input_of(row))[1].values() for one in wrong]
        if faults:
            raise Faulty(faults)
        if row.draft == draft:
            return row
        row.draft = draft
        return _saved(row, SheetMove.FILL)


def bring(
    *, sheet: int, brought: Brought, by: int, now: datetime, seen: int | None = None
) -> Sheet:
    """Fill the draft from a file; nothing is taken if a single cell is wrong.

    Raises:
        Refused, ChangedMeanwhile: as :func:`fill`.
        Faulty: every fault of the file, each at its cell.
    """
    row = Sheet.objects.select_related("assessment", "body").get(pk=sheet)
    today = timezone.localdate(now)
    refuse_if_any(may_not(load_held(by, today), Action.SUPPLY_FIGURES, row.body_id, today))
    typed, faults = planned(row, brought)
    if faults:
        raise Faulty(faults)
    return fill(sheet=sheet, typed=typed, by=by, now=now, seen=seen)


def sign(*, sheet: int, by: int, now: datetime, seen: int | None = None) -> SheetVersion:
    """Sign the draft: from now on it counts, and what rested on other figures is looked at again. Sent
    again, it is what was signed.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody saved the draft since it was seen.
        Faulty: a cell of the draft is not what the figure may be.
    """
    with acting("sign_sheet", by=by):
        found = held_still(Sheet.objects.values_list("assessment", flat=True).get(pk=sheet))
        row = _held(sheet)
        row.assessment = found
        _may(row, SheetMove.SIGN, by, now)
        there = _signed_by(row, by)
        if there is not None and seen is not None and row.version - seen == 1:
            return there
        _allowed(row, SheetMove.SIGN, by, now)
        refuse_if_changed(row, seen)
        before = last_signed(row)
        signed = _sign(row, before, by, now)
        why, row.why = row.why, ""
        row.draft = {}
        _saved(row, SheetMove.SIGN)
        _moves_on(found, row, typed_in(before), typed_in(signed), by, now, why)
        if before is not None:
            _tell_office(found, row, signed, by, now)
        return signed


def fill_and_sign(
    *, sheet: int, typed: Mapping[str, Typed], by: int, now: datetime, seen: int | None = None
) -> SheetVersion:
    """Save what was typed and sign it, or neither. Sent again, it is the first that was signed.

    Raises:
        Refused, ChangedMeanwhile, Faulty: as :func:`fill` and :func:`sign`.
    """
    with acting("sign_sheet", by=by):
        held_still(Sheet.objects.values_list("assessment", flat=True).get(pk=sheet))
        row = _held(sheet)
        _may(row, SheetMove.SIGN, by, now)
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
        unit: Typed(figures.get(unit, ""), typed.get(unit, Typed()).note.strip())
        for unit in units_of_sheet(row)
    }
    return signed if typed_in(signed) == said else None


def _signed_by(row: Sheet, by: int) -> SheetVersion | None:
    """What counts, if it is this person who signed it."""
    signed = last_signed(row) if row.state == SheetState.SIGNED else None
    return signed if signed is not None and signed.signed_by_id == by else None


def correct(*, sheet: int, reason: str, by: int, now: datetime, seen: int | None = None) -> Sheet:
    """Begin a correction: the signed figures are the draft, and count until the next version is
    signed. Begun again for the same reason, it is the first.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody began one since it was seen.
    """
    with acting("correct_sheet", by=by):
        row = _held(sheet)
        _may(row, SheetMove.CORRECT, by, now)
        if row.state == SheetState.MENDING and (row.why, row.version - 1) == (reason.strip(), seen):
            return row
        _allowed(row, SheetMove.CORRECT, by, now, reason=reason)
        refuse_if_changed(row, seen, why=reason.strip())
        row.why, row.draft = reason.strip(), as_draft(typed_in(last_signed(row)))
        return _saved(row, SheetMove.CORRECT)


def urge(*, sheet: int, by: int, now: datetime) -> Sheet:
    """Tell whoever supplies for the body once more; at most once a day.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("urge_sheet", by=by):
        row = _held(sheet)
        _allowed(row, SheetMove.URGE, by, now)
        row.urged_on = timezone.localdate(now)
        _saved(row, SheetMove.URGE)
        due = _due(row)
        tell(
            Kind.REQUEST_URGED,
            who_may(Action.SUPPLY_FIGURES, row.body_id, row.urged_on),
            area=AREA, object_id=row.pk, path=_path(row.assessment, row),
            words={
                "what": _what(row.assessment, input_of(row).title),
                "due": same(str(due or "")),
            },
            once=f"sheet:{row.pk}:urged:{row.urged_on}", now=now,
        )  # fmt: skip
        return row


# --- the steps -------------------------------------------------------------------------------------


def _held(sheet: int) -> Sheet:
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("assessment", "body")
        .get(pk=sheet)
    )


def _allowed(row: Sheet, move: SheetMove, by: int, now: datetime, reason: str = "") -> None:
    _may(row, move, by, now)
    asked = Asked(move=move, on=timezone.localdate(now), reason=reason)
    refuse_if_any(against(facts(row), asked))


def _may(row: Sheet, move: SheetMove, by: int, now: datetime) -> None:
    today = timezone.localdate(now)
    towards = row.assessment.office_id if move is SheetMove.URGE else row.body_id
    refuse_if_any(may_not(load_held(by, today), WHO[move], towards, today))


def _saved(row: Sheet, move: SheetMove) -> Sheet:
    """Written, under its lock: the database has raised its version by one."""
    leads_to = SHEET.after(SheetState(row.state), move)
    if leads_to is None:
        raise AssertionError(f"{row.state} × {move} was let through")
    row.state = leads_to
    row.save()
    row.version += 1
    return row


def _sign(row: Sheet, before: SheetVersion | None, by: int, now: datetime) -> SheetVersion:
    typed = of_draft(row.draft)
    figures, faults = checked(typed, input_of(row))
    if faults:
        raise Faulty(one for wrong in faults.values() for one in wrong)
    ended = end_deadline(area=AREA, object_id=row.pk, task=TASK, by=by, now=now)
    signed = SheetVersion.objects.create(
        sheet=row, number=before.number + 1 if before else 1, why=row.why, signed_by_id=by,
        signed_at=now, days_late=_days_late(ended, timezone.localdate(now)) if not before else 0,
    )  # fmt: skip
    Figure.objects.bulk_create(
        Figure(
            sheet_version=signed, unit=unit, value=figures.get(unit, ""),
            note=typed.get(unit, Typed()).note,
        )
        for unit in units_of_sheet(row)
    )  # fmt: skip
    return signed


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
        area=AREA, object_id=row.pk, path=_path(found, row),
        words={"who": row.body.name, "what": input_of(row).title},
        once=f"sheet:{row.pk}:corrected:{signed.number}", now=now,
    )  # fmt: skip


def _due(row: Sheet) -> date | None:
    clocks = Deadline.objects.filter(area=AREA, task=TASK, object_id=row.pk).order_by("-id")
    return clocks.values_list("due", flat=True).first()


def _path(found: Assessment, sheet: Sheet) -> str:
    return reverse("assessment:sheet", args=[found.code, sheet.pk])


def _what(found: Assessment, title: Text) -> Text:
    return Text(
        f"报送{found.title_zh}数据“{title.zh}”",
        f"Supply “{title.en or title.zh}” for {found.title_en or found.title_zh}",
    )
