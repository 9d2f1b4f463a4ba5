"""What stands beside the scores of an item: what was filed, deducted and suspected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from steelyard.assessment.models import Answer, Assessment, Deduction, MaterialUse, Score, Suspicion
from steelyard.assessment.queries.assessments import division_of, scheme_of
from steelyard.assessment.queries.collection import with_kinds
from steelyard.assessment.queries.scoring.rows import (
    FigureShown,
    ItemPage,
    ScoreRow,
    judgement_of,
    typed_of,
)
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.judging import RowFacts
from steelyard.assessment.rules.states import ScoreState, SubmissionState, SuspicionState


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the scores of an item: by unit what it filed, and what is suspected; by score
    and by answer the rest."""

    answers: Mapping[int, Answer] = field(default_factory=dict)
    materials: Mapping[int, list[MaterialUse]] = field(default_factory=dict)
    deductions: Mapping[int, list[Deduction]] = field(default_factory=dict)
    suspicions: Mapping[int, Suspicion] = field(default_factory=dict)
    signed: Mapping[int, int] = field(default_factory=dict)
    """Unit → how many working days late its submission was signed."""


def late_among(rows: Iterable[Score], signed: Mapping[int, int]) -> frozenset[str]:
    """Units that filed late, or not at all. ``signed``: unit → how many days late."""
    return frozenset(one.unit.code for one in rows if signed.get(one.unit_id, 1) > 0)


def load_beside(assessment: Assessment, item: str, rows: list[Score]) -> Beside:
    """Of the units of these rows, in a few questions."""
    answers = Answer.objects.filter(
        submission__assessment=assessment, submission__state=SubmissionState.LOCKED, item=item
    ).select_related("submission")
    by_unit = {one.submission.unit_id: one for one in answers}
    materials: dict[int, list[MaterialUse]] = {}
    uses = MaterialUse.objects.filter(answer__in=[one.pk for one in by_unit.values()])
    for use in uses.select_related("material").order_by("pk"):
        materials.setdefault(use.answer_id, []).append(use)
    deductions: dict[int, list[Deduction]] = {}
    for one in Deduction.objects.filter(score__in=[row.pk for row in rows]).order_by("pk"):
        deductions.setdefault(one.score_id, []).append(one)
    suspicions: dict[int, Suspicion] = {}
    for suspicion in assessment.suspicions.filter(item=item).order_by("pk"):
        before = suspicions.get(suspicion.unit_id)
        if before is None or before.state != SuspicionState.CONFIRMED:
            suspicions[suspicion.unit_id] = suspicion
    signed = assessment.submissions.filter(state=SubmissionState.LOCKED).order_by()
    days_late = dict(signed.values_list("unit", "days_late"))
    return Beside(by_unit, materials, deductions, suspicions, days_late)


def row_of(page: ItemPage, score: Score, beside: Beside, *, is_own: bool) -> ScoreRow:
    unit = score.unit.code
    answer = beside.answers.get(score.unit_id)
    found = judgement_of(score, beside.deductions.get(score.pk, ()))
    facts = RowFacts(
        unit, score.unit.name, ScoreState(score.state), answer.claim if answer else "", is_own
    )
    return ScoreRow(
        score, facts, typed_of(found), found, answer,
        tuple(with_kinds(beside.materials.get(answer.pk, ()), page.duty.item.material)) if answer else (),
        _figures(page, score, answer), suspicion=beside.suspicions.get(score.unit_id),
        is_submitted=score.unit_id in beside.signed,
    )  # fmt: skip


def _figures(page: ItemPage, score: Score, answer: Answer | None) -> tuple[FigureShown, ...]:
    scheme, way = scheme_of(page.version), division_of(page.version).way
    reported = answer.figures if answer else {}
    return tuple(
        FigureShown(
            scheme.inputs[code], way[code], page.counted.get((score.unit.code, code)),
            str(reported.get(code, "")),
            score.figures.get(code) if score.scored_at else None,
        )
        for code in page.duty.inputs
        if way[code] is not Way.JUDGED
    )  # fmt: skip
