"""The steps that several actions share: who may, locks, and how rows end."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.db.models import F
from django.utils import timezone

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people import permissions
from steelyard.people.queries import load_held, load_posts
from steelyard.trail.versions import save_unless_changed

ONE_DAY = timedelta(days=1)


def may_not_manage(
    organisations: Sequence[int | None], by: int | None, now: datetime
) -> tuple[Refusal, ...]:
    today = timezone.localdate(now)
    return permissions.may_not_manage(load_held(by, today), organisations, today)


def may_not_manage_account(account: int, by: int | None, now: datetime) -> tuple[Refusal, ...]:
    today = timezone.localdate(now)
    return permissions.may_not_manage_account(
        load_held(by, today), load_posts(account=account), today
    )


def hold_tree() -> None:
    """Whoever changes the tree does so alone: a circle can close between two who look at once."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE people_placement IN SHARE ROW EXCLUSIVE MODE")


def going_on_after(rows, ends: date):
    """Of rows with days: those that hold this day or a later one."""
    return rows.exclude(ends__lte=ends).exclude(ends=F("starts"))


def end_after(rows, ends: date) -> None:
    """Rows with days end on a day, unless they end before or hold no day at all."""
    going_on_after(rows, ends).update(ends=ends)


def saved(row, seen_version: int | None):
    return save_unless_changed(row, row.version if seen_version is None else seen_version)


def taken(field: str) -> Refusal:
    said = {
        "code": Text("这个代码已有机构使用", "another organisation has this code"),
        "username": Text("这个用户名已有人使用", "another account has this user name"),
    }
    return Refusal(f"{field}_taken", said[field], field)
