"""Which submissions exist for a person, and how much of each?

A unit's officers and its signatory see all of it; a department's officers see the items given to
their department; the office sees how far it is, and once it is signed, all of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from steelyard.assessment.models import (
    Answer,
    Submission,
)
from steelyard.assessment.queries.collection.filling import Filling
from steelyard.assessment.rules.states import SubmissionState
from steelyard.people.models import Organisation
from steelyard.people.queries import load_above, load_below
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import BELOW, Action, may

IS_CLOSED = RawSQL(
    """(SELECT clock_timestamp() >= (due + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'
        FROM notices_deadline WHERE id = assessment_submission.deadline_id)""",
    (), output_field=BooleanField(),
)  # fmt: skip
"""By the clock of the database, as the trigger says it."""


@dataclass(frozen=True)
class Sight:
    """How much of a submission exists for a person.

    ``of_unit``: all of it, as one of the unit; ``departments``: theirs, with the items given to them;
    ``of_office``: its progress, and all of it once it is signed.
    """

    of_unit: bool = False
    departments: frozenset[int] = frozenset()
    of_office: bool = False

    def sees_all(self, submission: Submission | Filling) -> bool:
        return self.of_unit or (self.of_office and submission.state == SubmissionState.LOCKED)

    def sees_item(self, submission: Submission | Filling, department: int | None) -> bool:
        return self.sees_all(submission) or department in self.departments


def sight(held: Sequence[Held], unit: int, office: int, on: date) -> Sight:
    own = own_units(held, on)
    departments = reach(held, Action.FILL_ITEMS, on) - {unit}
    below = load_below(unit, on) if departments else frozenset()
    return Sight(unit in own, departments & below, office in looked_after(held, on))


def own_units(held: Sequence[Held], on: date) -> frozenset[int]:
    """The units whose submissions exist as a whole for a person."""
    asked = (Action.FILL_ITEMS, Action.DIVIDE_ITEMS, Action.SIGN_SUBMISSION)
    return frozenset().union(*(reach(held, action, on) for action in asked))


def given_answers(held: Sequence[Held], on: date) -> QuerySet[Answer] | None:
    """The answers that were given to a person's departments by the units in which these stand today."""
    departments = reach(held, Action.FILL_ITEMS, on)
    if not departments:
        return None
    above = load_above(departments, on) - departments
    return Answer.objects.filter(department__in=departments, submission__unit__in=above)


def looked_after(held: Sequence[Held], on: date) -> frozenset[int]:
    """The organisations whose assessments a person looks after: not whoever merely works there."""
    found: set[int] = set()
    for one in held:
        if one.is_held_on(on) and one.role in BELOW and may(one.role, Action.SEE_ASSESSMENT):
            found |= {one.organisation, *one.below}
    return frozenset(found)


def submissions_seen_by(held: Sequence[Held], on: date) -> QuerySet[Submission]:
    """Those that exist for a person, each with whether its deadline has passed by the database."""
    theirs = Q(unit__in=own_units(held, on)) | Q(assessment__office__in=looked_after(held, on))
    given = given_answers(held, on)
    if given is not None:
        theirs |= Q(pk__in=given.values("submission"))
    return (
        Submission.objects.filter(theirs)
        .select_related("unit", "deadline", "assessment__office")
        .annotate(is_closed=IS_CLOSED)
    )


def objectors(held: Sequence[Held], on: date) -> frozenset[int]:
    """The units on whose behalf a person contests records."""
    return reach(held, Action.FILL_ITEMS, on)


def departments_of(unit: int, on: date) -> QuerySet[Organisation]:
    """The organisations inside a unit, to whom its items may be given."""
    return Organisation.objects.filter(pk__in=load_below(unit, on) - {unit}).order_by("code")
