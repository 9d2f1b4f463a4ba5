"""What is a sheet? Headings, rows and cells; each cell knows its text, its number, its place.

The readers make sheets, the areas read them. A cell is built when it is asked for, so that a
large sheet costs no more than what its file holds.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from steelyard.kernel.exact import plain
from steelyard.kernel.faults import Fault, Where
from steelyard.tables.numerals import numeral


@dataclass(frozen=True, slots=True)
class Formatted:
    """A number whose cell is formatted as a percentage or with leading zeros.

    ``text`` is in that notation, but never rounded: 0.92345 shown as 92.3% is ``92.345%``.
    """

    number: Fraction
    text: str


Stored = (
    str | bool | int | float | Decimal | Fraction | Formatted | date | datetime | time | timedelta
)
"""What a file holds in a cell. An empty cell is the empty text."""


_UNSEEN = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff" + "".join(
    map(chr, [*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
)
_AT_THE_ENDS = re.compile(rf"^[\s{_UNSEEN}]+|[\s{_UNSEEN}]+$")


def trimmed(text: str) -> str:
    """``text`` without spaces at its ends, nor the unseen marks that copying from a page brings.

    >>> trimmed("\\u200b 38.5\\ufeff")
    '38.5'
    """
    return _AT_THE_ENDS.sub("", text)


def heading_key(heading: str) -> str:
    """What makes two headings the same: compatibility forms (NFKC) and spaces aside, case kept.

    >>> heading_key(" 结案率（％） ") == heading_key("结案率(%)")
    True
    """
    return " ".join(unicodedata.normalize("NFKC", heading).split())


def letters(index: int) -> str:
    """The letters that Excel shows over the column ``index``, counted from 0.

    >>> letters(0), letters(25), letters(26), letters(16383)
    ('A', 'Z', 'AA', 'XFD')
    """
    text, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        text = chr(ord("A") + letter) + text
    return text


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the letter that Excel shows over it, and its heading as written, trimmed."""

    letter: str
    heading: str

    def __str__(self) -> str:
        return f"{self.letter} {self.heading}"


@dataclass(frozen=True, slots=True)
class Head:
    """The top of a sheet, which all its rows share: whose it is, and its columns."""

    file: str
    name: str
    row: int
    columns: tuple[Column, ...]
    positions: dict[str, int]

    def position(self, heading: str) -> int:
        """
        Raises:
            KeyError: the sheet has no such heading.
        """
        found = self.positions.get(heading_key(heading))
        if found is None:
            raise KeyError(heading)
        return found


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what the file holds there, and its place."""

    stored: Stored
    column: Column
    row: Row

    @property
    def heading(self) -> str:
        return self.column.heading

    @property
    def text(self) -> str:
        """The cell as a person reads it, untrimmed; empty where the cell is."""
        return text_of(self.stored)

    @property
    def number(self) -> Fraction | None:
        """The exact number, typed as one or written in text; None for anything else."""
        return number_of(self.stored)

    @property
    def where(self) -> Where:
        return self.row.where_at(str(self.column))


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is not empty. ``number`` counts as Excel does, the first row being 1.

    ``line`` is the line of the text file where the row starts, given only where cells with line
    breaks above have moved it away from ``number``.
    """

    number: int
    values: tuple[Stored, ...]
    head: Head
    line: int | None = None

    @property
    def cells(self) -> tuple[Cell, ...]:
        pairs = zip(self.values, self.head.columns, strict=True)
        return tuple(Cell(stored, column, self) for stored, column in pairs)

    def __getitem__(self, heading: str) -> Cell:
        """
        Raises:
            KeyError: the sheet has no such heading.
        """
        place = self.head.position(heading)
        return Cell(self.values[place], self.head.columns[place], self)

    @property
    def where(self) -> Where:
        return self.where_at("")

    def where_at(self, column: str) -> Where:
        return Where(self.head.file, self.head.name, self.line, self.number, column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with one row of headings. ``name`` is empty where the format has no sheets.

    ``unread``: what is wrong with cells that were read as blank; ``holes``: where they are. Only a
    sheet that was asked to gather has any: who asks for it must tell them.
    """

    head: Head
    rows: tuple[Row, ...]
    unread: tuple[Fault, ...] = ()
    holes: frozenset[Where] = frozenset()

    @property
    def file(self) -> str:
        return self.head.file

    @property
    def name(self) -> str:
        return self.head.name

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.heading for column in self.head.columns)

    @property
    def where(self) -> Where:
        """The place of the headings, for what is wrong with them or missing among them."""
        return Where(file=self.file, sheet=self.name, row=self.head.row)

    def __contains__(self, heading: str) -> bool:
        return heading_key(heading) in self.head.positions

    def column(self, heading: str) -> Iterator[Cell]:
        """
        Raises:
            KeyError: the sheet has no such heading.
        """
        place = self.head.position(heading)
        column = self.head.columns[place]
        return (Cell(row.values[place], column, row) for row in self.rows)


def number_of(stored: Stored) -> Fraction | None:
    if isinstance(stored, str):
        return numeral(trimmed(stored))
    if isinstance(stored, Formatted):
        return stored.number
    if isinstance(stored, bool):
        return None
    if isinstance(stored, float | Decimal):
        # The shortest writing, not the bits: 0.1 in Excel is one tenth.
        return numeral(_repr(stored) if isinstance(stored, float) else f"{stored:f}")
    return Fraction(stored) if isinstance(stored, int | Fraction) else None


def text_of(stored: Stored) -> str:
    kind = next(kind for kind in type(stored).__mro__ if kind in _WRITINGS)
    return _WRITINGS[kind](stored)


def _float_text(number: float) -> str:
    exactly = number_of(number)
    if exactly is None or not 1e-7 <= abs(number or 1) < 1e21:
        return _repr(number)
    return plain(exactly)


_repr = float.__repr__  # NumPy's floats are floats, but name their type in their own repr


def _moment_text(moment: datetime) -> str:
    is_midnight = moment.time() == time() and moment.tzinfo is None
    return moment.date().isoformat() if is_midnight else moment.isoformat(" ")


def _duration_text(duration: timedelta) -> str:
    seconds = abs(duration) // timedelta(seconds=1)
    sign = "-" if duration < timedelta() else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"


_WRITINGS: dict[type, Callable[[Any], str]] = {
    str: str,
    bool: lambda truth: "TRUE" if truth else "FALSE",
    int: str,
    float: _float_text,
    Decimal: lambda number: f"{number:f}",
    Fraction: plain,
    Formatted: lambda formatted: formatted.text,
    datetime: _moment_text,
    date: date.isoformat,
    time: time.isoformat,
    timedelta: _duration_text,
}
