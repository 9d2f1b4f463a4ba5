"""Weighings of the frozen records: list, one with its ranking, start again, the bytes of the result."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from ninja import Path, Query, Router, Schema
from pydantic import Field

from steelyard.assessment import results
from steelyard.assessment.actions.weighings import ask_again
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    Number,
    PageIn,
    TextOut,
    name,
    one_of,
    text,
)
from steelyard.assessment.models import Assessment, Weighing
from steelyard.assessment.permissions import may_not
from steelyard.assessment.rules.states import WeighingState
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.weighings import RESULT, ranking_of
from steelyard.people.lists import answer_of
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when
from steelyard.people.views.downloads import BYTES, download
from steelyard.supply.checking import from_json

router = Router()


class WeighingOut(Schema):
    """The scheme's answer to the frozen records. ``progress``: percent; ``attempts``: how often the
    worker began with it, more than once if it ended on the way; ``result_hash``: of ``result.json``, "" until
    it is done; ``files``: what was written of it."""

    number: int
    state: WeighingState
    progress: int
    attempts: int
    snapshot: str
    scheme: int
    replications: int
    seed: int
    result_hash: str
    files: list[str]
    asked_by: str
    asked_at: datetime
    ended_at: datetime | None


class WeighingsOut(Schema):
    count: int
    pages: int
    weighings: list[WeighingOut]


class PlaceOut(Schema):
    """A unit of the ranking as the papers show it: ``rank`` "—" for none, ``likely`` ranks "" if the
    scheme varies nothing. The exact numbers are in ``result.json``."""

    rank: str
    unit: str
    title: TextOut
    score: str
    grade: TextOut
    likely: str


class OneWeighingOut(WeighingOut):
    """``faults``: why it was refused."""

    ranking: list[PlaceOut]
    faults: list[TextOut]


class WeighAgainIn(Schema):
    """``seen``: the number of the last weighing that was looked at, if there is one."""

    seen: Annotated[int, Field(ge=1, le=2**63 - 1)] | None = None


FileName = Annotated[str, Path(max_length=80, pattern=r"^[-.a-zA-Z0-9_]+$")]
CONTENT = {
    "responses": {
        200: {
            "description": "The bytes, as they were kept",
            "content": {BYTES: {"schema": {"type": "string", "format": "binary"}}},
        }
    }
}
LIST = "/{slug:code}/weighings"
ONE = f"{LIST}/{{number}}"


@router.get(LIST, response=WeighingsOut)
def list_weighings(request: HttpRequest, code: Code, asked: Query[PageIn]) -> dict[str, Any]:
    """The newest first, for those who may see what they give."""
    found = _find(request, code)
    return answer_of(_all(found), asked.page, "weighings", _out)


@router.get(ONE, response=OneWeighingOut)
def read_weighing(request: HttpRequest, code: Code, number: Number) -> dict[str, Any]:
    return _whole(_one(_find(request, code), number))


@router.post(LIST, response={200: OneWeighingOut, **WRITTEN})
def start_again(request: HttpRequest, code: Code, said: WeighAgainIn) -> dict[str, Any]:
    """Freeze and weigh anew after a refusal, once what stood in the way is mended."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    asked = answered(
        lambda: ask_again(assessment=found.pk, seen=said.seen, **who_and_when(request))
    )
    return _whole(_one(found, asked.pk))


@router.get(f"{ONE}/files/{{file}}", openapi_extra=CONTENT)
def fetch_file(
    request: HttpRequest, code: Code, number: Number, file: FileName
) -> HttpResponseBase:
    """``result.json`` and what else was written of it, byte by byte: its hash is on record."""
    found = _find(request, code)
    one = _one(found, number)
    kept = one_of({**one.papers, RESULT: one.result_hash}.get(file) or None)
    return download(results.content_of(kept), f"{found.code}-{one.pk}-{file}", BYTES)


def _find(request: HttpRequest, code: str) -> Assessment:
    """The assessment, for those who may see what its weighing gives."""
    found = find(request, code)
    may = not may_not(request.held, Action.SEE_WEIGHING, found.office_id, request.today)
    return one_of(found if may else None)


def _all(found: Assessment) -> QuerySet[Weighing]:
    return found.weighings.select_related("snapshot", "scheme", "asked_by")


def _one(found: Assessment, number: int) -> Weighing:
    return one_of(_all(found).filter(pk=number).first())


def _out(one: Weighing) -> dict[str, Any]:
    return {
        "number": one.pk, "state": one.state, "progress": one.progress,
        "attempts": one.attempts, "snapshot": one.snapshot.identifier, "scheme": one.scheme.number,
        "replications": one.replications, "seed": one.seed, "result_hash": one.result_hash,
        "files": sorted({*one.papers, RESULT}) if one.result_hash else [],
        "asked_by": name(one.asked_by), "asked_at": one.asked_at, "ended_at": one.ended_at,
    }  # fmt: skip


def _whole(one: Weighing) -> dict[str, Any]:
    places = ranking_of(one.result_hash) if one.result_hash else ()
    return {
        **_out(one),
        "ranking": [
            {
                "rank": each.rank, "unit": each.unit, "title": text(each.title),
                "score": each.score, "grade": text(each.grade), "likely": each.between,
            }
            for each in places
        ],
        "faults": [_fault(each) for each in one.faults],
    }  # fmt: skip


def _fault(kept: Any) -> dict[str, str]:
    found = from_json(kept)
    return {"zh": found.say("zh"), "en": found.say("en")}
