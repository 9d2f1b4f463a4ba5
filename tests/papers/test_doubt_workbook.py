"""The workbook holds intervals, shares, pairs, indices and the audit as numbers."""

from __future__ import annotations

import io
from functools import cache
from typing import Any

import openpyxl
import pytest

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.papers.workbook import workbook_bytes
from steelyard.weighing.result import Result
from tests.papers.doubts import doubted, doubted_index
from tests.papers.region import weighed

FIRST = 5


@cache
def region() -> Result:
    return doubted()


@cache
def book(lang: Lang = "en") -> Any:
    return openpyxl.load_workbook(io.BytesIO(workbook_bytes(region(), lang)))


def table(sheet: Any) -> list[dict[str, Any]]:
    rows = list(sheet.iter_rows(min_row=FIRST - 1, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_sheets_are_there_only_when_asked_for() -> None:
    bare = openpyxl.load_workbook(io.BytesIO(workbook_bytes(weighed(), "en"))).sheetnames
    assert [name for name in book().sheetnames if name not in bare] == [
        "How sure (sample)", "Rank shares (sample)", "Pairs (sample)", "Sensitivity (sample)",
        "Sensitivity by unit (sample)", "Audit (sample)", "Correlations (sample)", "Consistency (sample)",
    ]  # fmt: skip


@pytest.mark.parametrize("lang", LANGS)
def test_sample_stands_in_every_sheet_and_its_headings(lang: Lang) -> None:
    mark = {"zh": "样本", "en": "sample"}[lang]
    for sheet in book(lang).worksheets:
        assert mark in sheet.title
        assert len(sheet.title) <= 31
    for sheet in book(lang).worksheets[1:9]:
        name = sheet.title
        has_mark = any(mark in str(cell.value) for cell in sheet[FIRST - 1])
        assert has_mark or name.startswith(("Rank shares", "名次概率"))


def test_a_unit_has_its_interval_errors_and_grades_as_numbers() -> None:
    row = table(book()["How sure (sample)"])[2]
    assert row["90% interval from (sample)"] == 1
    assert row["90% interval to (sample)"] == 7
    assert (row["Error of its start"], row["Error of its end"]) == (0.5, 1)
    assert (row["Rank"], row["Unit"], row["Excellent"]) == (3, "Shenzhen", 0.81)


def test_shares_show_as_per_cents_that_never_call_certain_what_is_not() -> None:
    sheet = book()["How sure (sample)"]
    shown = {cell.value: cell.number_format for row in sheet.iter_rows() for cell in row}
    assert shown[0.81] == "0%"
    assert shown[0.9996] == '">99%"'


def test_rank_shares_are_a_matrix_with_the_shades_of_the_heat_map() -> None:
    sheet = book()["Rank shares (sample)"]
    rows = table(sheet)
    assert region().how_sure is not None
    for row, one in zip(rows, region().how_sure.units, strict=True):
        held = {place: row[str(place)] for place in range(1, 22) if row[str(place)] is not None}
        assert held == pytest.approx(dict(one.rank_shares))
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert [rule.formula for rule in rules] == [["0.5"], ["0.25"], ["0.1"], ["0.05"], ["0.0"]]


def test_pairs_have_probability_and_sentence() -> None:
    rows = table(book()["Pairs (sample)"])
    assert len(rows) == 20
    assert (rows[0]["Ahead"], rows[0]["Order holds (sample)"]) == ("Guangzhou", 0.63)
    assert rows[0]["Points to move"] == pytest.approx(0.021)
    assert rows[3]["What would put them level"].startswith("Better on nothing")
    assert [row["Doubtful"] for row in rows[:2]] == ["Doubtful", ""]


def test_an_index_without_grades_has_no_columns_of_grades() -> None:
    made = openpyxl.load_workbook(io.BytesIO(workbook_bytes(doubted_index(5), "en")))
    heads = [cell.value for cell in made["How sure (sample)"][FIRST - 1]]
    assert "No grade" not in heads
    last = table(made["How sure (sample)"])[4]
    assert (last["Rank"], last["90% interval from (sample)"], last["Without a rank"]) == (
        "Not ranked", None, 1,
    )  # fmt: skip


def test_very_many_ranks_share_columns_and_lose_no_share() -> None:
    result = doubted_index(310)
    made = openpyxl.load_workbook(io.BytesIO(workbook_bytes(result, "en")))["Rank shares (sample)"]
    rows = table(made)
    assert list(rows[0])[2:4] == ["1–2", "3–4"]
    shares = [[one for one in list(row.values())[2:] if one is not None] for row in rows]
    assert [sum(row) for row in shares] == pytest.approx([1.0] * 310)


def test_equal_findings_give_equal_bytes() -> None:
    assert workbook_bytes(doubted(), "zh") == workbook_bytes(doubted(), "zh")
