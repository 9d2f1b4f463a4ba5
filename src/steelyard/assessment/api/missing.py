"""Figures that are missing: list them, and let some count as lacking. For the office."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema
from pydantic import Field

from steelyard.assessment.actions.missing import let_count_as_missing
from steelyard.assessment.api.said import WRITTEN, Code, TextOut, Word, Words, text
from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions.scoring import looks_after
from steelyard.assessment.queries.assessments import issued, scheme_of
from steelyard.assessment.queries.figures.missing_records import load_all_missing
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.figures.missing import Missing
from steelyard.assessment.views.finding import find, find_for
from steelyard.kernel.bilingual import Text
from steelyard.people.refused import answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import who_and_when
from steelyard.scheme.model import Scheme

router = Router()


class MissingFigureOut(Schema):
    """A figure that no one has given, of a unit. ``items``: those that need it, "" the total; ``status``: how
    it is lacking, ``missing`` as long as its body says nothing; ``note``: why, as the body says;
    ``reason``: of the office's decision; ``refused_by``: items that the scheme does not weigh without it, ""
    the total. ``bodies``: who supplies it. Of a figure that ``is_computed`` from records, ``not_delivered`` tells
    the tables that are not there. Once all is frozen, those decided stay."""

    unit: str
    figure: str
    title: TextOut
    items: list[str]
    status: Lack
    is_computed: bool
    is_signed: bool
    not_delivered: list[TextOut]
    bodies: list[TextOut]
    note: str
    is_decided: bool
    reason: str
    decided_by: str
    decided_on: date | None
    refused_by: list[str]


class MissingFiguresOut(Schema):
    count: int
    undecided: int
    figures: list[MissingFigureOut]


class FigureIn(Schema):
    unit: Word
    figure: Word


class DecideMissingIn(Schema):
    figures: Annotated[list[FigureIn], Field(max_length=5000)]
    reason: Words


LIST = "/{slug:code}/missing-figures"


@router.get(LIST, response=MissingFiguresOut)
def list_missing(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Those that bodies have not supplied, and those from records of which what is accepted gives none, of
    units to which an item that needs them applies."""
    found = find(request, code)
    if not looks_after(request.held, found.office_id, request.today):
        raise Http404
    return _out(found, request.today)


@router.post(f"{LIST}/decide", response={200: MissingFiguresOut, **WRITTEN})
def decide(request: HttpRequest, code: Code, said: DecideMissingIn) -> dict[str, Any]:
    """Let them count as lacking, as the scheme says of that, with the reason: all of them, or none."""
    found = find_for(request, code, Action.SETTLE_DIFFERENCES)
    keys = [(one.unit, one.figure) for one in said.figures]
    answered(lambda: let_count_as_missing(
        assessment=found.pk, figures=keys, reason=said.reason, **who_and_when(request)))  # fmt: skip
    return _out(found, request.today)


def _out(found: Assessment, today: date) -> dict[str, Any]:
    listed, version = load_all_missing(found, today), issued(found)
    scheme = scheme_of(version) if version else None
    return {
        "count": len(listed), "undecided": sum(not one.is_decided for one in listed),
        "figures": [
            {
                "unit": one.unit, "figure": one.input, "title": text(scheme.inputs[one.input].title),
                "items": list(one.items), "status": one.status, "is_computed": one.is_computed,
                "is_signed": one.said is not None and not one.is_computed,
                "not_delivered": [text(said) for said in one.why],
                "bodies": [text(body) for body in _bodies(scheme, one)],
                "note": one.said.note if one.said else "", "is_decided": one.is_decided,
                "reason": one.decided.reason if one.decided else "",
                "decided_by": one.decided.by if one.decided else "",
                "decided_on": one.decided.on if one.decided else None,
                "refused_by": list(one.refused_by),
            }
            for one in listed
            if scheme is not None
        ],
    }  # fmt: skip


def _bodies(scheme: Scheme, one: Missing) -> tuple[Text, ...]:
    named = scheme.inputs[one.input].supplying_body
    return one.bodies or tuple(scheme.bodies[code] for code in named if code in scheme.bodies)
