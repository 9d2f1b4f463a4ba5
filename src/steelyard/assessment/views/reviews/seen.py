"""Who sees what of the file reviews? What is not seen does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment, Draw, DrawnFile, FileReview
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.reviews import Sight
from steelyard.assessment.rules.reviews.reviewers import may_not_review
from steelyard.assessment.views.finding import find
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed


def eyes_of(request: HttpRequest, found: Assessment) -> Sight:
    return queries.sight(request.held, request.user.pk, found, request.today)


def find_reviews(request: HttpRequest, code: str) -> tuple[Assessment, Sight]:
    """
    Raises:
        Http404: file reviews are nothing to this person.
    """
    found = find(request, code)
    eyes = eyes_of(request, found)
    reviews_files = reach(request.held, Action.REVIEW_FILES, request.today)
    scores = bool(eyes.inputs) and found.draws.filter(input_code__in=eyes.inputs).exists()
    if not (eyes.everything or scores or reviews_files or _is_assessed(found, eyes)):
        raise Http404
    return found, eyes


def find_own_reviews(request: HttpRequest, code: str) -> QuerySet[FileReview]:
    """
    Raises:
        Http404: this person reviews no files, and did none here.
    """
    own = queries.reviews_of(request.user.pk, find(request, code))
    if not (reach(request.held, Action.REVIEW_FILES, request.today) or own.exists()):
        raise Http404
    return own


def _is_assessed(found: Assessment, eyes: Sight) -> bool:
    """Whether they speak for a unit that is assessed here; before a scheme is issued nobody knows which are."""
    if not eyes.units:
        return False
    version = issued(found)
    return version is None or any(one.pk in eyes.units for one in units_of(version).values())


def draw_of(found: Assessment, eyes: Sight, number: int) -> Draw:
    one = queries.draws_seen(eyes, found).filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def file_of(request: HttpRequest, code: str, number: int) -> tuple[Assessment, DrawnFile]:
    found, eyes = find_reviews(request, code)
    one = queries.files_seen(eyes, found).filter(pk=number).first()
    if one is None:
        raise Http404
    return found, one


def own_review(request: HttpRequest, found: Assessment, number: int) -> FileReview:
    one = queries.reviews_of(request.user.pk, found).filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def draws_files(request: HttpRequest, found: Assessment) -> bool:
    return not may_not(request.held, Action.DRAW_FILES, found.office_id, request.today)


def must_draw(request: HttpRequest, found: Assessment) -> None:
    if not draws_files(request, found):
        raise NotAllowed([no_right_to(Action.DRAW_FILES)])


def for_the_office(request: HttpRequest, code: str) -> Assessment:
    found, _eyes_of = find_reviews(request, code)
    must_draw(request, found)
    return found


def others_for(request: HttpRequest, found: Assessment, file: DrawnFile) -> Any:
    """Who may review this file besides those who do: nobody of its unit."""
    unit = queries.organisations_of_unit(file.unit_id, request.today)
    reviewing = set(file.reviews.values_list("reviewer", flat=True))
    known = queries.load_reviewers(found, request.today)
    fit = [number for number, who in known.items() if not may_not_review(who, unit, reviewing)]
    return queries.load_accounts(fit)


def reviewers_of(request: HttpRequest, found: Assessment) -> Any:
    return queries.load_accounts(queries.load_reviewers(found, request.today))
