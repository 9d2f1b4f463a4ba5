"""The live standing of a unit: its own estimate, for its own officers and its signatory alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Router, Schema

from steelyard.assessment.api.said import Code, TextOut, UnitCode, one_of, text
from steelyard.assessment.api.submissions import exactly
from steelyard.assessment.models import Submission
from steelyard.assessment.queries.standing import Standing, load_standing
from steelyard.assessment.rules.states import Stage
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.standing import OPEN
from steelyard.kernel.bilingual import Text
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.weighing.explain import Explanation

router = Router()


class StandingItemOut(Schema):
    """An item or a group: ``points`` of ``full``, exact, null where they are not known; ``why`` in words."""

    code: str
    title: TextOut
    points: str | None
    full: str
    why: TextOut


class RiskOut(Schema):
    """An item that may give less than the unit hopes for."""

    item: str
    title: TextOut
    why: TextOut


class StandingOut(Schema):
    """Where the unit would stand today by its own self-scores: an estimate, never a result.

    ``is_estimated``: false if it cannot be, and then ``refused`` says why. ``rank``: against rivals at
    their last published values, null if they are not known well enough; ``among``: units that are.
    """

    unit: str
    is_estimated: bool
    refused: list[TextOut]
    score: str | None
    full: str
    grade: TextOut
    rank: str | None
    among: int
    items: list[StandingItemOut]
    risks: list[RiskOut]


@router.get("/{slug:code}/standing/{unit}", response=StandingOut)
def read_standing(
    request: HttpRequest, code: Code, unit: UnitCode, response: HttpResponse
) -> dict[str, Any]:
    """For the unit's own people, on any day from the collection on."""
    found = find(request, code)
    if Stage(found.stage) not in OPEN:
        raise Http404
    units = Submission.objects.filter(assessment=found).values("unit")
    mine = reach(request.held, Action.SEE_STANDING, request.today)
    own = one_of(Organisation.objects.filter(pk__in=units, code=unit).filter(pk__in=mine).first())
    response["Cache-Control"] = "private, no-store"
    told = load_standing(found, own.code)
    return _nothing(unit) if told is None else _out(told)


def _nothing(unit: str) -> dict[str, Any]:
    return {
        "unit": unit, "is_estimated": False, "refused": [], "score": None, "full": "",
        "grade": text(Text()), "rank": None, "among": 0, "items": [], "risks": [],
    }  # fmt: skip


def _out(told: Standing) -> dict[str, Any]:
    estimate, scheme = told.estimate, told.scheme
    found = _nothing(estimate.unit) | {"refused": [text(one) for one in estimate.refused]}
    if estimate.result is None or estimate.tree is None:
        return found
    now = estimate.result.standing[estimate.unit]
    grade = next((one.title for one in scheme.grades if one.code == now.grade), Text())
    return found | {
        "is_estimated": True,
        "score": None if now.score is None else exactly(now.score),
        "full": exactly(scheme.full[""]),
        "grade": text(grade),
        "rank": None if estimate.rank is None else exactly(estimate.rank),
        "among": estimate.among,
        "items": list(_items(estimate.tree)),
        "risks": [
            {"item": one.item, "title": text(one.title), "why": text(one.text)}
            for one in estimate.risks
        ],
    }  # fmt: skip


def _items(node: Explanation) -> Iterator[dict[str, Any]]:
    """In the order of the tree."""
    if node.code:
        yield {
            "code": node.code, "title": text(node.title),
            "points": None if node.points is None else exactly(node.points),
            "full": exactly(node.full), "why": text(node.sentence),
        }  # fmt: skip
    for child in node.children:
        yield from _items(child)
