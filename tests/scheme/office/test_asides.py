"""Rows of a table that are no items: grades, sums, notes, headings again, names and days to fill in.

None of them may become an item: each is read as what it is, or named as not understood.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from steelyard.scheme.office import Imported, import_table

HEAD = ["一级指标", "二级指标", "分值", "评分标准", "数据来源", "备注"]
CLEARED = [
    "案件办理",
    "结案率",
    60,
    "≥90%得60分，80%（含）—90%得8分，低于80%不得分。",
    "法院",
    None,
]
MEETING = ["机制建设", "联席会议", 40, "建立的得40分，未建立的不得分。", None, None]
ITEMS = ["案件办理", "结案率", "机制建设", "联席会议"]
FOUR = [("优秀", 90), ("良好", 80), ("合格", 60), ("不合格", None)]
THREE = [("优秀", 90), ("良好", 80), ("不合格", None)]

Row = list[Any]


def alone(text: str, column: int = 0) -> Row:
    """One cell of a row, not merged with its neighbours."""
    return [text if place == column else None for place in range(len(HEAD))]


def excel(path: Path, rows: list[Row], *merged: str) -> Imported:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (alone("2021年度考核细则"), HEAD, *rows):
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    book.save(path / "t.xlsx")
    return import_table(path / "t.xlsx")


def word(path: Path, rows: list[Row], *below: str) -> Imported:
    paper = docx.Document()
    paper.add_paragraph("2021年度考核细则")
    table = paper.add_table(rows=0, cols=len(HEAD))
    for row in (HEAD, *rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if text is None else str(text)
    for text in below:
        paper.add_paragraph(text)
    paper.save(str(path / "t.docx"))
    return import_table(path / "t.docx")


def titles(back: Imported) -> list[str]:
    return [item["title"]["zh"] for item in back.document["items"]]


def grades(back: Imported) -> list[tuple[str, int | None]]:
    return [(one["title"]["zh"], one.get("at_least")) for one in back.document.get("grades", [])]


def unread(back: Imported) -> list[tuple[int | None, str]]:
    return [(cell.where.row, cell.text) for cell in back.unread]


@pytest.mark.parametrize("read", [excel, word])
@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("优秀：90分以上；良好：80-89分；合格：60-79分；不合格：60分以下", FOUR),
        ("等次：优秀（90分及以上）、良好（80—89分）、合格（60—79分）、不合格（60分以下）", FOUR),
        ("90分以上为优秀，80—89分为良好，60-79分为合格，60分以下为不合格。", FOUR),
        ("优秀：９０分以上；良好：８０－８９分；合格：６０－７９分；不合格：０－５９分", FOUR),
        ("不合格：0-59分；合格：60-79分；良好：80-89分；优秀：90-100分", FOUR),
        ("优秀≥90分；良好≥80分；其余为不合格", THREE),
    ],
)
def test_grades_in_one_unmerged_cell_are_read_as_grades(tmp_path, read, text, expected):
    back = read(tmp_path, [CLEARED, MEETING, alone(text)])
    assert (titles(back), grades(back), unread(back)) == (ITEMS, expected, [])


@pytest.mark.parametrize(
    "rows",
    [
        [alone("优秀：90分以上"), alone("良好：80-89分"), alone("不合格：80分以下")],
        [["优秀", "90分以上", *[None] * 4], ["良好", "80-89分", *[None] * 4], ["不合格", None, None, "80分以下", None, None]],
        [["等次划分", "优秀：90分以上；良好：80-89分；不合格：80分以下", *[None] * 4]],
        [["等次", None, None, "优秀：90分以上；良好：80-89分；不合格：80分以下", None, None]],
        [alone("考核等次"), alone("优秀：90分以上；良好：80-89分；不合格：80分以下")],
    ],
)  # fmt: skip
def test_grades_over_several_rows_or_beside_their_label_are_read(tmp_path, rows):
    back = excel(tmp_path, [CLEARED, MEETING, *rows])
    assert (titles(back), grades(back), unread(back)) == (ITEMS, THREE, [])


def test_grades_below_the_table_of_a_document_are_read(tmp_path):
    back = word(tmp_path, [CLEARED, MEETING], "优秀：90分以上", "良好：80-89分", "不合格：80分以下")
    assert (titles(back), grades(back)) == (ITEMS, THREE)


@pytest.mark.parametrize(
    "text",
    [
        "优秀≥90分",
        "考核结果排名前3名为优秀，第4至15名为良好，其余为合格",
        "优秀：90分以上；良好：70-85分；不合格：70分以下",
        "优秀：90分以上；良好：80-95分；不合格：80分以下",
    ],
)
def test_grades_that_are_not_understood_are_named_and_are_no_item(tmp_path, text):
    back = excel(tmp_path, [CLEARED, MEETING, alone(text)])
    assert (titles(back), grades(back), unread(back)) == (ITEMS, [], [(5, text)])
    assert "等次" in back.unread[0].why.zh


SUM_FIRST = [
    "总分90分（含）以上为优秀，80分（含）至90分为良好，60分（含）至80分为合格，60分以下为不合格。",
    "总分：优秀（90分及以上）、良好（80—89分）、合格（60—79分）、不合格（60分以下）",
    "总分 90分以上（含90分）为优秀，80分以上（含80分）为良好，60分以上（含60分）为合格，60分以下为不合格",
    "合计得分90分以上为优秀，80分以上为良好，60分以上为合格，其余为不合格",
    "考核总分90分以上的评为优秀，80—90分的评为良好，60—80分的评为合格，低于60分的评为不合格",
    "满分100分，90分以上为优秀，80-89分为良好，60-79分为合格，60分以下为不合格",
    "总分达到90分以上为优秀，80分至90分（不含）为良好，60分至80分（不含）为合格，60分以下为不合格",
]


@pytest.mark.parametrize("text", SUM_FIRST)
@pytest.mark.parametrize("merged", [(), ("A7:F7",)])
def test_a_line_of_grades_is_grades_whatever_it_begins_with(tmp_path, text, merged):
    """And so the vetoes above it know what they lead to."""
    vetoes = [
        alone("一票否决：发生重大侵权事件的，评为不合格"),
        alone("一票否决：拒不执行的，降低一个等次"),
    ]
    back = excel(tmp_path, [CLEARED, MEETING, *vetoes, alone(text)], *merged)
    assert (titles(back), grades(back), unread(back)) == (ITEMS, FOUR, [])
    assert [one["then"] for one in back.document["vetoes"]] == [{"grade": "fail"}, {"lower_by": 1}]


def test_grades_that_begin_like_a_sum_and_are_not_understood_are_named_as_grades(tmp_path):
    said = "总分90分以上为优秀，70—85分为良好，70分以下为不合格"
    back = excel(tmp_path, [CLEARED, MEETING, alone(said)])
    assert (titles(back), grades(back), unread(back)) == (ITEMS, [], [(5, said)])
    assert "等次" in back.unread[0].why.zh


def test_what_a_sentence_adds_to_the_grades_is_not_lost(tmp_path):
    said = "优秀：90分以上；良好：80-89分；不合格：80分以下。排名前5名方可评为优秀"
    back = excel(tmp_path, [CLEARED, MEETING, alone(said)])
    assert (grades(back), unread(back)) == (THREE, [(5, "排名前5名方可评为优秀")])


@pytest.mark.parametrize(
    "row",
    [
        alone("合计 100"), alone("合计：１００分"), alone("满分100分"), alone("合计（100分）", 1),
        ["总  分", None, 100, None, None, None], ["合　计", None, "１００", None, None, None],
    ],
)  # fmt: skip
def test_a_sum_is_no_item(tmp_path, row):
    back = excel(tmp_path, [CLEARED, MEETING, row])
    assert (titles(back), unread(back)) == (ITEMS, [])


@pytest.mark.parametrize("text", ["合计：90分", "满分 ９０ 分"])
def test_a_sum_in_words_is_checked(tmp_path, text):
    back = excel(tmp_path, [CLEARED, MEETING, alone(text)])
    assert [(cell.where.row, cell.why.zh) for cell in back.unread] == [
        (5, "写的是90分，下级合计100分")
    ]


@pytest.mark.parametrize(
    ("rows", "note"),
    [
        ([alone("注：由办公室填写"), alone("1.保留两位小数"), alone("2.缺报的不得分")],
         "注：由办公室填写\n1.保留两位小数\n2.缺报的不得分"),
        ([alone("备注"), alone("由办公室填写")], "备注\n由办公室填写"),
        ([["备注", "由办公室填写，缺报的不得分", *[None] * 4]], "备注：由办公室填写，缺报的不得分"),
        ([alone("注：由办公室填写", 1)], "注：由办公室填写"),
        ([alone("填报说明：缺报不得分")], "填报说明：缺报不得分"),
        ([alone("注１：缺报不得分")], "注１：缺报不得分"),
    ],
)  # fmt: skip
def test_notes_are_kept_as_notes(tmp_path, rows, note):
    back = excel(tmp_path, [CLEARED, MEETING, *rows])
    assert (titles(back), back.document["note"], unread(back)) == (ITEMS, {"zh": note}, [])


@pytest.mark.parametrize(
    "rows",
    [
        [HEAD],
        [["一级 指标", "二级指标", "分 值", "评分标准（续）", "数据来源", "备 注"]],
        [alone("2021年度考核细则"), HEAD],
        [alone("（续）"), HEAD],
        [alone("第 1 页 共 2 页")],
        [alone("— 1 —")],
        [[None] * 6, ["　", None, " ", None, None, None]],
    ],
)
def test_what_a_page_repeats_is_passed_over(tmp_path, rows):
    back = excel(tmp_path, [CLEARED, *rows, MEETING])
    assert (titles(back), unread(back), back.readings) == (ITEMS, [], ())


@pytest.mark.parametrize(
    "row",
    [
        alone("填表人：        审核人：       日期：   年  月  日"),
        ["填表人：", None, "审核人：", None, "日期：", None],
    ],
)
def test_room_for_names_is_left_out_and_said(tmp_path, row):
    back = excel(tmp_path, [CLEARED, MEETING, row])
    assert (titles(back), unread(back), "note" in back.document) == (ITEMS, [], False)
    assert ["没有读入" in one.zh for one in back.readings] == [True]


def test_parts_numbered_in_one_cell_hold_the_items_below_them(tmp_path):
    rows = [alone("一、案件办理（60分）"), CLEARED, alone("二、机制建设（40分）"), MEETING]
    back = excel(tmp_path, rows)
    assert [(one["title"]["zh"], one.get("parent", "")) for one in back.document["items"]] == [
        ("案件办理", ""), ("案件办理", "A"), ("结案率", "A1"),
        ("机制建设", ""), ("机制建设", "B"), ("联席会议", "B1"),
    ]  # fmt: skip
    assert unread(back) == []


def test_a_last_row_of_one_cell_that_nothing_explains_is_named(tmp_path):
    back = excel(tmp_path, [CLEARED, MEETING, alone("解释权归考核办")])
    assert (titles(back), unread(back)) == (ITEMS, [(5, "解释权归考核办")])


def test_a_title_that_sounds_like_a_grade_stays_an_item(tmp_path):
    row = ["机制建设", "评价良好", 40, "评价为良好以上的得40分，否则不得分。", None, None]
    assert titles(excel(tmp_path, [CLEARED, row])) == ["案件办理", "结案率", "机制建设", "评价良好"]


def test_full_width_digits_are_numbers(tmp_path):
    row = ["案件办理", "结案率", "６０", "≥９０％得６０分，低于９０％不得分。", "法院", None]
    back = excel(tmp_path, [row, MEETING])
    item = back.document["items"][1]
    assert (item["points"], item["rule"]["steps"]) == (60, [[">= 90%", 60], ["< 90%", 0]])
