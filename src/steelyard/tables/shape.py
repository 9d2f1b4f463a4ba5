"""Is this grid a sheet? One row of headings, each said once, and under them the rows.

The headings are the first row that is not empty. Empty rows are skipped and still counted; an
empty column without a heading is dropped, wherever it stands. Two headings are the same if they
differ only in spaces or in full and half width (:func:`~steelyard.tables.sheet.heading_key`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.tables.files import empty_file
from steelyard.tables.grid import UNCOMPUTED, Grid, Merge, Record
from steelyard.tables.sheet import Column, Head, Row, Sheet, Stored, heading_key, letters, text_of

MOST_FAULTS = 1000
"""Faults that are listed; the rest are counted."""

FEW = 10
"""Columns without a heading of their own that are listed; the rest are counted."""

MOST_HOLES = 100_000
"""Cells below merged ones that are remembered; beyond them a cell may be called blank as well."""

ERROR_VALUES = frozenset(
    {"#REF!", "#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#VALUE!", "#SPILL!", "#CALC!"}
)
"""What Excel shows where a formula failed, and writes into a CSV file."""

_NO_VALUES = ERROR_VALUES | {UNCOMPUTED}


def shaped(grid: Grid, *, gathering: bool = False) -> Sheet:
    """The sheet that ``grid`` holds.

    Cells that cannot be read are refused; ``gathering`` reads them as blank and keeps their faults
    with the sheet, so that what else is wrong with it can be said in one go.

    Raises:
        Faulty: every fault of the headings, the rows and the cells.
    """
    records = [record for record in grid.records if not _is_empty(record.values)]
    if not records:
        raise Faulty([_nothing(grid)])
    top = _Top.of(grid, records)
    found = list(_at_most(_faults(grid, top, records)))
    if not gathering or any(one.code in _OF_HEADINGS for one in found):
        raise_if_any(found)
    if not found:
        return _sheet(grid, top, records[1:])
    records = [replace(one, values=tuple(map(_or_blank, one.values))) for one in records]
    covered = islice(_covered_cells(grid, top), MOST_HOLES)
    holes = frozenset([*(one.where for one in found), *covered])
    return replace(_sheet(grid, top, records[1:]), unread=tuple(found), holes=holes)


_OF_HEADINGS = frozenset({"duplicate-heading", "merged-heading"})
"""What leaves open which column is meant: nothing can be said of the cells below."""


def _or_blank(stored: Stored) -> Stored:
    return "" if stored in _NO_VALUES else stored


def _is_blank(stored: Stored) -> bool:
    return isinstance(stored, str) and not stored.strip()


def _is_empty(values: Sequence[Stored]) -> bool:
    return all(map(_is_blank, values))


@dataclass(frozen=True, slots=True)
class _Top:
    """The row of headings: its number, its texts and which of its columns are kept."""

    row: int
    texts: tuple[str, ...]
    kept: tuple[int, ...]
    first_filled: dict[int, int]
    """Of the columns without a heading, those with values, and the first row that has one."""

    @classmethod
    def of(cls, grid: Grid, records: Sequence[Record]) -> _Top:
        texts = tuple(map(_heading, records[0].values))
        nameless = [place for place, text in enumerate(texts) if not text]
        covered = _covered(grid.merges, records[0].number, len(texts))
        filled = {place: row for place in nameless if (row := _first_filled(records, place))}
        kept = tuple(place for place, text in enumerate(texts) if text)
        unexplained = {place: row for place, row in filled.items() if not covered[place]}
        return cls(records[0].number, texts, kept, unexplained)


def _heading(stored: Stored) -> str:
    return "" if stored == UNCOMPUTED else " ".join(text_of(stored).split())


def _first_filled(records: Iterable[Record], place: int) -> int | None:
    for record in records:
        if place < len(record.values) and not _is_blank(record.values[place]):
            return record.number
    return None


def _covered(merges: Iterable[Merge], row: int, width: int) -> Sequence[int]:
    """Of each column whether a merged heading in ``row`` hides it."""
    hidden = bytearray(width)
    for merge in merges:
        if merge.top <= row <= merge.bottom:
            last = min(merge.right + 1, width)
            hidden[merge.left : last] = b"\1" * (last - merge.left)
    return hidden


def _covered_cells(grid: Grid, top: _Top) -> Iterator[Where]:
    """The cells that a merged one hides; of one that reaches far, no more than the rows there are."""
    last = max((record.number for record in grid.records), default=0)
    for merge in grid.merges:
        for row in range(max(merge.top, top.row + 1), min(merge.bottom, last) + 1):
            for place in range(merge.left, min(merge.right + 1, len(top.texts))):
                yield _where(grid, row, _label(top, place))


def _faults(grid: Grid, top: _Top, records: Sequence[Record]) -> Iterator[Fault]:
    yield from _few(grid, top, _nameless_columns(grid, top))
    yield from _few(grid, top, _repeated_headings(grid, top))
    merges = _by_top(grid.merges)
    for record in records:
        for merge in merges.get(record.number, ()):
            yield from _merged_cells(grid, top, record, merge)
        yield from _too_many_cells(grid, top, record)
        if not _NO_VALUES.isdisjoint(record.values):
            yield from _no_values(grid, top, record)


def _few(grid: Grid, top: _Top, found: Iterator[Fault]) -> Iterator[Fault]:
    """The first columns, and of a sheet that is far too wide how many more: they are all alike."""
    yield from islice(found, FEW)
    more = sum(1 for _ in found)
    if more:
        what = Text(
            f"还有{more}列有同样的问题", f"{more} more columns are at fault like those above"
        )
        mend = Text("请一并改正，或者删去多余的列", "mend them too, or remove what is too much")
        yield Fault("more-columns", what, mend, _where(grid, top.row, ""))


def _nameless_columns(grid: Grid, top: _Top) -> Iterator[Fault]:
    for place, row in top.first_filled.items():
        what = Text(
            f"这一列没有列标题，但从第{row}行起有内容",
            f"this column has no heading, yet it holds something from row {row} on",
        )
        mend = Text(
            "请写上列标题，或清空这一列；列标题应在第一行，上方不留表名",
            "give it a heading, or clear the column; headings come first, with no title above",
        )
        yield Fault("blank-heading", what, mend, _where(grid, top.row, letters(place)))


def _repeated_headings(grid: Grid, top: _Top) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for place in top.kept:
        first = seen.setdefault(heading_key(top.texts[place]), place)
        if first != place:
            yield _repeated(grid, top, place, first)


def _repeated(grid: Grid, top: _Top, place: int, first: int) -> Fault:
    what = Text(
        f"列标题“{top.texts[place]}”与{letters(first)}列重复",
        f"the heading {top.texts[place]!r} stands over column {letters(first)} as well",
    )
    mend = Text("请改名或删去其中一列", "rename or remove one of the two columns")
    return Fault("duplicate-heading", what, mend, _where(grid, top.row, _label(top, place)))


def _by_top(merges: Iterable[Merge]) -> dict[int, list[Merge]]:
    found: dict[int, list[Merge]] = {}
    for merge in merges:
        found.setdefault(merge.top, []).append(merge)
    return found


def _merged_cells(grid: Grid, top: _Top, record: Record, merge: Merge) -> Iterator[Fault]:
    if _is_empty(record.values[merge.left : merge.left + 1]):
        return
    span = f"{letters(merge.left)}{merge.top}:{letters(merge.right)}{merge.bottom}"
    where = _where(grid, merge.top, _label(top, merge.left))
    is_heading = merge.top == top.row
    yield _merged_heading(span, where) if is_heading else _merged_values(span, where)


def _merged_heading(span: str, where: Where) -> Fault:
    return Fault(
        "merged-heading",
        Text(
            f"列标题行有合并单元格（{span}），分不清各列的标题",
            f"the headings hold merged cells ({span}), so a column has no heading of its own",
        ),
        Text(
            "请删去表名行、取消合并，使第一行每列各有一个标题",
            "remove a title above the headings, unmerge, and give each column one heading",
        ),
        where,
    )


def _merged_values(span: str, where: Where) -> Fault:
    return Fault(
        "merged-cells",
        Text(
            f"数据中有合并单元格（{span}），只有左上角一格有值，其余会被当作空白",
            f"the data hold merged cells ({span}): only the first has the value, "
            "the rest would count as blank",
        ),
        Text("请取消合并，逐格填写", "unmerge them and fill in each cell"),
        where,
    )


def _too_many_cells(grid: Grid, top: _Top, record: Record) -> Iterator[Fault]:
    beyond = islice(enumerate(record.values), len(top.texts), None)
    extra = next((place for place, stored in beyond if not _is_blank(stored)), None)
    if extra is None:
        return
    what = Text(
        f"此行的内容超出了{len(top.texts)}个列标题",
        f"this row has more cells than there are headings ({len(top.texts)})",
    )
    mend = Text(
        "请补上列标题或删去多余的单元格；单元格内有分隔符时请加引号",
        "add a heading or remove the cell; quote a cell that holds the separator",
    )
    where = _where(grid, record.number, letters(extra), record.line)
    yield Fault("too-many-cells", what, mend, where)


def _no_values(grid: Grid, top: _Top, record: Record) -> Iterator[Fault]:
    for place, stored in enumerate(record.values):
        where = _where(grid, record.number, _label(top, place), record.line)
        if fault := without_value(stored, where):
            yield fault


def without_value(stored: Stored, where: Where) -> Fault | None:
    """The fault of a cell whose formula failed, or was never computed."""
    if stored == UNCOMPUTED:
        return _uncomputed(where)
    return _error_value(str(stored), where) if stored in ERROR_VALUES else None


def _error_value(stored: str, where: Where) -> Fault:
    what = Text(f"单元格是Excel的错误值{stored}", f"the cell holds Excel's error value {stored}")
    mend = Text("请改正公式，或填入数值", "mend the formula, or enter the value")
    return Fault("error-value", what, mend, where)


def _uncomputed(where: Where) -> Fault:
    return Fault(
        "formula-without-value",
        Text(
            "单元格有公式而没有计算结果，其值无从得知",
            "the cell has a formula but no computed value, so what it holds is not known",
        ),
        Text(
            "请在Excel或WPS中打开并保存一次，或改填数值",
            "open and save the file in Excel once, or enter the value itself",
        ),
        where,
    )


def _label(top: _Top, place: int) -> str:
    text = top.texts[place] if place < len(top.texts) else ""
    return str(Column(letters(place), text)) if text else letters(place)


def _where(grid: Grid, row: int, column: str, line: int | None = None) -> Where:
    return Where(grid.file, grid.name, line, row, column)


def _at_most(faults: Iterable[Fault]) -> Iterator[Fault]:
    rest = iter(faults)
    yield from islice(rest, MOST_FAULTS)
    more = sum(1 for _ in rest)
    if more:
        what = Text(f"另有{more}处错误未列出", f"{more} more faults are not listed")
        mend = Text("请先改正以上各处", "mend those above first")
        yield Fault("more-faults", what, mend)


def _nothing(grid: Grid) -> Fault:
    return empty_file(grid.file).at(Where(file=grid.file, sheet=grid.name))


def _sheet(grid: Grid, top: _Top, records: Iterable[Record]) -> Sheet:
    columns = tuple(Column(letters(place), top.texts[place]) for place in top.kept)
    positions = {heading_key(column.heading): at for at, column in enumerate(columns)}
    head = Head(grid.file, grid.name, top.row, columns, positions)
    width = len(top.texts)
    rows = (
        Row(record.number, _kept(record.values, top.kept, width), head, record.line)
        for record in records
    )
    return Sheet(head, tuple(rows))


def _kept(values: Sequence[Stored], kept: tuple[int, ...], width: int) -> tuple[Stored, ...]:
    if len(values) < width:
        values = (*values, *[""] * (width - len(values)))
    if len(kept) == width == len(values):
        return tuple(values)
    return tuple(values[place] for place in kept)
