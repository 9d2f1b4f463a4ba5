"""Self-score, figures, points and reasons of a unit side by side, item by item, for ever."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.permissions import units_seen
from steelyard.assessment.queries.assessments import issued, scheme_of, units_of
from steelyard.assessment.queries.figures.origins import NOWHERE, Origin, load_origins
from steelyard.assessment.queries.forgery import (
    counted_until,
    is_uncounted,
    suspicions_seen_by,
)
from steelyard.assessment.queries.scoring import LOOKING_BACK, FigureShown, scores_seen_by
from steelyard.assessment.queries.scoring.side_by_side import (
    UnitLine,
    items_of_unit,
    load_lines_of_unit,
)
from steelyard.assessment.queries.visits import Found, findings_of_items
from steelyard.assessment.rules.collection.not_applicable import (
    ADDED_UP,
    NOT_APPLICABLE,
    where_its_points_go,
)
from steelyard.assessment.rules.forgery.penalties import penalty_of
from steelyard.assessment.rules.judging import STATUSES
from steelyard.assessment.rules.states import Stage, SuspicionState
from steelyard.assessment.views.finding import find
from steelyard.assessment.views.reviews.results import Behind, behind_scores
from steelyard.files.queries import fetchable
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.look.language import say
from steelyard.people.lists import page_of
from steelyard.people.models import Organisation
from steelyard.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Shown:
    """A row: ``reasons`` are how other units decided its points, then those of the body, deductions first;
    ``forgery``: the suspicion of which the person may know, if there is one; ``penalty``: what the scheme
    says of one that was confirmed."""

    code: str
    title: Text
    self_score: str
    figures: tuple[FigureShown, ...]
    points: str
    full: str
    reasons: tuple[str, ...]
    who: str
    line: UnitLine
    forgery: Suspicion | None
    penalty: Text
    findings: list[Found]
    """Of visits that are reported."""
    reviews: list[Behind]
    is_uncounted: bool
    settled: list[tuple[Text, Origin]]
    """Of its figures: title, and how its difference was settled."""


@require_safe
def unit_items(request: HttpRequest, code: str, unit: str) -> HttpResponse:
    found = find(request, code)
    organisation = units_of(issued(found)).get(unit) if issued(found) else None
    seen = _seen(request, found, organisation) if organisation else None
    if organisation is None or seen is None:
        raise Http404
    duties = items_of_unit(found, unit, seen)
    if not duties:
        raise Http404
    known, scheme = _known_suspicions(request, found, organisation), scheme_of(issued(found))
    page = page_of(duties, request)
    until = counted_until(found)
    lines = load_lines_of_unit(found, organisation, list(page), request.now)
    asked = {one.input.code for line in lines for one in line.row.figures}
    origins = load_origins(found, unit, asked, request.held, request.today)
    shown_lines = _all_shown(found, organisation, lines, known, scheme, until, origins)
    photographs = {
        each.pk for line in shown_lines for one in line.findings for each in one.photographs
    }
    context = {
        "assessment": found, "unit": organisation, "page": page,
        "lines": shown_lines,
        "fetchable": fetchable(photographs, request.user.pk, request.held, request.today),
        "uncounted_since": until if any(is_uncounted(one, until) for one in known.values()) else None,
        "sees_all": scores_seen_by(request.held, found, request.today) is not None,
        "added_up": ADDED_UP if any(is_not_applicable(one) for one in lines) else None,
    }  # fmt: skip
    return render(request, "assessment/scoring/unit_items.html", context)


def may_look(request: HttpRequest, found: Assessment, unit: Organisation) -> bool:
    """Whether the page exists for a person: for links to it."""
    return _seen(request, found, unit) is not None and found.scores.filter(unit=unit).exists()


def _seen(request: HttpRequest, found: Assessment, unit: Organisation) -> Q | None:
    """Of which scores; a unit sees its own once all is frozen. None: of none."""
    seen = scores_seen_by(request.held, found, request.today)
    if seen is not None:
        return seen
    is_over = Stage(found.stage) in LOOKING_BACK
    is_own = unit.pk in units_seen(request.held, request.today)
    return Q() if is_over and is_own else None


def _known_suspicions(
    request: HttpRequest, found: Assessment, unit: Organisation
) -> dict[str, Suspicion]:
    """Item → the suspicion of which the person may know; one that was confirmed stays."""
    rows = suspicions_seen_by(request.held, found, request.today).filter(unit=unit).order_by("pk")
    told: dict[str, Suspicion] = {}
    for one in rows:
        if one.item not in told or told[one.item].state != SuspicionState.CONFIRMED:
            told[one.item] = one
    return told


def _all_shown(
    found: Assessment, unit: Organisation, lines: list[UnitLine], known: dict[str, Suspicion],
    scheme: Scheme, until: datetime | None, origins: Mapping[str, Origin],
) -> list[Shown]:  # fmt: skip
    """With what was found on visits and in case files, in a few questions."""
    findings = findings_of_items(found, [line.duty.item.code for line in lines])
    inputs = {code for line in lines for code in line.duty.inputs}
    reviews = behind_scores(found, inputs).get(unit.pk, [])
    return [
        _shown(
            line, known, scheme, until, findings.get((line.duty.item.code, unit.pk), []),
            [one for one in reviews if one.draw.input_code in line.duty.inputs],
            _settled(line, origins),
        )
        for line in lines
    ]  # fmt: skip


def _settled(line: UnitLine, origins: Mapping[str, Origin]) -> list[tuple[Text, Origin]]:
    named = [(one.input.title, origins.get(one.input.code, NOWHERE)) for one in line.row.figures]
    return [(title, one) for title, one in named if one.settled]


def is_not_applicable(line: UnitLine) -> bool:
    return line.row.is_scored and line.row.follows.why == NOT_APPLICABLE


def _shown(
    line: UnitLine, known: dict[str, Suspicion], scheme: Scheme, until: datetime | None,
    findings: list[Found], reviews: list[Behind], settled: list[tuple[Text, Origin]],
) -> Shown:  # fmt: skip
    row, item = line.row, line.duty.item
    points = row.follows.points
    status = row.score.status
    reasons = [say(row.follows.by_others)] if row.is_scored and row.follows.by_others else []
    reasons += [f"−{one.said} {one.reason}" for one in row.judgement.deductions]
    if is_not_applicable(line):
        reasons += [say(where_its_points_go(scheme, item.code))]
    elif status in STATUSES:
        reasons += [say(STATUSES[status])]
    reasons += [row.score.reason] if row.score.reason else []
    by = row.score.scored_by
    forgery = known.get(item.code)
    is_forged = forgery is not None and forgery.state == SuspicionState.CONFIRMED
    return Shown(
        item.code, item.title, row.self_score, row.figures,
        "" if points is None or not row.is_scored else shown(points), shown(line.page.of.full),
        tuple(reasons), str(by or ""), line, forgery,
        penalty_of(scheme, item.code) if is_forged else Text(), findings, reviews,
        forgery is not None and is_uncounted(forgery, until), settled,
    )  # fmt: skip
