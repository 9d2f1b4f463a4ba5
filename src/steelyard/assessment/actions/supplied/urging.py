"""Urge whoever supplies for a body."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.actions.supplied.opening import what_is_owed
from steelyard.assessment.actions.supplied.steps import held, path_of, refuse_unless_allowed, saved
from steelyard.assessment.models import Sheet
from steelyard.assessment.queries.supplied import (
    AREA,
    TASK,
    input_of,
)
from steelyard.assessment.rules.states import SheetMove
from steelyard.kernel.bilingual import same
from steelyard.notices.actions import tell
from steelyard.notices.models import Deadline
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting


def urge(*, sheet: int, by: int, now: datetime) -> Sheet:
    """Tell whoever supplies for the body once more; at most once a day.

    Raises:
        Refused: with everything that stands against it.
    """
    with acting("urge_sheet", by=by):
        row = held(sheet)
        refuse_unless_allowed(row, SheetMove.URGE, by, now)
        row.urged_on = timezone.localdate(now)
        saved(row, SheetMove.URGE)
        due = _due(row)
        tell(
            Kind.REQUEST_URGED,
            who_may(Action.SUPPLY_FIGURES, row.body_id, row.urged_on),
            area=AREA, object_id=row.pk, path=path_of(row.assessment, row),
            words={
                "what": what_is_owed(row.assessment, input_of(row).title),
                "due": same(str(due or "")),
            },
            once=f"sheet:{row.pk}:urged:{row.urged_on}", now=now,
        )  # fmt: skip
        return row


def _due(row: Sheet) -> date | None:
    clocks = Deadline.objects.filter(area=AREA, task=TASK, object_id=row.pk).order_by("-id")
    return clocks.values_list("due", flat=True).first()
