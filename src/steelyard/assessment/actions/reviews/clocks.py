"""The days of the file review: a unit's to bring what was drawn, a reviewer's to review what they got.

A reviewer has one deadline a draw, however many files: it starts when files are given to them, and
ends when none of theirs is left to do. What comes later is told, once a day.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import Draw, FileReview
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.states import FileState
from steelyard.kernel.bilingual import Text, same
from steelyard.notices.actions import end_deadline, start_deadline, tell
from steelyard.notices.models import Deadline
from steelyard.notices.rules.texts import Kind

AREA, BRING = "assessment", "bring_files"
"""Under which a unit has its deadline to bring what was drawn; its object is the first file drawn of it."""

DAYS_TO_REVIEW = 10


def task_of(reviewer: int) -> str:
    """Of a draw: what this person has to do with it."""
    return f"{queries.REVIEWING}{reviewer}"


def start_reviewing(
    draw: Draw, reviewers: Iterable[int], *, days: int | None = None, by: int, now: datetime
) -> None:
    """From today their working days run, where none do yet. ``days`` None: as many as others got."""
    whom = sorted(set(reviewers) - set(_due(draw)))
    posts = queries.posts_of_reviewers(draw.assessment, whom, timezone.localdate(now))
    given = days or _days_given(draw)
    for one in whom:
        start_deadline(
            area=AREA, object_id=draw.pk, task=task_of(one), what=_what(draw), path=_path(draw),
            organisation=posts[one], account=one, working_days=given, by=by, now=now,
        )  # fmt: skip


def files_came(draw: Draw, reviewers: Iterable[int], *, by: int, now: datetime) -> None:
    """Tell them, once a day, that files of theirs are there. Whose days ended has them anew."""
    whom = [one for one in reviewers if one != by]
    start_reviewing(draw, reviewers, by=by, now=now)
    tell(
        Kind.FILES_TO_REVIEW, whom, area=AREA, object_id=draw.pk, path=_path(draw),
        words={"what": queries.type_of(draw).title},
        once=f"draw:{draw.pk}:came:{timezone.localdate(now)}", now=now,
    )  # fmt: skip


def end_if_nothing_is_left(draw: Draw, reviewers: Iterable[int], *, by: int, now: datetime) -> None:
    """Whoever has no file of the draw to do any more is done; who did none was let go."""
    for one in sorted(set(reviewers)):
        own = FileReview.objects.filter(file__draw=draw, reviewer=one)
        left = own.filter(done_at=None, file__state__in=(FileState.ASKED, FileState.RECEIVED))
        if left.exists():
            continue
        met = own.filter(done_at__isnull=False).exists()
        end_deadline(area=AREA, object_id=draw.pk, task=task_of(one), by=by, now=now, met=met)


def urge(draw: Draw, reviewers: Iterable[int], *, now: datetime) -> None:
    due = _due(draw)
    today = timezone.localdate(now)
    for one in sorted(set(reviewers)):
        tell(
            Kind.REQUEST_URGED, [one], area=AREA, object_id=draw.pk, path=_path(draw),
            words={"what": _what(draw), "due": same(str(due.get(one, today)))},
            once=f"draw:{draw.pk}:urged:{today}", now=now,
        )  # fmt: skip


def _due(draw: Draw) -> Mapping[int, date]:
    return queries.load_due(draw)


def _days_given(draw: Draw) -> int:
    """To those who got theirs first, counted as they were counted."""
    given = Deadline.objects.filter(
        area=AREA, object_id=draw.pk, task__startswith=queries.REVIEWING
    ).order_by("pk")
    return given.values_list("working_days", flat=True).first() or DAYS_TO_REVIEW


def _what(draw: Draw) -> Text:
    title = queries.type_of(draw).title
    return Text(f"评查案卷：{title.zh}", f"Review case files: {title.en or title.zh}")


def _path(draw: Draw) -> str:
    return reverse("assessment:reviews", args=[draw.assessment.code])
