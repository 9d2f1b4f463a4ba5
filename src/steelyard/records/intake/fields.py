"""How does a text become a value of a field? Plain writings in SQL, all others one by one.

Most cells are written plainly (``2021-03-05``, ``12.5``); DuckDB takes those by the million. What
is written otherwise (``2021年3月5日``, ``1,234``, 著作权, ``—``) is read as any other sheet is
(:mod:`steelyard.tables.cells`), each distinct text once.
"""

from __future__ import annotations

import datetime
import difflib
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.records.catalogue.model import Field, FieldType
from steelyard.records.intake import names
from steelyard.tables import cells
from steelyard.tables.sheet import Cell, Column, Head, Row

SQL_TYPES: Mapping[FieldType, str] = {
    "text": "VARCHAR", "code": "VARCHAR", "whole": "BIGINT", "number": "DECIMAL(18,6)",
    "money": "DECIMAL(18,2)", "day": "DATE", "yes_no": "BOOLEAN",
}  # fmt: skip
PLACES: Mapping[FieldType, int] = {"whole": 0, "number": 6, "money": 2}
_DIGITS: Mapping[FieldType, int] = {"whole": 18, "number": 12, "money": 16}
_NO_CODE = sorted({"—", "——", "–", "−", "-", "--", "/", "...", "......", "n/a"})
_IN_ABSENT = frozenset("".join(cells.MISSING | cells.NOT_APPLICABLE))
_SURE = "".join(
    letter
    for letter in map(chr, (*range(0x30, 0x3A), *range(0x41, 0x5B), *range(0x61, 0x7B)))
    if letter.casefold() not in _IN_ABSENT
)
_SURE_IDEOGRAPHS = "".join(
    f"{chr(before + 1)}-{chr(after - 1)}"
    for before, after in pairwise(
        sorted([0x4DFF, 0xA000, *(ord(one) for one in _IN_ABSENT if 0x4E00 <= ord(one) < 0xA000)])
    )
)
"""Letters of no writing of "missing": a text with one of them says something."""

_SPACES = "".join(f"\\x{{{at:x}}}" for at in range(0x3001) if chr(at).isspace())
LONGEST_TEXT = 10_000

Value = str | int | Decimal | datetime.date | bool | None


def plain(field: Field, raw: str, codes: Mapping[str, Text] | None) -> str:
    """The SQL condition under which the text ``raw`` is of the field's type as it stands."""
    if codes is not None:
        return f"{raw} IN {names.texts(codes)}"
    match field.type:
        case "text":
            return (
                f"(NOT regexp_matches({raw}, '^[{_SPACES}]|[{_SPACES}]$')"
                f" AND regexp_matches({raw}, '[{_SURE}{_SURE_IDEOGRAPHS}]')"
                f" AND length({raw}) <= {LONGEST_TEXT})"
            )
        case "code":
            return (
                f"(regexp_full_match({raw}, '[!-~]{{1,200}}')"
                f" AND lower({raw}) NOT IN {names.texts(_NO_CODE)})"
            )
        case "day":
            return (
                f"(regexp_full_match({raw}, '[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}')"
                f" AND {raw} >= '0001' AND try_cast({raw} AS DATE) IS NOT NULL)"
            )
        case "yes_no":
            return f"{raw} IN ('true', 'false', 'TRUE', 'FALSE')"
        case _:
            digits, places = _DIGITS[field.type], PLACES[field.type]
            ending = f"([.][0-9]{{1,{places}}})?" if places else ""
            return f"regexp_full_match({raw}, '-?[0-9]{{1,{digits}}}{ending}')"


def read_text(
    field: Field, text: str, codes: Mapping[str, Text] | None
) -> tuple[Value, Fault | None]:
    """The value of a text that is not plain, and what is wrong with it if something is."""
    cell = _cell(field, text)
    if codes is not None:
        return _coded(cell, codes)
    answer = _ANSWERS[field.type](cell)
    if isinstance(answer, Fault):
        return None, answer
    if isinstance(answer, cells.Absent):
        return None, None
    if isinstance(answer, Fraction):
        return _number(answer, field, cell)
    if isinstance(answer, str) and len(answer) > LONGEST_TEXT:
        return None, _too_long(cell)
    return answer, None


_ANSWERS = {
    "text": cells.text, "code": cells.code, "whole": cells.number, "number": cells.number,
    "money": cells.number, "day": cells.date, "yes_no": cells.yes_no,
}  # fmt: skip


def _cell(field: Field, text: str) -> Cell:
    column = Column("", field.code)
    head = Head("", "", 1, (column,), {})
    return Cell(text, column, Row(1, (text,), head))


def _coded(cell: Cell, codes: Mapping[str, Text]) -> tuple[Value, Fault | None]:
    said = unicodedata.normalize("NFKC", cell.text).strip()
    if said in codes:
        return said, None
    by_title = {title.zh: code for code, title in codes.items()}
    by_title |= {title.en.casefold(): code for code, title in codes.items()}
    found = by_title.get(said) or by_title.get(said.casefold())
    if found:
        return found, None
    if cells.absent(cell) is not None:
        return None, None
    near = difflib.get_close_matches(said, [*codes, *by_title], n=1)
    listed = "、".join(f"{code}（{title.zh}）" for code, title in codes.items())
    listed_en = ", ".join(codes)
    mend = (
        Text(
            f"是否应为“{near[0]}”？可用：{listed}",
            f"did you mean {near[0]!r}? use one of {listed_en}",
        )
        if near
        else Text(f"可用：{listed}", f"use one of {listed_en}")
    )
    what = Text(f"“{said[:40]}”不在代码表内", f"{said[:40]!r} is not in the code list")
    return None, Fault("unknown-code", what, mend)


def _number(found: Fraction, field: Field, cell: Cell) -> tuple[Value, Fault | None]:
    """An exact decimal of as many places as the field keeps."""
    places = PLACES[field.type]
    scaled = found * 10**places
    shown = cell.text.strip()[:40]
    if scaled.denominator != 1:
        what = Text(
            f"“{shown}”超过{places}位小数" if places else f"“{shown}”不是整数",
            f"{shown!r} has more than {places} decimals" if places else f"{shown!r} is not whole",
        )
        mend = Text("请按规定的位数填写", "write it with as many places as the field has")
        return None, Fault("too-many-places" if places else "not-whole", what, mend)
    if abs(found) >= 10 ** _DIGITS[field.type]:
        what = Text(f"“{shown}”过大", f"{shown!r} is too large")
        return None, Fault(
            "out-of-bounds", what, Text("请核对计量单位", "check the unit of measure")
        )
    if not places:
        return int(found), None
    return Decimal(scaled.numerator).scaleb(-places), None


def _too_long(cell: Cell) -> Fault:
    what = Text(
        f"文字有{len(cell.text)}字，超过{LONGEST_TEXT}",
        f"the text has {len(cell.text)} characters, more than {LONGEST_TEXT}",
    )
    return Fault("too-long", what, Text("请缩短", "shorten it"))
