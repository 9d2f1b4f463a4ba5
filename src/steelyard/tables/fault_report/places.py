"""Which cell does a fault mean? The file, the sheet, the row and the column of a place, found.

A fault of a whole row is shown at the row's first cell, one of a whole column at its heading. A
fault that names no row and no column, or a file that is not there or there twice, has no cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from steelyard.kernel.faults import Where
from steelyard.tables.fault_report.sources import Page, Source, is_of
from steelyard.tables.sheet import Stored, heading_key

Reach = Literal["cell", "row", "column"]

_LAST_COLUMN = 16_384
_LETTER_FIRST = re.compile("([A-Z]{1,3})(?: (.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Spot:
    """A cell to mark: row counted from 1, column from 0. ``value`` is what the file holds there."""

    page: Page
    row: int
    column: int
    reach: Reach
    value: Stored


def spot_of(where: Where, sources: Sequence[Source]) -> Spot | None:
    page = _page_of(where, sources)
    return _spot_on(page, where) if page else None


def _page_of(where: Where, sources: Sequence[Source]) -> Page | None:
    named = [source for source in sources if is_of(where.file, source.path)]
    if len(named) != 1:
        return None
    pages = named[0].pages
    if where.sheet:
        return next((page for page in pages if page.sheet == where.sheet), None)
    return pages[0] if len(pages) == 1 else None


def _spot_on(page: Page, where: Where) -> Spot | None:
    column = _column(page, where.column) if where.column else None
    if where.column and column is None and where.row is None:
        return None
    row = page.head if where.row is None else where.row
    if row < 1 or (where.row is None and column is None):
        return None
    if column is None:
        # What is wrong with the headings together, such as one that is missing, is about no row.
        reach: Reach = "cell" if row == page.head else "row"
        return Spot(page, row, min(page.headings, default=0), reach, "")
    return Spot(page, row, column, "cell" if where.row else "column", page.value(row, column))


def _column(page: Page, said: str) -> int | None:
    """``C cases``, ``cases`` or ``C``. A letter and its heading go before a heading alone."""
    lettered = _LETTER_FIRST.fullmatch(said)
    place = _place(lettered[1]) if lettered else None
    rest = heading_key(lettered[2] or "") if lettered else ""
    if place is not None and rest and page.headings.get(place) == rest:
        return place
    by_heading = [at for at, text in page.headings.items() if text == heading_key(said)]
    return by_heading[0] if by_heading else place


def _place(letters: str) -> int | None:
    """
    >>> _place("A"), _place("AA"), _place("XFD"), _place("XFE")
    (0, 26, 16383, None)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1 if number <= _LAST_COLUMN else None
