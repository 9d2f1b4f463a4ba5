"""Case files of the sample: delivered, frozen, drawn, and some of them reviewed.

The draw is the real one. What the reviewers found is written at once: it would take hundreds of actions.
"""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.actions.reviews.clocks import AREA, BRING, end_if_nothing_is_left
from steelyard.assessment.demo.led import Led
from steelyard.assessment.demo.people import pick
from steelyard.assessment.models import Draw, DrawnFile, FileReview, Mark
from steelyard.assessment.rules.reviews.draws import Wanted
from steelyard.assessment.rules.states import FileMove, FileState
from steelyard.notices.models import Deadline
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries, snapshots
from steelyard.supply.models import Snapshot
from steelyard.trail.acting import acting

_HEADINGS = (
    "case_number", "kind", "channel", "place", "accepted_on", "decided_on", "outcome",
    "is_transferred_in", "is_transferred_to_police", "is_repeat",
)  # fmt: skip
_FILES, _WANTED, _RESERVES = 5, 2, 1
"""A city: how many cases it has, how many are drawn and kept in reserve."""
_FOUND = ((), (), (), ("order",), ("service",), ("order", "evidence"))
_SOURCE = "样本：为演示编写 sample, made up for the demonstration"


def freeze_cases(led: Led) -> Snapshot:
    """Trademark cases of the year, delivered, accepted and frozen with what else was."""
    body = Organisation.objects.get(pk=led.people.homes[Role.SUPPLYING_BODY.value])
    told = deliveries.Details(
        table="administrative_decisions", starts=date(led.year, 1, 1), ends=date(led.year + 1, 1, 1),
        cut_off=date(led.year, 12, 31), covers=(), sample=True, source=_SOURCE,
    )  # fmt: skip
    name = f"sample_administrative_decisions_{led.year}.csv"
    by = led.people.one(Role.SUPPLYING_BODY)
    one = deliveries.upload(
        body=body,
        details=told,
        file=deliveries.File(name, _cases(led).encode()),
        by=by,
        now=led.now,
    )
    one = deliveries.sign(delivery=one.pk, seen=one.version, by=by, now=led.now)
    deliveries.accept(delivery=one.pk, seen=one.version, by=led.chief, now=led.now)
    return snapshots.freeze(
        office=led.people.office, starts=led.found.starts, ends=led.found.ends, by=led.chief,
        now=led.now,
    )  # fmt: skip


def _cases(led: Led) -> str:
    rows = [",".join(_HEADINGS)]
    for unit in led.scheme.assessed:
        for at in range(_FILES):
            began = date(led.year, 1, 10) + timedelta(pick(200, led.year, unit.code, at))
            rows.append(
                f"样本〔{led.year}〕{unit.code}-{at + 1}号,trademark,ordinary,{unit.code},{began},"
                f"{began + timedelta(60)},penalty,no,no,no"
            )
    return "\n".join([*rows, ""])


def review_files(led: Led, snapshot: Snapshot, *, all_of_them: bool = False) -> None:
    """Drawn, brought and reviewed. Unless it is ``all_of_them``, one is still asked for, on one two
    differ, some are still to do."""
    draw = actions.draw_files(
        assessment=led.found.pk, snapshot=snapshot.pk, by=led.chief, now=led.now,
        wanted=Wanted(
            file_type="trademark", input_code="file_points", wanted=_WANTED, reserves=_RESERVES,
            seed=f"样本 3-7-1-{led.year}", witness="样本：公证员甲 Sample: notary A",
            seed_origin="样本：福彩3D开奖号码。Sample: the numbers of a public lottery.",
        ),
    )  # fmt: skip
    _bring(led, draw, all_of_them=all_of_them)
    experts = led.people.experts()
    actions.assign_reviewers(draw=draw.pk, reviewers=experts, by=led.chief, now=led.now)
    received = list(
        draw.files.filter(is_reserve=False, state=FileState.RECEIVED)
        .order_by("unit", "place")
        .prefetch_related("reviews")
    )
    if all_of_them:
        _mark(led, experts, received)
    else:  # of two in three both are done; the others wait, those of the demonstration's expert too
        _mark(led, experts, [file for at, file in enumerate(received) if at % 3], two_differ=True)
    end_if_nothing_is_left(draw, experts, by=experts[-1], now=led.now)


def _bring(led: Led, draw: Draw, *, all_of_them: bool) -> None:
    """One is excused and a reserve called up, one is missing, perhaps one is still asked for."""
    files = list(draw.files.filter(is_reserve=False).order_by("unit__code", "place"))
    actions.note_file(
        file=files[0].pk, move=FileMove.EXCUSE, by=led.chief, now=led.now,
        reason="样本：原卷随案移送检察机关。\nSample: the file went to the prosecutors.",
    )  # fmt: skip
    actions.note_file(
        file=files[3].pk, move=FileMove.MISS, by=led.chief, now=led.now,
        reason="样本：该单位书面报告原卷遗失。\nSample: the unit reported in writing that it was lost.",
    )  # fmt: skip
    there = draw.files.filter(is_reserve=False, state=FileState.ASKED)
    with acting(f"{FileMove.RECEIVE}_file", by=led.chief):
        there.exclude(pk=None if all_of_them else files[-1].pk).update(
            state=FileState.RECEIVED, noted_by=led.chief, noted_at=led.now
        )
        still = draw.files.filter(is_reserve=False, state=FileState.ASKED).values("unit")
        first = draw.files.filter(place=1).exclude(unit__in=still)
        missing = draw.files.filter(state=FileState.MISSING).values("unit")
        due = Deadline.objects.filter(area=AREA, task=BRING, ended_on=None)
        for which, end in (
            (first.exclude(unit__in=missing), Deadline.End.MET),
            (first.filter(unit__in=missing), Deadline.End.DROPPED),
        ):
            due.filter(object_id__in=which.values("pk")).update(
                ended_on=timezone.localdate(led.now), end=end
            )


def _mark(
    led: Led, experts: list[int], files: list[DrawnFile], *, two_differ: bool = False
) -> None:
    """Each of the experts finishes theirs; with the second of two that agree a file is reviewed."""
    differs = files[0] if two_differ else None
    waiting = {file.pk: len(file.reviews.all()) for file in files}
    for expert in experts:
        own = [
            (file, review, at)
            for file in files
            for at, review in enumerate(file.reviews.all())
            if review.reviewer_id == expert
        ]
        for file, *_ in own:
            waiting[file.pk] -= 1
        done = [file.pk for file, *_ in own if not waiting[file.pk] and file is not differs]
        with acting("finish_review", by=expert):
            Mark.objects.bulk_create(
                Mark(review=review, defect=defect, times=1, note="样本 sample")
                for file, review, at in own
                for defect in _found(led, file, differs=file is differs and at == 1)
            )
            FileReview.objects.filter(pk__in=[review.pk for _, review, _ in own]).update(
                done_at=led.now, saved_at=led.now
            )
            DrawnFile.objects.filter(pk__in=done).update(
                state=FileState.REVIEWED, noted_by=expert, noted_at=led.now
            )


def _found(led: Led, file: DrawnFile, *, differs: bool) -> tuple[str, ...]:
    return ("late",) if differs else _FOUND[pick(len(_FOUND), led.year, file.record)]
