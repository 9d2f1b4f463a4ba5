"""What becomes of a drawn file: it is received, it is missing, or a reserve takes its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.reviews.clocks import (
    AREA,
    BRING,
    end_if_nothing_is_left,
    files_came,
)
from steelyard.assessment.actions.reviews.results import propose
from steelyard.assessment.models import Assessment, DrawnFile
from steelyard.assessment.permissions import may_not
from steelyard.assessment.rules.reviews import draws
from steelyard.assessment.rules.states import DRAWN_FILE, FileMove, FileState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.kernel.refusing import refusal
from steelyard.notices.actions import end_deadline
from steelyard.notices.models import Deadline
from steelyard.papers.periods import day_text
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


def note_file(
    *, file: int, move: FileMove, by: int, now: datetime, reason: str = "", seen: int | None = None
) -> DrawnFile:
    """It was received, it is missing, or a reserve takes its place.

    Raises:
        Refused: with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting(f"{move}_file", by=by):
        found = held_file(file, with_assessment=True)
        assessment = found.draw.assessment
        refuse_if_any(may_not(load_held(by, today), Action.DRAW_FILES, assessment.office_id, today))
        refuse_if_changed(found, seen)
        refuse_if_any(
            [
                *in_stage(assessment),
                *_against_note(found, move, reason),
                *_against_missing_already(found, move, reason, today),
            ]
        )
        move_file(found, move, by, now)
        found.reason = reason.strip() or found.reason
        found.save()
        found.version += 1
        if move is FileMove.EXCUSE:
            _call_up(found)
        _end_the_waiting(found, by, now)
        _call_the_reviewers(found, move, by, now)
        propose(assessment, found.draw.input_code, [found.unit_id], by=by, now=now)
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


def _against_missing_already(
    found: DrawnFile, move: FileMove, reason: str, today: date
) -> Iterable[Refusal]:
    """A missing file loses all points: before the unit's days to bring it are over, only with a reason."""
    if move is not FileMove.MISS or reason.strip():
        return
    due = _due_on(found)
    if due is not None and today <= due:
        yield refusal(
            "still_to_come",
            Text(f"调卷期限到{day_text(due, 'zh')}才满", f"the unit may bring it until {day_text(due, 'en')}"),
            Text("现在就确定缺卷的，请写明理由", "to note it as missing now, say why"),
            "reason",
        )  # fmt: skip


def _due_on(found: DrawnFile) -> date | None:
    """The unit's last day to bring its files, an extension included; None once nothing is due from it."""
    own = DrawnFile.objects.filter(draw=found.draw_id, unit=found.unit_id).order_by("place")
    running = Deadline.objects.filter(
        area=AREA, task=BRING, object_id__in=own.values("pk"), ended_on=None
    )
    return running.order_by("-pk").values_list("due", flat=True).first()


def in_stage(assessment: Assessment) -> tuple[Refusal, ...]:
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
    end_deadline(area=AREA, object_id=first.pk, task=BRING, by=by, now=now, met=met)


def _call_the_reviewers(found: DrawnFile, move: FileMove, by: int, now: datetime) -> None:
    """A file that came lets its reviewers begin; one that does not come is no longer theirs to do."""
    reviewers = list(found.reviews.filter(done_at=None).values_list("reviewer", flat=True))
    if move is FileMove.RECEIVE:
        files_came(found.draw, reviewers, by=by, now=now)
    else:
        end_if_nothing_is_left(found.draw, reviewers, by=by, now=now)


def move_file(found: DrawnFile, move: FileMove, by: int, now: datetime) -> None:
    leads_to = DRAWN_FILE.after(FileState(found.state), move)
    if leads_to is None:
        raise AssertionError(f"{found.state} × {move} was let through")
    found.state, found.noted_by_id, found.noted_at = leads_to, by, now


def held_file(file: int, *, with_assessment: bool = False) -> DrawnFile:
    """The row of a file, and first that of its assessment, held until the transaction ends."""
    if with_assessment:
        held_still(DrawnFile.objects.values_list("draw__assessment", flat=True).get(pk=file))
    return (
        DrawnFile.objects.select_for_update(of=("self",))
        .select_related("draw__assessment__office", "unit")
        .get(pk=file)
    )
