"""The bad cells: coloured, and with a comment that says what is wrong and what to do.

The marks of an earlier report are taken away first, so that a sheet that was mended and sent again
shows only what is still wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault
from steelyard.tables.fault_report.places import Reach
from steelyard.tables.fault_report.texts import clean, lines_of

if TYPE_CHECKING:
    from openpyxl import Workbook

AUTHOR = "Steelyard 权衡"
"""Who a comment is by; also by what our own are known again."""

FILLS = {"error": "FFFFC7CE", "warning": "FFFFEB9C"}
INKS = {"error": "FF9C0006", "warning": "FF7F6000"}

MOST_SAID = 10
"""Faults of one cell that its comment says; the rest are counted."""

_WIDTH, _COLUMNS = 340, 46
_LINE, _MARGIN, _TALLEST = 18, 14, 640
_REACHES: dict[Reach, Text] = {
    "cell": Text(),
    "row": Text("（整行）", "(whole row) "),
    "column": Text("（整列）", "(whole column) "),
}


def mark(cell: Any, faults: Sequence[tuple[Reach, Fault]], lang: Lang) -> None:
    """Colour the cell and say all its faults in one comment; a comment of the sender's stays."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    level = "error" if any(fault.level == "error" for _, fault in faults) else "warning"
    cell.fill = PatternFill("solid", fgColor=FILLS[level])
    _ink(cell, INKS[level])
    said = [_said(fault, reach, lang) for reach, fault in faults[:MOST_SAID]]
    text = "\n".join(_numbered(said) + _more(len(faults) - len(said), lang) + _before(cell))
    height = min(lines_of(text, width=_COLUMNS) * _LINE + _MARGIN, _TALLEST)
    cell.comment = Comment(clean(text), AUTHOR, height=height, width=_WIDTH)


def _said(fault: Fault, reach: Reach, lang: Lang) -> str:
    what, mend = fault.what.say(lang), fault.mend.say(lang)
    whole = _REACHES[reach].say(lang)
    if lang == "zh":
        return f"{whole}问题：{what}\n改法：{mend}"
    return f"{whole}Wrong: {what}\nTo do: {mend}"


def _numbered(said: Sequence[str]) -> list[str]:
    if len(said) == 1:
        return list(said)
    return [f"{number}. {text}" for number, text in enumerate(said, 1)]


def _more(count: int, lang: Lang) -> list[str]:
    more = Text(f"另有{count}个问题，见错误清单", f"{count} more faults: see the list of faults")
    return [more.say(lang)] if count else []


def _before(cell: Any) -> list[str]:
    """The sender's own comment, under a blank line."""
    if not cell.comment:
        return []
    by = f"{cell.comment.author}: " if cell.comment.author not in (None, "", "None") else ""
    return [f"\n{by}{cell.comment.text}"]


def _ink(cell: Any, ink: str | None) -> None:
    """Dark letters: those of a sender's heading may be white."""
    from openpyxl.styles.colors import Color

    font = copy(cell.font)
    font.color = Color(rgb=ink) if ink else None
    cell.font = font


def unmark(book: Workbook) -> None:
    """Take away the marks of an earlier report; the colour a cell had before it is not known."""
    for sheet in book.worksheets:
        for _, cell in sorted(sheet._cells.items()):
            if cell.comment and cell.comment.author == AUTHOR:
                _unmark(cell)


def _unmark(cell: Any) -> None:
    from openpyxl.styles import PatternFill

    cell.comment = None
    if cell.fill.fgColor.rgb in FILLS.values():
        cell.fill = PatternFill()
    if cell.font.color is not None and cell.font.color.rgb in INKS.values():
        _ink(cell, None)
