"""Figures that are typed or brought: exact, within bounds, and missing where they are blank."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from steelyard.assessment.rules.figures import as_typed
from steelyard.assessment.rules.supplied.cells import (
    Typed,
    as_draft,
    checked,
    drop_downs,
    headings,
    of_draft,
    plan,
    read_one,
    rows,
)
from steelyard.kernel.bilingual import Lang, Text
from steelyard.scheme.model import Input
from steelyard.tables.plain_workbook import plain_workbook
from steelyard.tables.read import read_sheet
from steelyard.tables.write import csv_bytes

SHARE = Input("rate", type="share", least=Fraction(0), most=Fraction(1))
UNITS = {"440100": Text("广州市", "Guangzhou"), "440700": Text("江门市", "Jiangmen")}
FULL = {"440100": Typed("92.3%", "全年"), "440700": Typed("", "未统计", "missing")}


def test_a_figure_is_kept_exactly() -> None:
    assert read_one("92.3%", SHARE) == ("0.923", ())
    assert read_one("1/3", SHARE) == ("1/3", ())


def test_a_blank_is_missing_and_not_zero() -> None:
    figures, faults = checked({"440100": Typed(""), "440700": Typed("0")}, SHARE)
    assert figures == {"440100": "", "440700": "0"}
    assert faults == {}


def test_each_wrong_cell_is_told_at_its_unit() -> None:
    _, faults = checked({"440100": Typed("140%"), "440700": Typed("many")}, SHARE)
    assert {unit: one[0].code for unit, one in faults.items()} == {
        "440100": "out-of-bounds", "440700": "not-a-number",
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from(["440100", "440700"]), st.builds(Typed, st.just("1"))))
def test_a_draft_comes_back_as_it_was_kept(typed) -> None:
    assert of_draft(as_draft(typed)) == typed


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_sheet_that_is_taken_out_comes_back_as_it_was(tmp_path: Path, kind, lang) -> None:
    told = list(rows(UNITS, SHARE, FULL, lang, "2021"))
    write = {"xlsx": lambda: plain_workbook("s", headings(lang), told),
             "csv": lambda: csv_bytes(headings(lang), told)}  # fmt: skip
    path = tmp_path / f"a.{kind}"
    path.write_bytes(write[kind]())
    assert plan(read_sheet(path), UNITS, SHARE, "2021") == (FULL, [])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_yes_and_no_stand_in_the_language_of_the_sheet_and_are_read_in_either(
    tmp_path: Path, lang: Lang
) -> None:
    opened = Input("opened", type="yes_no")
    kept = {"440100": Typed("yes"), "440700": Typed("no")}
    told = list(rows(UNITS, opened, kept, lang, "2021"))
    said = {"zh": ["是", "否"], "en": ["yes", "no"]}[lang]
    assert [row[3] for row in told] == said
    offered = drop_downs(UNITS, opened, lang)
    path = tmp_path / "a.xlsx"
    path.write_bytes(plain_workbook("s", headings(lang), told, drop_downs=offered))
    listed = load_workbook(path).active.data_validations.dataValidation
    how = {"zh": "缺失,无基数,不适用", "en": "missing,nothing to divide by,does not apply"}[lang]
    assert sorted((str(one.sqref), one.formula1) for one in listed) == [
        ("D2", f'"{",".join(said)}"'), ("D3", f'"{",".join(said)}"'),
        ("F2", f'"{how}"'), ("F3", f'"{how}"'),
    ]  # fmt: skip
    found, faults = plan(read_sheet(path), UNITS, opened, "2021")
    assert faults == []
    assert [read_one(found[unit].value, opened) for unit in UNITS] == [("yes", ()), ("no", ())]


def test_the_sheet_says_what_is_asked_beside_each_figure_and_the_rule_once(tmp_path: Path) -> None:
    rules = [Text("A1 按期办结：得分＝办结率×40", "A1 Closed in time: the rate times 40")]
    told = [
        dict(zip(headings("zh"), row, strict=True))
        for row in rows(UNITS, SHARE, {}, "zh", "2021", rules)
    ]
    assert {row["填写要求"] for row in told} == {"比例，写成85.5%或0.855；0%—100%"}
    assert [row["评分标准"] for row in told] == ["A1 按期办结：得分＝办结率×40", None]
    (tmp_path / "a.xlsx").write_bytes(
        plain_workbook("s", headings("en"), list(rows(UNITS, SHARE, FULL, "en", "2021", rules)))
    )
    assert plan(read_sheet(tmp_path / "a.xlsx"), UNITS, SHARE, "2021") == (FULL, [])


def brought(tmp_path: Path, *lines: str) -> tuple[dict[str, Typed], list[str]]:
    path = tmp_path / "a.csv"
    path.write_text("\n".join(["单位代码,数据编号,数值,备注", *lines, ""]), encoding="utf-8")
    found, faults = plan(read_sheet(path), UNITS, SHARE, "2021")
    return found, sorted(f"{one.code} {one.where.row} {one.where.column[:1]}" for one in faults)


def test_every_fault_of_a_file_stands_at_its_cell_and_nothing_is_taken(tmp_path: Path) -> None:
    found, faults = brought(tmp_path, "440100,rate,140%,", "440100,cases,many,", "999999,,1,")
    assert found == {}
    assert faults == [
        "another_sheet 3 B", "no_row 1 ", "no_such_unit 4 A", "not-a-number 3 C",
        "out-of-bounds 2 C", "twice 3 A",
    ]  # fmt: skip


@pytest.mark.parametrize("names", [("广州市", "江门市"), ("Guangzhou", "Jiangmen")])
def test_codes_and_names_that_have_slipped_against_each_other_are_told(
    tmp_path: Path, names: tuple[str, str]
) -> None:
    """One column alone was sorted in Excel: each figure would go to another city in silence."""
    path = tmp_path / "a.csv"
    first, second = names
    path.write_text(
        f"单位代码,单位名称,数值\n440700,{first},90%\n440100,{second},80%\n", encoding="utf-8"
    )
    found, faults = plan(read_sheet(path), UNITS, SHARE, "2021")
    assert found == {}
    assert [(one.code, one.where.row, one.where.column) for one in faults] == [
        ("name_of_another", 2, "B 单位名称"), ("name_of_another", 3, "B 单位名称"),
    ]  # fmt: skip
    path.write_text(
        f"单位代码,单位名称,数值\n440100,{first},90%\n440700,江门,80%\n", encoding="utf-8"
    )
    assert plan(read_sheet(path), UNITS, SHARE, "2021")[1] == []


def test_how_a_figure_is_lacking_is_read_in_either_language_and_a_wrong_word_told(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    head = "单位代码,数值,缺数情形,备注"
    path.write_text(f"{head}\n440100,,无基数,没有案件\n440700,,Missing,x\n", encoding="utf-8")
    found, faults = plan(read_sheet(path), UNITS, SHARE, "2021")
    assert ([found[unit].status for unit in UNITS], faults) == (["no_base", "missing"], [])
    path.write_text(f"{head}\n440100,,丢了,x\n440700,90%,缺失,x\n", encoding="utf-8")
    _, faults = plan(read_sheet(path), UNITS, SHARE, "2021")
    assert [(one.code, one.where.row, one.where.column) for one in faults] == [
        ("unknown_status", 2, "C 缺数情形"), ("figure_and_status", 3, "C 缺数情形"),
    ]  # fmt: skip


def test_a_formula_without_its_result_hides_no_other_fault(tmp_path: Path) -> None:
    book = Workbook()
    for row in (
        ["单位代码", "数据编号", "数值", "备注", "考核编号"],
        ["440100", "rate", "=1/2", None, "2021"],
        ["=A2", "cases", 1.7, None, "2020"],
        ["999999", "rate", "many", "#REF!", "2021"],
    ):
        book.active.append(row)
    book.save(tmp_path / "a.xlsx")
    sheet = read_sheet(tmp_path / "a.xlsx", gathering=True)
    found, faults = plan(sheet, UNITS, SHARE, "2021")
    assert found == {}
    assert sorted(f"{one.code} {one.where.row} {one.where.column[:1]}" for one in faults) == [
        "another_sheet 3 B", "another_sheet 3 E", "error-value 4 D", "formula-without-value 2 C",
        "formula-without-value 3 A", "no_such_unit 4 A", "not-a-number 4 C", "out-of-bounds 3 C",
    ]  # fmt: skip


def test_a_column_under_another_heading_is_not_left_out_in_silence(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单位代码,数值（%）,备注\n440100,92.3,\n440700,x,\n", encoding="utf-8")
    _, faults = plan(read_sheet(path), UNITS, SHARE, "2021")
    assert [(one.code, one.where.column) for one in faults] == [
        ("unknown-column", "B 数值（%）"), ("no-column", ""),
    ]  # fmt: skip


def test_a_file_without_figures_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("单位代码,备注\n440100,\n440700,\n", encoding="utf-8")
    assert [one.code for one in plan(read_sheet(path), UNITS, SHARE, "2021")[1]] == ["no-column"]


@pytest.mark.parametrize(
    ("unit", "mend"),
    [
        (Text("次", "meetings"), ("以“次”计的数量应为整数", "it is counted in 'meetings' and is a whole number")),
        (Text(), ("数量应为整数", "a count is a whole number")),
    ],
)  # fmt: skip
def test_a_count_that_is_not_whole_is_told_in_its_own_unit(
    unit: Text, mend: tuple[str, str]
) -> None:
    wanted = Input("held", type="count", unit_of_measure=unit)
    (fault,) = read_one("90.5", wanted)[1]
    assert (fault.mend.zh, fault.mend.en) == mend


@pytest.mark.parametrize(
    ("typed", "codes"),
    [("3", ["unmarked-share"]), ("12", ["out-of-bounds"]), ("-3", ["out-of-bounds"]), ("1200%", ["out-of-bounds"]), ("300%", []), ("0.12", []), ("-5%", [])],
)  # fmt: skip
def test_a_share_above_one_is_typed_in_per_cent(typed, codes):
    growth = Input("g", type="share", least=Fraction(-1), most=Fraction(10))
    assert [one.code for one in read_one(typed, growth)[1]] == codes


def test_a_share_above_one_goes_out_as_it_may_come_back():
    growth = Input("g", type="share", least=Fraction(-1), most=Fraction(10))
    figure = read_one("300%", growth)[0]
    assert read_one(as_typed(figure, growth, "zh"), growth) == (figure, ())
