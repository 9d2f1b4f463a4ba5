"""Which suspicions of forged material exist for a person, and how does one stand?

While nothing is decided only the office, the body that scores the item and the unit know. Decided,
whoever looks after the assessment sees it too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from steelyard.assessment.models import (
    Answer,
    Assessment,
    MaterialUse,
    Submission,
    Suspicion,
    Weighing,
)
from steelyard.assessment.permissions.scoring import looks_after
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.forgery import KEEPS_MATERIAL, About, SuspicionFacts
from steelyard.assessment.rules.states import Stage, SubmissionState, SuspicionState
from steelyard.notices.models import Deadline
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, Role

DECIDED = (SuspicionState.CONFIRMED, SuspicionState.CLEARED)
OF_THE_UNIT = frozenset({Role.CITY_OFFICER, Role.CITY_HEAD})


def suspicions_seen_by(
    held: Iterable[Held], assessment: Assessment, on: date
) -> QuerySet[Suspicion]:
    held = tuple(held)
    found = assessment.suspicions.select_related(
        "unit",
        "body",
        "material__file",
        "raised_by",
        "stated_by",
        "heard_by",
        "decided_by",
        "assessment",
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
        has_stated=bool(found.statement), answer_due=answer_due(found),
        by_whoever_raised_it=found.raised_by_id == by,
        is_own=bool(own_units(held, [found.unit_id], on)),
    )  # fmt: skip


ANSWER, HEAR, DECIDE = "answer_suspicion", "hear_suspicion", "decide_suspicion"
"""The tasks of its deadlines: the unit's to state its case, the office's to hear it, its head's to decide."""


def answer_due(found: Suspicion) -> date | None:
    """The day by which the unit has to state its case, as it was put off last."""
    days = Deadline.objects.filter(area="assessment", object_id=found.pk, task=ANSWER)
    return days.order_by("-pk").values_list("due", flat=True).first()


def speaks_for(held: Iterable[Held], unit: int, on: date) -> bool:
    """Whether a person states the case of the unit: its officers and signatories."""
    held = tuple(held)
    return unit in reach(held, Action.DIVIDE_ITEMS, on) | reach(held, Action.SIGN_SUBMISSION, on)


def forged_items(assessment: Assessment) -> dict[str, list[Suspicion]]:
    """Unit → what was found to be forged, in the order in which it was."""
    found: dict[str, list[Suspicion]] = {}
    rows = assessment.suspicions.filter(state=SuspicionState.CONFIRMED).select_related("unit")
    for one in rows.order_by("decided_at", "pk"):
        found.setdefault(one.unit.code, []).append(one)
    return found


def forged_since(weighing: Weighing) -> bool:
    """Whether material was found to be forged after the records of a weighing were frozen."""
    rows = Suspicion.objects.filter(
        assessment=weighing.assessment_id, state=SuspicionState.CONFIRMED,
        decided_at__gt=weighing.asked_at,
    )  # fmt: skip
    return rows.exists()


def counted_until(assessment: Assessment) -> datetime | None:
    """When the records were frozen that were weighed last: what was found to be forged later is not counted
    yet. None before the freeze, which counts all that is found until then."""
    return assessment.weighings.values_list("asked_at", flat=True).first()


def is_uncounted(found: Suspicion, until: datetime | None) -> bool:
    """Whether it was found to be forged after what was weighed last was frozen."""
    is_found = found.state == SuspicionState.CONFIRMED and found.decided_at is not None
    return bool(until and is_found and found.decided_at > until)


def of_item(seen: QuerySet[Suspicion], unit: int, item: str) -> list[Suspicion]:
    """Of those that exist for a person, what is told of one item, for ever."""
    return list(seen.filter(unit=unit, item=item).order_by("pk"))


def kept_uses(found: Submission, item: str, uses: Iterable[MaterialUse]) -> frozenset[int]:
    """Those of an item that are not taken off it: they are held, or were found, to be forged."""
    told = Suspicion.objects.filter(
        assessment=found.assessment_id, unit=found.unit_id, item=item, state__in=KEEPS_MATERIAL
    ).values_list("material", flat=True)
    spoken_of = set(told)
    return frozenset(one.pk for one in uses if spoken_of & {one.material_id, None})


def said_of(assessment: Assessment, unit: int, item: str) -> frozenset[About]:
    """What the unit signed of an item, and what of it can be doubted therefore.

    While it still fills in, nobody outside knows what it has there: its material can be doubted, as one
    hears of it, and nothing else.
    """
    signed = Submission.objects.filter(
        assessment=assessment, unit=unit, state=SubmissionState.LOCKED
    ).exists()
    if not signed:
        is_filling_in = assessment.stage == Stage.COLLECTING
        return frozenset({About.MATERIAL} if is_filling_in else ())
    answer = Answer.objects.filter(
        submission__assessment=assessment, submission__unit=unit, item=item
    ).first()
    said = {
        About.MATERIAL: material_of(assessment, unit, item).exists(),
        About.STATEMENT: bool(answer and answer.statement.strip()),
        About.SELF_SCORE: answer is not None and answer.self_score is not None,
        About.FIGURES: bool(answer and answer.figures),
    }
    return frozenset(about for about, is_there in said.items() if is_there)


def material_of(assessment: Assessment, unit: int, item: str) -> QuerySet[MaterialUse]:
    """What the unit filed for an item, in a submission that it signed."""
    return MaterialUse.objects.filter(
        answer__submission__assessment=assessment, answer__submission__unit=unit,
        answer__submission__state=SubmissionState.LOCKED, answer__item=item,
    ).select_related("material")  # fmt: skip
