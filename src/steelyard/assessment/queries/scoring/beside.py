"""What stands beside the scores of items: what was filed, deducted and suspected."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from steelyard.assessment.models import Answer, Assessment, Deduction, MaterialUse, Score, Suspicion
from steelyard.assessment.queries.assessments import division_of, scheme_of
from steelyard.assessment.queries.collection import with_kinds
from steelyard.assessment.queries.figures.missing import decisions_that_stand
from steelyard.assessment.queries.schemes.readings import leave_what_stands
from steelyard.assessment.queries.scoring.rows import (
    FigureShown,
    ItemPage,
    ScoreRow,
    judgement_of,
    typed_of,
)
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.missing import Decided
from steelyard.assessment.rules.judging import RowFacts
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import ScoreState, SubmissionState, SuspicionState

ItemOf = tuple[str, int]
"""(item, unit)."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside the scores of some items: what each unit filed and what is suspected of it; by
    answer and by score the rest."""

    answers: Mapping[ItemOf, Answer] = field(default_factory=dict)
    materials: Mapping[int, list[MaterialUse]] = field(default_factory=dict)
    deductions: Mapping[int, list[Deduction]] = field(default_factory=dict)
    suspicions: Mapping[ItemOf, Suspicion] = field(default_factory=dict)
    signed: Mapping[int, int] = field(default_factory=dict)
    """Unit → how many working days late its submission was signed."""
    decided: Mapping[Key, Decided] = field(default_factory=dict)
    """(unit, input) → that it counts as lacking, if no figure does."""

    def forged(self, rows: Iterable[Score]) -> frozenset[str]:
        """Units of which an item was found to be forged."""
        return frozenset(
            one.unit.code
            for one in rows
            if (suspicion := self.suspicions.get((one.item, one.unit_id)))
            and suspicion.state == SuspicionState.CONFIRMED
        )

    def late(self, rows: Iterable[Score]) -> frozenset[str]:
        """Units that filed late, or not at all."""
        return frozenset(one.unit.code for one in rows if self.signed.get(one.unit_id, 1) > 0)


def load_beside(
    assessment: Assessment, rows: Collection[Score], unit: int | None = None
) -> Beside:  # fmt: skip
    """Of the items of these rows, in a few questions, however many they are. ``unit``: what was filed, of
    this unit alone."""
    items = {row.item for row in rows}
    answers = _answers(assessment, items, unit)
    signed = assessment.submissions.filter(state=SubmissionState.LOCKED).order_by()
    return Beside(
        answers, _materials(answers.values()), _deductions(rows), _suspicions(assessment, items),
        dict(signed.values_list("unit", "days_late")), decisions_that_stand(assessment),
    )  # fmt: skip


def _answers(
    assessment: Assessment, items: Collection[str], unit: int | None
) -> dict[ItemOf, Answer]:
    """As they were signed; without the figures that an amendment has made other ones."""
    found = Answer.objects.filter(
        submission__assessment=assessment, submission__state=SubmissionState.LOCKED,
        item__in=items,
    ).select_related("submission")  # fmt: skip
    if unit is not None:
        found = found.filter(submission__unit=unit)
    leave_what_stands(assessment, found)
    return {(one.item, one.submission.unit_id): one for one in found}


def _materials(answers: Iterable[Answer]) -> dict[int, list[MaterialUse]]:
    found: dict[int, list[MaterialUse]] = {}
    uses = MaterialUse.objects.filter(answer__in=[one.pk for one in answers])
    for use in uses.select_related("material").order_by("pk"):
        found.setdefault(use.answer_id, []).append(use)
    return found


def _deductions(rows: Iterable[Score]) -> dict[int, list[Deduction]]:
    found: dict[int, list[Deduction]] = {}
    for one in Deduction.objects.filter(score__in=[row.pk for row in rows]).order_by("pk"):
        found.setdefault(one.score_id, []).append(one)
    return found


def _suspicions(assessment: Assessment, items: Collection[str]) -> dict[ItemOf, Suspicion]:
    """The last of each; one that was confirmed stays."""
    found: dict[ItemOf, Suspicion] = {}
    for one in assessment.suspicions.filter(item__in=items).order_by("pk"):
        key = one.item, one.unit_id
        if key not in found or found[key].state != SuspicionState.CONFIRMED:
            found[key] = one
    return found


def row_of(page: ItemPage, score: Score, beside: Beside, *, is_own: bool) -> ScoreRow:
    unit = score.unit.code
    answer = beside.answers.get((score.item, score.unit_id))
    found = judgement_of(score, beside.deductions.get(score.pk, ()))
    facts = RowFacts(
        unit, score.unit.name, ScoreState(score.state), answer.claim if answer else "", is_own
    )
    return ScoreRow(
        score, facts, typed_of(found), found, answer,
        tuple(with_kinds(beside.materials.get(answer.pk, ()), page.duty.item.material)) if answer else (),
        _figures(page, score, answer, beside), suspicion=beside.suspicions.get((score.item, score.unit_id)),
        is_submitted=score.unit_id in beside.signed,
    )  # fmt: skip


def _figures(
    page: ItemPage, score: Score, answer: Answer | None, beside: Beside
) -> tuple[FigureShown, ...]:
    scheme, way = scheme_of(page.version), division_of(page.version).way
    reported = answer.figures if answer else {}
    keys = [(score.unit.code, code) for code in page.duty.inputs if way[code] is not Way.JUDGED]
    return tuple(
        FigureShown(
            scheme.inputs[code], way[code], page.counted.get((unit, code)),
            str(reported.get(code, "")),
            score.figures.get(code) if score.scored_at else None,
            None if (unit, code) in page.counted else beside.decided.get((unit, code)),
        )
        for unit, code in keys
    )  # fmt: skip
