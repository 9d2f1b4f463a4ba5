"""Draw case files for review, name who reviews them, remind them."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Schema
from pydantic import Field

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.api import reviews
from steelyard.assessment.api.reviews import (
    DRAWS,
    FILE,
    DrawnFileOut,
    DrawOut,
    draw_out,
    drawn_file_out,
    find_file,
)
from steelyard.assessment.api.said import WRITTEN, Code, Number, Word, read
from steelyard.assessment.forms.reviews import DrawForm, ReviewerForm, ReviewersForm
from steelyard.assessment.models import Assessment, FileReview
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.reviews.draws import Wanted
from steelyard.assessment.views.reviews.draws import file_types, inputs_to_feed
from steelyard.assessment.views.reviews.seen import (
    draw_of,
    eyes_of,
    file_of,
    for_the_office,
    must_draw,
    reviewers_of,
)
from steelyard.people.refused import answered
from steelyard.people.views.asking import who_and_when

# The list of draws is one address, of which two parts take each a method: one router for both.
router = reviews.router

Account = Annotated[int, Field(ge=1, le=2**63 - 1)]


class DrawIn(Schema):
    """``snapshot``: the identifier of a frozen one; ``input_code``: of the figure that the files feed; ``wanted``
    and ``reserves`` files a unit, to be brought in so many working ``days``.

    ``seed``: from public chance, made after the snapshot was frozen. Files of a type are drawn once.
    """

    snapshot: Word
    file_type: Word
    input_code: Word
    wanted: Annotated[int, Field(ge=-9999, le=9999)] = 10
    reserves: Annotated[int, Field(ge=-9999, le=9999)] = 3
    days: Annotated[int, Field(ge=-9999, le=9999)] = 5
    seed: Word
    seed_origin: Word
    witness: Word


class ReviewerOut(Schema):
    """Who may be named. Nobody is given a file of a unit in which they hold a role."""

    number: int
    name: str


class ReviewersOut(Schema):
    reviewers: list[ReviewerOut]


class NameReviewersIn(Schema):
    """``reviewers``: their numbers; ``days``: working days to review, counted from today."""

    reviewers: Annotated[list[Account], Field(max_length=400)]
    days: Annotated[int, Field(ge=-9999, le=9999)] = actions.clocks.DAYS_TO_REVIEW


class SharedOutOut(Schema):
    """``given``: reviews of the draw that somebody has by now; ``lacking``: files for which two reviewers
    could not be found among those named."""

    given: int
    lacking: int


class NameReviewerIn(Schema):
    reviewer: Account


class RemindedOut(Schema):
    reminded: int


@router.post(DRAWS, response={200: DrawOut, **WRITTEN})
def draw(request: HttpRequest, code: Code, said: DrawIn) -> dict[str, Any]:
    """Draw the files of a type, once; every unit that has any is asked to bring them. For the office."""
    found = for_the_office(request, code)
    form = DrawForm(
        _sent(found, said), snapshots=queries.snapshots_of(found), types=file_types(),
        inputs=inputs_to_feed(found),
    )  # fmt: skip
    told = read(form)
    snapshot = told.pop("snapshot")
    made = answered(lambda: actions.draw_files(
        assessment=found.pk, snapshot=snapshot.pk, wanted=Wanted(**told), **who_and_when(request)))  # fmt: skip
    eyes = eyes_of(request, found)
    return draw_out(draw_of(found, eyes, made.pk), eyes)


@router.get("/{slug:code}/reviews/reviewers", response={200: ReviewersOut, 403: WRITTEN[403]})
def list_reviewers(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Who may be named. For the office."""
    found = for_the_office(request, code)
    listed = reviewers_of(request, found)
    return {"reviewers": [{"number": one.pk, "name": one.name} for one in listed]}


@router.post(f"{DRAWS}/{{number}}/reviewers", response={200: SharedOutOut, **WRITTEN})
def name_reviewers(
    request: HttpRequest, code: Code, number: Number, said: NameReviewersIn
) -> dict[str, Any]:
    """Give every file of a draw two of these reviewers, evenly; each is told. For the office."""
    found = for_the_office(request, code)
    one = draw_of(found, eyes_of(request, found), number)
    told = read(ReviewersForm(said.dict(), reviewers=reviewers_of(request, found)))
    shared = answered(lambda: actions.assign_reviewers(
        draw=one.pk, reviewers=[each.pk for each in told["reviewers"]], days=told["days"],
        **who_and_when(request)))  # fmt: skip
    given = FileReview.objects.filter(file__draw=one, settles=False).count()
    return {"given": given, "lacking": shared.lacking}


@router.post(f"{DRAWS}/{{number}}/urge", response={200: RemindedOut, **WRITTEN})
def urge(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    """Remind those of a draw whose files are there and not done; each once a day. For the office."""
    found = for_the_office(request, code)
    one = draw_of(found, eyes_of(request, found), number)
    count = answered(lambda: actions.urge_reviewers(draw=one.pk, **who_and_when(request)))
    return {"reminded": count}


@router.post(f"{FILE}/third", response={200: DrawnFileOut, **WRITTEN})
def name_a_third(
    request: HttpRequest, code: Code, number: Number, said: NameReviewerIn
) -> dict[str, Any]:
    """Where two differ, a third settles. For the office."""
    found, file = file_of(request, code, number)
    must_draw(request, found)
    told = read(ReviewerForm(said.dict(), reviewers=reviewers_of(request, found)))
    answered(lambda: actions.assign_third(
        file=file.pk, reviewer=told["reviewer"].pk, **who_and_when(request)))  # fmt: skip
    return drawn_file_out(find_file(request, found, number), eyes_of(request, found))


# --- the steps --------------------------------------------------------------------------------


def _sent(found: Assessment, said: DrawIn) -> dict[str, Any]:
    """As the page sends it: the snapshot by its number, "0" for one that there is not."""
    there = queries.snapshots_of(found).filter(identifier=said.snapshot)
    number = there.values_list("pk", flat=True).first() or 0
    return said.dict() | {"snapshot": str(number)}
