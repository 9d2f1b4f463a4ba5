"""A reviewer marks a file by its checklist, and finishes; two that agree, or a third, settle it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.reviews.clocks import end_if_nothing_is_left
from steelyard.assessment.actions.reviews.files import held_file, in_stage, move_file
from steelyard.assessment.actions.reviews.results import propose
from steelyard.assessment.models import DrawnFile, EarlierReview, FileReview, Mark
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.reviews.checklists import FileType
from steelyard.assessment.rules.reviews.marks import (
    Standing,
    found_in_bounds,
    places_named,
    said_to_have_none,
    standing,
)
from steelyard.assessment.rules.reviews.reviewers import may_not_review
from steelyard.assessment.rules.states import DRAWN_FILE, FileMove, FileState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal, refuse_if_any
from steelyard.kernel.refusing import refusal
from steelyard.people.permissions import NOT_YOURS
from steelyard.people.queries import load_held
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


@dataclass(frozen=True, slots=True)
class Marked:
    """A defect found so many times, with a note where."""

    times: int
    note: str = ""


def save_review(
    *, review: int, marked: Mapping[str, Marked], finish: bool, by: int, now: datetime,
    seen: int | None = None, no_defect: bool = False,
) -> FileReview:  # fmt: skip
    """A reviewer's marks of a file; finished, they may settle it.

    After both are done and differ, each may mark anew until a third is asked; what they found before is
    kept. Finished, each defect has a note that says where it is, and a file with none is said to have
    ``no_defect``.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: the same reviewer saved it elsewhere.
    """
    with acting("finish_review" if finish else "save_review", by=by):
        number = FileReview.objects.values_list("file", flat=True).get(pk=review)
        file = held_file(number, with_assessment=finish)
        found = FileReview.objects.select_for_update().get(pk=review)
        refuse_if_any(_not_ones_own(found, file, by, now))
        refuse_if_changed(found, seen)
        of = queries.type_of(file.draw)
        others = list(file.reviews.exclude(pk=review).prefetch_related("marks"))
        refuse_if_any([
            *in_stage(file.draw.assessment),
            *DRAWN_FILE.against(FileState(file.state), FileMove.REVIEW),
            *_done_already(found, others),
            *found_in_bounds(of, {code: one.times for code, one in marked.items()}),
            *(_against_finishing(of, marked, no_defect=no_defect) if finish else ()),
        ])  # fmt: skip
        _keep_what_was_found(found, now)
        _write_marks(found, marked, now, finish=finish)
        if finish:
            _settle(file, by, now)
            end_if_nothing_is_left(file.draw, [by], by=by, now=now)
            propose(file.draw.assessment, file.draw.input_code, [file.unit_id], by=by, now=now)
        return FileReview.objects.get(pk=review)


def _against_finishing(
    of: FileType, marked: Mapping[str, Marked], *, no_defect: bool
) -> tuple[Refusal, ...]:
    return (
        *places_named(of, {code: one.note for code, one in marked.items()}),
        *said_to_have_none(marked, no_defect=no_defect),
    )


def _keep_what_was_found(found: FileReview, now: datetime) -> None:
    """A finished review that is marked anew."""
    if found.done_at is None:
        return
    marks = {one.defect: {"times": one.times, "note": one.note} for one in found.marks.all()}
    EarlierReview.objects.create(
        review=found, of_version=found.version, marks=marks, reviewer_id=found.reviewer_id,
        done_at=found.done_at, set_aside_at=now,
    )  # fmt: skip


def _not_ones_own(
    found: FileReview, file: DrawnFile, by: int, now: datetime
) -> tuple[Refusal, ...]:
    if found.reviewer_id != by:
        return (Refusal(NOT_YOURS, Text("没有这份评查", "there is no such review")),)
    today = timezone.localdate(now)
    held = load_held(by, today) or ()
    known = queries.load_reviewers(file.draw.assessment, today).get(by)
    if known is None or not reach(held, Action.REVIEW_FILES, today):
        text = Text("您今天不是评审专家", "you are no reviewer today")
        return (Refusal(NOT_ALLOWED, text),)
    unit = queries.organisations_of_unit(file.unit_id, today)
    refusals = may_not_review(known, unit, ())
    return tuple(Refusal(NOT_ALLOWED, one.text) for one in refusals)


def _done_already(found: FileReview, others: Sequence[FileReview]) -> tuple[Refusal, ...]:
    if found.done_at is None or queries.may_mark_anew([found, *others]):
        return ()
    return (
        refusal(
            "done_already",
            Text("您已提交评查结果", "you finished this review"),
            Text("两人不一致且未指定第三人时才可重新评查", "mark anew where you differ and no third was asked"),
        ),
    )  # fmt: skip


def _write_marks(
    found: FileReview, marked: Mapping[str, Marked], now: datetime, *, finish: bool
) -> None:
    found.done_at, found.saved_at = None, now
    found.save()  # marks of a finished review are sealed
    there = {mark.defect: mark for mark in found.marks.all()}
    for code, mark in there.items():
        if code not in marked:
            mark.delete()
    for code, one in marked.items():
        mark = there.get(code) or Mark(review=found, defect=code)
        if mark.pk is None or (mark.times, mark.note) != (one.times, one.note.strip()):
            mark.times, mark.note = one.times, one.note.strip()
            mark.save()
    if finish:
        again = FileReview.objects.get(pk=found.pk)
        again.done_at = now
        again.save()


def _settle(file: DrawnFile, by: int, now: datetime) -> None:
    reviews = list(file.reviews.prefetch_related("marks"))
    how, _ = standing([queries.as_value(one) for one in reviews])
    if how is Standing.SETTLED:
        move_file(file, FileMove.REVIEW, by, now)
        file.save()
