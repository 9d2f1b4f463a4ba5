"""What is found outside a unit's own filing, put beside the rows of an item; and the mark of all that stands there."""

from __future__ import annotations

from steelyard.assessment.queries.assessments import scheme_of
from steelyard.assessment.queries.reviews import load_beside_scores
from steelyard.assessment.queries.scoring.rows import ItemPage, ScoreRow
from steelyard.assessment.queries.visits import findings_about
from steelyard.assessment.rules.judging import Part, mark_beside
from steelyard.assessment.rules.states import SuspicionState


def put_beside(page: ItemPage) -> None:
    """What was found on visits that are reported, and in case files."""
    findings = findings_about(page.assessment, page.duty.item.code)
    inputs = scheme_of(page.version).inputs
    fed = [code for code in page.duty.inputs if inputs[code].case_files]
    reviews = load_beside_scores(page.assessment, fed) if fed else {}
    for row in page.rows:
        row.findings = tuple(findings.get(row.score.unit_id, ()))
        row.reviews = tuple(reviews.get(row.score.unit_id, ()))
        row.beside = mark_beside({
            Part.FILED: _filed(row), Part.FIGURES: _figures(row), Part.LACKING: _lacking(row),
            Part.FILES: _files(row), Part.FINDINGS: _findings(row), Part.FORGED: _forged(row),
        })  # fmt: skip


def _filed(row: ScoreRow) -> object:
    answer = row.answer
    if answer is None:
        return row.is_submitted
    said = answer.self_score, answer.statement, answer.claim, answer.grounds
    material = tuple((use.material_id, use.pages) for use in row.materials)
    return answer.pk, tuple(map(str, said)), answer.submission.days_late, material


def _figures(row: ScoreRow) -> object:
    """Where they come from: their value is told apart."""
    return tuple(
        (one.input.code, one.reported, one.counted and (one.counted.supplied, one.counted.reason))
        for one in row.figures
    )


def _lacking(row: ScoreRow) -> object:
    return tuple(
        (one.input.code, str(one.decided.status), one.decided.reason)
        for one in row.figures
        if one.decided
    )


def _files(row: ScoreRow) -> object:
    """While some are open, only that they are."""
    return tuple(
        (one.draw.pk, one.result if one.result.is_finished else None) for one in row.reviews
    )


def _findings(row: ScoreRow) -> object:
    return tuple(
        (
            one.pk, one.version, one.told_at and one.told_at.isoformat(),
            tuple(each.pk for each in one.photographs),
        )
        for one in row.findings
    )  # fmt: skip


def _forged(row: ScoreRow) -> object:
    """Of what is only suspected nobody says here that it is."""
    return row.suspicion is not None and row.suspicion.state == SuspicionState.CONFIRMED
