"""A score as it is told: beside it what the unit says and files, and the figures on which it rests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from typing import Any, Literal

from ninja import Schema

from steelyard.assessment.api.said import TextOut, name, text
from steelyard.assessment.api.submissions import exactly
from steelyard.assessment.queries.reviews import type_of
from steelyard.assessment.queries.scoring import FigureShown, ItemPage, ScoreRow
from steelyard.assessment.queries.visits import Found, since
from steelyard.assessment.rules.figures.lacks import Lack
from steelyard.assessment.rules.figures.missing import Decided
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import ScoreState
from steelyard.assessment.views.reviews.results import Behind, behind
from steelyard.kernel.exact import plain


class DecidedOut(Schema):
    """The office decided that a figure counts as lacking: how it is lacking, and why."""

    status: Lack
    reason: str
    by: str
    on: date | None


class ScoreFigureOut(Schema):
    """A figure in its exact writing: ``value`` counts, ``supplied`` and ``reported`` are what the body
    and the unit gave, ``reason`` why one of them was taken; ``was``: when it was scored, null before.
    ``decided``: that it counts as lacking; null where it does not, or nobody decided yet."""

    code: str
    title: TextOut
    way: Way
    value: str
    supplied: str
    reported: str
    reason: str
    was: str | None
    has_changed: bool
    decided: DecidedOut | None


class JudgedOut(Schema):
    """A figure that the body judges, ``value`` "" until it has."""

    code: str
    title: TextOut
    measure: TextOut
    value: str


class ScoreMaterialOut(Schema):
    """``file``: its number under ``/api/files``."""

    title: str
    document_number: str
    file: int
    pages: str


class DeductionOut(Schema):
    points: str
    reason: str


class FoundOnVisitOut(Schema):
    """What was found of the item on a ``visit`` that is reported. ``photographs``: their numbers under
    ``/api/files``; ``since_scored``: it was reported, or corrected, after the score was given."""

    visit: int
    visited_on: date | None
    is_defect: bool
    text: str
    place: str
    photographs: list[int]
    since_scored: bool


class FilesReviewedOut(Schema):
    """What a ``draw`` of case files that feeds the item says of the unit: of ``drawn`` files so many are
    still ``open``. ``mean_points`` of those settled and ``defect_rate`` with its 95 % interval: exact, null
    before one is settled."""

    draw: int
    title: TextOut
    figure: str
    there: int
    drawn: int
    open: int
    missing: int
    defective: int
    mean_points: str | None
    defect_rate: str | None
    rate_from: str | None
    rate_until: str | None


class ScoreOut(Schema):
    """A unit's item. ``rests``: figure → what the points rest on now, ``""`` where there is none, and
    ``beside``: the mark of what stands beside; who scores sends both back. ``self_score``, ``statement``,
    ``claimed`` and ``grounds``: as it signed them; ``points``: what follows by the rule, exact, null where
    it is not known yet, and ``why`` if it is not by the figures. ``is_own``: you hold a role in this unit.
    ``version`` goes back as ``seen``."""

    item: str
    unit: str
    unit_name: TextOut
    state: ScoreState
    self_score: str
    statement: str
    claimed: str
    grounds: str
    material: list[ScoreMaterialOut]
    figures: list[ScoreFigureOut]
    rests: dict[str, str]
    beside: str
    findings: list[FoundOnVisitOut]
    case_files: list[FilesReviewedOut]
    judged: list[JudgedOut]
    status: Literal["", "no_material", "unreliable", "late", "not_applicable"]
    claim: Literal["", "upheld", "upheld_counts", "refused", "refused_counts"]
    deductions: list[DeductionOut]
    reason: str
    points: str | None
    why: str
    scored_by: str
    scored_at: datetime | None
    why_again: str
    reopened_by: str
    reopened_at: datetime | None
    is_own: bool
    version: int


class ItemScoresOut(Schema):
    """An item with all its units, in the order of the scheme. ``full``: its points."""

    item: str
    title: TextOut
    body: str
    full: str
    scores: list[ScoreOut]


def item_out(page: ItemPage) -> dict[str, Any]:
    item = page.duty.item
    return {
        "item": item.code, "title": text(item.title), "body": page.rows[0].score.body.code,
        "full": exactly(page.of.full), "scores": scores_out(page, page.rows),
    }  # fmt: skip


def scores_out(page: ItemPage, rows: Sequence[ScoreRow]) -> list[dict[str, Any]]:
    """With what was found on visits and in case files."""
    return [
        {
            **_score(page, row),
            "findings": [_found(one) for one in since(row.findings, row.score.scored_at)],
            "case_files": [_reviewed(one) for one in behind(row.reviews)],
        }
        for row in rows
    ]


def score_out(page: ItemPage, row: ScoreRow) -> dict[str, Any]:
    return scores_out(page, [row])[0]


def _score(page: ItemPage, row: ScoreRow) -> dict[str, Any]:
    score = row.score
    return {
        "item": page.duty.item.code, "unit": row.facts.unit, "unit_name": text(row.facts.title),
        "state": row.facts.state, **_said(row),
        "figures": [_figure(one) for one in row.figures], **_judged(page, row),
        "rests": page.basis(row.facts.unit), "beside": row.beside,
        "points": None if row.follows.points is None else plain(row.follows.points),
        "why": row.follows.why,
        "scored_by": name(score.scored_by), "scored_at": score.scored_at,
        "why_again": score.why_again, "reopened_by": name(score.reopened_by),
        "reopened_at": score.reopened_at, "is_own": row.facts.is_own, "version": score.version,
    }  # fmt: skip


def _found(one: Found) -> dict[str, Any]:
    return {
        "visit": one.visit, "visited_on": one.visited_on, "is_defect": one.is_defect,
        "text": one.text, "place": one.place,
        "photographs": [each.pk for each in one.photographs], "since_scored": one.is_since,
    }  # fmt: skip


def _reviewed(one: Behind) -> dict[str, Any]:
    of, rate = one.line.result, one.line.result.rate
    return {
        "draw": one.draw.pk, "title": text(type_of(one.draw).title),
        "figure": one.draw.input_code, "there": one.line.there, "drawn": of.drawn,
        "open": of.open, "missing": of.missing, "defective": of.defective,
        "mean_points": _plainly(of.mean), "defect_rate": _plainly(rate and rate.value),
        "rate_from": _plainly(rate and rate.low), "rate_until": _plainly(rate and rate.high),
    }  # fmt: skip


def _plainly(value: Fraction | None) -> str | None:
    return None if value is None else plain(value)


def _said(row: ScoreRow) -> dict[str, Any]:
    """By the unit, as it signed it."""
    answer = row.answer
    return {
        "self_score": row.self_score,
        "statement": answer.statement if answer else "",
        "claimed": row.facts.claimed,
        "grounds": answer.grounds if answer else "",
        "material": [
            {
                "title": one.material.title, "document_number": one.material.document_number,
                "file": one.material.file_id, "pages": one.pages,
            }
            for one in row.materials
        ],
    }  # fmt: skip


def _judged(page: ItemPage, row: ScoreRow) -> dict[str, Any]:
    """By the body that scores it."""
    found = row.judgement
    return {
        "judged": [
            {
                "code": one.code, "title": text(one.title), "measure": text(one.unit_of_measure),
                "value": found.judged.get(one.code, ""),
            }
            for one in page.of.judged
        ],
        "status": found.status, "claim": found.claim,
        "deductions": [{"points": one.said, "reason": one.reason} for one in found.deductions],
        "reason": found.reason,
    }  # fmt: skip


def _figure(one: FigureShown) -> dict[str, Any]:
    counted = one.counted
    return {
        "code": one.input.code, "title": text(one.input.title), "way": one.way,
        "value": one.value, "supplied": counted.supplied if counted else "",
        "reported": one.reported, "reason": counted.reason if counted else "", "was": one.was,
        "has_changed": one.is_changed, "decided": one.decided and _decided(one.decided),
    }  # fmt: skip


def _decided(one: Decided) -> dict[str, Any]:
    return {"status": one.status, "reason": one.reason, "by": one.by, "on": one.on}
