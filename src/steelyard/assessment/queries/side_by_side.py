"""All items of a unit, each with its self-score, figures, points and reasons: in a few questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Q

from steelyard.assessment.models import (
    Answer,
    Assessment,
    Deduction,
    MaterialUse,
    Score,
    Suspicion,
)
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.besides import load_besides
from steelyard.assessment.queries.counting import figures_that_count
from steelyard.assessment.queries.scoring import Beside, ItemPage, ScoreRow, late_among, row_of
from steelyard.assessment.rules.division import Duty, asked_of_units
from steelyard.assessment.rules.following import ignored_statuses
from steelyard.assessment.rules.judging import judging
from steelyard.assessment.rules.states import SubmissionState, SuspicionState


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One item of the unit. ``page``: the item, with all units, on which the points may depend."""

    duty: Duty
    page: ItemPage
    row: ScoreRow


def load_unit(assessment: Assessment, unit: str, seen: Q) -> list[UnitLine]:
    """In the order of the scheme; an item whose score does not exist for a person is not there."""
    version = issued(assessment)
    if version is None:
        return []
    theirs = set(assessment.scores.filter(seen, unit__code=unit).values_list("item", flat=True))
    if not theirs:
        return []
    return list(_lines(assessment, unit, theirs))


def _lines(assessment: Assessment, unit: str, theirs: set[str]) -> Iterator[UnitLine]:
    version = issued(assessment)
    scheme, divided = scheme_of(version), division_of(version)
    scores, told = _scores(assessment, theirs), _told(assessment, unit)
    counted, asked = figures_that_count(assessment, version), asked_of_units(divided)
    for duty in divided.duties:
        code = duty.item.code
        rows = scores.get(code, [])
        if not rows:
            continue
        beside = told.of(code, rows)
        forged = frozenset(
            one.unit.code
            for one in rows
            if (suspicion := beside.suspicions.get(one.unit_id))
            and suspicion.state == SuspicionState.CONFIRMED
        )
        of = judging(scheme, divided, duty, ignored_statuses(scheme, code))
        late = late_among(rows, told.signed) if code in asked else frozenset()
        besides = load_besides(assessment, version, code)
        page = ItemPage(assessment, version, duty, of, [], counted, forged, besides, late)
        page.rows = [row_of(page, one, beside, is_own=False) for one in rows]
        row = next(one for one in page.rows if one.facts.unit == unit)
        row.follows = page.follow({})[unit]
        yield UnitLine(duty, page, row)


def _scores(assessment: Assessment, items: set[str]) -> dict[str, list[Score]]:
    found: dict[str, list[Score]] = {}
    rows = assessment.scores.filter(item__in=items).select_related(
        "unit", "body", "scored_by", "reopened_by"
    )
    for one in rows.order_by("unit__code"):
        found.setdefault(one.item, []).append(one)
    return found


@dataclass(frozen=True, slots=True)
class _Told:
    """What stands beside the scores: the unit's own answers, and of all units the deductions."""

    unit: str
    answers: Mapping[str, Answer]
    materials: Mapping[int, list[MaterialUse]]
    deductions: Mapping[int, list[Deduction]]
    suspicions: Mapping[tuple[str, int], Suspicion]
    signed: Mapping[int, int]

    def of(self, item: str, rows: list[Score]) -> Beside:
        own = next((one.unit_id for one in rows if one.unit.code == self.unit), 0)
        answer = self.answers.get(item)
        return Beside(
            {own: answer} if answer else {}, self.materials, self.deductions,
            {unit: one for (code, unit), one in self.suspicions.items() if code == item},
            self.signed,
        )  # fmt: skip


def _told(assessment: Assessment, unit: str) -> _Told:
    answers = Answer.objects.filter(
        submission__assessment=assessment, submission__unit__code=unit,
        submission__state=SubmissionState.LOCKED,
    ).select_related("submission", "saved_by")  # fmt: skip
    by_item = {one.item: one for one in answers}
    materials: dict[int, list[MaterialUse]] = {}
    uses = MaterialUse.objects.filter(answer__in=[one.pk for one in by_item.values()])
    for use in uses.select_related("material").order_by("pk"):
        materials.setdefault(use.answer_id, []).append(use)
    deductions: dict[int, list[Deduction]] = {}
    for one in Deduction.objects.filter(score__assessment=assessment).order_by("pk"):
        deductions.setdefault(one.score_id, []).append(one)
    suspicions: dict[tuple[str, int], Suspicion] = {}
    for suspicion in assessment.suspicions.order_by("pk"):
        key = suspicion.item, suspicion.unit_id
        if key not in suspicions or suspicions[key].state != SuspicionState.CONFIRMED:
            suspicions[key] = suspicion
    signed = assessment.submissions.filter(state=SubmissionState.LOCKED).order_by()
    days_late = dict(signed.values_list("unit", "days_late"))
    return _Told(unit, by_item, materials, deductions, suspicions, days_late)
