"""The lines of a table under its headings: what each one is, before it has a place in the tree.

A table may go on over several pages, in Word as several tables with the same headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from steelyard.scheme.office import asides
from steelyard.scheme.office.headings import Heading, find_heading, is_repeated
from steelyard.scheme.office.points import read_points
from steelyard.scheme.office.sheets import Cell, Sheet

LineKind = Literal["item", "section", "total", "veto", "note", "grades", "alone", "loose", "paper"]
SectionKind = Literal["item", "bonus", "deduction", "veto", "group"]
_SECTIONS: tuple[tuple[SectionKind, re.Pattern[str]], ...] = (
    (
        "veto",
        re.compile("一票否[决优]|否决(?:项|事项|情形|指标)|vetoes?|veto items", re.IGNORECASE),
    ),
    ("bonus", re.compile("加分|附加分|奖励(?:项|分)|bonus", re.IGNORECASE)),
    ("deduction", re.compile("扣分|减分|deductions?", re.IGNORECASE)),
    ("item", re.compile("基[本础](?:项|分|指标)|共性指标|考核项目|items", re.IGNORECASE)),
)
_ADDS_AND_TAKES = re.compile("加[减扣]分|加分[、和与及]?[扣减]分")
_LONGEST_SECTION = 40
_VETO_WORDS = re.compile(
    "一票否[决优]|(?:不得|不能|不可|不予|不应|不参[与加]|取消).{0,8}(?:评[为定优先]|(?:定|认定|列)为)"
    "|最高.{0,3}[评定]为|[评定]为.{0,4}不合格|降低?[1-3一二两三]个?(?:等次|等级|档次)"
    "|(?:等次|等级|档次)降低?[1-3一二两三]|veto",
    re.IGNORECASE,
)

_SAYS_A_VETO = re.compile(
    "[:：].+|[，,]|.的(?:实行|予以|给予|直接)?一票否[决优](?!项|事项|情形|指标)"
)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table. ``text`` is that of a row which is no item.

    *alone*: of one narrow cell, until all rows are known; *loose*: it stayed so, and nobody knows what
    it is; *paper*: room for names and days, which is no part of a scheme.
    """

    kind: LineKind
    sheet: Sheet
    row: int
    text: str = ""
    section: SectionKind = "item"


@dataclass(frozen=True, slots=True)
class Table:
    """The scoring table: its headings, its lines in order, and the text around it."""

    sheet: Sheet
    heading: Heading
    lines: tuple[Line, ...]
    above: tuple[str, ...]
    below: tuple[str, ...]
    left_out: tuple[Sheet, ...]
    """Other tables with scoring headings, which are not part of it."""
    parts: tuple[Sheet, ...]
    """The tables that it stands in: one, or in Word several with the same headings."""


def find_table(sheets: Sequence[Sheet], codes: frozenset[str] = frozenset()) -> Table | None:
    """The longest scoring table of a file, with the tables that go on with it.

    A row with one of ``codes`` is an item, whatever it is called: we wrote it.
    """
    headed = [(sheet, heading) for sheet in sheets if (heading := find_heading(sheet)) is not None]
    if not headed:
        return None
    sheet, heading = max(headed, key=lambda one: one[0].height - one[1].last)
    same = (
        [one for one in headed if one[1].roles == heading.roles]
        if sheet.before or sheet.after
        else []
    )
    parts = same if any(one[0] is sheet for one in same) else [(sheet, heading)]
    above = tuple(_above(*parts[0]))
    titles = frozenset(asides.plain(text) for text in above if text.strip())
    lines = [line for part, head in parts for line in _lines(part, head, codes, titles)]
    return Table(
        sheet, heading, tuple(_settled(lines)), above, parts[-1][0].after,
        tuple(one for one, _ in headed if all(one is not part for part, _ in parts)),
        tuple(one for one, _ in parts),
    )  # fmt: skip


def _above(sheet: Sheet, heading: Heading) -> Iterator[str]:
    yield from sheet.before
    for row in range(heading.first):
        yield from (cell.text for cell in sheet.rows[row] if cell.top == row)


def _lines(
    sheet: Sheet, heading: Heading, codes: frozenset[str], titles: frozenset[str]
) -> Iterator[Line]:
    column = next((column.place for column in heading.of("code")), -1)
    for row in range(heading.last + 1, sheet.height):
        cells = sheet.rows[row]
        code = sheet.at(row, column)
        if code is not None and code.line in codes:
            yield Line("item", sheet, row)
        elif cells and not is_repeated(heading, sheet, row):
            line = _line(sheet, heading, row, cells)
            if asides.plain(line.text) not in titles and not asides.is_page_mark(line.text):
                yield line


def _line(sheet: Sheet, heading: Heading, row: int, cells: tuple[Cell, ...]) -> Line:
    own = next((cell for cell in cells if cell.top == row and not cell.text.isdigit()), cells[0])
    if asides.is_sum(own.text) and not _has_rule(sheet, heading, row):
        return Line("total", sheet, row, own.line)
    if asides.is_to_be_signed(cell.text for cell in cells):
        return Line("paper", sheet, row, "  ".join(cell.line for cell in cells))
    text = _over_the_width(sheet, heading, cells)
    if text is not None:
        return Line("section", sheet, row, text)
    labelled = asides.with_its_label([cell.text for cell in cells])
    if labelled is not None and not _has_points(sheet, heading, row):
        return Line("section", sheet, row, labelled)
    if len(cells) == 1 and cells[0].top == cells[0].bottom == row:
        return Line("alone", sheet, row, cells[0].text)
    return Line("item", sheet, row)


def _has_rule(sheet: Sheet, heading: Heading, row: int) -> bool:
    rules = (sheet.at(row, column.place) for column in heading.of("rule"))
    return any(
        cell is not None and cell.top == row and not asides.is_sum(cell.text) for cell in rules
    )


def _has_points(sheet: Sheet, heading: Heading, row: int) -> bool:
    cells = (sheet.at(row, column.place) for column in heading.of("points"))
    return any(cell is not None and read_points(cell.text) is not None for cell in cells)


def _over_the_width(sheet: Sheet, heading: Heading, cells: tuple[Cell, ...]) -> str | None:
    """The text of a row that is one block over the columns, or that stands alone in the first."""
    if len(cells) != 1 or cells[0].height > 1:
        return None
    cell = cells[0]
    is_wide = cell.right - cell.left + 1 > sheet.width / 2
    first = min(column.place for column in heading.columns)
    is_alone = cell.left <= first and (
        _section_kind(cell.text) is not None or asides.is_note(cell.text)
    )
    is_long_and_alone = cell.left <= first and len(cell.text) > _LONGEST_SECTION
    return cell.text if is_wide or is_alone or is_long_and_alone else None


def is_title_of_vetoes(text: str) -> bool:
    """
    >>> is_title_of_vetoes("四、一票否决事项"), is_title_of_vetoes("一票否决：提供虚假材料的")
    (True, False)
    """
    return _section_kind(text) == "veto" and not _SAYS_A_VETO.search(text)


def says_a_veto(text: str) -> bool:
    """Whether it says what overrules the points, or to be one, understood or not."""
    return _section_kind(text) == "veto" or bool(_VETO_WORDS.search(text))


def _section_kind(text: str) -> SectionKind | None:
    if len(text) > _LONGEST_SECTION:
        return None
    kind = next((kind for kind, words in _SECTIONS if words.search(text)), None)
    return "group" if kind != "veto" and _ADDS_AND_TAKES.search(text) else kind


def _settled(lines: Sequence[Line]) -> Iterator[Line]:
    """Rows over the whole width, told apart: sections with items below, vetoes, notes."""
    section: SectionKind = "item"
    in_notes = False
    for place, line in enumerate(lines):
        if line.kind not in ("section", "alone"):
            section = "item" if line.kind == "total" else section
            in_notes = in_notes and line.kind != "item"
            is_veto = section == "veto" and line.kind == "item"
            yield Line("veto" if is_veto else line.kind, line.sheet, line.row, line.text, section)
            continue
        has_items = any(later.kind == "item" for later in lines[place + 1 :])
        tell = _spanning if line.kind == "section" else _alone
        kind, section, in_notes = tell(line, section, has_items=has_items, in_notes=in_notes)
        yield Line(kind, line.sheet, line.row, line.text, section)


def _spanning(
    line: Line, section: SectionKind, *, has_items: bool, in_notes: bool
) -> tuple[LineKind, SectionKind, bool]:
    text = line.text
    kind = _section_kind(text)
    if asides.speaks_of_grades(text):
        return "grades", section, True
    if asides.is_note(text) or (in_notes and not has_items):
        return "note", section, True
    if kind == "veto" or (kind is None and section == "veto") or _VETO_WORDS.search(text):
        return ("section" if is_title_of_vetoes(text) else "veto"), "veto", False
    if kind is not None:
        return "section", kind, False
    return ("section", "group", False) if has_items else ("note", section, True)


def _alone(
    line: Line, section: SectionKind, *, has_items: bool, in_notes: bool
) -> tuple[LineKind, SectionKind, bool]:
    """A row of one narrow cell. It is an item only where a column of titles has one to draw."""
    text, cell = line.text, line.sheet.rows[line.row][0]
    if asides.speaks_of_grades(text):
        return "grades", section, True
    if asides.is_note(text) or (not has_items and (in_notes or asides.is_grade_label(text))):
        return "note", section, True
    if section == "veto":
        return "veto", section, False
    is_first = cell.left == min(column for _, column in line.sheet.cells)
    if asides.is_part(text) and has_items:
        return "section", "group", False
    return ("item" if has_items or not is_first else "loose"), section, False
