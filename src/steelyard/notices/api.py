"""Notices and deadlines for programs: my own notices; deadlines that I may see, and put off where I may."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.notices.actions import extend_deadline
from steelyard.notices.models import Deadline, Notice
from steelyard.notices.permissions import may_not_see
from steelyard.notices.queries import deadlines_seen_by, notices_of
from steelyard.notices.rules.texts import Kind, title
from steelyard.people.lists import answer_of
from steelyard.people.refused import RefusedOut
from steelyard.trail.versions import ChangedMeanwhile

notices, deadlines = Router(), Router()

Number = Annotated[int, Path(ge=1, le=2**63 - 1)]
Page = Annotated[int, Field(ge=1, le=100_000)]
Seen = Annotated[int, Field(ge=0, le=2**31 - 1, description="the version that was looked at")]
Words = Annotated[str, Field(max_length=2000, pattern=r"^[^\x00]*$")]

CHANGED = Refusal(
    "changed_meanwhile",
    Text(
        "在您查看之后，该期限已有变动；请重新读取后再延期",
        "the deadline changed after you had read it; read it again, then extend it",
    ),
    "seen",
)


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
    """``due``: the last day; ``first_due``: what it was before it was put off. ``provisional``: of a day that was
    counted for it no notice had said yet whether it is off.

    ``version`` goes back as ``seen`` when it is put off.
    """

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
    version: int


class DeadlinesOut(Schema):
    count: int
    pages: int
    deadlines: list[DeadlineOut]


class NoticesIn(Schema):
    new: bool = False
    page: Page = 1


class DeadlinesIn(Schema):
    page: Page = 1


class ExtendIn(Schema):
    """``working_days`` more, or ``until`` a working day after that on which it is due now: one of the two.

    ``passes_knowingly``: past a later day of the same work too, such as the cut-off of records, which is refused
    otherwise.
    """

    seen: Seen
    working_days: Annotated[int, Field(ge=-9999, le=9999)] | None = None
    until: date | None = None
    reason: Words
    passes_knowingly: bool = False


@notices.get("", response=NoticesOut)
def list_notices(request: HttpRequest, asked: Query[NoticesIn]) -> dict[str, Any]:
    """Your notices, newest first; with ``new`` those that are not read."""
    rows = notices_of(request.user.pk)
    rows = rows.filter(read_at__isnull=True) if asked.new else rows
    return answer_of(rows, asked.page, "notices", _notice)


@notices.get("/{number}", response=NoticeOut)
def read_notice(request: HttpRequest, number: Number) -> dict[str, Any]:
    found = notices_of(request.user.pk).filter(pk=number).first()
    if found is None:
        raise Http404
    return _notice(found)


@deadlines.get("", response=DeadlinesOut)
def list_deadlines(request: HttpRequest, asked: Query[DeadlinesIn]) -> dict[str, Any]:
    """Open deadlines: yours, and those of the organisations that you look after."""
    rows = deadlines_seen_by(request.user.pk, request.held, request.today)
    return answer_of(rows, asked.page, "deadlines", deadline_out)


@deadlines.get("/{number}", response=DeadlineOut)
def read_deadline(request: HttpRequest, number: Number) -> dict[str, Any]:
    return deadline_out(_find(request, number))


@deadlines.post("/{number}/extend", response={200: DeadlineOut, 409: RefusedOut})
def extend(request: HttpRequest, number: Number, said: ExtendIn) -> dict[str, Any]:
    """Put it off, with a reason. Who must meet a deadline does not."""
    found = _find(request, number)
    try:
        extend_deadline(
            deadline=found.pk, working_days=said.working_days, until=said.until,
            reason=said.reason, passes_knowingly=said.passes_knowingly, seen_version=said.seen,
            by=request.user.pk, now=request.now,
        )  # fmt: skip
    except ChangedMeanwhile as changed:
        raise Refused((CHANGED,)) from changed
    return deadline_out(_find(request, number))


def _find(request: HttpRequest, number: int) -> Deadline:
    found = Deadline.objects.select_related("organisation").filter(pk=number).first()
    if found is None or may_not_see(request.held, found, request.user.pk, request.today):
        raise Http404
    return found


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


def deadline_out(one: Deadline) -> dict[str, Any]:
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
        "provisional": one.is_provisional,
        "ended_on": one.ended_on,
        "version": one.version,
    }
