"""Score items, one indicator at a time, all units side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Case, Value, When
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.scoring.clocks import (
    end_if_all_is_scored,
    go_on_scoring,
    start_scoring,
)
from steelyard.assessment.models import Assessment, Deduction, Score
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import (
    bodies_for,
    division_of,
    issued,
    scheme_of,
    units_of,
)
from steelyard.assessment.queries.figures.missing import load_missing
from steelyard.assessment.queries.figures.missing_records import load_missing_records
from steelyard.assessment.queries.reviews import load_judged_by_files, load_reasons_by_files
from steelyard.assessment.queries.scoring import ItemPage, ScoreRow, load_item, own_units
from steelyard.assessment.rules.figures.counting import Key
from steelyard.assessment.rules.figures.missing import Missing
from steelyard.assessment.rules.judging import (
    Judgement,
    Part,
    RowFacts,
    Typed,
    against_departing,
    against_missing,
    against_moved,
    against_reopening,
    against_scoring,
    against_the_stage,
    against_unseen,
    as_reviewed,
    ones_own,
    read,
    unexplained,
)
from steelyard.assessment.rules.judging.following import Follows
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


@dataclass(frozen=True, slots=True)
class RowWanted:
    """A row that somebody typed: what it says, and the version that they saw. ``rests``: the figures that they
    saw behind it, ``beside``: the mark of what stood beside it; None if nobody says."""

    seen: int
    typed: Typed
    rests: Mapping[str, str] | None = None
    beside: str | None = None


class RowsChanged(Exception):
    """Somebody scored some of these rows first; nothing was written. ``rows``: as they are now."""

    def __init__(self, rows: Mapping[int, ScoreRow]) -> None:
        self.rows = rows
        super().__init__(", ".join(row.facts.unit for row in rows.values()))


def open_scores(found: Assessment, terms: Any, by: int, now: datetime) -> None:
    """One open score for each item and unit, for the body that scores the item, by its day."""
    version = issued(found)
    bodies = bodies_for(found, timezone.localdate(now))
    units = units_of(version)
    Score.objects.bulk_create(
        Score(assessment=found, unit=unit, body_id=bodies[duty.scoring_body], item=duty.item.code)
        for duty in division_of(version).duties
        for unit in units.values()
    )
    scored_by = {bodies[duty.scoring_body] for duty in division_of(version).duties}
    start_scoring(found, scored_by, working_days=terms.days_to_score, by=by, now=now)


def score_rows(
    *, assessment: int, item: str, rows: Mapping[int, RowWanted], by: int, now: datetime
) -> int:
    """Score units on an item: score → what was typed. All of them or none; answers how many were written.

    What a given score says already is not written again, so that a form sent twice is saved once.

    Raises:
        Refused: who asks may not, or with everything that is wrong, in all rows at once; each
            refusal's field is the code of a unit.
        RowsChanged: some of them were scored by somebody else since they were seen.
    """
    today = timezone.localdate(now)
    with acting("score_items", by=by):
        found = held_still(assessment)
        held = load_held(by, today)
        scores = list(
            Score.objects.select_for_update(of=("self",))
            .filter(assessment=found, item=item)
            .select_related("unit", "body", "scored_by", "reopened_by")
            .order_by("pk")
        )
        for body in sorted({one.body_id for one in scores}):
            refuse_if_any(may_not(held, Action.SCORE_ITEMS, body, today))
        refuse_if_any(against_the_stage(Stage(found.stage)))
        page = load_item(found, item, held, now, scores)
        if page is None:
            return 0
        wanted = {row: rows[row.score.pk].typed for row in page.rows_of(rows)}
        refuse_if_any(ones_own(row.facts) for row in wanted if row.facts.is_own)
        files = _reviewed(page)
        read_rows = {row: _read(page, row, typed, files) for row, typed in wanted.items()}
        new = {row: one for row, one in read_rows.items() if not _says_that(row, one[0])}
        _refuse_if_others_were_faster(new, rows)
        refuse_if_any(_not_seen(page, new, rows))
        judgements, refusals = _checked(page, new, _undecided(page, new, today), files)
        refuse_if_any(refusals)
        _write(page, judgements, by, now)
        end_if_all_is_scored(found, {row.score.body_id for row in judgements}, by=by, now=now)
        return len(judgements)


Read = tuple[Judgement, tuple[Refusal, ...]]


@dataclass(frozen=True, slots=True)
class ByFiles:
    """What settled case files give: (unit's number, input) → figure, unit's number → why they lost points."""

    figures: Mapping[tuple[int, str], str]
    reasons: Mapping[int, str]

    def of(self, row: ScoreRow) -> dict[str, str]:
        unit = row.score.unit_id
        return {code: value for (of, code), value in self.figures.items() if of == unit}


def _reviewed(page: ItemPage) -> ByFiles:
    judged = [one.code for one in page.of.judged]
    figures = load_judged_by_files(page.assessment, judged)
    return ByFiles(figures, load_reasons_by_files(page.assessment, judged) if figures else {})


def _read(page: ItemPage, row: ScoreRow, typed: Typed, files: ByFiles) -> Read:
    found, refusals = read(typed, page.of, row.facts)
    reason = files.reasons.get(row.score.unit_id, "")
    return as_reviewed(found, page.of, files.of(row), reason), refusals


def _says_that(row: ScoreRow, judgement: Judgement) -> bool:
    """Whether it was scored just so already, as by the same form sent before."""
    return row.is_scored and judgement == row.judgement


def _refuse_if_others_were_faster(
    new: Mapping[ScoreRow, Read], rows: Mapping[int, RowWanted]
) -> None:
    changed = {
        row.score.pk: row for row in new if row.score.version != rows[row.score.pk].seen
    }  # fmt: skip
    if changed:
        raise RowsChanged(changed)


def _not_seen(
    page: ItemPage, new: Mapping[ScoreRow, Read], rows: Mapping[int, RowWanted]
) -> Iterator[Refusal]:
    inputs = scheme_of(page.version).inputs
    for row in new:
        seen, moved = rows[row.score.pk], ()
        if seen.rests is not None:
            moved = against_moved(row.facts, seen.rests, page.basis(row.facts.unit), inputs)
            yield from moved
        if seen.beside is not None:
            told = (Part.FIGURES,) if moved else ()
            yield from against_unseen(row.facts, seen.beside, row.beside, told)


def _undecided(page: ItemPage, rows: Iterable[ScoreRow], on: date) -> dict[Key, Missing]:
    """The figures that the item lacks, of bodies and from records, and of which nobody decided. What is
    computed is looked for only where a row has no figure: it means weighing what there is."""
    missing = load_missing(page.assessment)
    computed = [
        code for code in page.duty.inputs if division_of(page.version).way[code] is Way.RECORDS
    ]
    units = [row.facts.unit for row in rows]
    if any((unit, code) not in page.counted for unit in units for code in computed):
        missing += load_missing_records(page.assessment, on)
    return {
        (one.unit, one.input): one for one in missing if not one.is_decided and _needs(page, one)
    }


def _needs(page: ItemPage, one: Missing) -> bool:
    return page.duty.item.code in {*one.items, *one.refused_by}


def _checked(
    page: ItemPage, new: Mapping[ScoreRow, Read], undecided: Mapping[Key, Missing], files: ByFiles
) -> tuple[dict[ScoreRow, Judgement], list[Refusal]]:
    """The judgements, and everything that stands against any of them."""
    found = {row: judgement for row, (judgement, _) in new.items()}
    inputs = scheme_of(page.version).inputs
    titles = {code: one.title for code, one in inputs.items()}
    against = {
        row: (
            *against_scoring(row.facts), *wrong,
            *against_missing(row.facts, judgement, page.of, page.duty.inputs, undecided, titles),
            *against_departing(row.facts, judgement, files.of(row), inputs),
        )
        for row, (judgement, wrong) in new.items()
    }  # fmt: skip
    whole = [row for row, wrong in against.items() if not wrong]
    follows = page.follow({row.facts.unit: found[row] for row in whole})
    for row in whole:
        points = follows.get(row.facts.unit, Follows(None)).points
        against[row] = unexplained(found[row], page.of, points, row.facts)
    return found, [one for wrong in against.values() for one in wrong]


_JUDGED = ("judged", "status", "claim", "reason", "figures")


def _write(
    page: ItemPage, judgements: Mapping[ScoreRow, Judgement], by: int, now: datetime
) -> None:
    """All rows at once: one question each for scores and deductions, however many."""
    changed: dict[int, Judgement] = {}
    for row, judgement in judgements.items():
        score = row.score
        score.judged, score.status = dict(judgement.judged), judgement.status
        score.claim, score.reason = judgement.claim, judgement.reason
        score.figures = page.basis(row.facts.unit)
        score.state, score.scored_by_id, score.scored_at = ScoreState.SCORED, by, now
        if judgement.deductions != row.judgement.deductions:
            changed[score.pk] = judgement
    if changed:
        _write_deductions(changed)
    scores = [row.score for row in judgements]
    Score.objects.filter(pk__in=[one.pk for one in scores]).update(
        state=ScoreState.SCORED, scored_by=by, scored_at=now,
        **{name: _said(scores, name) for name in _JUDGED},
    )  # fmt: skip


def _write_deductions(changed: Mapping[int, Judgement]) -> None:
    """While the scores are open: those of a given score are sealed."""
    Deduction.objects.filter(score__in=list(changed)).delete()
    Deduction.objects.bulk_create(
        Deduction(score_id=number, points=one.points, reason=one.reason)
        for number, judgement in changed.items()
        for one in judgement.deductions
    )


def _said(scores: Sequence[Score], name: str) -> object:
    """What a column of these rows is to say: one value where all say the same, else each its own."""
    told = [getattr(one, name) for one in scores]
    if all(one == told[0] for one in told):
        return told[0] if told else None
    field = Score._meta.get_field(name)
    return Case(
        *(
            When(pk=one.pk, then=Value(value, output_field=field))
            for one, value in zip(scores, told, strict=True)
        ),
        output_field=field,
    )


def reopen(*, score: int, why: str, seen: int | None, by: int, now: datetime) -> Score:
    """Open a given score again, with a reason. What it said stays until it is scored anew.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
        ChangedMeanwhile: somebody was faster.
    """
    today = timezone.localdate(now)
    with acting("reopen_score", by=by):
        found = held_still(Score.objects.values_list("assessment", flat=True).get(pk=score))
        held = load_held(by, today)
        row = Score.objects.select_for_update(of=("self",)).select_related("unit").get(pk=score)
        refuse_if_any(may_not(held, Action.SCORE_ITEMS, row.body_id, today))
        refuse_if_any(against_the_stage(Stage(found.stage)))
        refuse_if_changed(row, seen)
        is_own = bool(own_units(held or (), [row.unit_id], today))
        facts = RowFacts(row.unit.code, row.unit.name, ScoreState(row.state), is_own=is_own)
        refuse_if_any(against_reopening(facts, why))
        row.state, row.why_again = ScoreState.OPEN, why.strip()
        row.reopened_by_id, row.reopened_at = by, now
        row.save()
        row.version += 1
        go_on_scoring(found, [row.body_id], by=by, now=now)
        return row
