"""The workbook adds up, is text where it is text, and is the same file each time."""

from __future__ import annotations

import io
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.papers.workbook import workbook_bytes
from steelyard.records.tally.tally import tally
from steelyard.weighing.result import Result
from steelyard.weighing.weigh import weigh
from tests.builders import item
from tests.builders import weighed as weigh_items
from tests.papers.region import weigh_region, weighed
from tests.records.snapshots import (
    CITIES,
    Delivered,
    computed_scheme,
    frozen,
    indicator,
    of_suits,
    suit,
)
from tests.weighing.test_index_scheme import index

FIRST = 5
"""The first row below the headings, as Excel counts."""


def opened(result: Result, lang: Lang = "en", *, values: bool = True) -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(result, lang)), data_only=values)


@cache
def region(*, values: bool) -> Any:
    return opened(weighed(), values=values)


def table(sheet: Any) -> list[dict[str, Any]]:
    """The rows of a sheet by their headings."""
    rows = list(sheet.iter_rows(min_row=FIRST - 1, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def summed(formula: str, sheet: Any) -> float:
    """What a formula =SUM(…) makes of the cells' values."""
    total = 0.0
    for part in formula.removeprefix("=SUM(").removesuffix(")").split(","):
        left, top, right, bottom = range_boundaries(part)
        for row in sheet.iter_rows(top, bottom, left, right, values_only=True):
            total += sum(value for value in row if isinstance(value, int | float))
    return total


def formulas(book: Any, sheet: str) -> dict[str, str]:
    cells = (cell for row in book[sheet].iter_rows() for cell in row)
    return {cell.coordinate: cell.value for cell in cells if cell.data_type == "f"}


def test_every_sum_is_what_its_cells_add_up_to() -> None:
    name = "Points by item (sample)"
    found = formulas(region(values=False), name)
    sheet = region(values=True)[name]
    assert len(found) > 21 * 4
    for place, formula in found.items():
        assert sheet[place].value == pytest.approx(summed(formula, sheet), abs=1e-9), place


def test_group_that_is_rescaled_is_a_number_in_italics_and_no_sum() -> None:
    name = "Points by item (sample)"
    rows = table(region(values=True)[name])
    place = next(i for i, row in enumerate(rows) if row["Unit"] == "Shaoguan") + FIRST
    head = next(c for c in region(values=False)[name][FIRST - 1] if str(c.value).startswith("C "))
    cell = region(values=False)[name].cell(place, head.column)
    assert (cell.data_type, cell.font.italic) == ("n", True)
    exact = weighed().items["C"]["440200"].points
    assert cell.value == pytest.approx(float(exact or 0))


def test_a_capped_total_is_no_sum() -> None:
    items = [item("A", 10), item("A1", 10, {"points": "a"}, parent="A", cap="none")]
    items[0] |= {"cap": "8"}
    sheet = opened(weigh_items({"jm": {"a": 9}, "zs": {"a": 3}}, items=items), values=False)
    found = formulas(sheet, "Points by item (sample)")
    # Zhongshan's 3 is a plain sum; Jiangmen's 9 is held to 8. The total adds A in both rows.
    assert sorted(found.values()) == [
        "=SUM(C5:C5)", "=SUM(C6:C6)", "=SUM(C7:C7)", "=SUM(D5:D5)", "=SUM(D7:D7)",
    ]  # fmt: skip


def test_ranking_has_rounded_looking_scores_and_the_exact_ones_beside_them() -> None:
    rows = table(region(values=True)["Ranking (sample)"])
    assert [row["Unit"] for row in rows] == [s.unit.title.en for s in weighed().standings]
    for row, standing in zip(rows, weighed().standings, strict=True):
        assert Fraction(row["Exact"]) == standing.score
        assert row["Score (sample)"] == pytest.approx(float(standing.score or 0))
    shown = region(values=False)["Ranking (sample)"]["C5"]
    assert shown.number_format == "0.00"


def test_values_are_all_there_and_inexact_ones_have_their_fraction() -> None:
    result = weigh_items({"jm": {"a": "10/3"}, "zs": {"a": "2.5"}})
    rows = table(opened(result)["Values (sample)"])
    assert [(row["Unit"], row["Value (sample)"], row["Exact"]) for row in rows] == [
        ("Jiangmen", pytest.approx(10 / 3), "10/3"),
        ("Zhongshan", 2.5, None),
    ]


def test_statuses_and_sources_stand_beside_the_values() -> None:
    rows = table(region(values=True)["Values (sample)"])
    held = [row for row in rows if row["Status"]]
    assert [(row["Unit"], row["Input"], row["Status"], row["Source"]) for row in held] == [
        ("Zhuhai", "events", "no supporting material", "未附材料")
    ]


def test_sources_are_said_in_the_language_of_the_workbook(tmp_path: Path) -> None:
    scheme = computed_scheme([
        indicator("suits", of_suits(), "count"), indicator("sum", of_suits("amount AS value"), "sum"),
    ], on={"missing": "zero"})  # fmt: skip
    snapshot = frozen(
        tmp_path,
        Delivered("suits", [suit(1, amount="3"), suit(2)], covers=[CITIES[0]]),
    )
    result = weigh(scheme, tally(scheme, snapshot))

    def sources(lang: Lang, sheet: str, heading: str) -> list[str]:
        book = opened(result, lang)
        (found,) = [one for one in book if one.title.startswith(sheet)]
        return [row[heading] for row in table(found)]

    assert sources("zh", "数据", "来源") == [
        "suits2条记录", "suits0条记录（未报送：suits）",
        "suits2条记录（1条无数值）", "suits0条记录（未报送：suits）",
    ]  # fmt: skip
    assert sources("en", "Values", "Source") == [
        "2 records of suits", "0 records of suits (not delivered: suits)",
        "2 records of suits (1 without a value)", "0 records of suits (not delivered: suits)",
    ]  # fmt: skip


def test_days_are_days_and_truths_are_words() -> None:
    items = [item("A", 10, {"points": 10, "when": 'filed <= date("2021-07-31") and known(ok)'})]
    inputs = [{"code": "filed", "type": "date"}, {"code": "ok", "type": "yes_no"}]
    given = {"filed": "2021-07-30", "ok": "yes"}
    rows = table(
        opened(weigh_items({"jm": given, "zs": given}, items=items, inputs=inputs))[
            "Values (sample)"
        ]
    )
    assert {row["Value (sample)"] for row in rows if row["Input"] == "ok"} == {"yes"}
    days = {row["Value (sample)"].date() for row in rows if row["Input"] == "filed"}
    assert days == {date(2021, 7, 30)}


@pytest.mark.parametrize("risky", ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("x")', "http://x"])
def test_text_is_never_a_formula_or_a_link(risky: str) -> None:
    units = [{"code": risky.replace(" ", ""), "title": risky}, {"code": "b", "title": "B"}]
    items = [item("A", 10, {"points": 10}) | {"title": risky}]
    result = weigh_items({}, units=units, items=items, title=risky)
    book = opened(result, values=False)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.hyperlink is None
                if cell.data_type == "f":
                    assert cell.value.startswith("=SUM(")
    assert risky in [cell.value for cell in book["Ranking (sample)"]["B"]]


@pytest.mark.parametrize("lang", LANGS)
def test_sample_stands_in_sheet_names_and_headings(lang: Lang) -> None:
    mark = {"zh": "样本", "en": "sample"}[lang]
    book = opened(weighed(), lang)
    assert all(mark in name for name in book.sheetnames)
    for sheet in book.worksheets[:3]:
        assert any(mark in str(cell.value) for cell in sheet[FIRST - 1])
        assert "样本" in str(sheet["A1"].value) or "Sample" in str(sheet["A1"].value)


def test_official_result_is_nowhere_called_a_sample() -> None:
    book = opened(weigh_region(label="official", issuer="The office"))
    said = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [one for one in [*said, *book.sheetnames] if "ample" in one]


def test_sheets_print_on_landscape_a4_with_their_headings_on_every_page() -> None:
    for sheet in region(values=False).worksheets:
        assert sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9
        assert sheet.print_title_rows.startswith("$4:$")
        assert sheet.freeze_panes is not None


def test_equal_results_give_equal_bytes() -> None:
    assert workbook_bytes(weighed(), "zh") == workbook_bytes(weigh_region(), "zh")


def test_lists_have_a_sheet_of_their_own() -> None:
    items = [item("A", 10, {"for_each": "cases", "score": {"points": "mark"}})]
    lists = {"cases": {"jm": [{"mark": 3}, {"mark": "1/2"}]}}
    book = opened(weigh_items({"jm": {}, "zs": {}}, items=items, lists=lists))
    rows = table(book["Lists (sample)"])
    assert [(row["Unit"], row["Row"], row["Column"], row["Value (sample)"]) for row in rows] == [
        ("Jiangmen", 1, "mark", 3), ("Jiangmen", 2, "mark", 0.5),
    ]  # fmt: skip


def test_index_has_scores_weights_and_no_sums() -> None:
    book = opened(index(), values=False)
    assert formulas(book, "Points by item (sample)") == {}
    weights = table(book["Weight (sample)"])
    assert [row["Weight"] for row in weights if row["Group"]] == [0.5, 0.5, 0.5, 0.5]


def test_long_and_odd_titles_make_no_sheet_that_excel_refuses() -> None:
    book = opened(weigh_region(title="&A[x]:*?/\\" * 40), "zh")
    assert all(len(name) <= 31 for name in book.sheetnames)
