"""What did the sender's file hold, good or bad? Its rows as they stand, before any check.

A large file is not given back whole: of more than :data:`MOST_ROWS` rows, those with faults are
kept and :data:`AROUND` on each side. A file that cannot be opened at all has no rows here; its
faults are listed alone.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from steelyard.kernel.faults import Fault, Faulty
from steelyard.tables.files import MEBIBYTE, content_of
from steelyard.tables.grid import Record
from steelyard.tables.sheet import Stored, heading_key, text_of
from steelyard.tables.tabs import Tab

MOST_ROWS = 100_000
"""Rows of a sheet that is given back whole."""

AROUND = 2
"""Rows kept before and after one with a fault, of a sheet that is not."""

_SIZE_LIMIT = 1024 * MEBIBYTE
_BOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, eq=False)
class Page:
    """One sheet of a file. ``rows`` maps the number that Excel counts to what the row holds.

    ``total`` is the number of rows in the file, of which an excerpt holds a few.
    """

    sheet: str
    rows: dict[int, Sequence[Stored]]
    total: int

    @property
    def is_excerpt(self) -> bool:
        return self.total > MOST_ROWS

    @cached_property
    def head(self) -> int:
        """The row of headings: the first that is not empty. 0 where there is none."""
        return next((number for number, values in self.rows.items() if _is_filled(values)), 0)

    @cached_property
    def headings(self) -> dict[int, str]:
        """By column counted from 0, trimmed; columns without a heading are left out."""
        texts = (heading_key(text_of(value)) for value in self.rows.get(self.head, ()))
        return {place: text for place, text in enumerate(texts) if text}

    def value(self, row: int, column: int) -> Stored:
        values = self.rows.get(row, ())
        return values[column] if column < len(values) else ""


@dataclass(frozen=True, eq=False)
class Source:
    """A file as it came. ``book`` holds a workbook's own bytes where it can be given back whole."""

    path: Path
    pages: tuple[Page, ...] = ()
    book: bytes = b""
    is_readable: bool = True

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def is_book(self) -> bool:
        return self.path.suffix.lower() in _BOOKS


def read_sources(files: Sequence[Path], faults: Sequence[Fault]) -> tuple[Source, ...]:
    return tuple(_read(path, _rows_of(path, faults)) for path in files)


def _read(path: Path, bad: Collection[int]) -> Source:
    try:
        return _read_book(path, bad) if path.suffix.lower() in _BOOKS else _read_table(path, bad)
    except Faulty:
        return Source(path, is_readable=False)


def _read_book(path: Path, bad: Collection[int]) -> Source:
    from steelyard.tables.workbook import read_workbook

    content = content_of(path, path.name, _SIZE_LIMIT)
    grids = read_workbook(content, path.name, _every_filled)
    pages = tuple(_page(grid.name, grid.records, bad) for grid in grids)
    is_whole = not any(page.is_excerpt for page in pages)
    return Source(path, pages, content if is_whole else b"")


def _every_filled(tabs: tuple[Tab, ...]) -> tuple[str, ...]:
    """Hidden sheets too: they may be read by name, and so have faults."""
    return tuple(tab.name for tab in tabs if not tab.is_empty)


def _read_table(path: Path, bad: Collection[int]) -> Source:
    return Source(path, (_page("", _records(path), bad),))


def _records(path: Path) -> Iterable[Record]:
    if path.suffix.lower() == ".parquet":
        from steelyard.tables.parquet import parquet_records

        return parquet_records(path, path.name)
    from steelyard.tables.separated import separated_records

    return separated_records(content_of(path, path.name, _SIZE_LIMIT), path.name)


def _page(name: str, records: Iterable[Record], bad: Collection[int]) -> Page:
    kept, head, last = {}, 0, 0
    for record in records:
        last = record.number
        is_filled = _is_filled(record.values)
        head = head or (last if is_filled else 0)
        if last <= MOST_ROWS or last == head or last in bad:
            kept[last] = record.values
    if last > MOST_ROWS:
        kept = {
            number: values for number, values in kept.items() if number in bad or number == head
        }
    return Page(name, kept, last)


def _rows_of(path: Path, faults: Sequence[Fault]) -> set[int]:
    """The rows of this file with faults, and those around them."""
    rows = {fault.where.row for fault in faults if is_of(fault.where.file, path)}
    return {row + step for row in rows if row for step in range(-AROUND, AROUND + 1)}


def is_of(file: str, path: Path) -> bool:
    """Whether a place names this file, by its name alone or with folders.

    >>> is_of("b.csv", Path("a/b.csv")), is_of("a/b.csv", Path("x/a/b.csv")), is_of("b.csv", Path("c"))
    (True, True, False)
    """
    parts = Path(file).parts
    return bool(parts) and path.parts[-len(parts) :] == parts


def _is_filled(values: Sequence[Stored]) -> bool:
    return any(not isinstance(value, str) or value.strip() for value in values)
