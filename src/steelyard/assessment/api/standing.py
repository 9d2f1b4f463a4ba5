"""The live standing of a unit: its own estimate, for its own officers and its signatory alone."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema

from steelyard.assessment.api.said import Code, TextOut, UnitCode, text
from steelyard.assessment.queries.earlier.published import Publication
from steelyard.assessment.rules.standing.told import Place, Step, Told, Way
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.standing import PRIVATE, own_standing
from steelyard.kernel.exact import plain

router = Router()


class StandingItemOut(Schema):
    """An item or a group: ``points`` of ``full``, exact, null if it does not apply; ``why`` in words.

    ``is_known``: false if nothing of it is known yet; its points are null, and ``why`` says why.
    """

    code: str
    title: TextOut
    points: str | None
    full: str
    why: TextOut
    is_known: bool


class UnknownOut(Schema):
    """An item whose points are not known yet, why not, and between what they lie; null: no bound."""

    item: str
    title: TextOut
    why: TextOut
    least: str | None
    most: str | None


class RiskOut(Schema):
    """An item that may give less than the unit hopes for."""

    item: str
    title: TextOut
    why: TextOut


class StandingPlaceOut(Schema):
    """Points, exact; the rank against rivals at their last published values, null if those are not all
    known; the grade, null if there is none or it depends on rivals that are not known."""

    score: str | None
    rank: str | None
    grade: TextOut | None


class ImprovementOut(Schema):
    """One improvement: from what to what. ``effort`` in effort points: a hundredth of the way from today's
    value to the best of any unit. ``worth``: what the total would lack without it."""

    what: TextOut
    before: TextOut
    after: TextOut
    effort: str
    worth: str | None


class WayOut(Schema):
    """The cheapest way up to ``target``, by our own figures, and ``why`` it aims at that.

    ``is_proven``: nothing cheaper will do.

    ``after``: the points with all steps made; ``effort`` in all, in effort points; ``reasons``: what
    stands in the way. ``unknown``: more of the figures of ``no_best`` would do, and no best value of them is
    known.
    """

    target: TextOut
    why: TextOut
    outcome: Literal["nothing_to_do", "reached", "cannot", "unknown", "stopped"]
    is_proven: bool
    after: str | None
    effort: str
    reasons: list[TextOut]
    no_best: list[TextOut]
    steps: list[ImprovementOut]


class RivalsOut(Schema):
    """From which publication the values of the other units come."""

    assessment: str
    series: str
    number: int
    published: str


class StandingOut(Schema):
    """Where the unit would stand today by its own self-scores: an estimate, never a result.

    ``is_estimated``: false if it cannot be, and then ``refused`` says why and the rest is empty.
    ``now``: without the items of ``unknown``, and then without rank and grade; ``worst`` and ``best``:
    with them, null where an item has no bound. ``among``: units of which every value is known, of
    ``units``. ``rivals``: null if nothing of them is published, and then no rank is told; of rivals of whom not all is,
    ``worst`` and ``best`` have the rank with the rest of theirs at its most and at its least. ``way_up``:
    null if there is none, and ``no_way_up`` says why.
    """

    unit: str
    is_estimated: bool
    refused: list[TextOut]
    rivals: RivalsOut | None
    full: str
    now: StandingPlaceOut | None
    worst: StandingPlaceOut | None
    best: StandingPlaceOut | None
    among: int
    units: int
    items: list[StandingItemOut]
    unknown: list[UnknownOut]
    risks: list[RiskOut]
    way_up: WayOut | None
    no_way_up: TextOut | None


@router.get("/{slug:code}/standing/{unit}", response=StandingOut)
def read_standing(
    request: HttpRequest, code: Code, unit: UnitCode, response: HttpResponse
) -> dict[str, Any]:
    """For the unit's own people, on any day from the collection on."""
    own, found = own_standing(request, find(request, code), unit)
    response["Cache-Control"] = PRIVATE
    answer = _nothing(own.code)
    if found is None:
        return answer
    answer |= {
        "refused": [text(one) for one in found.estimate.refused], "rivals": _rivals(found.rivals),
    }  # fmt: skip
    told = found.told
    return answer if told is None else answer | _out(told)


def _nothing(unit: str) -> dict[str, Any]:
    return {
        "unit": unit, "is_estimated": False, "refused": [], "rivals": None, "full": "", "now": None,
        "worst": None, "best": None, "among": 0, "units": 0, "items": [], "unknown": [], "risks": [],
        "way_up": None, "no_way_up": None,
    }  # fmt: skip


def _rivals(found: Publication | None) -> dict[str, Any] | None:
    if found is None:
        return None
    head = found.package.head
    return {
        "assessment": found.assessment.code, "series": head.series, "number": head.number,
        "published": head.shown_from.isoformat(),
    }  # fmt: skip


def _out(told: Told) -> dict[str, Any]:
    return {
        "is_estimated": True,
        "full": plain(told.full),
        "now": _place(told.now),
        "worst": told.worst and _place(told.worst),
        "best": told.best and _place(told.best),
        "among": told.among,
        "units": told.units,
        "items": [
            {
                "code": one.code, "title": text(one.title), "points": _exact(one.points),
                "full": plain(one.full), "why": text(one.why), "is_known": one.is_known,
            }
            for one in told.lines
        ],
        "unknown": [
            {
                "item": one.item, "title": text(one.title), "why": text(one.why),
                "least": _exact(one.least), "most": _exact(one.most),
            }
            for one in told.unknown
        ],
        "risks": [
            {"item": one.item, "title": text(one.title), "why": text(one.text)}
            for one in told.risks
        ],
        "way_up": told.way and _way(told.way),
        "no_way_up": text(told.no_way) if told.way is None else None,
    }  # fmt: skip


def _place(place: Place) -> dict[str, Any]:
    return {
        "score": _exact(place.score), "rank": _exact(place.rank),
        "grade": text(place.grade) if place.grade else None,
    }  # fmt: skip


def _way(way: Way) -> dict[str, Any]:
    return {
        "target": text(way.target), "why": text(way.why), "outcome": way.outcome, "is_proven": way.is_proven,
        "after": _exact(way.after), "effort": plain(way.effort),
        "reasons": [text(one) for one in way.reasons],
        "no_best": [text(one) for one in way.no_best], "steps": [_step(one) for one in way.steps],
    }  # fmt: skip


def _step(step: Step) -> dict[str, Any]:
    return {
        "what": text(step.what), "before": text(step.before), "after": text(step.after),
        "effort": plain(step.effort), "worth": _exact(step.worth),
    }  # fmt: skip


def _exact(number: Fraction | None) -> str | None:
    return None if number is None else plain(number)
