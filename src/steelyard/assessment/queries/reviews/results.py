"""How the reviews of files stand, and what is settled of a unit."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils import timezone

from steelyard.assessment.models import Assessment, Draw, DrawnFile, EarlierReview, FileReview
from steelyard.assessment.queries.reviews.files import figure_of, type_of
from steelyard.assessment.rules.reviews.marks import (
    Found,
    Outcome,
    Review,
    Standing,
    missing,
    outcome,
    standing,
)
from steelyard.assessment.rules.reviews.reasons import Settled, reason_of
from steelyard.assessment.rules.reviews.results import (
    Result,
    Reviewed,
    counts,
    judged,
    record_of,
    result,
)
from steelyard.assessment.rules.states import DRAWN_FILE, FileState
from steelyard.people.models import Organisation


def found_by(review: FileReview) -> Found:
    return {mark.defect: mark.times for mark in review.marks.all()}


def as_value(review: FileReview) -> Review:
    return Review(found_by(review), review.done_at is not None, review.settles)


def may_mark_anew(reviews: Sequence[FileReview]) -> bool:
    """Whether those who are done may mark a file anew: two differ, and no third was asked."""
    how, _ = standing([as_value(one) for one in reviews])
    return how is Standing.DIFFER and not any(one.settles for one in reviews)


def earlier_reviews(reviews: Sequence[FileReview]) -> list[EarlierReview]:
    """What these reviews said before they were marked anew, the first first."""
    found = EarlierReview.objects.filter(review__in=[one.pk for one in reviews])
    return list(found.select_related("reviewer").order_by("pk"))


def with_reviews(files: QuerySet[DrawnFile]) -> QuerySet[DrawnFile]:
    """Four questions, however many files."""
    return files.select_related("unit", "draw").prefetch_related("reviews__marks")


@dataclass(frozen=True, slots=True)
class Stands:
    """A file with how its reviews stand and what is settled of it, None while it is open."""

    file: DrawnFile
    standing: Standing
    outcome: Outcome | None
    found: Found
    reviewers: tuple[int, ...]

    @property
    def state(self) -> FileState:
        return FileState(self.file.state)

    @property
    def title(self) -> Any:
        return DRAWN_FILE.states[self.state]


def stands(file: DrawnFile) -> Stands:
    """Of a file :func:`with_reviews`."""
    reviews = list(file.reviews.all())
    how, found = standing([as_value(one) for one in reviews])
    of = type_of(file.draw)
    settled = None
    if file.state == FileState.MISSING:
        settled = missing(of)
    elif file.state == FileState.REVIEWED:
        settled = outcome(of, found)
    return Stands(file, how, settled, found, tuple(one.reviewer_id for one in reviews))


def results(files: Iterable[Stands]) -> dict[int, Result]:
    """Unit → what is known of its files."""
    held: dict[int, list[Outcome | None]] = {}
    for one in files:
        own = held.setdefault(one.file.unit_id, [])
        if counts(one.state, is_reserve=one.file.is_reserve):
            own.append(one.outcome)
    return {unit: result(own) for unit, own in held.items()}


def results_of_input(
    assessment: Assessment, input_code: str, units: Collection[int] | None = None
) -> dict[int, Result]:
    """Unit → result, over all types that feed an input."""
    files = DrawnFile.objects.filter(draw__assessment=assessment, draw__input_code=input_code)
    if units is not None:
        files = files.filter(unit__in=units)
    return results(map(stands, with_reviews(files)))


def load_judged(
    assessment: Assessment, input_code: str, units: Collection[int] | None = None
) -> dict[int, str | None]:
    """Unit → the figure that its settled files give, None while some are open."""
    figure = figure_of(assessment, input_code)
    found = results_of_input(assessment, input_code, units)
    return {unit: judged(one, figure) for unit, one in found.items()}


def load_judged_by_files(
    assessment: Assessment, inputs: Collection[str]
) -> dict[tuple[int, str], str]:
    """(unit's number, input) → the figure that settled files give; only of inputs for which files were drawn."""
    drawn = set(assessment.draws.filter(input_code__in=inputs).values_list("input_code", flat=True))
    return {
        (unit, code): value
        for code in sorted(drawn)
        for unit, value in load_judged(assessment, code).items()
        if value is not None
    }


def load_reasons_by_files(assessment: Assessment, inputs: Collection[str]) -> dict[int, str]:
    """Unit → why its files lost points, "" where they lost none; of units of which all files are settled."""
    files = DrawnFile.objects.filter(draw__assessment=assessment, draw__input_code__in=inputs)
    held: dict[int, list[Stands]] = {}
    for one in map(stands, with_reviews(files.order_by("pk"))):
        if counts(one.state, is_reserve=one.file.is_reserve):
            held.setdefault(one.file.unit_id, []).append(one)
    return {
        unit: reason_of([
            Settled(type_of(one.file.draw), one.found, one.outcome) for one in own if one.outcome
        ])
        for unit, own in held.items()
        if all(one.outcome for one in own)
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class OfUnit:
    """What a draw says of a unit, open or not."""

    draw: Draw
    unit: Organisation
    result: Result


def load_beside_scores(assessment: Assessment, inputs: Collection[str]) -> dict[int, list[OfUnit]]:
    """Unit → what each draw that feeds these inputs says of it. A few questions a draw."""
    told: dict[int, list[OfUnit]] = {}
    for one in assessment.draws.filter(input_code__in=list(inputs)).order_by("pk"):
        one.assessment = assessment
        files = list(with_reviews(DrawnFile.objects.filter(draw=one)))
        units = {file.unit_id: file.unit for file in files}
        for number, found in results(map(stands, files)).items():
            told.setdefault(number, []).append(OfUnit(one, units[number], found))
    return told


def load_progress(draws: Iterable[Draw]) -> dict[int, dict[str, int]]:
    """Draw → how many of its files stand where; those in reserve are not counted."""
    rows = (
        DrawnFile.objects.filter(draw__in=list(draws), is_reserve=False)
        .order_by()
        .values_list("draw", "state")
        .annotate(n=Count("pk"))
    )
    found: dict[int, dict[str, int]] = {}
    for draw, state, n in rows:
        found.setdefault(draw, {})[state] = n
    return found


def catalogue_rows(assessment: Assessment) -> list[dict[str, Any]]:
    """What is settled, as rows of the table ``file_reviews`` of the catalogue."""
    files = DrawnFile.objects.filter(
        draw__assessment=assessment, state__in=(FileState.REVIEWED, FileState.MISSING)
    ).order_by("pk")
    found = map(stands, with_reviews(files))
    return [record_of(assessment.code, _reviewed(one)) for one in found if one.outcome]


def _reviewed(one: Stands) -> Reviewed:
    file = one.file
    if one.outcome is None or file.noted_at is None:
        raise AssertionError(f"{file} is not settled")
    day = timezone.localdate(file.noted_at)
    return Reviewed(file.pk, file.record, file.unit.code, day, type_of(file.draw), one.outcome)
