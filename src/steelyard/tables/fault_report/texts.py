"""How does text go into a cell so that it stays text, and how much room does it need?"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from steelyard.tables.neutral import neutral

LONGEST = 32_767
"""Letters of a cell in Excel."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def put_text(cell: Any, text: str, *, number_format: str = "") -> None:
    """Write text that Excel will not run. What looks like a formula has the mark of text
    (``quotePrefix``, the apostrophe that Excel shows), so that it is none when it is edited either.
    """
    said = clean(text)
    cell.value = said
    cell.data_type = "s"
    if number_format:
        cell.number_format = number_format
    if neutral(said) != said:
        cell.quotePrefix = True


def clean(text: str) -> str:
    """``text`` without what no workbook may hold, and no longer than a cell.

    >>> clean("a\\x0bb")
    'a\ufffdb'
    """
    return _NOT_IN_XML.sub("\ufffd", text)[:LONGEST]


def width_of(text: str) -> int:
    """Columns that a line takes; a Chinese character takes two.

    >>> width_of("结案n")
    5
    """
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def lines_of(text: str, *, width: int) -> int:
    """Lines that ``text`` takes where each holds ``width`` columns; a little above, never below.

    >>> lines_of("结案率", width=4), lines_of("a\\n\\nb", width=4)
    (2, 3)
    """
    return sum(-(-max(width_of(line), 1) // width) for line in text.split("\n"))
