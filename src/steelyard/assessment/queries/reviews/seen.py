"""Who sees which draws, files and reviews? What does not come out of here does not exist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from steelyard.assessment.models import Assessment, Draw, DrawnFile, FileReview
from steelyard.assessment.permissions.scoring import bodies_scored_for
from steelyard.assessment.queries.assessments import bodies_for, division_of, issued
from steelyard.assessment.rules.states import FileState
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import BELOW, Action, may

SETTLED = (FileState.REVIEWED, FileState.MISSING, FileState.EXCUSED)
"""What nobody is reviewing any more."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person sees of the file reviews: all (the office), the files of units, those one reviews.

    ``inputs``: those of the items that they score; of the files that feed them they see what is settled.
    """

    everything: bool
    units: frozenset[int]
    account: int
    inputs: frozenset[str] = frozenset()


def sight(held: Sequence[Held], account: int, assessment: Assessment, on: date) -> Sight:
    everything = any(
        one.is_held_on(on)
        and may(one.role, Action.SEE_ASSESSMENT)
        and one.role in BELOW
        and assessment.office_id in one.below | {one.organisation}
        for one in held
    )
    units = reach(held, Action.DIVIDE_ITEMS, on) | reach(held, Action.SIGN_SUBMISSION, on)
    return Sight(everything, units, account, _inputs_scored(held, assessment, on))


def _inputs_scored(held: Sequence[Held], assessment: Assessment, on: date) -> frozenset[str]:
    bodies = bodies_scored_for(held, on)
    version = issued(assessment) if bodies else None
    if version is None:
        return frozenset()
    below = bodies_for(assessment, on)
    return frozenset(
        code
        for duty in division_of(version).duties
        if below.get(duty.scoring_body) in bodies
        for code in duty.inputs
    )


def files_seen(eyes: Sight, assessment: Assessment) -> QuerySet[DrawnFile]:
    """What does not come out of here does not exist for that person. A unit sees no reserves."""
    found = DrawnFile.objects.filter(draw__assessment=assessment).select_related("draw", "unit")
    if eyes.everything:
        return found
    mine = Q(pk__in=FileReview.objects.filter(reviewer=eyes.account).values("file"))
    settled = Q(draw__input_code__in=eyes.inputs, is_reserve=False, state__in=SETTLED)
    return found.filter(mine | settled | Q(unit__in=eyes.units, is_reserve=False))


def draws_seen(eyes: Sight, assessment: Assessment) -> QuerySet[Draw]:
    found = Draw.objects.filter(assessment=assessment).select_related("snapshot", "drawn_by")
    if eyes.everything:
        return found
    return found.filter(pk__in=files_seen(eyes, assessment).values("draw"))


def reviews_of(account: int, assessment: Assessment) -> QuerySet[FileReview]:
    """What a reviewer has to review, open ones first."""
    return (
        FileReview.objects.filter(reviewer=account, file__draw__assessment=assessment)
        .select_related("file__draw", "file__unit")
        .order_by("file__state", "done_at", "file__unit__code", "file__place", "pk")
    )


def waiting_for_reviewer(account: int) -> QuerySet[FileReview]:
    """What is received and not reviewed by them yet."""
    return FileReview.objects.filter(
        reviewer=account, done_at=None, file__state=FileState.RECEIVED
    ).select_related("file__draw__assessment", "file__unit")
