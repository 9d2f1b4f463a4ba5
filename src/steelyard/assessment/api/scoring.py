"""Scoring: the items that one scores, one with all units side by side; give points, open a score again.

One unit's item side by side, for ever: self-score, supplied figure, points, who, when and why.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from ninja import Query, Router, Schema
from pydantic import Field

from steelyard.assessment.actions import scoring as actions
from steelyard.assessment.actions.scoring import RowsChanged, RowWanted
from steelyard.assessment.actions.scoring.clocks import urge_scoring
from steelyard.assessment.api.said import (
    WRITTEN,
    Code,
    ItemCode,
    Page,
    Seen,
    SeenIn,
    TextOut,
    UnitCode,
    Word,
    Words,
    one_of,
    read,
    text,
)
from steelyard.assessment.api.scores import ItemScoresOut, ScoreOut, item_out, score_out
from steelyard.assessment.forms.scoring import ReopenForm
from steelyard.assessment.models import Assessment, Score
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.permissions.scoring import bodies_scored_for, looks_after
from steelyard.assessment.queries.scoring import (
    ItemLine,
    ItemPage,
    ScoreRow,
    load_item,
    scores_seen_by,
    sees_what_was_said,
)
from steelyard.assessment.rules.judging import MOVED, UNSEEN, Typed, ones_own
from steelyard.assessment.views.finding import find, find_for
from steelyard.assessment.views.scoring.overview import find_lines
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.lists import answer_of
from steelyard.people.refused import CHANGED, ToMend, answered
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed, who_and_when

router = Router()

Line = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00\r\n]*$")]
Points = Annotated[str, Field(max_length=40, pattern=r"^\S+$", description="exact, as a text")]


class ScoringItemOut(Schema):
    """An item: of how many ``units`` it is ``scored``; ``changed``: how many rest on a figure that is
    another since; ``reopened``: how many are open again."""

    item: str
    title: TextOut
    body: TextOut
    units: int
    scored: int
    changed: int
    reopened: int


class ScoringItemsOut(Schema):
    count: int
    pages: int
    items: list[ScoringItemOut]


class ScoringIn(Schema):
    """``show``: *open* to be scored, *changed* since or open again."""

    show: Literal["", "open", "changed"] = ""
    page: Page = 1


class DeductionIn(Schema):
    points: Points
    reason: Line


class ScoreIn(Schema):
    """A unit's score, all of it. ``rests`` and ``beside``: as they were read, so that nobody scores on
    figures, or past findings, that they did not see. ``judged``: figure → what is judged, as a text.
    ``claim``: a refused bonus gives no points and an upheld exemption counts as not applicable, unless it is
    *refused_counts* or *upheld_counts*: then the points stay as they follow."""

    unit: Word
    seen: Seen
    rests: Annotated[dict[Word, Word], Field(max_length=100)]
    beside: Word
    judged: Annotated[dict[Word, Word], Field(max_length=100)] = {}
    status: Word = ""
    claim: Word = ""
    deductions: Annotated[list[DeductionIn], Field(max_length=50)] = []
    reason: Words = ""


class ScoresIn(Schema):
    """All of them are scored, or none."""

    scores: Annotated[list[ScoreIn], Field(max_length=1000)]


class ScoredOut(ItemScoresOut):
    """``written``: how many scores were others before."""

    written: int


class UrgedScoringOut(Schema):
    """How many bodies that have scores to give were reminded."""

    bodies: int


class ReopenScoreIn(SeenIn):
    why: Words


LIST = "/{slug:code}/scoring"
ITEM = f"{LIST}/{{item}}"
UNIT = f"{ITEM}/{{unit}}"


@router.get(LIST, response=ScoringItemsOut)
def list_items(request: HttpRequest, code: Code, asked: Query[ScoringIn]) -> dict[str, Any]:
    """What your body scores; for the office all, in the order of the scheme."""
    lines = find_lines(request, find(request, code))
    shown = [one for one in lines if _is_wanted(one, asked.show)]
    return answer_of(shown, asked.page, "items", _line)


@router.get(ITEM, response=ItemScoresOut)
def read_item(request: HttpRequest, code: Code, item: ItemCode) -> dict[str, Any]:
    """An item with all its units side by side."""
    return item_out(_page(request, find(request, code), item))


@router.post(ITEM, response={200: ScoredOut, **WRITTEN})
def score(request: HttpRequest, code: Code, item: ItemCode, said: ScoresIn) -> dict[str, Any]:
    """Score units on an item. What a score says already is not written again.

    A figure that moved since it was read is refused as ``figure_moved``, with what it was and what it is;
    what else moved that stood beside it, as ``beside_moved``.
    """
    found = find(request, code)
    page = _page(request, found, item)
    _refuse_unless_scores(request, page)
    rows = _rows(page, said)
    try:
        written = answered(lambda: actions.score_rows(
            assessment=found.pk, item=item, rows=rows, **who_and_when(request)))  # fmt: skip
    except ToMend as refused:
        if any(one.code in (MOVED, UNSEEN) for one in refused.refusals):
            raise Refused(refused.refusals) from refused
        raise
    except RowsChanged as changed:
        units = [row.facts.unit for row in changed.rows.values()]
        raise Refused(Refusal(CHANGED.code, CHANGED.text, unit) for unit in units) from changed
    return {**item_out(_page(request, found, item)), "written": written}


@router.get(UNIT, response=ScoreOut)
def read_score(request: HttpRequest, code: Code, item: ItemCode, unit: UnitCode) -> dict[str, Any]:
    """One unit's item side by side. For the unit itself once all is frozen."""
    page, row = _one(request, find(request, code), item, unit)
    return score_out(page, row)


@router.post(f"{UNIT}/reopen", response={200: ScoreOut, **WRITTEN})
def reopen(
    request: HttpRequest, code: Code, item: ItemCode, unit: UnitCode, said: ReopenScoreIn
) -> dict[str, Any]:
    """Open a given score again, with the reason. What it said stays until it is scored anew."""
    found = find(request, code)
    page, row = _one(request, found, item, unit)
    _refuse_unless_scores(request, page)
    if row.facts.is_own:
        raise NotAllowed([ones_own(row.facts)])
    told = read(ReopenForm({"why": said.why, "version": said.seen}))
    answered(lambda: actions.reopen(
        score=row.score.pk, why=told["why"], seen=said.seen, **who_and_when(request)))  # fmt: skip
    return score_out(*_one(request, found, item, unit))


@router.post("/{slug:code}/urge-scoring", response={200: UrgedScoringOut, **WRITTEN})
def urge(request: HttpRequest, code: Code) -> dict[str, Any]:
    """Remind all bodies that have scores to give; at most once a day. For the office."""
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    bodies = answered(lambda: urge_scoring(assessment=found.pk, **who_and_when(request)))
    return {"bodies": bodies}


# --- the steps --------------------------------------------------------------------------------


def _is_wanted(line: ItemLine, show: str) -> bool:
    if show == "open":
        return bool(line.waits)
    return bool(line.changed or line.reopened) if show == "changed" else True


def _line(one: ItemLine) -> dict[str, Any]:
    return {
        "item": one.duty.item.code, "title": text(one.duty.item.title),
        "body": text(one.body_title), "units": one.units, "scored": one.scored,
        "changed": one.changed, "reopened": one.reopened,
    }  # fmt: skip


def _page(request: HttpRequest, found: Assessment, item: str) -> ItemPage:
    """
    Raises:
        Http404: nothing of the item is to be scored, or it is another body's.
    """
    if scores_seen_by(request.held, found, request.today) is None:
        raise Http404
    page: ItemPage = one_of(load_item(found, item, request.held, request.now))
    if looks_after(request.held, found.office_id, request.today):
        return page
    if page.rows[0].score.body_id not in bodies_scored_for(request.held, request.today):
        raise Http404
    return page


def _one(
    request: HttpRequest, found: Assessment, item: str, unit: str
) -> tuple[ItemPage, ScoreRow]:
    rows = Score.objects.filter(assessment=found, item=item, unit__code=unit)
    score = one_of(rows.select_related("assessment").first())
    if not sees_what_was_said(request.held, score, request.today):
        raise Http404
    page: ItemPage = one_of(load_item(found, item, request.held, request.now))
    return page, one_of(next((one for one in page.rows if one.score.pk == score.pk), None))


def _refuse_unless_scores(request: HttpRequest, page: ItemPage) -> None:
    """
    Raises:
        NotAllowed: it is seen, and scored by another body.
    """
    body = page.rows[0].score.body_id
    if may_not(request.held, Action.SCORE_ITEMS, body, request.today):
        raise NotAllowed([no_right_to(Action.SCORE_ITEMS)])


def _rows(page: ItemPage, said: ScoresIn) -> dict[int, RowWanted]:
    """Score → what is said of it.

    Raises:
        ToMend: of a unit that has no such item, that is named twice, or of a figure not judged here.
    """
    by_unit: Mapping[str, ScoreRow] = {row.facts.unit: row for row in page.rows}
    judged = {one.code for one in page.of.judged}
    codes = [one.unit for one in said.scores]
    refusals = [_wrong(code, "no_such_unit", NO_UNIT) for code in codes if code not in by_unit]
    refusals += [
        _wrong(code, "named_twice", TWICE) for code in sorted(set(codes)) if codes.count(code) > 1
    ]
    refusals += [
        _wrong(one.unit, "not_judged", NOT_JUDGED)
        for one in said.scores
        if not judged.issuperset(one.judged)
    ]
    if refusals:
        raise ToMend(refusals)
    return {
        by_unit[one.unit].score.pk: RowWanted(one.seen, _typed(one), one.rests, one.beside)
        for one in said.scores
    }


NO_UNIT = Text("该单位没有这一项；请删去", "this unit has no such item; take it away")
TWICE = Text("该单位写了不止一次；请只写一次", "this unit is named more than once; name it once")
NOT_JUDGED = Text("含有不由您评定的数据；请删去", "a figure is not yours to judge; take it away")


def _wrong(unit: str, code: str, said: Text) -> Refusal:
    return Refusal(code, said, unit)


def _typed(one: ScoreIn) -> Typed:
    deductions = "\n".join(f"{each.points} {each.reason}" for each in one.deductions)
    return Typed(one.judged, one.status, one.claim, deductions, one.reason)
