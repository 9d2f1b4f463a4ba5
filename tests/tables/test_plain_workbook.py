"""A list that is taken away can be read on paper as it can on a screen."""

from __future__ import annotations

import io
from decimal import Decimal
from typing import Any

import openpyxl

from steelyard.tables.plain_workbook import plain_workbook

LONG = "经核对登记簿，以数据来源单位签发的数为准。" * 6


def page_of(headings: list[str], rows: list[list[Any]]) -> Any:
    return openpyxl.load_workbook(io.BytesIO(plain_workbook("表", headings, rows))).active


def test_it_prints_as_wide_as_the_page_with_its_headings_on_every_one() -> None:
    page = page_of(["单位", "理由"], [["广州市", "经核对"]])
    assert (page.page_setup.fitToWidth or 1, page.page_setup.fitToHeight) == (1, 0)
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert page.print_title_rows == "$1:$1"
    assert page.page_setup.orientation == "portrait"


def test_a_wide_list_is_printed_across_and_its_longest_texts_break_into_lines() -> None:
    page = page_of([f"第{one}栏" for one in range(9)], [[LONG] * 9])
    widths = [one.width * (one.max - one.min + 1) for one in page.column_dimensions.values()]
    assert page.page_setup.orientation == "landscape"
    assert 100 <= sum(widths) <= 170
    assert page["A2"].alignment.wrap_text


def test_a_row_is_as_high_as_its_lines() -> None:
    page = page_of(["单位", "理由"], [["广州市", "一\n二\n三"], ["韶关市", "一"], ["深圳市", LONG]])
    heights = [page.row_dimensions[row].height for row in (2, 3, 4)]
    assert heights[:2] == [45, None]
    assert heights[2] >= 15 * len(LONG) * 2 / 50


def test_a_heading_that_breaks_is_not_cut() -> None:
    page = page_of(["Where it is carried out, and by whom"] * 9, [["1"] * 9])
    assert page.row_dimensions[1].height >= 30


def test_numbers_stand_at_the_right_below_their_heading_and_texts_at_the_left() -> None:
    page = page_of(["单位", "得分"], [["广州市", Decimal("5.25")], ["韶关市", None]])
    assert [page[at].alignment.horizontal for at in ("A1", "A2", "B1", "B2")] == [
        None, None, "right", "right",
    ]  # fmt: skip
    assert page["B2"].value == 5.25
