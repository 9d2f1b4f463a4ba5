"""Case files of the sample: delivered, frozen, drawn, and some of them reviewed.

The draw is the real one. What the reviewers found is written at once: it would take hundreds of actions.
"""

from __future__ import annotations

from datetime import date, timedelta

from steelyard.assessment.actions import reviews as actions
from steelyard.assessment.demo.led import Led
from steelyard.assessment.demo.people import pick
from steelyard.assessment.models import Draw, DrawnFile, FileReview, Mark
from steelyard.assessment.rules.reviews.draws import Wanted
from steelyard.assessment.rules.states import FileMove, FileState
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


def review_files(led: Led, snapshot: Snapshot) -> None:
    """Drawn and asked for; most are there and reviewed, on one two differ, some are still to do."""
    draw = actions.draw_files(
        assessment=led.found.pk, snapshot=snapshot.pk, by=led.chief, now=led.now,
        wanted=Wanted(
            file_type="trademark", input_code="file_points", wanted=_WANTED, reserves=_RESERVES,
            seed=f"样本 3-7-1-{led.year}", witness="样本：公证员甲 Sample: notary A",
            seed_origin="样本：福彩3D开奖号码。Sample: the numbers of a public lottery.",
        ),
    )  # fmt: skip
    _bring(led, draw)
    experts = led.people.experts()
    actions.assign_reviewers(draw=draw.pk, reviewers=experts, by=led.chief, now=led.now)
    _mark(led, draw, experts)


def _bring(led: Led, draw: Draw) -> None:
    """One is excused and a reserve called up, one is missing, one is still asked for."""
    files = list(draw.files.filter(is_reserve=False).order_by("unit__code", "place"))
    actions.note_file(
        file=files[0].pk, move=FileMove.EXCUSE, by=led.chief, now=led.now,
        reason="样本：原卷随案移送检察机关。\nSample: the file went to the prosecutors.",
    )  # fmt: skip
    actions.note_file(file=files[3].pk, move=FileMove.MISS, by=led.chief, now=led.now)
    with acting("load_demo"):
        there = draw.files.filter(is_reserve=False, state=FileState.ASKED).exclude(pk=files[-1].pk)
        there.update(state=FileState.RECEIVED, noted_by=led.chief, noted_at=led.now)


def _mark(led: Led, draw: Draw, experts: list[int]) -> None:
    """Of two in three both are done; the others wait, those of the demonstration's expert too."""
    received = draw.files.filter(is_reserve=False, state=FileState.RECEIVED).order_by(
        "unit", "place"
    )
    files = [file for at, file in enumerate(received.prefetch_related("reviews")) if at % 3]
    differs, alike = files[0], files[1:]
    with acting("load_demo"):
        Mark.objects.bulk_create(
            Mark(review=review, defect=defect, times=1, note="样本 sample")
            for file in files
            for at, review in enumerate(file.reviews.all())
            for defect in _found(led, file, differs=file is differs and at == 1)
        )
        FileReview.objects.filter(file__in=files).update(done_at=led.now, saved_at=led.now)
        DrawnFile.objects.filter(pk__in=[file.pk for file in alike]).update(
            state=FileState.REVIEWED, noted_by=experts[0], noted_at=led.now
        )


def _found(led: Led, file: DrawnFile, *, differs: bool) -> tuple[str, ...]:
    return ("late",) if differs else _FOUND[pick(len(_FOUND), led.year, file.record)]
