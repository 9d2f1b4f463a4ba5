"""What does this cell say, if its column holds numbers, shares, dates, yes or no, text, codes?

Each question answers with the value, with :class:`Absent`, or with the fault of this cell; nothing
is raised, so that a caller gathers the faults of a whole sheet.

**Missing** is an empty cell, or one of ``—`` ``——`` ``–`` ``−`` ``-`` ``--`` ``/`` ``…`` ``……``
``...`` ``NA`` ``缺`` ``缺失`` ``暂无``, in any case and width. ``0`` is never missing; nor is
``NaN``, which is a failed computation and a fault. **Not applicable** is ``不适用``, ``N/A`` or
``not applicable``, and is another answer than missing. In a column of codes ``NA`` is a code: it is
Namibia's.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable
from enum import Enum
from fractions import Fraction
from typing import TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, plain
from steelyard.kernel.faults import Fault
from steelyard.tables.sheet import Cell, trimmed

_T = TypeVar("_T")


class Absent(Enum):
    """Why a cell gives no value."""

    MISSING = "missing"
    NOT_APPLICABLE = "not-applicable"


_BLANKS = frozenset({"", "—", "——", "–", "−", "-", "--", "/", "...", "......"})
MISSING = _BLANKS | {"na", "缺", "缺失", "暂无"}
"""What stands for a missing value, in compatibility form (NFKC) and lower case."""

NOT_APPLICABLE = frozenset({"不适用", "n/a", "not applicable"})

YES = frozenset({"是", "有", "√", "yes", "y", "true", "1"})
NO = frozenset({"否", "无", "×", "no", "n", "false", "0"})

LONGEST_EXACT_CODE = 15
"""Digits. Excel keeps no more of a number; what follows in a longer code is lost."""

_DAY = re.compile(
    r"(?P<year>[0-9]{4})(?:(?P<mark>[-/.])(?P<month>[0-9]{1,2})(?P=mark)(?P<day>[0-9]{1,2})"
    r"|年(?P<month_zh>[0-9]{1,2})月(?P<day_zh>[0-9]{1,2})日)"
    r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.][0-9]{1,9})?)?)?"
)


def absent(cell: Cell) -> Absent | None:
    """Why the cell gives no value, or None where it gives one."""
    return _absent(cell, MISSING)


def present(answer: _T | Absent | Fault, cell: Cell) -> _T | Fault:
    """``answer``, where a value must be given: that it is absent becomes a fault."""
    if not isinstance(answer, Absent):
        return answer
    what = Text(f"“{cell.heading}”没有填", f"{cell.heading!r} is not filled in")
    if answer is Absent.NOT_APPLICABLE:
        what = Text(f"“{cell.heading}”不能填“不适用”", f"{cell.heading!r} is always applicable")
    mend = Text("此格必填，请补上", "enter a value; it is required here")
    return Fault(answer.value, what, mend, cell.where)


def number(cell: Cell) -> Fraction | Absent | Fault:
    """An exact number: ``12``, ``-0.5``, ``1,234.5``, ``92.3%``, ``1/3``."""
    return _answer(cell, _number)


def share(cell: Cell) -> Fraction | Absent | Fault:
    """A share of a whole, from 0 to 1: ``0.923`` or ``92.3%``."""
    return _answer(cell, _share)


def date(cell: Cell) -> datetime.date | Absent | Fault:
    """A day: a cell that Excel knows as a date, or ``2021-03-05``, ``2021/3/5``, ``2021年3月5日``.

    A time of day is left off. A bare number is no date, nor is one without a year of four digits.
    """
    return _answer(cell, _date)


def yes_no(cell: Cell) -> bool | Absent | Fault:
    """是/否, 有/无, √/×, yes/no, y/n, true/false, 1/0, in any case and width."""
    return _answer(cell, _yes_no)


def text(cell: Cell) -> str | Absent:
    """What the cell says, trimmed."""
    return absent(cell) or trimmed(cell.text)


def code(cell: Cell) -> str | Absent | Fault:
    """A code, in half width: no spaces inside; not one that Excel has changed.

    Only an empty cell and dashes are missing. A code that is a number keeps its digits.
    """
    return _absent(cell, _BLANKS) or _code(cell)


def _answer(cell: Cell, question: Callable[[Cell], _T | Fault]) -> _T | Absent | Fault:
    return absent(cell) or question(cell)


def _absent(cell: Cell, missing: frozenset[str]) -> Absent | None:
    said = _said(cell)
    if said in missing:
        return Absent.MISSING
    return Absent.NOT_APPLICABLE if said in NOT_APPLICABLE else None


def _said(cell: Cell) -> str:
    return trimmed(unicodedata.normalize("NFKC", cell.text)).casefold()


def _number(cell: Cell) -> Fraction | Fault:
    found = cell.number
    if found is not None:
        return found
    mend = Text(
        "请只填一个数，不带单位和文字；没有数据请留空",
        "enter one number without unit or words; leave the cell empty if there is none",
    )
    return _unlike(cell, "not-a-number", Text("不是数", "is not a number"), mend)


def _share(cell: Cell) -> Fraction | Fault:
    found = _number(cell)
    if isinstance(found, Fault) or 0 <= found <= 1:
        return found
    what = Text("不在0到1（0%到100%）之间", "is not between 0 and 1 (0% and 100%)")
    mend = Text("请填写如0.923或92.3%", "write for instance 0.923 or 92.3%")
    if 1 < found <= 100:
        meant = percent(found / 100, 4)
        mend = Text(f"若是{meant}，请带百分号", f"if it means {meant}, write the percent sign")
    return _unlike(cell, "not-a-share", what, mend)


def _date(cell: Cell) -> datetime.date | Fault:
    if isinstance(cell.stored, datetime.datetime):
        return cell.stored.date()
    if isinstance(cell.stored, datetime.date):
        return cell.stored
    found = _DAY.fullmatch(trimmed(unicodedata.normalize("NFKC", cell.text)))
    day = _day(found) if found and isinstance(cell.stored, str) else None
    return day or _no_date(cell)


def _day(found: re.Match[str]) -> datetime.date | None:
    month, day = found["month"] or found["month_zh"], found["day"] or found["day_zh"]
    try:
        return datetime.date(int(found["year"]), int(month), int(day))
    except ValueError:
        return None


def _no_date(cell: Cell) -> Fault:
    mend = Text("请写成2021-03-05或2021年3月5日", "write it as 2021-03-05")
    if cell.number is not None:
        mend = Text(
            "请将单元格格式设为日期，或写成2021-03-05",
            "format the cell as a date, or write it as 2021-03-05",
        )
    return _unlike(cell, "not-a-date", Text("不是日期", "is not a date"), mend)


def _yes_no(cell: Cell) -> bool | Fault:
    said = _said(cell)
    if said in YES or said in NO:
        return said in YES
    mend = Text("请填“是”或“否”", "write yes or no")
    return _unlike(cell, "not-yes-or-no", Text("既非“是”也非“否”", "is neither yes nor no"), mend)


def _code(cell: Cell) -> str | Fault:
    if not isinstance(cell.stored, str):
        return _typed_code(cell)
    found = trimmed(unicodedata.normalize("NFKC", cell.text))
    if found.isprintable() and " " not in found:
        return found
    what = Text(
        "中间有空格或换行，不能作代码", "has a space or a line break inside, as no code has"
    )
    return _unlike(cell, "not-a-code", what, Text("请删去空格和换行", "remove it"))


def _typed_code(cell: Cell) -> str | Fault:
    """A code in a cell that Excel took for something else: a number, or even a date."""
    if cell.number is None:
        what = Text(
            "已被Excel当作日期或真假值", "has been taken by Excel for a date or a truth value"
        )
        return _unlike(cell, "not-a-code", what, _AS_TEXT)
    digits = plain(abs(cell.number)).replace(".", "")
    if len(digits) > LONGEST_EXACT_CODE:
        what = Text(
            "超过15位，Excel已丢失末位数字", "has more than 15 digits: Excel has lost the last"
        )
        return _unlike(cell, "not-a-code", what, _AS_TEXT)
    return cell.text


_AS_TEXT = Text(
    "请将该列格式设为文本，再重新填写代码",
    "format the column as text and enter the code again",
)


def _unlike(cell: Cell, fault: str, what: Text, mend: Text) -> Fault:
    found = _quoted(cell.text)
    return Fault(fault, Text(f"“{found}”{what.zh}", f"“{found}” {what.en}"), mend, cell.where)


def _quoted(found: str) -> str:
    """As much of a cell as a message can bear, on one line."""
    line = "".join(c if c.isprintable() else " " for c in found[:200]).strip()
    return line if len(line) <= 40 else f"{line[:40]}…"
