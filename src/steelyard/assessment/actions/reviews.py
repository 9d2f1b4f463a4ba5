"""Draw case files, note what became of them, give them to reviewers, mark them, settle them.

Locks are taken in this order: assessment, drawn file, review, score. The office's writes hold the
assessment, and so does the end of a review, so that of two which end at once the second sees the first;
while they are marked, reviewers of different files do not wait for each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, Draw, DrawnFile, FileReview, Mark, Score
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of, units_of
from steelyard.assessment.rules import draws, file_review
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.draws import Drawing, Ground, Wanted
from steelyard.assessment.rules.file_review import Standing
from steelyard.assessment.rules.states import DRAWN_FILE, FileMove, FileState, ScoreState, Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal, refuse_if_any
from steelyard.kernel.refusing import refusal
from steelyard.notices.actions import end_deadline, start_deadline
from steelyard.people.models import Account
from steelyard.people.permissions import NOT_YOURS
from steelyard.people.queries import load_held
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action, Role
from steelyard.supply.models import Snapshot
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

AREA, TASK = "assessment", "bring_files"
"""Under which a unit has its deadline to bring what was drawn; its object is the first file drawn of it."""

A_CLICK = timedelta(minutes=1)


# --- the draw -------------------------------------------------------------------------------


def draw_files(*, assessment: int, snapshot: int, wanted: Wanted, by: int, now: datetime) -> Draw:
    """Draw the files of a type, once; each unit that has any is asked to bring them by a day.

    Raises:
        Refused: with everything that stands against it.
        Faulty: the snapshot cannot be read.
    """
    today = timezone.localdate(now)
    with acting("draw_files", by=by):
        found = held_still(assessment)
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, found.office_id, today))
        there = _just_drawn(found, wanted, by, now)
        if there is not None:
            return there
        frozen = Snapshot.objects.filter(pk=snapshot, office=found.office_id).first()
        refuse_if_any(draws.against(wanted, _ground(found, frozen, by)))
        drawing = _drawn(found, frozen, wanted)
        draw = Draw.objects.create(
            assessment=found, snapshot=frozen, input_code=wanted.input_code,
            table_code=queries.load_types()[wanted.file_type].table, file_type=wanted.file_type,
            seed=wanted.seed, seed_origin=wanted.seed_origin, witness=wanted.witness,
            wanted=wanted.wanted, reserves=wanted.reserves, population=dict(drawing.population),
            checklist=queries.load_documents()[wanted.file_type], drawn_by_id=by, drawn_at=now,
        )  # fmt: skip
        _ask_for(draw, drawing, wanted.days, by, now)
        return draw


def _just_drawn(found: Assessment, wanted: Wanted, by: int, now: datetime) -> Draw | None:
    """The same draw by the same person a moment ago: a second click."""
    return found.draws.filter(
        file_type=wanted.file_type, seed=wanted.seed, drawn_by=by, drawn_at__gt=now - A_CLICK
    ).first()


def _ground(found: Assessment, frozen: Snapshot | None, by: int) -> Ground:
    is_frozen = frozen is not None and frozen.status == Snapshot.Status.FROZEN
    return Ground(
        stage=Stage(found.stage),
        period=(found.starts, found.ends),
        frozen=(frozen.starts, frozen.ends) if frozen and is_frozen else None,
        known_types=queries.load_types().keys(),
        drawn_types=set(found.draws.values_list("file_type", flat=True)),
        inputs_fed=queries.inputs_fed(found).keys(),
        drawer=Account.objects.get(pk=by).name,
    )


def _drawn(found: Assessment, frozen: Snapshot, wanted: Wanted) -> Drawing:
    scheme = scheme_of(issued(found))
    rows = queries.files_there_are(frozen, queries.load_types()[wanted.file_type], scheme)
    units = [unit.code for unit in scheme.assessed]
    return draws.draw(wanted.seed, units, rows, wanted.wanted, wanted.reserves)


def _ask_for(draw: Draw, drawing: Drawing, days: int, by: int, now: datetime) -> None:
    units = units_of(issued(draw.assessment))
    files = DrawnFile.objects.bulk_create(
        DrawnFile(draw=draw, unit=units[one.unit], record=one.key, place=one.place,
                  is_reserve=one.is_reserve)
        for one in drawing.files
        if one.unit in units
    )  # fmt: skip
    title = queries.type_of(draw).title
    path = reverse("assessment:draw", args=[draw.assessment.code, draw.pk])
    for first in (one for one in files if one.place == 1):
        start_deadline(
            area=AREA, object_id=first.pk, task=TASK, path=path, organisation=first.unit_id,
            what=Text(f"调取抽中的{title.zh}", f"Bring what was drawn: {title.en}"),
            role=Role.CITY_OFFICER, working_days=days, by=by, now=now,
        )  # fmt: skip


# --- what becomes of a file -----------------------------------------------------------------


def note_file(
    *, file: int, move: FileMove, by: int, now: datetime, reason: str = "", seen: int | None = None
) -> DrawnFile:
    """It was received, it is missing, or a reserve takes its place.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting(f"{move}_file", by=by):
        found = _held(file, with_assessment=True)
        assessment = found.draw.assessment
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        refuse_if_changed(found, seen)
        refuse_if_any([*_in_stage(assessment), *_against_note(found, move, reason)])
        _move(found, move, by, now)
        found.reason = reason.strip() or found.reason
        found.save()
        found.version += 1
        if move is FileMove.EXCUSE:
            _call_up(found)
        _end_the_waiting(found, by, now)
        _propose(assessment, found.draw.input_code, [found.unit_id])
        return found


def _against_note(found: DrawnFile, move: FileMove, reason: str) -> Iterable[Refusal]:
    yield from DRAWN_FILE.against(FileState(found.state), move)
    if move is FileMove.REVIEW:
        yield Refusal("by_reviewers", Text("评查由评查人完成", "reviewers finish a review"))
    if found.is_reserve:
        yield refusal(
            "in_reserve",
            Text("备用案卷尚未启用", "this file waits in reserve"),
            Text("替换抽中案卷时按次序启用", "it is called up when a drawn one is replaced"),
        )
    if move is FileMove.EXCUSE and not reason.strip():
        yield Refusal(
            "no_reason", Text("请写明替换的理由", "say why it is replaced"), "reason"
        )  # fmt: skip


def _in_stage(assessment: Assessment) -> tuple[Refusal, ...]:
    if assessment.stage in draws.DRAWS_IN:
        return ()
    return (
        Refusal("wrong_stage", Text("现在不是评查案卷的阶段", "files are not reviewed in this stage")),
    )  # fmt: skip


def _call_up(found: DrawnFile) -> None:
    """The next reserve of the unit takes its place, if there is one left."""
    reserve = (
        DrawnFile.objects.select_for_update()
        .filter(draw=found.draw_id, unit=found.unit_id, is_reserve=True)
        .order_by("place")
        .first()
    )
    if reserve is not None:
        reserve.is_reserve = False
        reserve.save()


def _end_the_waiting(found: DrawnFile, by: int, now: datetime) -> None:
    """Once the unit has brought all, or is known not to, nothing is due from it."""
    own = DrawnFile.objects.filter(draw=found.draw_id, unit=found.unit_id)
    if own.filter(state=FileState.ASKED, is_reserve=False).exists():
        return
    met = not own.filter(state=FileState.MISSING).exists()
    first = own.order_by("place").first()
    end_deadline(area=AREA, object_id=first.pk, task=TASK, by=by, now=now, met=met)


def _move(found: DrawnFile, move: FileMove, by: int, now: datetime) -> None:
    leads_to = DRAWN_FILE.after(FileState(found.state), move)
    if leads_to is None:
        raise AssertionError(f"{found.state} × {move} was let through")
    found.state, found.noted_by_id, found.noted_at = leads_to, by, now


def _held(file: int, *, with_assessment: bool = False) -> DrawnFile:
    """The row of a file, and first that of its assessment, held until the transaction ends."""
    if with_assessment:
        held_still(DrawnFile.objects.values_list("draw__assessment", flat=True).get(pk=file))
    return (
        DrawnFile.objects.select_for_update(of=("self",))
        .select_related("draw__assessment__office", "unit")
        .get(pk=file)
    )


# --- reviewers ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SharedOut:
    """``lacking``: files for which two reviewers could not be found among those chosen."""

    given: int
    lacking: int


def assign_reviewers(*, draw: int, reviewers: Sequence[int], by: int, now: datetime) -> SharedOut:
    """Give every file of a draw two of these reviewers, evenly; nobody one of their own organisation.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("assign_reviewers", by=by):
        found = Draw.objects.select_related("assessment").get(pk=draw)
        assessment = held_still(found.assessment_id)
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        known = queries.load_reviewers(assessment, today)
        refuse_if_any([*_in_stage(assessment), *_unknown(reviewers, known)])
        files = list(_without_two(found))
        below = {
            unit: queries.organisations_of_unit(unit, today) for unit in {f.unit_id for f in files}
        }
        chosen = [known[one] for one in dict.fromkeys(reviewers)]
        given = file_review.shared_out(
            ((one.pk, below[one.unit_id], [r.reviewer_id for r in one.reviews.all()]) for one in files),
            chosen,
        )  # fmt: skip
        FileReview.objects.bulk_create(
            FileReview(file_id=number, reviewer_id=account)
            for number, accounts in given.items()
            for account in accounts
        )
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


def _unknown(
    reviewers: Sequence[int], known: Mapping[int, file_review.Reviewer]
) -> tuple[Refusal, ...]:
    if not reviewers:
        return (Refusal("nobody", Text("请选择评查人", "choose reviewers"), "reviewers"),)
    if all(one in known for one in reviewers):
        return ()
    return (
        Refusal("not_a_reviewer", Text("所选人员不是评审专家", "this is no reviewer"), "reviewers"),
    )


def assign_third(*, file: int, reviewer: int, by: int, now: datetime) -> FileReview:
    """Where two differ, a third settles. Named again, it is the same review.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("assign_third_reviewer", by=by):
        found = _held(file, with_assessment=True)
        assessment = found.draw.assessment
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        known = queries.load_reviewers(assessment, today)
        refuse_if_any([*_in_stage(assessment), *_unknown([reviewer], known)])
        own = list(found.reviews.prefetch_related("marks"))
        there = next((one for one in own if one.settles and one.reviewer_id == reviewer), None)
        if there is not None:
            return there
        unit = queries.organisations_of_unit(found.unit_id, today)
        refuse_if_any([
            *_against_third(found, own),
            *file_review.may_not_review(known[reviewer], unit, [one.reviewer_id for one in own]),
        ])  # fmt: skip
        return FileReview.objects.create(file=found, reviewer_id=reviewer, settles=True)


def _against_third(found: DrawnFile, own: Sequence[FileReview]) -> Iterable[Refusal]:
    yield from DRAWN_FILE.against(FileState(found.state), FileMove.REVIEW)
    how, _ = file_review.standing([queries.as_value(one) for one in own])
    if how is not Standing.DIFFER or any(one.settles for one in own):
        yield refusal(
            "no_difference",
            Text("两名评查人没有不一致，或者已有第三人", "two reviewers do not differ, or there is a third already"),
            Text("两人均完成且不一致时才指定第三人", "a third settles where both are done and differ"),
            "reviewer",
        )  # fmt: skip


def replace_reviewer(*, review: int, reviewer: int, by: int, now: datetime) -> FileReview:
    """Somebody else does a review that is not done; what was marked in it goes, and the trail keeps it.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("replace_reviewer", by=by):
        number = FileReview.objects.values_list("file", flat=True).get(pk=review)
        file = _held(number, with_assessment=True)
        found = FileReview.objects.select_for_update().get(pk=review)
        assessment = file.draw.assessment
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        known = queries.load_reviewers(assessment, today)
        refuse_if_any([*_in_stage(assessment), *_unknown([reviewer], known), *_is_done(found)])
        reviewing = file.reviews.values_list("reviewer", flat=True)
        unit = queries.organisations_of_unit(file.unit_id, today)
        refuse_if_any(file_review.may_not_review(known[reviewer], unit, list(reviewing)))
        for mark in found.marks.all():
            mark.delete()
        found.reviewer_id = reviewer
        found.save()
        return found


def _is_done(found: FileReview) -> tuple[Refusal, ...]:
    if found.done_at is None:
        return ()
    return (Refusal("done_already", Text("这份评查已提交", "this review is finished")),)


@dataclass(frozen=True, slots=True)
class Marked:
    """A defect found so many times, with a note where."""

    times: int
    note: str = ""


def save_review(
    *, review: int, marked: Mapping[str, Marked], finish: bool, by: int, now: datetime,
    seen: int | None = None,
) -> FileReview:  # fmt: skip
    """A reviewer's marks of a file; finished, they may settle it.

    After both are done and differ, each may mark anew until a third is asked.

    Raises:
        Refused: with everything that stands against it.
        ChangedMeanwhile: the same reviewer saved it elsewhere.
    """
    with acting("finish_review" if finish else "save_review", by=by):
        number = FileReview.objects.values_list("file", flat=True).get(pk=review)
        file = _held(number, with_assessment=finish)
        found = FileReview.objects.select_for_update().get(pk=review)
        refuse_if_any(_not_ones_own(found, file, by, now))
        refuse_if_changed(found, seen)
        others = list(file.reviews.exclude(pk=review).prefetch_related("marks"))
        refuse_if_any([
            *_in_stage(file.draw.assessment),
            *DRAWN_FILE.against(FileState(file.state), FileMove.REVIEW),
            *_done_already(found, others),
            *file_review.found_in_bounds(
                queries.type_of(file.draw), {code: one.times for code, one in marked.items()}
            ),
        ])  # fmt: skip
        _write_marks(found, marked, now, finish=finish)
        if finish:
            _settle(file, by, now)
            _propose(file.draw.assessment, file.draw.input_code, [file.unit_id])
        return FileReview.objects.get(pk=review)


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
    refusals = file_review.may_not_review(known, unit, ())
    return tuple(Refusal(NOT_ALLOWED, one.text) for one in refusals)


def _done_already(found: FileReview, others: Sequence[FileReview]) -> tuple[Refusal, ...]:
    if found.done_at is None:
        return ()
    stands = [queries.as_value(one) for one in (found, *others)]
    has_third = any(one.settles for one in others)
    if file_review.standing(stands)[0] is Standing.DIFFER and not has_third:
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
    how, _ = file_review.standing([queries.as_value(one) for one in reviews])
    if how is Standing.SETTLED:
        _move(file, FileMove.REVIEW, by, now)
        file.save()


# --- what it feeds --------------------------------------------------------------------------


def propose_judged(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """A step of a stage: propose what the finished file reviews say to those who score.

    Call it after the scores were opened, in their transaction.
    """
    for input_code in set(found.draws.values_list("input_code", flat=True)):
        _propose(found, input_code, None)


def _propose(found: Assessment, input_code: str, units: Sequence[int] | None) -> None:
    """Write the figure into the open scores of the items that use the input, where it is judged.

    While a unit's files are not all settled nothing is proposed, and what was is taken back.
    """
    version = issued(found)
    if version is None or division_of(version).way.get(input_code) is not Way.JUDGED:
        return
    items = [one.item.code for one in division_of(version).duties if input_code in one.inputs]
    measure = queries.measure_for(found, input_code)
    told = {
        unit: file_review.judged(one, measure)
        for unit, one in queries.results_of_input(found, input_code, units).items()
    }
    scores = Score.objects.select_for_update().filter(
        assessment=found, item__in=items, unit__in=list(told), state=ScoreState.OPEN
    )
    for score in scores.order_by("pk"):
        value = told[score.unit_id]
        if score.judged.get(input_code) == value:
            continue
        kept = {code: one for code, one in score.judged.items() if code != input_code}
        score.judged = kept if value is None else {**kept, input_code: value}
        score.save()
