"""What do the rows of a table of jurisdiction say, and which row answers a setting?

Read from a country's ``jurisdiction.toml``. Rows have no order: exactly one holds for any setting,
which a test proves over the whole space.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from steelyard.courts.rules.jurisdiction.citing import Citations, read_citations
from steelyard.courts.rules.jurisdiction.levels import Threshold, read_threshold
from steelyard.courts.rules.jurisdiction.setting import Level, Setting, holds_on
from steelyard.courts.rules.jurisdiction.territory import Territory, read_territory
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any

PERSON = "person"
NEXT = "next"


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a court that one might have expected does not hear the case."""

    code: str
    why: Text
    articles: tuple[str, ...]


BELOW_THE_HIGH_COURT: frozenset[Level] = frozenset({"basic", "intermediate", "open"})


@dataclass(frozen=True, slots=True)
class FirstRow:
    """A row of the first instance, in force from ``starts`` up to, not including, ``ends``.

    A condition that is None does not bind. ``court`` is a role or ``person``; ``readings`` are
    then the roles that the possible readings point to. ``not_others``: role to reason.
    ``draws``: the claim draws the others of its case to the same court.
    """

    code: str
    starts: date | None
    ends: date | None
    track: str | None
    matters: frozenset[str] | None
    relations: frozenset[str] | None
    well_known: bool | None
    places: frozenset[str] | None
    levels: frozenset[str] | None
    bodies: frozenset[str] | None
    court: str
    readings: tuple[str, ...]
    articles: tuple[str, ...]
    why: Text
    not_others: Mapping[str, str]
    draws: bool

    @property
    def hangs_on_amount(self) -> bool:
        """The amount bears on the answer: not where all that lies below the high court is alike."""
        return self.levels is not None and not self.levels >= BELOW_THE_HIGH_COURT

    def fits(self, setting: Setting) -> bool:
        return (
            holds_on(self.starts, self.ends, setting.filed)
            and (self.track is None or self.track == setting.track)
            and (self.matters is None or setting.matter in self.matters)
            and (self.relations is None or setting.relation in self.relations)
            and (self.well_known is None or self.well_known == setting.well_known)
            and (self.places is None or setting.place in self.places)
            and (self.levels is None or setting.level in self.levels)
            and (self.bodies is None or setting.body in self.bodies)
        )


@dataclass(frozen=True, slots=True)
class AppealRow:
    """A row of appeals, by the day of judgment. ``court`` is a role, or ``next``."""

    code: str
    starts: date | None
    ends: date | None
    track: str | None
    matters: frozenset[str] | None
    relations: frozenset[str] | None
    tried_by: frozenset[str]
    court: str
    articles: tuple[str, ...]
    why: Text

    def fits(self, setting: Setting, tried_by: str, judged: date) -> bool:
        return (
            holds_on(self.starts, self.ends, judged)
            and tried_by in self.tried_by
            and (self.track is None or self.track == setting.track)
            and (self.matters is None or setting.matter in self.matters)
            and (self.relations is None or setting.relation in self.relations)
        )


@dataclass(frozen=True, slots=True)
class Precedence:
    """What one claim does to the others of its case: ``together``, or to be sued apart."""

    court: str
    why: Text
    articles: tuple[str, ...]
    together: bool


@dataclass(frozen=True)
class Table:
    """All rows of a country, with its laws and reasons."""

    citations: Citations
    groups: Mapping[str, tuple[str, ...]]
    first: tuple[FirstRow, ...]
    appeal: tuple[AppealRow, ...]
    reasons: Mapping[str, Reason]
    default_reasons: Mapping[str, str]
    precedence: tuple[Precedence, ...]
    thresholds: tuple[Threshold, ...]
    territory: tuple[Territory, ...]

    def first_row(self, setting: Setting) -> FirstRow:
        """The one row that answers a setting.

        Raises:
            Faulty: none does, or more than one: a defect of the table, not of the case.
        """
        return _the_one([row for row in self.first if row.fits(setting)], setting)

    def appeal_row(self, setting: Setting, tried_by: str, judged: date) -> AppealRow:
        """The one row for an appeal from a kind of court that judged on a day.

        Raises:
            Faulty: no such court can have judged it, or the table is defective.
        """
        return _the_one(
            [row for row in self.appeal if row.fits(setting, tried_by, judged)], setting
        )

    @cached_property
    def filing_days(self) -> tuple[date, ...]:
        """The days on which a row of the first instance begins or ends, earliest first."""
        days = {day for row in self.first for day in (row.starts, row.ends) if day}
        return tuple(sorted(days))

    @cached_property
    def judgment_days(self) -> tuple[date, ...]:
        """The days on which a row of appeals begins or ends, earliest first."""
        days = {day for row in self.appeal for day in (row.starts, row.ends) if day}
        return tuple(sorted(days))

    def members(self, names: Iterable[str]) -> frozenset[str]:
        """The names of groups opened up; other names as they are."""
        return _members(names, self.groups)


def read_table(text: str, *, file: str) -> Table:
    """The table from the text of a country's ``jurisdiction.toml``.

    Raises:
        Faulty: a row cannot be read, or names a law or reason that is not there.
    """
    document = tomllib.loads(text)
    groups = {name: tuple(members) for name, members in document["groups"].items()}
    citations = read_citations(document)
    reasons = {one["code"]: _reason(one) for one in document["reasons"]}
    table = Table(
        citations,
        groups,
        tuple(_first(row, groups) for row in document["first"]),
        tuple(_appeal(row, groups) for row in document["appeal"]),
        reasons,
        document["default_reasons"],
        tuple(_precedence(row) for row in document["precedence"]),
        tuple(read_threshold(row, groups) for row in document["thresholds"]),
        tuple(read_territory(row, groups) for row in document["territory"]),
    )
    raise_if_any(_dangling(table, file))
    return table


def _reason(row: Mapping[str, Any]) -> Reason:
    return Reason(row["code"], Text(row["zh"], row["en"]), tuple(row["articles"]))


def _first(row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> FirstRow:
    return FirstRow(
        row["code"],
        row.get("from"),
        row.get("to"),
        row.get("track"),
        _set(row, "matters", groups),
        _set(row, "relations", groups),
        row.get("well_known"),
        _set(row, "places", groups),
        _set(row, "levels", groups),
        _set(row, "bodies", groups),
        row["court"],
        tuple(row.get("readings", ())),
        tuple(row.get("articles", ())),
        Text(row["zh"], row["en"]),
        row.get("not", {}),
        row.get("draws", False),
    )


def _appeal(row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> AppealRow:
    return AppealRow(
        row["code"],
        row.get("from"),
        row.get("to"),
        row.get("track"),
        _set(row, "matters", groups),
        _set(row, "relations", groups),
        frozenset(row["tried_by"]),
        row["court"],
        tuple(row["articles"]),
        Text(row["zh"], row["en"]),
    )


def _precedence(row: Mapping[str, Any]) -> Precedence:
    return Precedence(
        row["court"], Text(row["zh"], row["en"]), tuple(row["articles"]), row["together"]
    )


def _set(
    row: Mapping[str, Any], name: str, groups: Mapping[str, tuple[str, ...]]
) -> frozenset[str] | None:
    return _members(row[name], groups) if name in row else None


def _members(names: Iterable[str], groups: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(member for name in names for member in groups.get(name, (name,)))


_Row = TypeVar("_Row", FirstRow, AppealRow)


def _the_one(rows: list[_Row], setting: Setting) -> _Row:
    if len(rows) != 1:
        raise Faulty([_not_one([row.code for row in rows], setting)])
    return rows[0]


def _not_one(codes: list[str], setting: Setting) -> Fault:
    said = ", ".join(codes) or "—"
    return Fault(
        "table-not-one-row",
        Text(
            f"管辖表对这一情形应有一行，实有：{said}", f"one row should answer; there are: {said}"
        ),
        Text("请检查事实；事实无误的，改正管辖表", "check the facts; if right, mend the table"),
        Where(key=f"{setting.track}.{setting.matter}.{setting.relation}"),
    )


def _dangling(table: Table, file: str) -> list[Fault]:
    """Rows that cite a law, or give a reason, that is not in the table."""
    rows: list[FirstRow | AppealRow | Reason | Precedence] = [
        *table.first, *table.appeal, *table.reasons.values(), *table.precedence,
    ]  # fmt: skip
    faults = []
    for row in rows:
        key = row.court if isinstance(row, Precedence) else row.code
        for written in row.articles:
            if not _is_cited(written, table.citations):
                faults.append(_unknown(written, file, key))
        if isinstance(row, FirstRow):
            lost = [name for name in row.not_others.values() if name not in table.reasons]
            faults += [_unknown(name, file, key) for name in lost]
    return faults


def _is_cited(written: str, citations: Citations) -> bool:
    return written in citations.numbered or written.partition(":")[0] in citations.laws


def _unknown(written: str, file: str, key: str) -> Fault:
    return Fault(
        "jurisdiction-dangling",
        Text(f"“{written}”不在表中", f"{written!r} stands nowhere in the table"),
        Text("请写表中已有的法律或者理由", "name a law or a reason of the table"),
        Where(file=file, key=key),
    )
