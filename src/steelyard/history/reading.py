"""Entries of the trail as people read them: acts, each with its fields before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db import models

from steelyard.history.queries import Words
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.models import Account
from steelyard.trail import words as said
from steelyard.trail.models import Entry
from steelyard.trail.saying import LONG, NOTHING, label_of, say_value
from steelyard.trail.secret_columns import CHANGED, SECRET

NOT_SHOWN = Text("（不显示）", "(not shown)")
CHANGED_NOT_SHOWN = Text("（已更改，不显示）", "(changed, not shown)")
SYSTEM = Text("系统", "the system")
NOBODY = Text("未指明人员", "no person named")
FROM = Text("数据库用户：{user}；程序：{program}", "database user {user}, program {program}")


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one write, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Written:
    """One write: what was done, in words and by its code, and the fields that it changed."""

    at: datetime
    title: str
    action: str
    verb: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Act:
    """All that one request wrote of this thing, newest first. ``account``: the sign-in name."""

    at: datetime
    who: str
    account: str
    request: str
    writes: tuple[Written, ...]


def acts_of(
    model: type[models.Model], entries: Iterable[Entry], words: Words, *, longest: int = LONG
) -> Iterator[Act]:
    """Entries that stand together and come from one request are one act."""
    for (_request, _actor), together in groupby(entries, key=_one_act):
        writes = list(together)
        first = writes[0]
        account = words.accounts.get(first.actor) if first.actor else None
        yield Act(
            first.at,
            _who(first, account),
            account.username if account else "",
            first.request,
            tuple(_written(model, entry, words, longest) for entry in writes),
        )


def _one_act(entry: Entry) -> tuple[object, int | None]:
    return entry.request or entry.pk, entry.actor


def _who(entry: Entry, account: Account | None) -> str:
    if entry.actor is not None:
        return str(account) if account else f"№ {entry.actor}"
    return say(SYSTEM) if entry.request else _nobody(entry.action)


def _nobody(action: str) -> str:
    """What came past the office, straight into the database: by which way, as far as it is known."""
    user, _, program = action.removeprefix("sql:").partition("/")
    if not user:
        return say(NOBODY)
    return f"{say(NOBODY)} ({say(FROM).format(user=user, program=program or '—')})"


def _written(model: type[models.Model], entry: Entry, words: Words, longest: int) -> Written:
    return Written(
        entry.at,
        say(said.title_of(entry.action, entry.verb)),
        entry.action,
        entry.verb,
        tuple(_changes(model, entry, words, longest)),
    )


def _changes(
    model: type[models.Model], entry: Entry, words: Words, longest: int
) -> Iterator[Change]:
    before, after = entry.before or {}, entry.after or {}
    secret = SECRET.get(model._meta.db_table, ())
    for column in dict.fromkeys((*_columns(model), *before, *after)):
        was, became = before.get(column), after.get(column)
        if column in ("id", "version") or (was == became and became != CHANGED):
            continue
        if not was and not became and entry.verb != "update":
            continue
        if column in secret:
            shown = [_secret(was), _secret(became)]
        else:
            shown = [
                say_value(model, column, value, words.rows, longest) for value in (was, became)
            ]
        yield Change(label_of(model, column), *shown)


def _columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.concrete_fields]


def _secret(value: object) -> str:
    if value is None:
        return NOTHING
    return say(CHANGED_NOT_SHOWN if value == CHANGED else NOT_SHOWN)
