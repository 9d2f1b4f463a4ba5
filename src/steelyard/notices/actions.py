"""Writes: tell someone, start, extend and end a deadline, remind, read, choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.later import steps_of
from steelyard.notices.models import Deadline, Extension, Notice, Preference
from steelyard.notices.permissions import is_ones_own, may_not_extend
from steelyard.notices.queries import load_calendar, load_whose, notices_of, those_vacant
from steelyard.notices.rules import deadlines
from steelyard.notices.rules.digests import Mode, reminders_are_due
from steelyard.notices.rules.reminders import (
    SCHEDULE,
    Entry,
    Reminder,
    reminder_due,
    working_days_between,
)
from steelyard.notices.rules.texts import Kind
from steelyard.notices.telling import notices, write_notices
from steelyard.notices.telling import tell as tell
from steelyard.notices.vacancies import tell_of_vacant
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed

AT_A_TIME = 200
"""Deadlines that one transaction reminds of: a worker that is killed loses no more than these,
and the next run finds them."""


def start_deadline(
    *,
    area: str,
    object_id: int,
    task: str,
    what: Text,
    path: str,
    organisation: int,
    working_days: int,
    by: int | None,
    now: datetime,
    role: Role | None = None,
    account: int | None = None,
) -> Deadline:
    """From today ``working_days`` run for an object of an area; counted now, and then it stands.

    It is of all who hold ``role`` in the organisation, or of one ``account`` there.
    """
    due = Due(object_id, what, path, organisation, role, account)
    (deadline,) = start_deadlines(
        area=area, task=task, dues=[due], working_days=working_days, by=by, now=now
    )
    return deadline


@dataclass(frozen=True, slots=True)
class Due:
    """What is due of whom, where several start at once: see :func:`start_deadline`."""

    object_id: int
    what: Text
    path: str
    organisation: int
    role: Role | None = None
    account: int | None = None
    task: str = ""
    """If it is another than that of all."""


def start_deadlines(
    *, area: str, task: str, dues: Iterable[Due], working_days: int, by: int | None, now: datetime
) -> list[Deadline]:
    """As :func:`start_deadline`, for many objects at once: counted and written once, in their order."""
    today = timezone.localdate(now)
    count = deadlines.counted(today, working_days, load_calendar())
    with acting("start_deadline", by=by):
        started = Deadline.objects.bulk_create(
            Deadline(
                area=area, object_id=one.object_id, task=one.task or task, what_zh=one.what.zh,
                what_en=one.what.en, path=one.path, organisation_id=one.organisation,
                role=one.role.value if one.role else "", account_id=one.account,
                starts=count.starts, working_days=count.working_days, first_due=count.due,
                counted_zh=count.how.zh, counted_en=count.how.en, provisional=count.provisional,
                due=count.due,
            )
            for one in dues
        )  # fmt: skip
        whose = load_whose(started, today)
        write_notices([
            notice
            for one in started
            for notice in _notices_of(
                one, Kind.DEADLINE_STARTED, whose[one.pk], f"deadline:{one.pk}:started", now
            )
        ])  # fmt: skip
        tell_of_vacant([(one, "started") for one in started if not whose[one.pk]], today, now)
    return started


def extend_deadline(
    *,
    deadline: int,
    working_days: int | None = None,
    until: date | None = None,
    reason: str,
    passes_knowingly: bool = False,
    seen_version: int | None = None,
    by: int,
    now: datetime,
) -> Extension:
    """Put a deadline off, by working days counted on from the day it is due now, or until a day.

    ``passes_knowingly``: past a later step of the same work too, if it comes to that.

    Raises:
        ChangedMeanwhile: somebody put it off, or it ended, since it had the version ``seen_version``.
        Deadline.DoesNotExist: there is none of this number.
        Refused: who asks may not, or it keeps not to the limits of an extension.
    """
    today = timezone.localdate(now)
    held = load_held(by, today) or ()
    with acting("extend_deadline", by=by):
        row = Deadline.objects.select_for_update().get(pk=deadline)
        refuse_if_any(may_not_extend(held, row, today))
        as_wished = Q(working_days=working_days) if until is None else Q(due=until)
        there = row.extensions.filter(
            as_wished, due=row.due, by=by, reason=reason.strip(),
            at__gt=now - A_CLICK,
        ).first()  # fmt: skip
        if there is not None:
            return there
        refuse_if_changed(row, seen_version)
        wish = deadlines.Extension(
            row.due, is_over=row.ended_on is not None,
            is_ones_own=is_ones_own(held, row, by, today), working_days=working_days, until=until,
            reason=reason, today=today, calendar=load_calendar(), later=steps_of(row),
            passes_knowingly=passes_knowingly,
        )  # fmt: skip
        refuse_if_any(deadlines.against(wish))
        extension = _put_off(row, wish, by, now)
        row.due = extension.due
        row.save(update_fields=["due"])
        whose = load_whose([row], today)[row.pk]
        _tell_of(row, Kind.DEADLINE_EXTENDED, whose, f"extension:{extension.pk}", now)
    return extension


def _put_off(row: Deadline, wish: deadlines.Extension, by: int, now: datetime) -> Extension:
    count = wish.counted()
    return Extension.objects.create(
        deadline=row, working_days=count.working_days, reason=wish.reason.strip(), was_due=row.due,
        due=count.due, counted_zh=count.how.zh, counted_en=count.how.en,
        provisional=count.provisional, by_id=by, at=now,
    )  # fmt: skip


def end_deadline(
    *, area: str, object_id: int, task: str, by: int | None, now: datetime, met: bool = True
) -> Deadline | None:
    """What was due is done, or is due no longer (``met=False``). Ending it twice is no fault.

    The deadline that ended, for whoever writes down how late it was; None if none was open.
    """
    with acting("end_deadline", by=by):
        found = (
            Deadline.objects.select_for_update()
            .filter(area=area, object_id=object_id, task=task, ended_on__isnull=True)
            .first()
        )
        if found is not None:
            found.ended_on = timezone.localdate(now)
            found.end = (Deadline.End.MET if met else Deadline.End.DROPPED).value
            found.save(update_fields=["ended_on", "end"])
        return found


def end_deadlines(
    *, area: str, object_ids: Iterable[int], task: str, by: int | None, now: datetime, met: bool = True
) -> int:  # fmt: skip
    """As :func:`end_deadline`, of many objects at once. How many ended."""
    those = Deadline.objects.filter(area=area, object_id__in=list(object_ids), task=task)
    return end_all(those=those, by=by, now=now, met=met)


def end_all(*, those: QuerySet[Deadline], by: int | None, now: datetime, met: bool = True) -> int:
    """As :func:`end_deadline`, of each of those that runs still. How many ended."""
    end = (Deadline.End.MET if met else Deadline.End.DROPPED).value
    with acting("end_deadline", by=by):
        running = those.filter(ended_on__isnull=True)
        return running.update(ended_on=timezone.localdate(now), end=end)


def reopen_deadline(
    *,
    area: str,
    object_id: int,
    task: str,
    by: int | None,
    now: datetime,  # noqa: ARG001
) -> Deadline | None:
    """What was done was taken back: the deadline that ended last goes on, to the day that it had.

    None if there never was one, or one is open: that one goes on.
    """
    with acting("reopen_deadline", by=by):
        found = (
            Deadline.objects.select_for_update()
            .filter(area=area, object_id=object_id, task=task)
            .order_by("-id")
            .first()
        )
        if found is None or found.ended_on is None:
            return None
        found.ended_on, found.end = None, ""
        found.save(update_fields=["ended_on", "end"])
        return found


def _tell_of(
    deadline: Deadline, kind: Kind, to: Iterable[int], once: str, now: datetime,
    days: int | None = None,
) -> None:  # fmt: skip
    write_notices(_notices_of(deadline, kind, to, once, now, days))


def _notices_of(
    deadline: Deadline, kind: Kind, to: Iterable[int], once: str, now: datetime,
    days: int | None = None,
) -> list[Notice]:  # fmt: skip
    words = {
        "what": deadline.what,
        "due": same(str(deadline.due)),
        **({"days": same(str(days))} if days is not None else {}),
    }
    path = reverse("notices:deadline", args=[deadline.pk])
    return notices(kind, to, deadline.area, deadline.object_id, path, words, once, now)


def remind(*, now: datetime) -> None:
    """Tell everyone whose deadline has a reminder due; run it as often as you like.

    Who takes a post late is told on the next run what those before them were told.
    """
    local = timezone.localtime(now)
    if not reminders_are_due(local, load_calendar()):
        return
    open_ones = Deadline.objects.filter(ended_on__isnull=True).order_by("pk").iterator()
    for some in _batches(open_ones):
        with acting("remind"):
            _remind_of(some, local.date(), now)
    if those_vacant(local.date()).exists():
        with acting("remind"):
            _remind_of_vacant(local.date(), now)


def _batches(rows: Iterator[Deadline]) -> Iterator[list[Deadline]]:
    while some := list(islice(rows, AT_A_TIME)):
        yield some


def _remind_of(some: Sequence[Deadline], today: date, now: datetime) -> None:
    """Deadlines met meanwhile are left alone: they are locked and looked at once more."""
    deadlines_now = _still_open(Deadline.objects.filter(pk__in=[one.pk for one in some]))
    whose = load_whose(deadlines_now, today)
    told = _keys_told(deadlines_now, whose)
    for deadline in deadlines_now:
        for account in whose[deadline.pk]:
            codes = {
                entry.code for entry in SCHEDULE if f"{_once(deadline, entry)}:{account}" in told
            }
            reminder = reminder_due(deadline.starts, deadline.due, codes, today, load_calendar())
            if reminder:
                _tell_reminder(deadline, reminder, account, today, now)


def _remind_of_vacant(today: date, now: datetime) -> None:
    """Whose it would be there is nobody: tell who may fill the posts, as often as one is reminded. All of them
    at once, so that who may fill many hears of them together."""
    reminders = [
        (one, reminder.entry.code)
        for one in _still_open(those_vacant(today))
        if (reminder := reminder_due(one.starts, one.due, (), today, load_calendar()))
    ]
    tell_of_vacant(reminders, today, now)


def _still_open(those: QuerySet[Deadline]) -> list[Deadline]:
    standing = those.select_for_update(skip_locked=True, of=("self",))
    return list(standing.filter(ended_on__isnull=True).order_by("pk"))


def _once(deadline: Deadline, entry: Entry) -> str:
    """A reminder is one of a deadline as it is due: put off, it is reminded of anew."""
    return f"remind:{deadline.pk}:{deadline.due}:{entry.code}"


def _keys_told(some: Sequence[Deadline], whose: Mapping[int, Sequence[int]]) -> set[str]:
    keys = [
        f"{_once(deadline, entry)}:{account}"
        for deadline in some
        for account in whose[deadline.pk]
        for entry in SCHEDULE
    ]
    return set(Notice.objects.filter(key__in=keys).values_list("key", flat=True))


def _tell_reminder(
    deadline: Deadline, reminder: Reminder, account: int, today: date, now: datetime
) -> None:
    left = working_days_between(today, deadline.due, load_calendar())
    kind = (
        Kind.DEADLINE_TODAY
        if today == deadline.due
        else Kind.DEADLINE_NEAR
        if today < deadline.due
        else Kind.DEADLINE_PASSED
    )
    _tell_of(deadline, kind, [account], _once(deadline, reminder.entry), now, abs(left))


def read_notices(*, by: int, now: datetime, notices: Iterable[int] | None = None) -> None:
    """Mark notices of one's own as read: these, or all. Read ones stay as they were."""
    unread = notices_of(by).filter(read_at__isnull=True)
    with acting("read_notices", by=by):
        chosen = unread if notices is None else unread.filter(pk__in=list(notices))
        chosen.update(read_at=now)


def choose_mode(
    *,
    by: int,
    mode: Mode,
    seen_version: int | None = None,
    now: datetime,  # noqa: ARG001
) -> None:
    """When to get mail: at once, or one a day. ``seen_version``: 0 if nothing was chosen yet.

    Raises:
        ChangedMeanwhile: it was chosen anew, in another window say, since it was seen.
    """
    with acting("choose_notice_mode", by=by):
        found = Preference.objects.select_for_update().filter(account=by).first()
        if found is None:
            Preference.objects.create(account_id=by, mode=mode.value)
            return
        refuse_if_changed(found, seen_version, mode=mode.value)
        found.mode = mode.value
        found.save()
