"""A cost table is taken whole or refused with every fault at its cell."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from steelyard import Faulty
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.advice.read_costs import read_costs
from tests.builders import item, scheme

SCHEME = scheme(
    inputs=[
        {"code": "cases", "title": {"zh": "案件数", "en": "Cases"}, "type": "count"},
        {"code": "rate", "type": "share"},
        {"code": "film", "type": "yes_no"},
        {"code": "level", "type": "text"},
        {"code": "opened", "type": "date"},
    ],
    items=[item("A", 10, {"points": "cases"}), item("B", 10, {"points": "rate * 10"}),
           item("C", 5, {"points": "5 if film else 0"}),
           item("D", 5, {"table": "level", "rows": {"town": 1, "city": 5}}),
           item("E", 5, {"points": '5 if opened > date("2021-01-01") else 0'})],
)  # fmt: skip


def read(folder: Path, text: str) -> tuple[Cost, ...]:
    path = folder / "costs.csv"
    path.write_text(text, encoding="utf-8")
    return read_costs(SCHEME, path)


def faults(folder: Path, text: str) -> list[tuple[str, int | None, str]]:
    with pytest.raises(Faulty) as refused:
        read(folder, text)
    return [(f.code, f.where.row, f.where.column.split(" ")[-1]) for f in refused.value.faults]


def test_inputs_and_units_may_be_named_by_code_or_title(tmp_path: Path) -> None:
    text = (
        "input,cost,step,least,most,to,unit,note\n案件数,1.5,1,0,20,,江门,\nrate,30,1%,80%,95%,,,\n"
    )
    found = read(tmp_path, text + "film,4,,,,yes,,\nlevel,9,,,,city,,\n")
    assert [(one.input, one.cost, one.step, one.least, one.most, one.to, one.unit) for one in found] == [
        ("cases", Fraction(3, 2), 1, 0, 20, None, "jm"),
        ("rate", 30, Fraction(1, 100), Fraction(4, 5), Fraction(19, 20), None, ""),
        ("film", 4, 1, 0, 0, True, ""),
        ("level", 9, 1, 0, 0, "city", ""),
    ]  # fmt: skip


def test_chinese_headings_are_understood(tmp_path: Path) -> None:
    found = read(tmp_path, "数据项,单位成本,步长,最低,最高\n案件数,2,1,0,9\n")
    assert [(one.input, one.cost, one.most) for one in found] == [("cases", 2, 9)]


def test_every_gap_and_every_wrong_figure_is_told_at_its_cell(tmp_path: Path) -> None:
    text = (
        "input,cost,step,least,most,to,unit\n"
        "cases,,1,0,9,,\n"
        "rate,-1,1%,90%,80%,,\n"
        "rate,1,0,0,1,,nowhere\n"
        "cases,1,0.5,0,,,\n"
        "film,3,,,,,\n"
        "ghost,1,1,0,1,,\n"
        "opened,1,,,,,\n"
        "rate,a few,1%,0,150%,,\n"
    )
    assert faults(tmp_path, text) == [
        ("cost-gap", 2, "cost"),
        ("negative-cost", 3, "cost"), ("wrong-range", 3, "least"),
        ("unknown-unit", 4, "unit"), ("wrong-step", 4, "step"),
        ("cost-gap", 5, "most"), ("wrong-step", 5, "step"),
        ("cost-gap", 6, "to"),
        ("unknown-input", 7, "input"),
        ("no-lever", 8, "input"),
        ("not-a-number", 9, "cost"), ("out-of-bounds", 9, "most"),
    ]  # fmt: skip


def test_two_rows_for_one_input_are_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, "input,cost,step,least,most\ncases,1,1,0,9\ncases,2,1,0,9\n") == [
        ("two-costs", 3, "")
    ]


def test_columns_that_are_missing_or_not_understood_are_faults(tmp_path: Path) -> None:
    assert faults(tmp_path, "input,price\ncases,1\n") == [
        ("no-column", 1, ""), ("unused-column", 1, "price"),
    ]  # fmt: skip


def test_a_table_without_rows_is_a_fault(tmp_path: Path) -> None:
    assert faults(tmp_path, "input,cost,step,least,most\n") == [("no-costs", None, "")]
