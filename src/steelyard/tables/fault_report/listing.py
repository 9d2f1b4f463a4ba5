"""The first sheet: every fault with its place, and a link to the cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault
from steelyard.tables.fault_report.marks import FILLS
from steelyard.tables.fault_report.sources import AROUND, Source
from steelyard.tables.fault_report.texts import lines_of, put_text, width_of
from steelyard.tables.grid import UNCOMPUTED
from steelyard.tables.sheet import Stored, text_of
from steelyard.tables.tabs import LIST_OF_FAULTS

if TYPE_CHECKING:
    from openpyxl import Workbook

NAME = LIST_OF_FAULTS
TITLE = Text("数据错误清单", "Faults in the data")

MOST_LINKS = 60_000
"""Excel opens no sheet with more than 65,530."""

_COLUMNS = (
    (Text("序号", "No."), 7),
    (Text("文件", "File"), 24),
    (Text("工作表", "Sheet"), 14),
    (Text("行", "Row"), 9),
    (Text("列", "Column"), 18),
    (Text("原值", "Value"), 20),
    (Text("问题", "What is wrong"), 46),
    (Text("改法", "What to do"), 46),
    (Text("级别", "Level"), 9),
)
_ROW, _COLUMN = 4, 5
_LEVELS = {"error": Text("错误", "error"), "warning": Text("提醒", "warning")}
_UNCOMPUTED = Text("（公式，无计算结果）", "(a formula without a value)")
_FONTS = {"zh": "宋体", "en": "Calibri"}
_LINE = 15.0
_TALLEST = 400.0


@dataclass(frozen=True, slots=True)
class Entry:
    """One fault of the list: what the file holds there, and the cell that it leads to."""

    fault: Fault
    value: Stored = ""
    cell: Any | None = None


def write_list(
    book: Workbook, name: str, entries: Sequence[Entry], sources: Sequence[Source], lang: Lang
) -> None:
    """Put the list before the other sheets, and open the workbook there."""
    sheet: Any = book.create_sheet(name, 0)
    page = _Page(sheet, lang)
    page.say(TITLE, bold=True, size=14)
    for note in _notes(entries, sources):
        page.say(note)
    page.head()
    for number, entry in enumerate(entries, 1):
        page.entry(number, entry)
    page.finish()
    for other in book.worksheets:
        other.sheet_view.tabSelected = False
    book.active = 0


class _Page:
    """Writes the sheet from top to bottom."""

    def __init__(self, sheet: Any, lang: Lang) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        self.sheet, self.lang, self.row, self.top = sheet, lang, 0, 0
        line = Side("thin", color="FFB8C2C9")
        self.border = Border(line, line, line, line)
        self.wrapped = Alignment(vertical="top", wrap_text=True)
        self.centred = Alignment(horizontal="center", vertical="top")
        self.font = Font(name=_FONTS[lang], size=11)
        self.bold = Font(name=_FONTS[lang], size=11, bold=True)
        self.link = Font(name=_FONTS[lang], size=11, color="FF0563C1", underline="single")
        self.shade = PatternFill("solid", fgColor="FFEDF2F5")
        self.fills = {level: PatternFill("solid", fgColor=fill) for level, fill in FILLS.items()}

    def say(self, text: Text, *, bold: bool = False, size: int = 11) -> None:
        from openpyxl.styles import Font

        self.row += 1
        said, width = text.say(self.lang), sum(width for _, width in _COLUMNS)
        cell = self.sheet.cell(self.row, 1)
        put_text(cell, said)
        cell.font = Font(name=_FONTS[self.lang], size=size, bold=bold)
        cell.alignment = self.wrapped
        self.sheet.merge_cells(None, self.row, 1, self.row, len(_COLUMNS))
        lines = lines_of(said, width=width - len(_COLUMNS))
        self.sheet.row_dimensions[self.row].height = lines * _LINE + (size - 8)

    def head(self) -> None:
        self.row += 2
        self.top = self.row
        for column, (heading, _) in enumerate(_COLUMNS, 1):
            cell = self._cell(column, heading.say(self.lang))
            cell.font, cell.fill = self.bold, self.shade

    def entry(self, number: int, entry: Entry) -> None:
        self.row += 1
        fault, where, lang = entry.fault, entry.fault.where, self.lang
        value = _UNCOMPUTED.say(lang) if entry.value == UNCOMPUTED else text_of(entry.value)
        row = where.row or where.line or ""
        column = where.column or where.key
        what, mend = fault.what.say(lang), fault.mend.say(lang)
        texts = (number, where.file, where.sheet, row, column, value, what, mend)
        for place, text in enumerate((*texts, _LEVELS[fault.level].say(lang)), 1):
            self._cell(place, text)
        self.sheet.cell(self.row, len(_COLUMNS)).fill = self.fills[fault.level]
        self.sheet.row_dimensions[self.row].height = _height(texts)
        if entry.cell is not None and number <= MOST_LINKS:
            self._link(_ROW if row else _COLUMN, entry.cell)

    def _cell(self, column: int, value: str | int) -> Any:
        cell = self.sheet.cell(self.row, column)
        if isinstance(value, str):
            put_text(cell, value)
        else:
            cell.value = value
        is_number = not isinstance(value, str)
        cell.font, cell.border = self.font, self.border
        cell.alignment = self.centred if is_number else self.wrapped
        return cell

    def _link(self, column: int, to: Any) -> None:
        from openpyxl.worksheet.hyperlink import Hyperlink

        cell = self.sheet.cell(self.row, column)
        sheet = to.parent.title.replace("'", "''")
        cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!{to.coordinate}")
        cell.font = self.link

    def finish(self) -> None:
        from openpyxl.utils import get_column_letter

        sheet, last = self.sheet, get_column_letter(len(_COLUMNS))
        for column, (_, width) in enumerate(_COLUMNS, 1):
            sheet.column_dimensions[get_column_letter(column)].width = width
        sheet.auto_filter.ref = f"A{self.top}:{last}{self.row}"
        sheet.freeze_panes = f"A{self.top + 1}"
        sheet.print_title_rows = f"{self.top}:{self.top}"
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _height(texts: Sequence[str | int]) -> float:
    """Points; set here because not every program fits the height of wrapped rows by itself."""
    columns = zip(texts, (width for _, width in _COLUMNS), strict=False)
    lines = max(
        lines_of(str(text), width=width - 2) for text, width in columns if width_of(str(text))
    )
    return min(lines * _LINE + 3, _TALLEST)


def _notes(entries: Sequence[Entry], sources: Sequence[Source]) -> list[Text]:
    return [
        _counted(entries),
        Text(
            "点“行”或“列”中的链接可到该单元格；有问题的单元格已标色，批注写明问题和改法。"
            "整行的问题标在该行第一格，整列的问题标在列标题。",
            "The links lead to the cells. Each bad cell is coloured, and its comment says what is "
            "wrong and what to do. A fault of a whole row stands at its first cell, one of a whole "
            "column at its heading.",
        ),
        _sending_again(sources),
        *(_on_source(source) for source in sources if not source.is_readable),
        *(_excerpt(source, page.total) for source in sources for page in source.pages
          if page.is_excerpt),
    ]  # fmt: skip


def _counted(entries: Sequence[Entry]) -> Text:
    errors = sum(entry.fault.level == "error" for entry in entries)
    warnings = len(entries) - errors
    return Text(
        f"共{len(entries)}个问题：错误{errors}个，须改正；提醒{warnings}个，请核对。",
        f"Faults in all: {len(entries)}. Errors, which must be mended: {errors}. "
        f"Warnings, to be looked at: {warnings}.",
    )


def _sending_again(sources: Sequence[Source]) -> Text:
    is_whole = all(source.is_readable for source in sources) and not any(
        page.is_excerpt for source in sources for page in source.pages
    )
    if len(sources) == 1 and is_whole:
        return Text(
            "可直接在本工作簿中改正，删去本表后重新报送。公式已换为计算结果，宏未保留。",
            "You may mend this workbook itself, delete this sheet and send it again. Formulas "
            "have been replaced by their values; macros are not kept.",
        )
    return Text(
        "请在原文件中改正后重新报送。公式已换为计算结果，宏未保留。",
        "Mend the files themselves and send them again. Formulas have been replaced by their "
        "values; macros are not kept.",
    )


def _on_source(source: Source) -> Text:
    return Text(
        f"“{source.name}”无法打开，其问题只列在本表中。",
        f"{source.name} cannot be opened: its faults stand in this list alone.",
    )


def _excerpt(source: Source, total: int) -> Text:
    return Text(
        f"“{source.name}”有{total:,}行，此处只保留列标题、有问题的行及其前后各{AROUND}行；"
        "最后一列是原文件的行号。",
        f"{source.name} has {total:,} rows. Only its headings, the rows with faults and {AROUND} "
        "rows around each are kept here; the last column gives their row in the file.",
    )
