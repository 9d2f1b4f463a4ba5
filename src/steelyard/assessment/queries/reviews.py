"""Reads of the file review: types of file, the files there are, who may review, what is settled."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from steelyard.assessment.models import Assessment, Draw, DrawnFile, FileReview
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.file_review import (
    FileType,
    Found,
    Measure,
    Outcome,
    Result,
    Review,
    Reviewed,
    Reviewer,
    Standing,
    counts,
    measure_of,
    missing,
    outcome,
    read_type,
    read_types,
    record_of,
    result,
    standing,
)
from steelyard.assessment.rules.states import DRAWN_FILE, FileState
from steelyard.people.models import Account, Holding
from steelyard.people.queries import load_below, on_day
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import BELOW, Action, Role, may
from steelyard.records.snapshot.snapshot import Snapshot as Frozen
from steelyard.records.tally.tally import unit_of_places
from steelyard.regions import GUANGDONG_FILE_REVIEW
from steelyard.scheme.model import Scheme
from steelyard.supply.models import Snapshot

TYPES = GUANGDONG_FILE_REVIEW


# --- types and files ------------------------------------------------------------------------


@cache
def load_documents() -> Mapping[str, Mapping[str, Any]]:
    """The table of each type, as the office's file has it."""
    document = tomllib.loads(TYPES.read_text("utf-8"))
    read_types(document)
    is_sample = bool(document.get("sample"))
    return {one["code"]: {"sample": is_sample, **one} for one in document["types"]}


@cache
def load_types() -> Mapping[str, FileType]:
    return {code: read_type(told) for code, told in load_documents().items()}


def type_of(draw: Draw) -> FileType:
    """As it was when the files were drawn."""
    return _type_of(json.dumps(draw.checklist, sort_keys=True))


@lru_cache(maxsize=64)
def _type_of(checklist: str) -> FileType:
    return read_type(json.loads(checklist))


def snapshots_of(assessment: Assessment) -> QuerySet[Snapshot]:
    """The frozen snapshots of just its period, of its office."""
    return Snapshot.objects.filter(
        office=assessment.office_id, starts=assessment.starts, ends=assessment.ends,
        status=Snapshot.Status.FROZEN,
    )  # fmt: skip


def files_there_are(snapshot: Snapshot, of: FileType, scheme: Scheme) -> list[tuple[str, str]]:
    """(unit, key) of every file of a type in a frozen snapshot, of the units that are assessed."""
    frozen = Frozen.open(settings.ENVIRONMENT.home / "snapshots" / snapshot.folder)
    units = unit_of_places(scheme, frozen)
    days = {"from": snapshot.starts, "to": snapshot.ends}
    rows = frozen.rows(of.records, days)
    return [
        (units[row["unit"]], str(row["record"]))
        for row in rows
        if row["unit"] in units and row["record"] is not None
    ]


def inputs_fed(assessment: Assessment) -> dict[str, Way]:
    """The inputs that a file review may feed: judged ones, and those computed from records."""
    version = issued(assessment)
    if version is None:
        return {}
    ways = division_of(version).way
    return {code: way for code, way in ways.items() if way in (Way.JUDGED, Way.RECORDS)}


def measure_for(assessment: Assessment, input_code: str) -> Measure:
    version = issued(assessment)
    source = scheme_of(version).inputs.get(input_code) if version else None
    return measure_of(source.type if source else "number")


# --- who ------------------------------------------------------------------------------------


def load_reviewers(assessment: Assessment, on: date) -> dict[int, Reviewer]:
    """Those who hold the role of an expert below the office today, with all that they hold."""
    below = load_below(assessment.office_id, on)
    roles = [role.value for role in Role if may(role, Action.REVIEW_FILES)]
    experts = Holding.objects.filter(
        on_day(on), role__in=roles, organisation__in=below, account__is_active=True
    ).values_list("account", flat=True)
    held: dict[int, set[int]] = {account: set() for account in experts}
    everything = Holding.objects.filter(on_day(on), account__in=list(held))
    for account, organisation in everything.values_list("account", "organisation"):
        held[account].add(organisation)
    return {account: Reviewer(account, frozenset(own)) for account, own in sorted(held.items())}


def load_accounts(numbers: Iterable[int]) -> QuerySet[Account]:
    return Account.objects.filter(pk__in=list(numbers)).order_by("name", "pk")


def organisations_of_unit(unit: int, on: date) -> frozenset[int]:
    """The unit and what stands below it: whoever holds a role there reviews none of its files."""
    return frozenset(load_below(unit, on)) | {unit}


@dataclass(frozen=True, slots=True)
class Sight:
    """What a person sees of the file reviews: all (the office), the files of units, those one reviews."""

    everything: bool
    units: frozenset[int]
    account: int


def sight(held: Sequence[Held], account: int, assessment: Assessment, on: date) -> Sight:
    everything = any(
        one.is_held_on(on)
        and may(one.role, Action.SEE_ASSESSMENT)
        and one.role in BELOW
        and assessment.office_id in one.below | {one.organisation}
        for one in held
    )
    units = reach(held, Action.DIVIDE_ITEMS, on) | reach(held, Action.SIGN_SUBMISSION, on)
    return Sight(everything, units, account)


def files_seen(eyes: Sight, assessment: Assessment) -> QuerySet[DrawnFile]:
    """What does not come out of here does not exist for that person. A unit sees no reserves."""
    found = DrawnFile.objects.filter(draw__assessment=assessment).select_related("draw", "unit")
    if eyes.everything:
        return found
    mine = Q(pk__in=FileReview.objects.filter(reviewer=eyes.account).values("file"))
    return found.filter(mine | Q(unit__in=eyes.units, is_reserve=False))


def draws_seen(eyes: Sight, assessment: Assessment) -> QuerySet[Draw]:
    found = Draw.objects.filter(assessment=assessment).select_related("snapshot", "drawn_by")
    if eyes.everything:
        return found
    return found.filter(pk__in=files_seen(eyes, assessment).values("draw"))


def reviews_of(account: int, assessment: Assessment) -> QuerySet[FileReview]:
    """What a reviewer has to review, open ones first."""
    return (
        FileReview.objects.filter(reviewer=account, file__draw__assessment=assessment)
        .select_related("file__draw", "file__unit")
        .order_by("file__state", "done_at", "file__unit__code", "file__place", "pk")
    )


def waiting_for_reviewer(account: int) -> QuerySet[FileReview]:
    """What is received and not reviewed by them yet."""
    return FileReview.objects.filter(
        reviewer=account, done_at=None, file__state=FileState.RECEIVED
    ).select_related("file__draw__assessment", "file__unit")


# --- what is found and settled --------------------------------------------------------------


def found_by(review: FileReview) -> Found:
    return {mark.defect: mark.times for mark in review.marks.all()}


def as_value(review: FileReview) -> Review:
    return Review(found_by(review), review.done_at is not None, review.settles)


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
