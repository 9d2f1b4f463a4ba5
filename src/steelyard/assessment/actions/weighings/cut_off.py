"""What the clock does on and after the cut-off day of an assessment: freeze it, or say what stands against it.

Whoever sets the cut-off when the collection opens orders the freeze for that day; so the clock carries it
out in their name, under its own title in the trail, in the evening of the day, and on each evening after
it, as soon as nothing stands against it. It has no right of its own: if they may not run the assessment
any more, nobody has ordered it, and somebody of the office freezes by hand. What stands against it the
office is told on each working day; it waits on their first page from the cut-off day on.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.stages import move_on
from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.frozen.cut_off import (
    BEFORE_THE_FREEZE,
    BY_THE_CLOCK,
    NOBODY_ORDERS_IT,
    against_freezing,
    freezes_by_itself,
)
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.assessment.telling.weighings import tell_that_it_froze_by_itself
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.notices.actions import tell
from steelyard.notices.queries import load_calendar, who_may
from steelyard.notices.rules.digests import reminders_are_due
from steelyard.notices.rules.texts import Kind
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting

log = logging.getLogger(__name__)


def keep_the_cut_offs(now: datetime) -> int:
    """Every ten minutes; how many were frozen. Run again, it finds what it did and leaves it."""
    local = timezone.localtime(now)
    come = Assessment.objects.filter(stage__in=BEFORE_THE_FREEZE, cut_off__lte=local.date())
    frozen = [
        _kept(number, now, local) for number in come.order_by("pk").values_list("pk", flat=True)
    ]
    return sum(frozen)


def _kept(number: int, now: datetime, local: datetime) -> bool:
    """Whether it was frozen. One that fails is told in the log and keeps no other from its own."""
    try:
        if _frozen(number, now, local):
            return True
        _remind(number, now, local)
    except Exception:
        log.exception("the cut-off of assessment %s was not kept", number)
    return False


def _frozen(number: int, now: datetime, local: datetime) -> bool:
    found = Assessment.objects.get(pk=number)
    stage, by = Stage(found.stage), found.cut_off_by_id
    if by is None or not found.cut_off or not freezes_by_itself(stage, found.cut_off, local):
        return False
    try:
        with acting(BY_THE_CLOCK, by=by):
            move_on(assessment=number, move=StageMove.FREEZE, by=by, now=now, code=BY_THE_CLOCK)
            tell_that_it_froze_by_itself(found, now)
    except Refused as refused:
        log.info("assessment %s is not frozen yet: %s", found.code, refused)
        return False
    return True


def _remind(number: int, now: datetime, local: datetime) -> None:
    """Tell the office once a working day what stands against it."""
    today = local.date()
    if not reminders_are_due(local, load_calendar()):
        return
    with acting("remind_of_the_cut_off"):
        found = held_still(number)
        is_waiting = Stage(found.stage) in BEFORE_THE_FREEZE
        stands = standing_against(found, today) if is_waiting else ()
        if stands:
            _tell(found, stands, today, now)


def standing_against(found: Assessment, today: date) -> tuple[Refusal, ...]:
    """Against freezing it by the clock."""
    by = found.cut_off_by_id
    held = load_held(by, today) if by is not None else ()
    is_ordered = not may_not(held or (), Action.RUN_ASSESSMENT, found.office_id, today)
    stands = against_freezing(load_state(found, today), today)
    return stands if is_ordered else (*stands, NOBODY_ORDERS_IT)


def _tell(found: Assessment, stands: Sequence[Refusal], today: date, now: datetime) -> None:
    why = Text("；".join(one.text.zh for one in stands), "; ".join(one.text.en for one in stands))
    tell(
        Kind.FREEZE_WAITS, who_may(Action.RUN_ASSESSMENT, found.office_id, today),
        area="assessment", object_id=found.pk,
        path=reverse("assessment:assessment", args=[found.code]),
        words={"what": found.title, "due": same(str(found.cut_off)), "why": why},
        once=f"cut-off:{found.pk}:{found.cut_off}:{today}", now=now,
    )  # fmt: skip
