"""The files that one reviews, and the marks that one gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    PageIn,
    SeenIn,
    TextOut,
    Word,
    one_of,
    read,
    text,
)
from steelyard.assessment.api.submissions import exactly
from steelyard.assessment.forms.reviews import MarksForm
from steelyard.assessment.models import FileReview
from steelyard.assessment.permissions import no_right_to
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.states import FileState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.reviews.seen import find_own_reviews
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.lists import answer_of
from steelyard.people.refused import ToMend, answered
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when

router = Router()


class DefectOut(Schema):
    """A defect of the checklist: ``points`` each time, at most ``cap`` in a file; ``times`` it was found
    in this review."""

    code: str
    title: TextOut
    points: str
    cap: str
    fatal: bool
    times: int
    note: str


class MyReviewOut(Schema):
    """A file that you review. ``version`` goes back as ``seen`` with the marks."""

    number: int
    file: int
    unit: str
    record: str
    title: TextOut
    file_state: FileState
    settles: bool
    done_at: datetime | None
    version: int


class MyReviewsOut(Schema):
    count: int
    pages: int
    reviews: list[MyReviewOut]


class OneReviewOut(MyReviewOut):
    defects: list[DefectOut]


class MarkIn(Schema):
    times: Annotated[int, Field(ge=-9999, le=9999)]
    note: Annotated[str, Field(max_length=400, pattern=r"^[^\x00]*$")] = ""


class MarksIn(SeenIn):
    """``marks``: by the codes of the defects; what is left out was not found. ``finish``: it is done; with no
    marks, ``no_defect`` says that nothing was found."""

    marks: Annotated[dict[Word, MarkIn], Field(max_length=200)]
    finish: bool = False
    no_defect: bool = False


MINE = "/{slug:code}/reviews/mine"


@router.get(MINE, response=MyReviewsOut)
def list_mine(request: HttpRequest, code: Code, asked: Query[PageIn]) -> dict[str, Any]:
    """The files that you review, open ones first."""
    found = find_own_reviews(request, code)
    return answer_of(found, asked.page, "reviews", _review)


@router.get(f"{MINE}/{{number}}", response=OneReviewOut)
def read_mine(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    return _with_marks(_own(request, code, number))


@router.post(f"{MINE}/{{number}}", response={200: OneReviewOut, **WRITTEN})
def mark(request: HttpRequest, code: Code, number: Number, said: MarksIn) -> dict[str, Any]:
    """Keep your marks of a file; with ``finish`` they may settle it."""
    one = _own(request, code, number)
    if not reach(request.held, Action.REVIEW_FILES, request.today):
        raise NotAllowed([no_right_to(Action.REVIEW_FILES)])
    marked = _marked(one, said.marks)
    answered(lambda: actions.save_review(
        review=one.pk, marked=marked, finish=said.finish, seen=said.seen,
        no_defect=said.no_defect, **who_and_when(request)))  # fmt: skip
    return _with_marks(_own(request, code, number))


# --- the steps --------------------------------------------------------------------------------


def _own(request: HttpRequest, code: str, number: int) -> FileReview:
    found = queries.reviews_of(request.user.pk, find(request, code))
    return one_of(found.filter(pk=number).first())


def _marked(one: FileReview, marks: Mapping[str, MarkIn]) -> dict[str, actions.Marked]:
    """
    Raises:
        ToMend: the checklist has no such defect, or with what is wrong with a mark.
    """
    of = queries.type_of(one.file.draw)
    unknown = [
        Refusal(
            "no_such_defect",
            Text(f"检查表中没有“{code}”；请删去", f"the checklist has no {code!r}; take it away"),
            f"times_{code}",
        )
        for code in marks
        if code not in of.codes
    ]
    if unknown:
        raise ToMend(unknown)
    sent: dict[str, Any] = {f"times_{code}": each.times for code, each in marks.items()}
    sent |= {f"note_{code}": each.note for code, each in marks.items()}
    form = MarksForm(sent | {"version": one.version}, of=of, marked={})
    read(form)
    return form.marked()


def _review(one: FileReview) -> dict[str, Any]:
    return {
        "number": one.pk, "file": one.file_id, "unit": one.file.unit.code,
        "record": one.file.record, "title": text(queries.type_of(one.file.draw).title),
        "file_state": one.file.state, "settles": one.settles, "done_at": one.done_at,
        "version": one.version,
    }  # fmt: skip


def _with_marks(one: FileReview) -> dict[str, Any]:
    there = {mark.defect: mark for mark in one.marks.all()}
    return {
        **_review(one),
        "defects": [
            {
                "code": each.code, "title": text(each.title), "points": exactly(each.points),
                "cap": exactly(each.cap), "fatal": each.fatal,
                "times": there[each.code].times if each.code in there else 0,
                "note": there[each.code].note if each.code in there else "",
            }
            for each in queries.type_of(one.file.draw).defects
        ],
    }  # fmt: skip
