"""Two savers, field by field: what the page shows to the one who came second, and lets them choose.

What only one of the two changed is chosen already; what both changed must be chosen. The page is the
form again: what it sends is what the form sent, with the choices made, as seen from their version.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from django.contrib.auth import get_user_model
from django.db import models
from django.http import QueryDict
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


def meanwhile(
    error: ChangedMeanwhile, sent: QueryDict, *, version: str = VERSION
) -> Mapping[str, Any]:
    """What ``trail/changed_meanwhile.html`` shows: the pairs, who came first, what is sent along.

    ``version``: the name of the form's hidden field. A view answers with it like so::

        except ChangedMeanwhile as error:
            both = meanwhile(error, request.POST)
            return render(request, "trail/changed_meanwhile_page.html", both, status=409)
    """
    pairs = list(_pairs(error))
    who, at = _who_came_first(error)
    names = {pair.name for pair in pairs} | {version, "csrfmiddlewaretoken"}
    return {
        "pairs": pairs,
        "who": who,
        "at": at,
        "along": [(name, one) for name, all_sent in sent.lists() if name not in names for one in all_sent],
        "version_field": version,
        "version": error.version,
        "is_gone": not error.theirs,
    }  # fmt: skip


def _pairs(error: ChangedMeanwhile) -> Iterator[Pair]:
    if not error.theirs:
        return
    by_column = [_by_column(error.model, row) for row in (error.before, error.theirs, error.mine)]
    names = names_of(error.model, by_column)
    for attribute in error.differ():
        field = next(one for one in error.model._meta.concrete_fields if one.attname == attribute)
        before, theirs, mine = (row.get(field.column) for row in by_column)
        said = [
            say_value(error.model, field.column, value, names, 4000)
            for value in (before, theirs, mine)
        ]
        chosen = "mine" if theirs == before else "theirs" if mine == before else ""
        yield Pair(
            field.name, label_of(error.model, field.column), *said,
            _sent(theirs), _sent(mine), chosen if error.before else "",
        )  # fmt: skip


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
    entry = Entry.objects.filter(
        table_name=error.model._meta.db_table, row_id=error.mine[error.model._meta.pk.attname]
    ).first()
    if entry is None:
        return "", None
    account = get_user_model().objects.filter(pk=entry.actor).first() if entry.actor else None
    return str(account or ""), entry.at
