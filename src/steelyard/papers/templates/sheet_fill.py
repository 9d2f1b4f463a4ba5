"""The filled workbook: rows repeated, everything that follows moved, every value a text.

A value becomes a number only where the whole cell asks one field and its format is that of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.papers.templates.fields import Row
from steelyard.papers.templates.language import Problem
from steelyard.papers.templates.sheet_asks import ASK, Reading, asked_in, list_of, readings, rows_of
from steelyard.papers.templates.sheet_heights import Widths, needed, size_of
from steelyard.papers.templates.sheet_moves import Here, Moves, moved_area, moved_formula

_LONGEST = 32_767
"""Characters that a cell of Excel holds."""
_MOST_ROWS = 100_000
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
"""Excel reads ``_x0041_`` as A; the underscore in front is written as ``_x005F_`` then."""
_NUMBER = re.compile(r"-?(?:0|[1-9]\d*|[1-9]\d{0,2}(?:,\d{3})+)(?:\.\d+)?%?")
_RUNS = re.compile(r"\s*[=+\-@＝＋－＠]")
_EXACT_DIGITS = 15
_ONE_LINE = 20.0


@dataclass(frozen=True, slots=True)
class _Plan:
    """One sheet: what stands in each repeated row, and where everything goes."""

    sheet: Any
    repeated: Mapping[int, tuple[Reading, ...]]

    @property
    def moves(self) -> Moves:
        return Moves({row: len(found) for row, found in self.repeated.items()})


def fill_book(book: Any, values: Row) -> list[Fault]:
    """Fill a workbook that was checked, in place. What is too long is said, and the workbook is lost then."""
    plans = [_plan(sheet, values) for sheet in book.worksheets]
    faults = [_too_many(plan) for plan in plans if sum(plan.moves.times.values()) > _MOST_ROWS]
    if faults:
        return faults
    all_moves = {plan.sheet.title: plan.moves for plan in plans}
    for plan in plans:
        faults += _Filling(plan, values, all_moves).fill()
    _move_names(book.defined_names, all_moves, "")
    book.calculation.fullCalcOnLoad = True
    return faults


def _plan(sheet: Any, values: Row) -> _Plan:
    repeated = {}
    for row, cells in rows_of(sheet):
        found = list_of(asked_in(cells))
        if found and not isinstance(found, Problem):
            repeated[row] = tuple(readings(values, found))
    return _Plan(sheet, repeated)


class _Filling:
    """One sheet on its way from template to paper."""

    def __init__(self, plan: _Plan, values: Row, all_moves: Mapping[str, Moves]) -> None:
        self.sheet, self.plan, self.all_moves = plan.sheet, plan, all_moves
        self.moves = plan.moves
        self.alone = next(readings(values, ()))
        self.faults: list[Fault] = []
        self._filled: list[tuple[Any, str]] = []

    def fill(self) -> list[Fault]:
        self._merges()
        self._cells()
        self._heights()
        self._breaks()
        self._validations()
        self._conditions()
        self._printing()
        return self.faults

    def _copies(self, row: int) -> Iterator[tuple[int, int, Reading]]:
        """Each copy of a row of the template: which, where it stands, and what is read in it."""
        found = self.plan.repeated.get(row, (self.alone,))
        for copied, reading in enumerate(found):
            yield copied, self.moves.first(row) + copied, reading

    def _cells(self) -> None:
        old = sorted(self.sheet._cells.items())
        self.sheet._cells.clear()
        for (row, column), cell in old:
            for copied, to, reading in self._copies(row):
                made = type(cell)(self.sheet, row=to, column=column)
                made._style = copy(cell._style)
                if hasattr(cell, "data_type") and cell.value is not None:
                    self._put(made, cell, reading, Here(self.sheet.title, row, copied))
                if getattr(cell, "hyperlink", None):
                    made._hyperlink = copy(cell.hyperlink)
                    made._hyperlink.ref = made.coordinate
                self.sheet._cells[to, column] = made
        links = [
            one._hyperlink for one in self.sheet._cells.values() if getattr(one, "_hyperlink", None)
        ]
        self.sheet._hyperlinks = links

    def _put(self, made: Any, cell: Any, reading: Reading, here: Here) -> None:
        if cell.data_type == "f":
            made.value = moved_formula(cell.value, self.all_moves, here)
        elif not isinstance(cell.value, str) or not ASK.search(cell.value):
            made._value, made.data_type = cell.value, cell.data_type
        else:
            text = reading.fill(cell.value)
            number = self._number(cell, text)
            if number is None:
                self._text(made, text)
            else:
                made.value = number

    def _number(self, cell: Any, text: str) -> int | float | None:
        if not ASK.fullmatch(cell.value.strip()):
            return None
        return as_number(text, cell.number_format)

    def _text(self, made: Any, text: str) -> None:
        written = _ESCAPE.sub("_x005F_", text)
        if len(text) > _LONGEST:
            self.faults.append(_too_long(self.sheet.title, made, len(text)))
            return
        made._value, made.data_type = written, "s"
        self._filled.append((made, text))
        if _RUNS.match(text):
            made._style.quotePrefix = 1  # stays a text when somebody edits it
        if "\n" in text and not made.alignment.wrap_text:
            alignment = copy(made.alignment)
            alignment.wrap_text = True
            made.alignment = alignment

    def _heights(self) -> None:
        old = sorted(self.sheet.row_dimensions.items())
        self.sheet.row_dimensions.clear()
        for row, dimension in old:
            for _, to, _ in self._copies(row):
                made = copy(dimension)
                made.index = to
                self.sheet.row_dimensions[to] = made
        self._make_room()

    def _make_room(self) -> None:
        """A height of the template is the least: what is filled in may need more.

        A row without one too: Excel would measure it as it opens the file, LibreOffice does not.
        """
        widths = Widths(self.sheet)
        for cell, text in self._filled:
            row = self.sheet.row_dimensions[cell.row]
            high = needed(text, widths.of(cell), size_of(cell))
            lines = high if cell.alignment.wrap_text else 0.0
            if lines > (row.height or _ONE_LINE):
                row.height = lines

    def _merges(self) -> None:
        merged = list(self.sheet.merged_cells.ranges)
        self.sheet.merged_cells.ranges.clear()
        for one in merged:
            if one.min_row == one.max_row:
                rows = [(to, to) for _, to, _ in self._copies(one.min_row)]
            else:
                rows = [self.moves.span(one.min_row, one.max_row) or (0, 0)]
            for top, bottom in rows:
                made = copy(one)
                made.min_row, made.max_row = top, bottom
                self.sheet.merged_cells.ranges.add(made)

    def _breaks(self) -> None:
        for one in list(self.sheet.row_breaks.brk):
            span = self.moves.span(1, one.id)
            one.id = span[1] if span else 0
        self.sheet.row_breaks.brk = [one for one in self.sheet.row_breaks.brk if one.id]

    def _validations(self) -> None:
        rules = self.sheet.data_validations
        kept = []
        for rule in rules.dataValidation:
            where = self._areas(str(rule.sqref))
            if not where:
                continue
            rule.sqref = type(rule.sqref)(where)
            rule.formula1, rule.formula2 = map(self._rule_formula, (rule.formula1, rule.formula2))
            kept.append(rule)
        rules.dataValidation = kept

    def _conditions(self) -> None:
        from openpyxl.formatting.formatting import ConditionalFormattingList

        old, made = self.sheet.conditional_formatting, ConditionalFormattingList()
        for one in old:
            where = self._areas(str(one.sqref))
            for rule in one.rules if where else ():
                rule.formula = [self._rule_formula(formula) or "FALSE" for formula in rule.formula]
                made.add(where, rule)
        self.sheet.conditional_formatting = made

    def _rule_formula(self, formula: str | None) -> str | None:
        if not formula:
            return formula
        found = moved_formula(f"={formula}", self.all_moves, Here(self.sheet.title))
        return found[1:] if found else None

    def _areas(self, areas: str) -> str:
        """Several areas, each moved; what is not left is left out."""
        moved = (
            moved_area(_doubled(one), self.moves, Here(self.sheet.title)) for one in areas.split()
        )
        return " ".join(one for one in moved if one)

    def _printing(self) -> None:
        sheet = self.sheet
        if sheet.print_area:
            areas = [one.rpartition("!")[2] for one in sheet.print_area.split(",")]
            sheet.print_area = self._areas(" ".join(areas)).replace("$", "").replace(" ", ",")
        if sheet.print_title_rows:
            moved = moved_area(sheet.print_title_rows, self.moves, Here(sheet.title))
            sheet.print_title_rows = moved
        if sheet.auto_filter.ref:
            sheet.auto_filter.ref = self._areas(sheet.auto_filter.ref) or None
        if sheet.freeze_panes:
            sheet.freeze_panes = self._frozen(sheet.freeze_panes)
        _move_names(sheet.defined_names, self.all_moves, sheet.title)

    def _frozen(self, cell: str) -> str:
        column, row = re.fullmatch(r"([A-Z]+)(\d+)", cell).groups()  # type: ignore[union-attr]
        return f"{column}{self.moves.first(int(row))}"


def _doubled(area: str) -> str:
    """One cell as an area, which can grow.

    >>> _doubled("C5"), _doubled("C5:D5")
    ('C5:C5', 'C5:D5')
    """
    return area if ":" in area else f"{area}:{area}"


def _move_names(names: Any, all_moves: Mapping[str, Moves], sheet: str) -> None:
    for defined in names.values():
        moved = moved_formula(f"={defined.attr_text}", all_moves, Here(sheet))
        defined.attr_text = moved[1:] if moved else "#REF!"


def as_number(text: str, number_format: str) -> int | float | None:
    """The number that a text is, if its cell is for numbers and none of its digits would be lost.

    >>> as_number("1,234.50", "0.00"), as_number("12%", "0%"), as_number("007", "0"), as_number("5", "@")
    (1234.5, 0.12, None, None)
    """
    from openpyxl.styles.numbers import is_date_format

    bare = re.sub(r'"[^"]*"|\\.|\[[^\]]*\]', "", number_format)
    is_numeric = re.search(r"[0#?]", bare) and not is_date_format(number_format)
    if not is_numeric or not _NUMBER.fullmatch(text):
        return None
    digits = text.replace(",", "").rstrip("%")
    if len(digits.strip("-0.").replace(".", "")) > _EXACT_DIGITS:
        return None
    if text.endswith("%"):
        return float(f"{digits}e-2") if "%" in bare else None
    return float(digits) if "." in digits else int(digits)


def _too_long(sheet: str, cell: Any, length: int) -> Fault:
    return Fault(
        "value-too-long",
        Text(
            f"内容有 {length} 个字符，超过单元格上限 {_LONGEST}",
            f"the text has {length} characters, and a cell holds {_LONGEST}",
        ),
        Text("请改用 Word 模板，或者缩短原文", "use a Word template, or shorten the text"),
        Where(sheet=sheet, row=cell.row, column=cell.column_letter),
    )


def _too_many(plan: _Plan) -> Fault:
    return Fault(
        "too-many-rows",
        Text(f"要填写的行超过 {_MOST_ROWS}", f"there are more than {_MOST_ROWS} rows to fill"),
        Text("请分批导出", "export it in parts"),
        Where(sheet=plan.sheet.title),
    )
