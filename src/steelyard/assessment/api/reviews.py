"""File review: the draws, the files of one, what became of each."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    Page,
    PageIn,
    SeenIn,
    TextOut,
    Word,
    Words,
    name,
    one_of,
    read,
    text,
)
from steelyard.assessment.api.submissions import exactly
from steelyard.assessment.forms.reviews import NoteForm
from steelyard.assessment.models import Assessment, Draw, DrawnFile
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.reviews import Stands
from steelyard.assessment.rules.states import FileMove, FileState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.reviews.seen import eyes_of, find_reviews
from steelyard.people.lists import answer_of
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when

router = Router()


class DrawOut(Schema):
    """A draw of case files: its seed and the frozen snapshot give it again. ``figure``: what it feeds, for
    the office."""

    number: int
    file_type: str
    title: TextOut
    figure: str | None
    snapshot: str
    seed: str
    seed_origin: str
    witness: str
    wanted: int
    reserves: int
    drawn_by: str
    drawn_at: datetime


class DrawsOut(Schema):
    count: int
    pages: int
    draws: list[DrawOut]


class DrawnFileOut(Schema):
    """A file that was drawn. ``points`` of ``possible``, exact, null until it is settled; ``standing``: of
    its reviews, for the office.

    ``version`` goes back as ``seen`` when it is noted.
    """

    number: int
    draw: int
    unit: str
    record: str
    place: int
    is_reserve: bool
    state: FileState
    standing: Literal["unassigned", "waiting", "differ", "settled"] | None
    points: str | None
    possible: str
    is_defective: bool | None
    reason: str
    version: int


class DrawnFilesOut(Schema):
    count: int
    pages: int
    files: list[DrawnFileOut]


class FilesOfDrawIn(Schema):
    unit: Word = ""
    page: Page = 1


class NoteFileIn(SeenIn):
    """What became of it. For a reserve to take its place (*excuse*), say why."""

    move: Literal["receive", "miss", "excuse"]
    reason: Annotated[Words, Field(max_length=1000)] = ""


DRAWS = "/{slug:code}/reviews/draws"
FILE = "/{slug:code}/reviews/files/{number}"


@router.get(DRAWS, response=DrawsOut)
def list_draws(request: HttpRequest, code: Code, asked: Query[PageIn]) -> dict[str, Any]:
    """For the office all; for a unit and for reviewers those with files of theirs."""
    found, eyes = find_reviews(request, code)
    draws = queries.draws_seen(eyes, found).order_by("pk")
    return answer_of(draws, asked.page, "draws", lambda one: draw_out(one, eyes))


@router.get(f"{DRAWS}/{{number}}/files", response=DrawnFilesOut)
def list_files(
    request: HttpRequest, code: Code, number: Number, asked: Query[FilesOfDrawIn]
) -> dict[str, Any]:
    """The files of a draw that exist for you, by unit, in the order of the draw."""
    found = find(request, code)
    eyes = eyes_of(request, found)
    draw = one_of(queries.draws_seen(eyes, found).filter(pk=number).first())
    files = _files(request, found).filter(draw=draw).order_by("unit__code", "place")
    if asked.unit:
        files = files.filter(unit__code=asked.unit)
    shown = queries.with_reviews(files)
    return answer_of(shown, asked.page, "files", lambda one: drawn_file_out(one, eyes))


@router.get(FILE, response=DrawnFileOut)
def read_file(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    found = find(request, code)
    return drawn_file_out(find_file(request, found, number), eyes_of(request, found))


@router.post(f"{FILE}/note", response={200: DrawnFileOut, **WRITTEN})
def note(request: HttpRequest, code: Code, number: Number, said: NoteFileIn) -> dict[str, Any]:
    """It was received, it is missing, or a reserve takes its place. For the office."""
    found = find(request, code)
    file = find_file(request, found, number)
    refusals = may_not(request.held, Action.DRAW_FILES, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    told = read(NoteForm({"reason": said.reason, "version": said.seen}))
    answered(lambda: actions.note_file(
        file=file.pk, move=FileMove(said.move), reason=told["reason"], seen=said.seen,
        **who_and_when(request)))  # fmt: skip
    return drawn_file_out(find_file(request, found, number), eyes_of(request, found))


# --- the steps --------------------------------------------------------------------------------


def _files(request: HttpRequest, found: Assessment) -> QuerySet[DrawnFile]:
    return queries.files_seen(eyes_of(request, found), found)


def find_file(request: HttpRequest, found: Assessment, number: int) -> DrawnFile:
    files = queries.with_reviews(_files(request, found).filter(pk=number))
    return one_of(files.first())


# --- as it is told ----------------------------------------------------------------------------


def draw_out(one: Draw, eyes: queries.Sight) -> dict[str, Any]:
    return {
        "number": one.pk, "file_type": one.file_type, "title": text(queries.type_of(one).title),
        "figure": one.input_code if eyes.everything else None, "snapshot": one.snapshot.identifier, "seed": one.seed,
        "seed_origin": one.seed_origin, "witness": one.witness, "wanted": one.wanted,
        "reserves": one.reserves, "drawn_by": name(one.drawn_by), "drawn_at": one.drawn_at,
    }  # fmt: skip


def drawn_file_out(one: DrawnFile, eyes: queries.Sight) -> dict[str, Any]:
    stands: Stands = queries.stands(one)
    outcome = stands.outcome
    return {
        "number": one.pk, "draw": one.draw_id, "unit": one.unit.code, "record": one.record,
        "place": one.place, "is_reserve": one.is_reserve, "state": one.state,
        "standing": stands.standing if eyes.everything else None,
        "points": None if outcome is None else exactly(outcome.points),
        "possible": exactly(queries.type_of(one.draw).possible),
        "is_defective": None if outcome is None else outcome.is_defective,
        "reason": one.reason, "version": one.version,
    }  # fmt: skip
