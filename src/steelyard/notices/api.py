"""Notices and deadlines for programs, to be read: my own notices, and deadlines that I may see."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from steelyard.notices.models import Deadline, Notice
from steelyard.notices.permissions import may_see
from steelyard.notices.queries import deadlines_of, notices_of
from steelyard.notices.rules.texts import Kind, title
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action

notices, deadlines = Router(), Router()

ROWS = 50
Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Page = Annotated[int, Field(ge=1, le=100_000)]


class NoticeOut(Schema):
    """What you were told. ``path``: where it is to be seen."""

    number: int
    kind: Annotated[str, Field(json_schema_extra={"enum": [kind.value for kind in Kind]})]
    zh: str
    en: str
    path: str
    at: datetime
    read_at: datetime | None


class NoticesOut(Schema):
    count: int
    pages: int
    notices: list[NoticeOut]


class DeadlineOut(Schema):
    """``due``: the last day; ``first_due``: what it was before it was put off."""

    number: int
    zh: str
    en: str
    path: str
    organisation: str
    role: str
    starts: date
    working_days: int
    first_due: date
    due: date
    provisional: bool
    ended_on: date | None


class DeadlinesOut(Schema):
    count: int
    pages: int
    deadlines: list[DeadlineOut]


class NoticesIn(Schema):
    new: bool = False
    page: Page = 1


class DeadlinesIn(Schema):
    page: Page = 1


@notices.get("", response=NoticesOut)
def list_notices(request: HttpRequest, asked: Query[NoticesIn]) -> dict[str, Any]:
    """Your notices, newest first; with ``new`` those that are not read."""
    rows = notices_of(request.user.pk)
    pages = Paginator(rows.filter(read_at__isnull=True) if asked.new else rows, ROWS)
    return {
        "count": pages.count,
        "pages": pages.num_pages,
        "notices": [_notice(one) for one in pages.get_page(asked.page)],
    }


@notices.get("/{number}", response=NoticeOut)
def read_notice(request: HttpRequest, number: Number) -> dict[str, Any]:
    found = notices_of(request.user.pk).filter(pk=number).first()
    if found is None:
        raise Http404
    return _notice(found)


@deadlines.get("", response=DeadlinesOut)
def list_deadlines(request: HttpRequest, asked: Query[DeadlinesIn]) -> dict[str, Any]:
    """Open deadlines: yours, and those of the organisations that you look after."""
    own = deadlines_of(request.user.pk, request.held, request.today).values("pk")
    seen = reach(request.held, Action.SEE_DEADLINE, request.today)
    rows = Deadline.objects.filter(Q(pk__in=own) | Q(organisation__in=seen, ended_on__isnull=True))
    pages = Paginator(rows.select_related("organisation"), ROWS)
    return {
        "count": pages.count,
        "pages": pages.num_pages,
        "deadlines": [_deadline(one) for one in pages.get_page(asked.page)],
    }


@deadlines.get("/{number}", response=DeadlineOut)
def read_deadline(request: HttpRequest, number: Number) -> dict[str, Any]:
    found = Deadline.objects.select_related("organisation").filter(pk=number).first()
    if found is None or not may_see(found, request.user.pk, request.held, request.today):
        raise Http404
    return _deadline(found)


def _notice(one: Notice) -> dict[str, Any]:
    kind = Kind(one.kind)
    return {
        "number": one.pk,
        "kind": kind.value,
        "zh": title(kind, one.words, "zh"),
        "en": title(kind, one.words, "en"),
        "path": one.path,
        "at": one.created_at,
        "read_at": one.read_at,
    }


def _deadline(one: Deadline) -> dict[str, Any]:
    return {
        "number": one.pk,
        "zh": one.what_zh,
        "en": one.what_en or one.what_zh,
        "path": one.path,
        "organisation": one.organisation.code,
        "role": one.role,
        "starts": one.starts,
        "working_days": one.working_days,
        "first_due": one.first_due,
        "due": one.due,
        "provisional": one.provisional,
        "ended_on": one.ended_on,
    }
