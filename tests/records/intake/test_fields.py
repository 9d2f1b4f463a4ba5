"""A text means in SQL what it means cell by cell: :mod:`steelyard.tables.cells` is the oracle."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from steelyard.kernel.faults import Fault
from steelyard.records.catalogue.model import FieldType
from steelyard.records.intake.fields import LONGEST_TEXT, PLACES, SQL_TYPES, plain, read_text
from steelyard.tables import cells
from steelyard.tables.sheet import Cell, Column, Head, Row
from tests.records.building import KINDS, field

CONNECTION = duckdb.connect()
ODD = (
    *("1.5", "2021-02-30", "0000-01-01", "2021-13-01", "１２", " 1", "1e5", "+5", ".5", "5.", "1,234", "12,34", "92.3%"),
    *("-0", "--1", "1 000", "1/3", "0x1F", "1_000", "NaN", "inf", "-", "——", "…", "……", "NA", "na", "Na", "N/a", "n/a", "N/A"),
    *("不适用", "缺", "缺失", "暂无", "\uf967适用", "ＮＡ", "\u3000甲", "甲\u3000", "\t甲", "甲\n", "\u00a0甲", "Not Applicable"),
    *("是", "否", "√", "×", "TRUE", "True", "t", "T", "1", "0", "yes", "f", "2021年3月5日", "2021/3/5", "2021.3.5", "2021-3-5"),
    *("2021-03-05 09:30:00", "2021-03-05T09:30", "20210305", "44260", "2021-03-05 09:30:00.123", "infinity", "epoch", "today"),
    *("9999-12-31", "10000-01-01", "-2021-03-05", "2021-03-05 (BC)", "著作权", "copyright", "Copyright", "COPYRIGHT", "ｃopyright"),
    *("123456789012345678", "1234567890123456789", "9223372036854775808", "1234567890123.5", "0.1234567", "123456789012.123456"),
    *("1234567890123456.78", "0.005", "C-1", "Ｃ-1", "C 1", "007", "'007", "a" * 10_001, "1" * 401, "/", "\ufeff1", "1\u200b"),
)  # fmt: skip
LETTERS = st.one_of(
    st.text(st.sampled_from("0123456789.,-+eE%/ :年月日TtrufalsynoNA缺失暂无不适用—–−…是否√×１２３．，－＋％　\t\n"), max_size=12),
    st.text(max_size=8),
    st.from_regex(r"[+-]?[0-9]{1,20}([.][0-9]{0,8})?([eE][+-]?[0-9]{1,2})?", fullmatch=True),
    st.from_regex(r"[0-9]{3,5}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?( [0-9]{1,2}:[0-9]{2})?", fullmatch=True),
    st.sampled_from(ODD),
)  # fmt: skip


def meaning(kind: FieldType, text: str) -> Any:
    """What intake takes the text for, by the same two ways as a file's column; a fault is its code."""
    one = field("it", "它", kind)
    condition = plain(one, "said", None)
    is_plain, value = CONNECTION.execute(
        f"SELECT {condition}, CASE WHEN {condition} THEN CAST(said AS {SQL_TYPES[kind]}) END"
        " FROM (SELECT ? AS said)", [text],
    ).fetchall()[0]  # fmt: skip
    if is_plain:
        return value
    found, fault = read_text(one, text, None)
    return found if fault is None else fault.code


def by_cells(kind: FieldType, text: str) -> Any:
    """What the sheet's own reading takes it for."""
    column = Column("A", "it")
    cell = Cell(text, column, Row(1, (text,), Head("", "", 1, (column,), {})))
    ask: Any = {
        "text": cells.text, "code": cells.code, "day": cells.date, "yes_no": cells.yes_no,
    }.get(kind, cells.number)  # fmt: skip
    answer = ask(cell)
    if isinstance(answer, Fault):
        return answer.code
    if isinstance(answer, cells.Absent):
        return None
    if isinstance(answer, str) and len(answer) > LONGEST_TEXT:
        return "too-long"
    return fitted(kind, answer) if isinstance(answer, Fraction) else answer


def fitted(kind: FieldType, number: Fraction) -> int | Decimal | str:
    """The exact number, unless the field cannot hold it."""
    places = PLACES[kind]
    if (number * 10**places).denominator != 1:
        return "too-many-places" if places else "not-whole"
    if abs(number) >= 10 ** {0: 18, 6: 12, 2: 16}[places]:
        return "out-of-bounds"
    return int(number) if not places else Decimal(number.numerator) / Decimal(number.denominator)


@pytest.mark.parametrize("kind", ["code", "whole", "number", "money", "day", "yes_no"])
@pytest.mark.parametrize("text", ODD)
def test_odd_writings_mean_what_a_sheet_says_they_mean(kind: FieldType, text: str) -> None:
    assert meaning(kind, text) == by_cells(kind, text)


@pytest.mark.parametrize("text", ODD)
def test_odd_texts_mean_what_a_sheet_says_they_mean(text: str) -> None:
    assert meaning("text", text) == by_cells("text", text)


@given(kind=st.sampled_from(list(SQL_TYPES)), text=LETTERS.filter(bool))
@example(kind="text", text="…")
@example(kind="text", text="\u3000甲")
@example(kind="code", text="N/a")
@example(kind="day", text="0000-01-01")
def test_any_text_means_what_a_sheet_says_it_means(kind: FieldType, text: str) -> None:
    found, wanted = meaning(kind, text), by_cells(kind, text)
    assert found == wanted
    assert type(found) is type(wanted)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("day", "2021年3月5日", date(2021, 3, 5)),
        ("day", "2021-02-30", "not-a-date"),
        ("whole", "1,234", 1234),
        ("whole", "1.5", "not-whole"),
        ("whole", "１２", 12),
        ("number", "92.3%", Decimal("0.923")),
        ("number", "1/3", "too-many-places"),
        ("money", "0.005", "too-many-places"),
        ("money", "1e5", Decimal(100000)),
        ("number", "——", None),
        ("number", "0", Decimal(0)),
        ("code", "NA", "NA"),
        ("text", "NA", None),
        ("text", "不适用", None),
        ("text", "a" * 10_001, "too-long"),
        ("yes_no", "有", True),
    ],
)
def test_the_writings_that_the_guide_names(kind: FieldType, text: str, value: object) -> None:
    assert meaning(kind, text) == value


@pytest.mark.parametrize(
    ("text", "code"),
    [("patent", "patent"), ("著作权", "copyright"), ("COPYRIGHT", "copyright"), (" 著作权 ", "copyright"),
     ("ｐａｔｅｎｔ", "patent"), ("——", None), ("缺", None)],
)  # fmt: skip
def test_a_code_may_be_written_by_its_title(text: str, code: str | None) -> None:
    assert read_text(field("kind", "类型", "code", codes="kinds"), text, KINDS) == (code, None)


def test_a_text_that_is_in_no_list_is_told_the_nearest() -> None:
    _, fault = read_text(field("kind", "类型", "code", codes="kinds"), "著作", KINDS)
    assert fault is not None
    assert (fault.code, fault.mend.zh[:9]) == ("unknown-code", "是否应为“著作权”")
