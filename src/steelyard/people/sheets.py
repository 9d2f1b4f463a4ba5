"""Sheets of organisations and people: what one that is brought would change, and those taken away.

Carried out they are in :mod:`sheet_imports`.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.periods import Days
from steelyard.people import permissions
from steelyard.people.models import Account, BroughtSheet, Holding, Organisation, Placement
from steelyard.people.queries import load_held, post_of
from steelyard.people.rules import organisation_sheets, people_sheets
from steelyard.people.rules.organisation_sheets import Standing
from steelyard.people.rules.people_sheets import Person
from steelyard.people.rules.roles import Role
from steelyard.people.rules.sheets import Column, headings_of
from steelyard.tables.fault_report import faults_workbook
from steelyard.tables.macros import carries_macros
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.read import read_sheet
from steelyard.tables.sheet import Sheet
from steelyard.tables.write import csv_bytes

LARGEST = 2 * 1024 * 1024
"""Bytes of a sheet that is brought."""


_MACROS = Fault(
    "macros",
    Text("文件带有宏程序", "the file carries macros"),
    Text("请另存为不带宏的 .xlsx", "save it as .xlsx, without them"),
)


@dataclass(frozen=True, slots=True)
class Brought:
    """A sheet as it was uploaded: its name, and its bytes."""

    name: str
    content: bytes

    def read(self) -> Sheet:
        """The sheet, with the faults of its cells (``Sheet.unread``): ``rules.sheets.entries`` tells them.

        Raises:
            Faulty: it carries macros, it cannot be read, or its headings are of no use.
        """
        if carries_macros(self.content):
            raise Faulty([_MACROS])
        with tempfile.TemporaryDirectory() as folder:
            return read_sheet(self._put(folder), size_limit=LARGEST, gathering=True)

    def with_faults(self, faults: list[Fault], lang: Lang) -> bytes:
        """The sheet again, each fault coloured at its cell."""
        with tempfile.TemporaryDirectory() as folder:
            return faults_workbook([self._put(folder)], faults, lang)

    def _put(self, folder: str) -> Path:
        path = Path(folder) / self.name
        path.write_bytes(self.content)
        return path


def load_brought(account: int, sort: str) -> Brought | None:
    """The sheet that somebody brought last, until it is carried out or dropped."""
    kept = BroughtSheet.objects.filter(account=account, sort=sort).first()
    return kept and Brought(kept.name, bytes(kept.content))


def plan_organisations(brought: Brought, by: int | None, now: datetime):
    """What a sheet of organisations would change, or its faults."""
    return _planned(
        brought, lambda sheet: organisation_sheets.plan(sheet, known_organisations(by, now))
    )


def plan_people(brought: Brought, by: int | None, now: datetime):
    """What a sheet of people would change, or its faults."""
    return _planned(brought, lambda sheet: people_sheets.plan(sheet, known_people(by, now)))


def _planned(brought: Brought, plan):
    try:
        return plan(brought.read())
    except Faulty as faulty:
        return [], list(faulty.faults)


def known_organisations(by: int | None, now: datetime) -> dict[str, Standing]:
    managed = _managed(by, now)
    return {
        one.code: Standing(
            one.pk,
            _values(one, parent),
            Days(one.starts, one.ends),
            managed is None or one.pk in managed,
        )
        for one, parent in _with_parents(Organisation.objects.all())
    }


def known_people(by: int | None, now: datetime) -> people_sheets.Known:
    today = timezone.localdate(now)
    managed = _managed(by, now)
    held = load_held(by, today)
    seen = None if held is None else permissions.seen(held, today)
    posts = [post_of(one) for one in Holding.objects.order_by("pk")]
    known = {post.account for post in posts if seen is None or post.organisation in seen}
    return people_sheets.Known(
        by,
        today,
        {
            one.username.casefold(): Person(one.pk, one.name, one.email, one.pk in known)
            for one in Account.objects.all()
        },
        {
            one.code: (one.pk, Days(one.starts, one.ends))
            for one in Organisation.objects.all()
            if managed is None or one.pk in managed
        },
        frozenset(posts),
    )


def _managed(by: int | None, now: datetime) -> frozenset[int] | None:
    today = timezone.localdate(now)
    held = load_held(by, today)
    return None if held is None else permissions.managed(held, today)


def _with_parents(rows: Iterable[Organisation]) -> Iterable[tuple[Organisation, str | None]]:
    """Each with the code of the one it stands below, the last there is."""
    pairs = Placement.objects.order_by("starts").values_list("organisation_id", "parent__code")
    above = dict(pairs)
    return ((one, above.get(one.pk)) for one in rows)


def _values(one: Organisation, parent: str | None) -> dict[str, object]:
    keys = ("code", "name_zh", "name_en", "kind", "place", "starts", "ends")
    return {key: getattr(one, key) for key in keys} | {"parent": parent}


def export_organisations(rows: Iterable[Organisation], ending: str, lang: Lang) -> bytes:
    """The organisations as a sheet that can be brought again, and then changes nothing."""
    table = [
        _row(organisation_sheets.COLUMNS, _values(one, parent), lang)
        for one, parent in _with_parents(rows)
    ]
    return _written(organisation_sheets.COLUMNS, table, ending, lang)


def export_people(accounts: Iterable[Account], ending: str, lang: Lang) -> bytes:
    """The accounts with the roles that are asked for (``held_here``), one row for each role."""
    table = [
        _row(
            people_sheets.COLUMNS,
            {
                "username": account.username,
                "name": account.name,
                "email": account.email,
                "role": holding.role,
                "organisation": holding.organisation.code,
                "starts": holding.starts,
                "ends": holding.ends,
                "stands_in": holding.stands_in,
            },
            lang,
        )
        for account in accounts
        for holding in account.held_here
    ]
    return _written(people_sheets.COLUMNS, table, ending, lang)


def blank(columns: tuple[Column, ...], lang: Lang) -> bytes:
    return _written(columns, [], "xlsx", lang)


def _row(columns: tuple[Column, ...], values: dict[str, object], lang: Lang) -> list[object]:
    return [_shown(column.key, values[column.key], lang) for column in columns]


def _shown(key: str, value: object, lang: Lang) -> object:
    if key == "kind":
        return organisation_sheets.KINDS[str(value)].say(lang)
    if key == "role":
        return people_sheets.ROLES[Role(str(value))].say(lang)
    if isinstance(value, bool):
        return {"zh": ("否", "是"), "en": ("no", "yes")}[lang][value]
    return value or None


def _written(columns: tuple[Column, ...], rows: list[list[object]], ending: str, lang: Lang):
    headings = headings_of(columns, lang)
    if ending == "csv":
        return csv_bytes(headings, rows)
    return plain_workbook({"zh": "表格", "en": "Sheet"}[lang], headings, rows)
