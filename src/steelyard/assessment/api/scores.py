"""A score as it is told: beside it what the unit says and files, and the figures on which it rests."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from ninja import Schema

from steelyard.assessment.api.said import TextOut, name, text
from steelyard.assessment.api.submissions import exactly
from steelyard.assessment.queries.scoring import FigureShown, ItemPage, ScoreRow
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.states import ScoreState
from steelyard.kernel.exact import plain


class ScoreFigureOut(Schema):
    """A figure in its exact writing: ``value`` counts, ``supplied`` and ``reported`` are what the body
    and the unit gave, ``reason`` why one of them was taken; ``was``: when it was scored, null before."""

    code: str
    title: TextOut
    way: Way
    value: str
    supplied: str
    reported: str
    reason: str
    was: str | None
    has_changed: bool


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


class ScoreOut(Schema):
    """A unit's item. ``self_score``, ``statement``, ``claimed`` and ``grounds``: as it signed them;
    ``points``: what follows by the rule, exact, null where it is not known yet, and ``why`` if it is
    not by the figures. ``is_own``: you hold a role in this unit. ``version`` goes back as ``seen``."""

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
    judged: list[JudgedOut]
    status: Literal["", "no_material", "unreliable", "late", "not_applicable"]
    claim: Literal["", "upheld", "refused"]
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
        "full": exactly(page.of.full), "scores": [score_out(page, row) for row in page.rows],
    }  # fmt: skip


def score_out(page: ItemPage, row: ScoreRow) -> dict[str, Any]:
    score = row.score
    return {
        "item": page.duty.item.code, "unit": row.facts.unit, "unit_name": text(row.facts.title),
        "state": row.facts.state, **_said(row),
        "figures": [_figure(one) for one in row.figures], **_judged(page, row),
        "points": None if row.follows.points is None else plain(row.follows.points),
        "why": row.follows.why,
        "scored_by": name(score.scored_by), "scored_at": score.scored_at,
        "why_again": score.why_again, "reopened_by": name(score.reopened_by),
        "reopened_at": score.reopened_at, "is_own": row.facts.is_own, "version": score.version,
    }  # fmt: skip


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
        "has_changed": one.is_changed,
    }  # fmt: skip
