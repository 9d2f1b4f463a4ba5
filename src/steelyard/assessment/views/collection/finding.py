"""Which submission is it, and which of its items, as far as they exist for whoever asks?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from steelyard.assessment.models import Answer, Assessment, SchemeVersion, Submission
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.collection import may_not_file, may_not_fill
from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.queries.changed_since import AmendedSince, amended_since
from steelyard.assessment.queries.collection import (
    Sight,
    hash_of,
    left_open,
    load_answers,
    load_given,
    questions_of,
    said_of,
    sight,
    submissions_seen_by,
    version_of_submission,
)
from steelyard.assessment.queries.collection.filling import Filling, load_filling, load_standing
from steelyard.assessment.rules.collection.answers import Question, scores_above
from steelyard.assessment.rules.collection.submissions import LeftOpen, Standing, against
from steelyard.assessment.rules.states import SubmissionMove
from steelyard.assessment.views.finding import find
from steelyard.kernel.refusals import Refusal
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed
from steelyard.scheme.model import Scheme


@dataclass
class Seen:
    """A submission as it exists for one person."""

    request: HttpRequest
    submission: Submission
    sight: Sight

    @cached_property
    def version(self) -> SchemeVersion:
        return version_of_submission(self.submission)

    @cached_property
    def scheme(self) -> Scheme:
        return scheme_of(self.version)

    @cached_property
    def all_questions(self) -> list[Question]:
        return questions_of(self.version, self.submission.unit.code)

    @cached_property
    def given(self) -> Mapping[str, int]:
        """Item → the department to which it is given; the others are the unit's own."""
        return load_given(self.submission.pk)

    @cached_property
    def all_answers(self) -> dict[str, Answer]:
        return load_answers(self.submission)

    @cached_property
    def content_hash(self) -> str:
        """Of all that it says now."""
        return hash_of(self.all_answers, self.submission.why_unanswered)

    @cached_property
    def left_open(self) -> LeftOpen:
        return left_open(self.all_questions, self.all_answers)

    @cached_property
    def since(self) -> AmendedSince:
        """What the scheme says otherwise since it was signed."""
        return amended_since(self.submission)

    @cached_property
    def scores_above(self) -> tuple[tuple[Question, Fraction], ...]:
        """The items of which it says more points than they have."""
        said = {item: said_of(one) for item, one in self.all_answers.items()}
        return tuple(scores_above(self.all_questions, said))

    @cached_property
    def questions(self) -> list[Question]:
        """Of the items that exist for this person, in the order of the scheme."""
        return [one for one in self.all_questions if self._sees(one.item.code)]

    @cached_property
    def answers(self) -> Mapping[str, Answer]:
        asked = {one.item.code for one in self.questions}
        return {item: one for item, one in self.all_answers.items() if item in asked}

    def _sees(self, item: str) -> bool:
        return self.sees_all or self.given_to(item) in self.sight.departments

    def given_to(self, item: str) -> int | None:
        return self.given.get(item)

    @cached_property
    def standing(self) -> Standing:
        return load_standing(self.submission.pk)

    @cached_property
    def not_just_now(self) -> tuple[Refusal, ...]:
        """What stands against filling in, whoever it is."""
        return against(self.standing, SubmissionMove.FILL)

    @property
    def sees_all(self) -> bool:
        return self.sight.sees_all(self.submission)

    def may_fill(self, item: str) -> bool:
        return not self._against_filling(item)

    def may(self, action: Action) -> bool:
        request = self.request
        return not may_not(request.held, action, self.submission.unit_id, request.today)

    def may_file(self) -> bool:
        return not self._against_filing()

    def refuse_unless_may_fill(self, item: str) -> None:
        """
        Raises:
            NotAllowed: they see the item, and others fill it in.
        """
        refusals = self._against_filling(item)
        if refusals:
            raise NotAllowed(refusals)

    def refuse_unless_may_file(self) -> None:
        refusals = self._against_filing()
        if refusals:
            raise NotAllowed(refusals)

    def refuse_unless_may(self, action: Action) -> None:
        request = self.request
        refusals = may_not(request.held, action, self.submission.unit_id, request.today)
        if refusals:
            raise NotAllowed(refusals)

    def _against_filling(self, item: str) -> tuple[Refusal, ...]:
        request, unit, departments = self.request, self.submission.unit_id, self.sight.departments
        given_to = self.given_to(item) if departments else None
        return may_not_fill(request.held, unit, departments, given_to, request.today)

    def _against_filing(self) -> tuple[Refusal, ...]:
        request = self.request
        return may_not_file(
            request.held, self.submission.unit_id, self.sight.departments, request.today
        )


def find_submissions(request: HttpRequest, code: str) -> tuple[Assessment, QuerySet[Submission]]:
    """The assessment, and those of its submissions that exist for this person.

    Raises:
        Http404: none does.
    """
    assessment = find(request, code)
    found = submissions_seen_by(request.held, request.today).filter(assessment=assessment)
    if not found.exists():
        raise Http404
    return assessment, found


def find_submission(request: HttpRequest, code: str, number: int) -> Seen:
    """
    Raises:
        Http404: it does not exist for this person.
    """
    found = submissions_seen_by(request.held, request.today)
    submission = found.filter(assessment__code=code, pk=number).first()
    if submission is None:
        raise Http404
    office = submission.assessment.office_id
    seen = sight(request.held, submission.unit_id, office, request.today)
    return Seen(request, submission, seen)


def find_within(request: HttpRequest, code: str, number: int) -> Seen:
    """The submission, for those to whom more of it exists than how far it is.

    Raises:
        Http404: it does not exist, or only its progress does.
    """
    found = find_submission(request, code, number)
    if not found.sees_all and not found.sight.departments:
        raise Http404
    return found


def find_item(request: HttpRequest, code: str, number: int, item: str) -> tuple[Seen, Question]:
    """
    Raises:
        Http404: the submission or the item does not exist for this person.
    """
    found = find_within(request, code, number)
    for one in found.questions:
        if one.item.code == item:
            return found, one
    raise Http404


# --- to save it -----------------------------------------------------------------------------------


def find_to_fill(
    request: HttpRequest, code: str, number: int, item: str
) -> tuple[Filling, Question]:
    """What :func:`find_item` finds, as far as saving needs it.

    Raises:
        Http404: the submission or the item does not exist for this person.
        NotAllowed: they see the item, and others fill it in.
    """
    try:
        found = load_filling(number, item)
    except Submission.DoesNotExist:
        raise Http404 from None
    seen = sight(request.held, found.unit, found.office, request.today)
    questions = questions_of(found.version, found.unit_code)
    question = next((one for one in questions if one.item.code == item), None)
    if found.code != code or question is None or not seen.sees_item(found, found.given_to):
        raise Http404
    refusals = may_not_fill(
        request.held, found.unit, seen.departments, found.given_to, request.today
    )
    if refusals:
        raise NotAllowed(refusals)
    return found, question


def codes_seen(request: HttpRequest, found: Filling) -> list[str]:
    """The items that exist for this person, in the order of the scheme."""
    seen = sight(request.held, found.unit, found.office, request.today)
    given = {} if seen.sees_all(found) else load_given(found.pk)
    codes = [one.item.code for one in questions_of(found.version, found.unit_code)]
    return [code for code in codes if seen.sees_item(found, given.get(code))]
