"""Which suspicions of forged material exist for a person, and how does one stand?

While nothing is decided only the office, the body that scores the item and the unit know. Decided,
whoever looks after the assessment sees it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from steelyard.assessment.models import Assessment, MaterialUse, Suspicion
from steelyard.assessment.permissions.scoring import looks_after
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.forgery import SuspicionFacts
from steelyard.assessment.rules.states import Stage, SubmissionState, SuspicionState
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, Role

DECIDED = (SuspicionState.CONFIRMED, SuspicionState.CLEARED)
OF_THE_UNIT = frozenset({Role.CITY_OFFICER, Role.CITY_HEAD})


def suspicions_seen_by(
    held: Iterable[Held], assessment: Assessment, on: date
) -> QuerySet[Suspicion]:
    held = tuple(held)
    found = assessment.suspicions.select_related(
        "unit", "body", "material__file", "raised_by", "heard_by", "decided_by", "assessment"
    )
    raises, decides = (
        reach(held, action, on) for action in (Action.RAISE_SUSPICION, Action.DECIDE_SUSPICION)
    )
    if assessment.office_id in raises | decides:
        return found
    units = {one.organisation for one in held if one.role in OF_THE_UNIT and one.is_held_on(on)}
    theirs = Q(body__in=raises) | Q(unit__in=units)
    if looks_after(held, assessment.office_id, on):
        theirs |= Q(state__in=DECIDED)
    return found.filter(theirs)


def facts_of(
    found: Suspicion, assessment: Assessment, by: int, held: Iterable[Held], on: date
) -> SuspicionFacts:
    return SuspicionFacts(
        state=SuspicionState(found.state), stage=Stage(assessment.stage),
        raised_on=timezone.localdate(found.raised_at),
        by_whoever_raised_it=found.raised_by_id == by,
        is_own=bool(own_units(held, [found.unit_id], on)),
    )  # fmt: skip


def material_of(assessment: Assessment, unit: int, item: str) -> QuerySet[MaterialUse]:
    """What the unit filed for an item, in a submission that it signed."""
    return MaterialUse.objects.filter(
        answer__submission__assessment=assessment, answer__submission__unit=unit,
        answer__submission__state=SubmissionState.LOCKED, answer__item=item,
    ).select_related("material")  # fmt: skip
