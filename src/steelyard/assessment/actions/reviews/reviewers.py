"""Who reviews which file: two each, a third where they differ, another in the place of one; urge them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.reviews import clocks
from steelyard.assessment.actions.reviews.files import held_file, in_stage
from steelyard.assessment.models import Draw, DrawnFile, FileReview
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.reviews import reviewers as rules
from steelyard.assessment.rules.reviews.marks import Standing, standing
from steelyard.assessment.rules.states import DRAWN_FILE, FileMove, FileState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.kernel.refusing import refusal
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting

MOST_DAYS = 60


@dataclass(frozen=True, slots=True)
class SharedOut:
    """``lacking``: files for which two reviewers could not be found among those chosen."""

    given: int
    lacking: int


def assign_reviewers(
    *, draw: int, reviewers: Sequence[int], by: int, now: datetime,
    days: int = clocks.DAYS_TO_REVIEW,
) -> SharedOut:  # fmt: skip
    """Give every file of a draw two of these reviewers, evenly; nobody one of their own organisation.

    Each is told, and has ``days`` working days; whose days run already keeps them.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("assign_reviewers", by=by):
        found = Draw.objects.select_related("assessment").get(pk=draw)
        assessment = held_still(found.assessment_id)
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        known = queries.load_reviewers(assessment, today)
        refuse_if_any([*in_stage(assessment), *_unknown(reviewers, known), *_days_are_right(days)])
        files = list(_without_two(found))
        below = {
            unit: queries.organisations_of_unit(unit, today) for unit in {f.unit_id for f in files}
        }
        chosen = [known[one] for one in dict.fromkeys(reviewers)]
        given = rules.shared_out(
            ((one.pk, below[one.unit_id], [r.reviewer_id for r in one.reviews.all()]) for one in files),
            chosen,
        )  # fmt: skip
        FileReview.objects.bulk_create(
            FileReview(file_id=number, reviewer_id=account)
            for number, accounts in given.items()
            for account in accounts
        )
        given_now = {account for accounts in given.values() for account in accounts}
        clocks.start_reviewing(found, given_now, days=days, by=by, now=now)
        has = {one.pk: len(one.reviews.all()) + len(given[one.pk]) for one in files}
        return SharedOut(sum(map(len, given.values())), sum(n < 2 for n in has.values()))


def _without_two(draw: Draw) -> Iterable[DrawnFile]:
    open_ones = (FileState.ASKED, FileState.RECEIVED)
    files = (
        DrawnFile.objects.select_for_update()
        .filter(draw=draw, is_reserve=False, state__in=open_ones)
        .prefetch_related("reviews")
        .order_by("unit__code", "place")
    )
    return (one for one in files if len([r for r in one.reviews.all() if not r.settles]) < 2)


def _unknown(reviewers: Sequence[int], known: Mapping[int, rules.Reviewer]) -> tuple[Refusal, ...]:
    if not reviewers:
        return (Refusal("nobody", Text("请选择评查人", "choose reviewers"), "reviewers"),)
    if all(one in known for one in reviewers):
        return ()
    return (
        Refusal("not_a_reviewer", Text("所选人员不是评审专家", "this is no reviewer"), "reviewers"),
    )


def _days_are_right(days: int) -> tuple[Refusal, ...]:
    if 1 <= days <= MOST_DAYS:
        return ()
    text = Text(f"请填写1至{MOST_DAYS}个工作日", f"give between 1 and {MOST_DAYS} working days")
    return (Refusal("days_out_of_bounds", text, "days"),)


def assign_third(*, file: int, reviewer: int, by: int, now: datetime) -> FileReview:
    """Where two differ, a third settles. Named again, it is the first.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("assign_third_reviewer", by=by):
        found = held_file(file, with_assessment=True)
        assessment = found.draw.assessment
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        there = found.reviews.filter(reviewer=reviewer, settles=True).first()
        if there is not None:
            return there
        known = queries.load_reviewers(assessment, today)
        refuse_if_any([*in_stage(assessment), *_unknown([reviewer], known)])
        own = list(found.reviews.prefetch_related("marks"))
        unit = queries.organisations_of_unit(found.unit_id, today)
        refuse_if_any([
            *_against_third(found, own),
            *rules.may_not_review(known[reviewer], unit, [one.reviewer_id for one in own]),
        ])  # fmt: skip
        made = FileReview.objects.create(file=found, reviewer_id=reviewer, settles=True)
        clocks.start_reviewing(found.draw, [reviewer], by=by, now=now)
        clocks.files_came(found.draw, [reviewer], by=by, now=now)
        return made


def _against_third(found: DrawnFile, own: Sequence[FileReview]) -> Iterable[Refusal]:
    yield from DRAWN_FILE.against(FileState(found.state), FileMove.REVIEW)
    how, _ = standing([queries.as_value(one) for one in own])
    if how is not Standing.DIFFER or any(one.settles for one in own):
        yield refusal(
            "no_difference",
            Text("两名评查人没有不一致，或者已有第三人", "two reviewers do not differ, or there is a third already"),
            Text("两人均完成且不一致时才指定第三人", "a third settles where both are done and differ"),
            "reviewer",
        )  # fmt: skip


def replace_reviewer(*, review: int, reviewer: int, by: int, now: datetime) -> FileReview:
    """Somebody else does a review that is not done; what was marked in it goes, and the trail keeps it.

    They are told, and have as many days as the others had.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("replace_reviewer", by=by):
        number = FileReview.objects.values_list("file", flat=True).get(pk=review)
        file = held_file(number, with_assessment=True)
        found = FileReview.objects.select_for_update().get(pk=review)
        assessment = file.draw.assessment
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        known = queries.load_reviewers(assessment, today)
        refuse_if_any([*in_stage(assessment), *_unknown([reviewer], known), *_is_done(found)])
        reviewing = file.reviews.values_list("reviewer", flat=True)
        unit = queries.organisations_of_unit(file.unit_id, today)
        refuse_if_any(rules.may_not_review(known[reviewer], unit, list(reviewing)))
        for mark in found.marks.all():
            mark.delete()
        before, found.reviewer_id, found.urged_on = found.reviewer_id, reviewer, None
        found.save()
        clocks.end_if_nothing_is_left(file.draw, [before], by=by, now=now)
        clocks.start_reviewing(file.draw, [reviewer], by=by, now=now)
        return found


def _is_done(found: FileReview) -> tuple[Refusal, ...]:
    if found.done_at is None:
        return ()
    return (Refusal("done_already", Text("这份评查已提交", "this review is finished")),)


def urge_reviewers(*, draw: int, by: int, now: datetime) -> int:
    """Remind those who have files of a draw before them that are there and not done; each once a day.

    How many were reminded.

    Raises:
        Refused: who asks may not, or nobody is to be urged today.
    """
    today = timezone.localdate(now)
    with acting("urge_reviewers", by=by):
        found = Draw.objects.select_related("assessment").get(pk=draw)
        assessment = held_still(found.assessment_id)
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        waiting = queries.open_reviews(found).select_for_update(of=("self",))
        late = [one for one in waiting.order_by("pk") if one.urged_on != today]
        refuse_if_any([*in_stage(assessment), *rules.against_urging(len(late))])
        for one in late:
            one.urged_on = today
            one.save()
        whom = {one.reviewer_id for one in late}
        clocks.urge(found, whom, now=now)
        return len(whom)
