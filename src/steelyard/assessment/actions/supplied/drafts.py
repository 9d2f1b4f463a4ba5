"""Fill in a sheet, from a form or a file; begin the correction of a signed one, or take it back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.supplied.steps import (
    held,
    refuse_unless_allowed,
    refuse_unless_may,
    saved,
)
from steelyard.assessment.models import Sheet
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.supplied import (
    input_of,
    last_signed,
    planned,
    typed_in,
    units_of_sheet,
)
from steelyard.assessment.rules.states import SheetMove, SheetState
from steelyard.assessment.rules.supplied.cells import Typed, as_draft, checked
from steelyard.kernel.faults import Faulty
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.people.sheets import Brought
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


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
        row = held(sheet)
        refuse_unless_allowed(row, SheetMove.FILL, by, now)
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
        return saved(row, SheetMove.FILL)


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


def correct(*, sheet: int, reason: str, by: int, now: datetime, seen: int | None = None) -> Sheet:
    """Begin a correction: the signed figures are the draft, and count until the next version is
    signed. Begun again for the same reason, it is the first.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody began one since it was seen.
    """
    with acting("correct_sheet", by=by):
        row = held(sheet)
        refuse_unless_may(row, SheetMove.CORRECT, by, now)
        if row.state == SheetState.MENDING and (row.why, row.version - 1) == (reason.strip(), seen):
            return row
        refuse_unless_allowed(row, SheetMove.CORRECT, by, now, reason=reason)
        refuse_if_changed(row, seen, why=reason.strip())
        row.why, row.draft = reason.strip(), as_draft(typed_in(last_signed(row)))
        return saved(row, SheetMove.CORRECT)


def take_back(*, sheet: int, by: int, now: datetime, seen: int | None = None) -> Sheet:
    """End a correction that was begun by mistake: its draft is dropped (the trail keeps it), and the last
    signed version counts on. Sent again, it is taken back once.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: somebody saved the draft since it was seen.
    """
    with acting("take_back_correction", by=by):
        row = held(sheet)
        refuse_unless_may(row, SheetMove.TAKE_BACK, by, now)
        if row.state == SheetState.SIGNED and seen is not None and row.version - 1 == seen:
            return row
        refuse_unless_allowed(row, SheetMove.TAKE_BACK, by, now)
        refuse_if_changed(row, seen)
        row.why, row.draft = "", {}
        return saved(row, SheetMove.TAKE_BACK)
