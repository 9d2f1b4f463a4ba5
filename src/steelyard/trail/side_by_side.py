"""Two savers, field by field: what the page shows to the one who came second, and lets them choose.

What only one of the two changed is chosen already; what both changed must be chosen. The page is the
form again: what it sends is what the form sent, with the choices made, as seen from their version.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from steelyard.trail.models import Entry
from steelyard.trail.saying import label_of, names_of, say_value
from steelyard.trail.versions import ChangedMeanwhile

VERSION = "version"
"""The hidden field of a form that says what it was filled in from."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One field in which the two differ: in words, and as a form sends it."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    theirs_sent: str
    mine_sent: str
    chosen: Literal["theirs", "mine", ""]


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was changed meanwhile and is not for this form to choose."""

    label: str
    before: str
    theirs: str


def meanwhile(
    error: ChangedMeanwhile,
    sent: QueryDict,
    *,
    version: str = VERSION,
    pairs: Iterable[Pair] | None = None,
    told: Iterable[Told] | None = None,
    along: Iterable[tuple[str, str]] = (),
    back: str = "",
    refusals: Sequence[str] = (),
) -> Mapping[str, Any]:
    """What ``trail/changed_meanwhile.html`` shows: the pairs, who came first, what is sent along.

    ``version``: the name of the form's hidden field. ``pairs`` and ``told``: where a form asks for
    other things than columns. ``along``: what is sent besides. ``back``: where the thing is to be
    looked at. A view answers with it by :func:`show_both`.
    """
    shown = list(_pairs(error) if pairs is None else pairs) if error.theirs else []
    who, at = _who_came_first(error)
    names = {pair.name for pair in shown} | {version, "csrfmiddlewaretoken"}
    return {
        "pairs": shown,
        "told": list(told_of(error) if told is None else told),
        "who": who,
        "at": at,
        "along": [
            *((name, one) for name, all_sent in sent.lists() if name not in names for one in all_sent),
            *along,
        ],
        "version_field": version,
        "version": error.version,
        "is_gone": not error.theirs,
        "is_deed": not error.mine and pairs is None,
        "back": back,
        "refusals": refusals,
    }  # fmt: skip


def show_both(
    request: HttpRequest, error: ChangedMeanwhile, sent: QueryDict | None = None, **more: Any
) -> HttpResponse:
    """The one answer to whoever saves second; see :func:`meanwhile`."""
    both = meanwhile(error, request.POST if sent is None else sent, **more)
    return render(request, "trail/changed_meanwhile_page.html", both, status=409)


def version_of(sent: QueryDict, name: str = VERSION) -> int:
    """The version that the page showed; 0, which nothing has, if it does not say."""
    written = sent.get(name, "")
    is_one = written.isdecimal() and written.isascii() and len(written) < 10
    return int(written) if is_one else 0


def choice(before: Any, theirs: Any, mine: Any) -> Literal["theirs", "mine", ""]:
    """What only one of the two changed is chosen already."""
    return "mine" if theirs == before else "theirs" if mine == before else ""


def _pairs(error: ChangedMeanwhile) -> Iterator[Pair]:
    for attribute, column, rows, said in _shown(error, error.differ()):
        field = next(one for one in error.model._meta.concrete_fields if one.attname == attribute)
        before, theirs, mine = (row.get(column) for row in rows)
        yield Pair(
            field.name, _label(error, column), *said, _sent(theirs), _sent(mine),
            choice(before, theirs, mine) if error.before else "",
        )  # fmt: skip


def told_of(error: ChangedMeanwhile, but: Container[str] = ()) -> list[Told]:
    """The columns that were changed since and that are not for this form to choose."""
    fields = {one.attname: one for one in error.model._meta.concrete_fields}
    wanted = [
        one
        for one in error.told()
        if one not in but and not isinstance(fields[one], models.JSONField)
    ]
    return [
        Told(_label(error, column), *said[:2])
        for _attribute, column, _rows, said in _shown(error, wanted)
    ]


def _label(error: ChangedMeanwhile, column: str) -> str:
    """As the form calls it, else as the history does."""
    return error.labels.get(column) or label_of(error.model, column)


def _shown(
    error: ChangedMeanwhile, attributes: Iterable[str]
) -> Iterator[tuple[str, str, list[Mapping[str, Any]], list[str]]]:
    """Each of these with its column, the three rows, and the three values in words."""
    rows = [_by_column(error.model, row) for row in (error.before, error.theirs, error.mine)]
    names = names_of(error.model, rows)
    columns = {one.attname: one.column for one in error.model._meta.concrete_fields}
    for attribute in attributes:
        column = columns[attribute]
        said = [say_value(error.model, column, row.get(column), names, 4000) for row in rows]
        yield attribute, column, rows, said


def _by_column(model: type[models.Model], row: Mapping[str, Any]) -> Mapping[str, Any]:
    return {
        field.column: row[field.attname]
        for field in model._meta.concrete_fields
        if field.attname in row
    }


def _sent(value: Any) -> str:
    """A value as a form sends it."""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M:%S")
    return "" if value is None else str(value)


def _who_came_first(error: ChangedMeanwhile) -> tuple[str, datetime | None]:
    """Who saved last, as the trail has it; "" for the system."""
    entry = Entry.objects.filter(table_name=error.model._meta.db_table, row_id=error.pk).first()
    if entry is None:
        return "", None
    account = get_user_model().objects.filter(pk=entry.actor).first() if entry.actor else None
    return str(account or ""), entry.at
