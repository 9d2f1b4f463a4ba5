"""Parts that add or take points beside the sum, by their heading or by the words of their rules."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from steelyard.scheme.office import Imported, import_table

HEAD = ("一级指标", "二级指标", "分值", "评分标准")
OFFICE = [
    ("一、保护", "结案率", 60, "结案率达到90%得60分，低于90%的不得分。"),
    ("一、保护", "联席会议", 40, "建立的得40分，未建立的不得分。"),
]
ADDS = "每项加1分，最多加3分。"
TAKES = "每次扣1分，最多扣5分。"

Row = tuple[Any, ...]


def table(path: Path, *rows: Row) -> Imported:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("2025年度考核细则（样本）", None, None, None), HEAD, *rows):
        sheet.append(row)
        if len([cell for cell in row if cell]) == 1 and row[0] != "2025年度考核细则（样本）":
            sheet.merge_cells(f"A{sheet.max_row}:D{sheet.max_row}")
    book.save(path / "t.xlsx")
    return import_table(path / "t.xlsx")


def kinds(back: Imported) -> dict[str, str]:
    """The kind of each top item, by its title."""
    items: Any = back.document["items"]
    return {one["title"]["zh"]: one.get("kind", "item") for one in items if not one.get("parent")}


def asked(back: Imported, title: str) -> list[str]:
    return [one.zh for one in back.readings if title in one.zh]


@pytest.mark.parametrize(
    "title",
    ["二、加分", "奖励加分", "加分事项", "（二）加分部分", "创新加分", "附加分", "加分项", "加分指标", "二、加分类"],
)  # fmt: skip
def test_a_part_called_so_is_a_bonus(tmp_path: Path, title: str) -> None:
    back = table(tmp_path, *OFFICE, (title, "表彰", 3, ADDS), (title, "推广", 2, ADDS))
    assert kinds(back) == {"一、保护": "item", title: "bonus"}
    assert (back.unread, asked(back, title)) == ((), [])


@pytest.mark.parametrize(
    "title", ["三、扣分", "扣分事项", "减分", "倒扣分", "扣分情形", "减分项", "扣分指标"]
)
def test_a_part_called_so_is_a_deduction(tmp_path: Path, title: str) -> None:
    back = table(tmp_path, *OFFICE, (title, "通报", 5, TAKES), (title, "约谈", 5, TAKES))
    assert kinds(back) == {"一、保护": "item", title: "deduction"}
    assert (back.unread, asked(back, title)) == ((), [])


def test_the_limit_in_a_heading_is_its_points(tmp_path: Path) -> None:
    back = table(
        tmp_path, *OFFICE, ("加分事项（不超过3分）", "表彰", 3, ADDS), (None, "推广", 2, ADDS)
    )
    items: Any = back.document["items"]
    (part,) = [one for one in items if one.get("kind") == "bonus" and not one.get("parent")]
    assert (part["title"], part["points"]) == ({"zh": "加分事项"}, 3)


def test_a_limit_in_a_heading_that_is_not_understood_is_named(tmp_path: Path) -> None:
    title = "加分事项（单项最高1分，累计不得高于3分）"
    back = table(tmp_path, *OFFICE, (title, "表彰", 3, ADDS), (None, "推广", 2, ADDS))
    assert title in [one.text for one in back.unread]


@pytest.mark.parametrize(
    ("title", "rule", "kind", "told"),
    [
        ("三、负面清单", TAKES, "deduction", "按扣分部分读"),
        ("约束项", TAKES, "deduction", "按扣分部分读"),
        ("惩戒措施", TAKES, "deduction", "按扣分部分读"),
        ("激励项", ADDS, "bonus", "按加分部分读"),
        ("奖励", ADDS, "bonus", "按加分部分读"),
    ],
)
@pytest.mark.parametrize("is_wide", [False, True])
def test_where_the_rules_say_it_the_reading_is_to_be_confirmed(
    tmp_path: Path, title: str, rule: str, kind: str, told: str, is_wide: bool
) -> None:
    rows: list[Row] = [(title, "通报", 3, rule), (title, "约谈", 2, rule)]
    if is_wide:
        rows = [(title, None, None, None), ("通报", None, 3, rule), ("约谈", None, 2, rule)]
    back = table(tmp_path, *OFFICE, *rows)
    (part,) = [one for one in kinds(back).items() if one[1] != "item"]
    assert part[1] == kind
    assert back.unread == ()
    assert any(told in one for one in asked(back, part[0]))


def test_points_that_make_the_hundred_are_not_taken_out_of_it_unasked(tmp_path: Path) -> None:
    back = table(tmp_path, OFFICE[0], ("约束项", "通报", 40, TAKES), ("约束项", "约谈", 0, TAKES))
    assert kinds(back)["约束项"] == "item"
    assert [one.text for one in back.unread] == ["约束项"]
    assert "没有写清" in back.unread[0].why.zh


def test_rules_that_give_points_stay_ordinary_under_any_heading(tmp_path: Path) -> None:
    back = table(
        tmp_path, OFFICE[0], ("约束性指标", "联席会议", 40, "建立的得40分，未建立的不得分。")
    )
    assert kinds(back)["约束性指标"] == "item"
    assert back.unread == ()


def test_a_part_that_adds_and_takes_is_for_a_person(tmp_path: Path) -> None:
    back = table(tmp_path, *OFFICE, ("加减分项", "表彰", 3, ADDS), ("加减分项", "通报", 5, TAKES))
    assert "加减分项" in [one.text for one in back.unread]


def test_the_sum_is_that_of_what_counts_in_it(tmp_path: Path) -> None:
    back = table(tmp_path, *OFFICE, ("三、负面清单", "通报", 5, TAKES), ("合计", None, 100, None))
    assert back.unread == ()
    assert kinds(back)["三、负面清单"] == "deduction"


WITH_CONTENT = ("指标", "考核内容", "分值", "评分标准")


def with_content(path: Path, *rows: Row) -> Imported:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (("2025年度考核细则（样本）", None, None, None), WITH_CONTENT, *rows):
        sheet.append(row)
    book.save(path / "t.xlsx")
    return import_table(path / "t.xlsx")


def test_a_heading_with_one_row_beneath_keeps_what_stands_there(tmp_path: Path) -> None:
    cleared = "结案率达到90%得100分，低于90%的不得分。"
    back = with_content(
        tmp_path, ("一、保护（100分）", "结案率", 100, cleared), ("二、加分", "表彰", 3, ADDS),
        ("三、扣分", "通报", 5, TAKES),
    )  # fmt: skip
    items: Any = back.document["items"]
    assert [(one["title"]["zh"], one.get("parent", ""), one.get("points")) for one in items] == [
        ("一、保护", "", 100), ("结案率", "A", 100), ("二、加分", "", None), ("表彰", "B", 3),
        ("三、扣分", "", None), ("通报", "C", 5),
    ]  # fmt: skip
    inputs: Any = back.document["inputs"]
    assert [one["title"] for one in inputs] == ["结案率", "表彰", "通报"]
    assert back.unread == ()


def test_what_stands_beside_a_title_is_kept_as_its_note(tmp_path: Path) -> None:
    back = with_content(
        tmp_path, ("保护", "全年专题研究知识产权工作。", 60, "完成的得60分，未完成的不得分。"),
        ("服务", "平台建设", 40, ""),
    )  # fmt: skip
    items: Any = back.document["items"]
    assert [one["note"] for one in items] == [
        {"zh": "考核内容：全年专题研究知识产权工作。"}, {"zh": "考核内容：平台建设"},
    ]  # fmt: skip
