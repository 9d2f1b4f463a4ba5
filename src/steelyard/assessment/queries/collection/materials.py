"""Which pieces of material exist for a person, and which may be looked through?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet

from steelyard.assessment.models import (
    Material,
    MaterialUse,
    Submission,
)
from steelyard.assessment.queries.assessments import division_of
from steelyard.assessment.queries.collection.seen import (
    Sight,
    given_answers,
    looked_after,
    own_units,
)
from steelyard.assessment.rules.collection.materials import title_of as title_of_kind
from steelyard.assessment.rules.states import SubmissionState
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action


def materials_within(found: Submission, sight: Sight) -> QuerySet[Material]:
    """What may be looked through and used again: all that the unit ever filed; for a department what
    stands behind items that were given to it, of any year; for the office what stands behind the
    signed ones."""
    of_unit = Material.objects.filter(unit=found.unit_id).select_related(
        "file__content", "filed_by"
    )
    if sight.of_unit:
        return of_unit
    behind = Q(answer__department__in=sight.departments)
    if sight.sees_all(found):
        behind |= Q(answer__submission=found)
    return of_unit.filter(pk__in=MaterialUse.objects.filter(behind).values("material"))


def searched(found: QuerySet[Material], words: str) -> QuerySet[Material]:
    """With each of these words in its title, its document number or the name of its file."""
    for word in words.split()[:5]:
        found = found.filter(
            Q(title__icontains=word)
            | Q(document_number__icontains=word)
            | Q(file__name__icontains=word)
        )
    return found


def with_kinds(uses: Iterable[MaterialUse], asked: Text) -> list[MaterialUse]:
    """Uses for one item, each with its kind as it is shown."""
    found = list(uses)
    for one in found:
        one.kind_title = title_of_kind(asked, one.kind)
    return found


def materials_seen_by(held: Sequence[Held], on: date, rows: Collection[int]) -> frozenset[int]:
    """Which of these pieces of material a person may fetch.

    The unit; a department those behind the items given to it; once a submission that uses it is signed,
    the office that assesses, and whoever scores or reviews for the body that scores an item for which
    it is used.
    """
    theirs = Q(unit__in=own_units(held, on))
    given = given_answers(held, on)
    if given is not None:
        theirs |= Q(pk__in=MaterialUse.objects.filter(answer__in=given).values("material"))
    mine = Material.objects.filter(theirs, pk__in=list(rows)).values_list("pk", flat=True)
    found = set(mine)
    rest = set(rows) - found
    if not rest:
        return frozenset(found)
    scorers = reach(held, Action.SCORE_ITEMS, on) | reach(held, Action.REVIEW_FILES, on)
    codes = set(Organisation.objects.filter(pk__in=scorers).values_list("code", flat=True))
    offices = looked_after(held, on)
    uses = MaterialUse.objects.filter(
        material__in=rest, answer__submission__state=SubmissionState.LOCKED
    ).select_related("answer__submission__assessment", "answer__submission__scheme")
    for one in uses:
        submission = one.answer.submission
        if submission.assessment.office_id in offices or _scores(submission, one, codes):
            found.add(one.material_id)
    return frozenset(found)


def sees_materials(
    _: int, held: tuple[Held, ...], on: date, rows: frozenset[int]
) -> frozenset[int]:
    """The same, asked by the area of files."""
    return materials_seen_by(held, on, rows)


def _scores(submission: Submission, use: MaterialUse, codes: set[str]) -> bool:
    duties = division_of(submission.scheme).duties
    return any(duty.item.code == use.answer.item and duty.scoring_body in codes for duty in duties)
