"""Text that Excel would run as a formula, made harmless, and given back on reading.

Excel, WPS and LibreOffice run a cell that starts with ``=``, ``+``, ``-`` or ``@``, in full width
too; a tab or a line break in front hides it from the eye. One apostrophe in front makes it text.
Numbers stay as they are: ``-5`` is no formula.

The way back: of a text that is apostrophes and then such a start, the first apostrophe is ours
and is taken away. So that this holds for every text, a text that came with such an apostrophe
gets one more.
Source: OWASP, CSV Injection.
"""

from __future__ import annotations

import re

from steelyard.tables.numerals import numeral

_RISKY = r"(?:[\t\r\n]|\s*[=@+\-＝＠＋－])"
_RUNS = re.compile(f"'*{_RISKY}")
_GUARDED = re.compile(f"'+{_RISKY}")
_HIDDEN_START = ("\t", "\r", "\n")


def neutral(text: str) -> str:
    """``text`` as it may stand in a file that Excel opens.

    >>> neutral("=HYPERLINK(A1)"), neutral("-5"), neutral("结案率")
    ("'=HYPERLINK(A1)", '-5', '结案率')
    """
    if not _RUNS.match(text) or _is_number(text):
        return text
    return f"'{text}"


def restored(text: str) -> str:
    """The text that ``neutral`` was given.

    >>> restored("'=HYPERLINK(A1)"), restored("'tis")
    ('=HYPERLINK(A1)', "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text


def _is_number(text: str) -> bool:
    return not text.startswith(_HIDDEN_START) and numeral(text) is not None
