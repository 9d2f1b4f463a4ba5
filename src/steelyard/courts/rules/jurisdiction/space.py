"""Has every case exactly one answer? The decision space, cell by cell.

A cell is a :class:`Setting` on the first day of an era, between two days on which any row begins
or ends; within an era no row changes, so that one day stands for all of them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from steelyard.courts.rules.jurisdiction.appeal import can_have_tried
from steelyard.courts.rules.jurisdiction.case import TRIED_BY
from steelyard.courts.rules.jurisdiction.causes import MATTERS, RELATIONS
from steelyard.courts.rules.jurisdiction.rows import AppealRow, FirstRow, Table
from steelyard.courts.rules.jurisdiction.setting import BODIES, LEVELS, PLACE_KINDS, Setting

CIVIL_ALONE = frozenset({"drug_patent", "technology", "domain_name", "online_copyright"})
ADMINISTRATIVE_ALONE = frozenset(
    {"grant_patent", "grant_plant", "grant_ic", "grant_trademark", "compulsory_licence"}
)
"""Matters of one track alone; a test holds them against the causes."""


@dataclass(frozen=True, slots=True)
class Era:
    """Days on which the same rows hold: from one day up to, not including, another."""

    starts: date | None
    ends: date | None

    @property
    def a_day(self) -> date:
        """One of its days: the first, or the last where it has no first."""
        if self.starts is not None:
            return self.starts
        if self.ends is None:
            return date.min
        return self.ends - timedelta(days=1)


def eras(days: tuple[date, ...]) -> tuple[Era, ...]:
    """The eras that some days part, the earliest first."""
    bounds = (None, *days, None)
    return tuple(Era(bounds[n], bounds[n + 1]) for n in range(len(days) + 1))


def matters_of(track: str) -> tuple[str, ...]:
    other = ADMINISTRATIVE_ALONE if track == "civil" else CIVIL_ALONE
    return tuple(matter for matter in MATTERS if matter not in other)


def civil_settings(filed: date) -> Iterator[Setting]:
    """Every civil cell of a day of filing."""
    for matter, relation, well_known, place, level in product(
        matters_of("civil"), RELATIONS, (False, True), PLACE_KINDS, LEVELS
    ):
        yield Setting(filed, "civil", matter, relation, well_known, place, level)


def administrative_settings(filed: date) -> Iterator[Setting]:
    """Every administrative cell of a day of filing."""
    for matter, relation, well_known, place, body in product(
        matters_of("administrative"), RELATIONS, (False, True), PLACE_KINDS, BODIES
    ):
        yield Setting(filed, "administrative", matter, relation, well_known, place, "basic", body)


def settings(filed: date) -> Iterator[Setting]:
    """Every cell of a day of filing."""
    yield from civil_settings(filed)
    yield from administrative_settings(filed)


def first_rows_of(table: Table, setting: Setting) -> tuple[FirstRow, ...]:
    """All rows that answer a cell: one, if the table is sound."""
    return tuple(row for row in table.first if row.fits(setting))


def appeal_cells(judged: date) -> Iterator[tuple[Setting, str]]:
    """Every claim with every kind of court that can have judged it on a day."""
    for track in ("civil", "administrative"):
        for matter, relation, tried_by in product(
            matters_of(track), RELATIONS, (*TRIED_BY, "basic_of_seat")
        ):
            if can_have_tried(tried_by, track, matter):
                yield Setting(judged, track, matter, relation, False, "rest"), tried_by


def appeal_rows_of(
    table: Table, setting: Setting, tried_by: str, judged: date
) -> tuple[AppealRow, ...]:
    """All rows that answer an appeal: one, if the table is sound."""
    return tuple(row for row in table.appeal if row.fits(setting, tried_by, judged))
