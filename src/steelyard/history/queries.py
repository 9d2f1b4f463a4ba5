"""Reads: the entries of one thing, and the words for what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import QuerySet

from steelyard.history.permissions import may_not_see
from steelyard.history.whose import hangs_on_an_account, is_still_its_own, organisations_of
from steelyard.people.models import Account
from steelyard.people.rules.reach import Held
from steelyard.trail.models import Entry
from steelyard.trail.saying import Names, names_of
from steelyard.trail.untraced import UNTRACED


@dataclass(frozen=True, slots=True)
class Thing:
    """One row with a history. ``name``: what it calls itself; ``is_gone``: it was deleted."""

    model: type[models.Model]
    number: int
    name: str
    is_gone: bool

    @property
    def table(self) -> str:
        return self.model._meta.db_table


@dataclass(frozen=True, slots=True)
class Words:
    """What is looked up once for many entries: accounts, and rows that others point to."""

    accounts: Mapping[int, Account]
    rows: Names


def load_thing(table: str, number: int, held: tuple[Held, ...], on: date) -> Thing | None:
    """The thing, if it has a history that these roles may see; else there is none."""
    model = next((one for one in traced_models() if one._meta.db_table == table), None)
    last = entries_of(table, number).first() if model else None
    if model is None or last is None:
        return None
    row = last.after or last.before
    told = {
        "needs_all": hangs_on_an_account(model),
        "is_still_its_own": is_still_its_own(model, row),
    }
    if may_not_see(held, organisations_of(model, row), on, **told):
        return None
    there = model._base_manager.filter(pk=number).first()
    return Thing(model, number, str(there) if there else _name_in(model, last), there is None)


def traced_models() -> Iterable[type[models.Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.db_table not in UNTRACED and not model._meta.proxy:
            yield model


def entries_of(table: str, number: int) -> QuerySet[Entry]:
    return Entry.objects.filter(table_name=table, row_id=number).order_by("-id")


def load_words(model: type[models.Model], entries: Iterable[Entry]) -> Words:
    """One question for all accounts, and one for each table that the columns point to."""
    entries = list(entries)
    rows = [row for entry in entries for row in (entry.before, entry.after) if row]
    actors = {entry.actor for entry in entries if entry.actor}
    return Words(Account.objects.in_bulk(actors) if actors else {}, names_of(model, rows))


def _name_in(model: type[models.Model], entry: Entry) -> str:
    """What a deleted thing called itself, as far as one of its columns says so."""
    row: Mapping[str, Any] = entry.before or {}
    names = (row.get(column) for column in ("name", "name_zh", "code", "username"))
    return next((str(name) for name in names if name), f"{model._meta.verbose_name} {entry.row_id}")
