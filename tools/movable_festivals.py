"""The festivals that the law gives off on other days every year: the rows ``movable`` of ``holidays.csv``.

``python -m tools.movable_festivals`` computes them (``tools/lunisolar.py``) and writes them anew at the end of
the table. Which days of a festival are off is as the Regulation on public holidays (全国年节及纪念日放假办法,
art. 2) has it in that year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from steelyard.regions import HOLIDAYS
from tools import lunisolar

YEARS = range(2008, 2051)
"""From the year in which the law first gave all of them off."""


@dataclass(frozen=True, slots=True)
class Regulation:
    """The regulation as it holds from a year on: which days around the Chinese New Year it gives off,
    counted from the New Year's own."""

    since: int
    number: str
    issued_on: date
    new_year: tuple[int, int]


REGULATIONS = (
    Regulation(2008, "国务院令第513号", date(2007, 12, 14), (-1, 1)),
    Regulation(2014, "国务院令第644号", date(2013, 12, 11), (0, 2)),
    Regulation(2025, "国务院令第795号", date(2024, 11, 10), (-1, 2)),
)


def rows() -> list[str]:
    """The rows as they stand in the table, by year."""
    return [row for year in YEARS for row in _rows_of(year)]


def _rows_of(year: int) -> Iterator[str]:
    by = next(one for one in reversed(REGULATIONS) if one.since <= year)
    new_year = lunisolar.first_of_month(year, 1)
    first, last = (new_year + timedelta(days) for days in by.new_year)
    dragon_boat = lunisolar.first_of_month(year, 5) + timedelta(4)
    mid_autumn = lunisolar.first_of_month(year, 8) + timedelta(14)
    qingming = lunisolar.qingming(year)
    yield _row(by, first, last, "春节,Spring Festival")
    yield _row(by, qingming, qingming, "清明节,Tomb-Sweeping Day")
    yield _row(by, dragon_boat, dragon_boat, "端午节,Dragon Boat Festival")
    yield _row(by, mid_autumn, mid_autumn, "中秋节,Mid-Autumn Festival")


def _row(by: Regulation, first: date, last: date, name: str) -> str:
    return f"{first.year},movable,{first},{last},{name},{by.number},{by.issued_on}"


def write() -> None:
    kept = [line for line in HOLIDAYS.read_text("utf-8").splitlines() if ",movable," not in line]
    HOLIDAYS.write_text("\n".join([*kept, *rows(), ""]), "utf-8", newline="\n")


if __name__ == "__main__":
    write()
