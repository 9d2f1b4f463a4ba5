"""What the actions of a sheet have in common: its row, who may, what stands against it."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.supplied import (
    facts,
)
from steelyard.assessment.rules.states import SHEET, SheetMove, SheetState
from steelyard.assessment.rules.supplied.limits import WHO, Asked, against
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action


def held(sheet: int) -> Sheet:
    return (
        Sheet.objects.select_for_update(of=("self",))
        .select_related("assessment", "body")
        .get(pk=sheet)
    )


def refuse_unless_allowed(
    row: Sheet, move: SheetMove, by: int, now: datetime, reason: str = ""
) -> None:
    refuse_unless_may(row, move, by, now)
    asked = Asked(move=move, on=timezone.localdate(now), reason=reason)
    refuse_if_any(against(facts(row), asked))


def refuse_unless_may(row: Sheet, move: SheetMove, by: int, now: datetime) -> None:
    today = timezone.localdate(now)
    is_the_office_s = WHO[move] is Action.RUN_ASSESSMENT
    towards = row.assessment.office_id if is_the_office_s else row.body_id
    refuse_if_any(may_not(load_held(by, today), WHO[move], towards, today))


def saved(row: Sheet, move: SheetMove) -> Sheet:
    """Written, under its lock: the database has raised its version by one."""
    leads_to = SHEET.after(SheetState(row.state), move)
    if leads_to is None:
        raise AssertionError(f"{row.state} × {move} was let through")
    row.state = leads_to
    row.save()
    row.version += 1
    return row


def path_of(found: Assessment, sheet: Sheet) -> str:
    return reverse("assessment:sheet", args=[found.code, sheet.pk])
