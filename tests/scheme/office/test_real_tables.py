"""Tables as offices really write them, made here cell by cell after published ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from steelyard.scheme.model import Scheme
from steelyard.scheme.office import Imported, import_table
from steelyard.scheme.read import as_plain

Cells = list[list[Any]]


def workbook(
    path: Path, rows: Cells, merged: tuple[str, ...] = (), sheets: dict[str, Cells] | None = None
) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for block in merged:
        sheet.merge_cells(block)
    for name, others in (sheets or {}).items():
        other = book.create_sheet(name)
        for row in others:
            other.append(row)
    book.save(path)
    return path


def read(tmp_path: Path, rows: Cells, *merged: str, **more: Any) -> Imported:
    return import_table(workbook(tmp_path / "table.xlsx", rows, merged, **more))


def outline(back: Imported) -> list[tuple[Any, ...]]:
    """Code, parent, title and points of each item, and its kind where it is none of the plain."""
    return [
        (item["code"], item.get("parent", ""), item["title"].get("zh") or item["title"]["en"], item.get("points"))
        + ((item["kind"],) if "kind" in item else ())
        for item in back.document["items"]
    ]  # fmt: skip


def rules(back: Imported) -> dict[str, Any]:
    return {item["code"]: item.get("rule") for item in back.document["items"] if "rule" in item}


def unread(back: Imported) -> list[tuple[int | None, str]]:
    return [(cell.where.row, cell.text) for cell in back.unread if cell.where.row]


# --- a county's sheet for township river chiefs: seven items, seven shapes of rule

RIVER_CHIEFS: Cells = [
    ["石城县2018年度乡镇河长考核评分表"],
    ["序号", "考核项目", "考核要求", "分值", "评分标准", "得分", "备注"],
    [1, "日常巡河", "每周巡河1次以上", 20, "全年无巡查的不得分；每缺1次扣1分；问题未及时处理的每起扣2分，扣完为止", None, None],
    [2, "事件处理率", None, 15, "得分＝事件处理率×15", None, None],
    [3, "水质变化", None, 15, "每有1个水体不达标扣2分，扣完为止", None, None],
    [4, "群众投诉", None, 10, "每件投诉扣2分，投诉人满意的不扣分", None, None],
    [5, "宣传教育", None, 20, "每发现一处问题扣2分，扣完为止", None, None],
    [6, "创新推广", None, 10, "省级5分、市级3分、县级2分", None, None],
    [7, "综合评价", None, 10, "由县河长办酌情评分", None, None],
    [None, "合计", None, 100, None, None, None],
    ["注：1.得分由县河长办填写。"],
]  # fmt: skip


def test_a_flat_sheet_keeps_its_numbers_as_codes(tmp_path: Path) -> None:
    back = read(tmp_path, RIVER_CHIEFS, "A1:G1", "A11:G11")
    assert outline(back) == [
        ("1", "", "日常巡河", 20), ("2", "", "事件处理率", 15), ("3", "", "水质变化", 15),
        ("4", "", "群众投诉", 10), ("5", "", "宣传教育", 20), ("6", "", "创新推广", 10),
        ("7", "", "综合评价", 10),
    ]  # fmt: skip
    assert rules(back) == {
        "1": [{"points": "full"}, {"deduct": "日常巡河_缺少数", "each": 1}, {"deduct": "日常巡河_问题未及时处理", "each": 2}],
        "2": {"points": "事件处理率 * 15"},
        "3": [{"points": "full"}, {"deduct": "水质变化_水体不达标", "each": 2}],
        "5": [{"points": "full"}, {"deduct": "宣传教育_发现问题", "each": 2}],
        "6": [
            {"points": 5, "when": "创新推广_省级"}, {"points": 3, "when": "创新推广_市级"},
            {"points": 2, "when": "创新推广_县级"},
        ],
        "7": {"points": "综合评价_评定分"},
    }  # fmt: skip
    assert unread(back) == [(6, "每件投诉扣2分，投诉人满意的不扣分")]
    assert back.document["period"] == {"starts": "2018-01-01", "ends": "2019-01-01"}
    assert back.document["note"] == {"zh": "注：1.得分由县河长办填写。"}
    assert any("第11行" in reading.zh for reading in back.readings)


# --- a county's sheet for its townships: sections with points, sums, assessors, bonus and deduction

TOWNSHIPS: Cells = [
    ["2018年度河长制湖长制乡镇目标管理（绩效）考核细则"],
    ["考核项目", "考核内容", "分值", "评分办法", "牵头部门", "佐证材料"],
    ["一、组织与日常工作（18分）"],
    ["组织体系", "责任体系", 5, "未建立的不得分", "县河长办", "文件"],
    [None, "督查台账", 2, "每缺1项扣0.5分，扣完为止", "县河长办、水利局", "台账"],
    ["信息平台", "App巡河", 6, "每少1次扣0.5分，扣完为止", "县河长办", None],
    [None, "填写日志", 5, "每缺1篇扣0.5分，扣完为止", None, None],
    ["小计", None, 18, None, None, None],
    ["二、专项整治（9分）"],
    ["非法采砂", "台账", 3, "未建立的不得分", "水利局", None],
    ["渔业保护", "执法", 6, "每查处1起得2分，最高得6分", "农粮局", None],
    ["小计", None, 10, None, None, None],
    ["加分项"],
    ["表扬", "省级表扬", None, "每次加20分", "县河长办", None],
    ["扣分项"],
    ["通报", "被省级暗访曝光", None, "每次扣20分", "县河长办", None],
    ["一票否决"],
    ["发生重大水污染事件的，一票否决"],
    ["总分", None, 27, None, None, None],
    ["考核等次：90分以上为优秀，75—89分为良好，60—74分为合格，60分以下为不合格。"],
]
ACROSS = tuple(f"A{row}:F{row}" for row in (1, 3, 9, 13, 15, 17, 18, 20))


def test_sections_sums_bonus_deduction_and_vetoes_find_their_place(tmp_path: Path) -> None:
    back = read(tmp_path, TOWNSHIPS, *ACROSS, "A4:A5", "A6:A7")
    assert outline(back) == [
        ("A", "", "组织与日常工作", 18), ("A1", "A", "组织体系", None), ("A1.1", "A1", "责任体系", 5),
        ("A1.2", "A1", "督查台账", 2), ("A2", "A", "信息平台", None), ("A2.1", "A2", "App巡河", 6),
        ("A2.2", "A2", "填写日志", 5), ("B", "", "专项整治", 9), ("B1", "B", "非法采砂", None),
        ("B1.1", "B1", "台账", 3), ("B2", "B", "渔业保护", None), ("B2.1", "B2", "执法", 6),
        ("C", "", "加分项", None, "bonus"), ("C1", "C", "表扬", None, "bonus"),
        ("C1.1", "C1", "省级表扬", None, "bonus"), ("D", "", "扣分项", None, "deduction"),
        ("D1", "D", "通报", None, "deduction"), ("D1.1", "D1", "被省级暗访曝光", None, "deduction"),
    ]  # fmt: skip
    assert rules(back)["C1.1"] == {"add": "省级表扬", "each": 20}
    assert rules(back)["D1.1"] == {"deduct": "被省级暗访曝光", "each": 20}
    assert unread(back) == [(12, "小计")]
    assert back.unread[0].why.en == "10 points are written, but its items make 9"
    assert [(one["title"]["zh"], one.get("at_least")) for one in back.document["grades"]] == [
        ("优秀", 90), ("良好", 75), ("合格", 60), ("不合格", None),
    ]  # fmt: skip
    assert back.document["vetoes"] == [
        {"code": "v1", "title": {"zh": "发生重大水污染事件"}, "when": "发生重大水污染事件", "then": {"grade": "fail"}}
    ]  # fmt: skip
    assert back.document["items"][3]["scoring_body"] == ["县河长办", "水利局"]


def test_the_same_title_twice_is_two_inputs(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "二级指标", "分值", "评分标准"],
        ["甲", "台账", 5, "每缺1项扣1分"],
        ["乙", "台账", 5, "每缺1项扣1分"],
    ]
    assert [one["code"] for one in read(tmp_path, rows).document["inputs"]] == [
        "甲_台账_缺少数", "乙_台账_缺少数",
    ]  # fmt: skip


# --- the yearly sheet of patent enforcement: points a case, no full mark

ENFORCEMENT: Cells = [
    ["专利行政执法工作绩效考核项目表"],
    ["单位：", None, "负责人：", None, "2016年"],
    ["序号", "项目", "计分办法", "证明材料", "自评分", "考核分"],
    [1, "专利纠纷办案量", "每件得3分", "案件报送系统", None, None],
    [2, "专利纠纷办案量增长", "比上年每增长10个百分点得1分（上年为0的，以1计）", "案件报送系统", None, None],
    [3, "展会办案", "每件得0.1分", "展会名称、日期，立案表照片", None, None],
    [4, "法定期限内结案率", "90%以上得10分，80%以上得9分，70%以上得8分，60%以上得7分，低于60%得1分，无案件得0分", "系统", None, None],
    [5, "行政诉讼应诉", "每件得1分，胜诉的另加4分", "判决书", None, None],
]  # fmt: skip


def test_points_a_case_need_no_column_of_points(tmp_path: Path) -> None:
    back = read(tmp_path, ENFORCEMENT, "A1:F1")
    items = {item["code"]: item for item in back.document["items"]}
    assert (items["1"]["points"], items["1"]["cap"]) == (0, "none")
    assert items["2"]["rule"]["add"] == "growth(专利纠纷办案量, base_if_zero=1)"
    assert items["4"]["points"] == 10
    assert items["4"]["zero_if"] == "not 法定期限内结案率_有案件"
    assert items["3"]["material"] == {"zh": "展会名称、日期，立案表照片"}
    assert unread(back) == [(8, "胜诉的另加4分")]
    assert back.document["title"] == {"zh": "专利行政执法工作绩效考核项目表"}
    assert back.document["period"] == {"starts": "2016-01-01", "ends": "2017-01-01"}


# --- merged cells in every direction

THREE_LEVELS: Cells = [
    ["序号", "考核指标", None, None, "分值", "评分标准", "责任单位"],
    [None, "一级指标", "二级指标", "三级指标", None, None, None],
    [1, "保护", "案件办理", "结案率", 20, "≥90%得10分，低于90%不得分", "法院"],
    [None, None, None, "公开率", None, "得分＝公开率×10", "法院"],
    [2, None, "机制", "联席会议", 5, "每少1次扣1分", "市场监管局"],
    [3, "加分项", None, None, 5, "每获批1项加1分，最高加5分", "市场监管局"],
]


def test_merged_points_belong_to_the_group_whose_rows_they_span(tmp_path: Path) -> None:
    merged = (
        "B1:D1",
        "A1:A2",
        "E1:E2",
        "F1:F2",
        "G1:G2",
        "B3:B5",
        "C3:C4",
        "E3:E4",
        "A3:A4",
        "B6:D6",
    )
    back = read(tmp_path, THREE_LEVELS, *merged)
    assert [one[1:] for one in outline(back)] == [
        ("", "保护", None), ("A", "案件办理", 20), ("1", "结案率", 10), ("1", "公开率", None),
        ("A", "机制", None), ("A2", "联席会议", 5), ("", "加分项", 5, "bonus"),
    ]  # fmt: skip


def test_titles_left_blank_or_said_again_are_one_group(tmp_path: Path) -> None:
    head = ["一级指标", "二级指标", "分值", "评分标准"]
    blank = [head, ["甲", "a", 1, "得1分"], [None, "b", 1, "得1分"], ["乙", "c", 1, "得1分"]]
    again = [head, ["甲", "a", 1, "得1分"], ["甲", "b", 1, "得1分"], ["乙", "c", 1, "得1分"]]
    assert outline(read(tmp_path, blank)) == outline(read(tmp_path, again)) == [
        ("A", "", "甲", None), ("A1", "A", "a", 1), ("A2", "A", "b", 1), ("B", "", "乙", None),
        ("B1", "B", "c", 1),
    ]  # fmt: skip


def test_points_between_the_levels_belong_to_the_level_on_their_left(tmp_path: Path) -> None:
    rows = [
        ["一级指标", "分值", "二级指标", "分值", "评分标准"],
        ["甲", 3, "a", 1, "得1分"],
        [None, None, "b", 2, "得2分"],
    ]
    assert outline(read(tmp_path, rows, "A2:A3", "B2:B3")) == [
        ("A", "", "甲", 3), ("A1", "A", "a", 1), ("A2", "A", "b", 2),
    ]  # fmt: skip


def test_several_lines_of_one_indicator_with_points_of_their_own_are_indicators_below(
    tmp_path: Path,
) -> None:
    rows = [
        ["项目", "要求", "分值", "评分标准"],
        ["宣传", "信息", 3, "每缺1篇扣1分"],
        [None, "总结", 2, "每缺1份扣1分"],
        ["培训", "覆盖7个行业", 4, "每少1个扣0.5分"],
        ["执法", "有队伍", 4, "无队伍的不得分"],
    ]
    assert outline(read(tmp_path, rows, "A2:A3")) == [
        ("A", "", "宣传", None), ("A1", "A", "信息", 3), ("A2", "A", "总结", 2), ("B", "", "培训", None),
        ("B1", "B", "覆盖7个行业", 4), ("C", "", "执法", None), ("C1", "C", "有队伍", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("cell", "points"),
    [("10分", 10), ("≤10", 10), ("最高10分", 10), ("+5", 5), ("２．５", "2.5"), ("1/2", "0.5")],
)
def test_points_are_read_in_their_writings(tmp_path: Path, cell: str, points: Any) -> None:
    rows = [["项目", "分值", "评分标准"], ["甲", cell, "得满分"]]
    assert outline(read(tmp_path, rows)) == [("A", "", "甲", points)]


def test_points_that_are_no_number_are_listed(tmp_path: Path) -> None:
    rows = [["项目", "分值", "评分标准"], ["甲", "若干", "每件得1分"]]
    assert unread(read(tmp_path, rows)) == [(2, "若干")]


def test_weights_in_per_cent_are_points_of_a_hundred(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in [["指标", "权重", "计分方法"], ["甲", 0.4, "得满分"], ["乙", "60%", "得满分"]]:
        sheet.append(row)
    sheet["B2"].number_format = "0%"
    book.save(tmp_path / "a.xlsx")
    assert [one[3] for one in outline(import_table(tmp_path / "a.xlsx"))] == [40, 60]


def test_merged_points_that_fit_no_group_are_listed(tmp_path: Path) -> None:
    rows = [["项目", "分值", "评分标准"], ["甲", 5, "得满分"], ["乙", None, "得满分"]]
    back = read(tmp_path, rows, "B2:B3")
    assert [
        cell.text for cell in back.unread if cell.why.en == "the merged points span no one group"
    ] == ["5"]


def test_a_rule_shared_by_two_items_is_read_for_neither_of_them_twice(tmp_path: Path) -> None:
    rows = [["项目", "分值", "评分标准"], ["甲", 5, "每缺1项扣1分"], ["乙", 5, None]]
    back = read(tmp_path, rows, "C2:C3")
    assert [one.why.en for one in back.unread if one.where.row == 3] == [
        "its rule stands in one cell with the item above"
    ]


def test_a_row_without_a_title_is_listed_and_not_lost(tmp_path: Path) -> None:
    rows = [["项目", "分值", "评分标准"], [None, 5, "每缺1项扣1分"], ["乙", 5, "得满分"]]
    assert unread(read(tmp_path, rows)) == [(2, "5 | 每缺1项扣1分")]


def test_another_scoring_table_in_the_file_is_told(tmp_path: Path) -> None:
    small = [["项目", "分值", "评分标准"], ["乙", 5, "得满分"]]
    large = [*small, ["丙", 5, "得满分"]]
    back = read(tmp_path, small, sheets={"另表": large})
    assert [one[2] for one in outline(back)] == ["乙", "丙"]
    assert [cell.text for cell in back.unread if "另有" in cell.why.zh] == ["Sheet"]


def test_vetoes_in_one_cell_are_told_apart(tmp_path: Path) -> None:
    rows = [
        ["项目", "分值", "评分标准"],
        ["甲", 5, "得满分"],
        ["一票否决"],
        ["有下列情形之一的，评为不合格：1.发生重大侵权事件；2.弄虚作假。"],
        ["考核等次：60分以上为合格，60分以下为不合格"],
    ]
    back = read(tmp_path, rows, "A3:C3", "A4:C4", "A5:C5")
    assert [(veto["when"], veto["then"]) for veto in back.document["vetoes"]] == [
        ("发生重大侵权事件", {"grade": "fail"}), ("弄虚作假", {"grade": "fail"}),
    ]  # fmt: skip


def test_what_was_imported_is_a_sound_scheme(tmp_path: Path) -> None:
    """Once its units are added, and what is listed is mended."""
    mended = [row for row in TOWNSHIPS if row[0] != "小计"]
    merged = tuple(f"A{row}:F{row}" for row in (1, 3, 8, 11, 13, 15, 16, 18))
    back = read(tmp_path, mended, *merged)
    whole = dict(back.document) | {"units": [{"code": "gf", "title": "赣江源"}]}
    whole.pop("tables")
    scheme = Scheme.from_document(as_plain(whole))  # type: ignore[arg-type]
    assert scheme.full[""] == 27


# --- Word

HEAD = ["一级指标", "二级指标", "分值", "评分标准"]


def word_table(paper: Any, rows: Cells) -> Any:
    table = paper.add_table(rows=0, cols=len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = "" if text is None else str(text)
    return table


def test_a_table_that_goes_on_over_pages_is_one(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("附件1")
    paper.add_paragraph("2021年度考核细则")
    word_table(paper, [HEAD, ["甲", "a", 1, "得1分"], HEAD, ["乙", "b", 1, "得1分"]])
    paper.add_paragraph("")
    word_table(paper, [HEAD, ["丙", "c", 1, "得1分"]])
    paper.add_paragraph("注：解释权归考核办。")
    paper.save(str(tmp_path / "a.docx"))
    back = import_table(tmp_path / "a.docx")
    assert [one[2] for one in outline(back)] == ["甲", "a", "乙", "b", "丙", "c"]
    assert back.document["title"] == {"zh": "2021年度考核细则"}
    assert back.document["note"] == {"zh": "注：解释权归考核办。"}


def test_tracked_insertions_count_and_deletions_do_not(tmp_path: Path) -> None:
    paper = docx.Document()
    table = word_table(paper, [HEAD, ["甲", "a", 10, "每缺1次扣"]])
    paragraph = table.rows[1].cells[3].paragraphs[0]._p
    for tag, text_tag, text in (("w:ins", "w:t", "2分"), ("w:del", "w:delText", "1分")):
        change, run, piece = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(text_tag)
        change.set(qn("w:id"), "1")
        piece.text = text
        run.append(piece)
        change.append(run)
        paragraph.append(change)
    paper.save(str(tmp_path / "a.docx"))
    assert rules(import_table(tmp_path / "a.docx"))["A1"][1]["each"] == 2


def test_cells_merged_both_ways_in_word_make_the_tree(tmp_path: Path) -> None:
    paper = docx.Document()
    table = word_table(
        paper,
        [HEAD, ["甲（2分）", "a", 1, "得1分"], ["", "b", 1, "得1分"], ["总结", "", 1, "得1分"]],
    )
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 1))
    paper.save(str(tmp_path / "a.docx"))
    assert outline(import_table(tmp_path / "a.docx")) == [
        ("A", "", "甲", 2), ("A1", "A", "a", 1), ("A2", "A", "b", 1), ("B", "", "总结", 1),
    ]  # fmt: skip


def test_a_long_merged_column_in_word_is_read_at_once(tmp_path: Path) -> None:
    """Looking every merged cell up from the top again took minutes."""
    from steelyard.scheme.office import export_docx

    items = [{"code": "G", "title": "组", "points": 600}]
    items += [
        {"code": f"G{n}", "parent": "G", "title": f"项{n}", "points": 1, "rule": {"points": "full"}}
        for n in range(600)
    ]
    document = {"code": "x", "title": "表", "items": items}
    (tmp_path / "a.docx").write_bytes(export_docx(document, "zh"))
    assert import_table(tmp_path / "a.docx").document == document


# --- a sum that holds the bonus; columns of which nothing is read

WITH_A_BONUS: Cells = [
    ["一级指标", "二级指标", "分值", "评分标准", "材料要求", "自评分", "联系人", "备注"],
    ["保护", "月报", 60, "每缺1次扣1分", "月报文本", None, "张三", None],
    [None, "投诉", 40, "每起扣2分", None, None, None, None],
    ["加分项", "案例", 5, "每件加1分，最高加5分", "文件", None, None, None],
    ["合计", None, 105, None, None, None, None, None],
]


def test_a_sum_may_hold_the_points_of_the_bonus(tmp_path: Path) -> None:
    back = read(tmp_path, WITH_A_BONUS)
    assert unread(back) == []
    assert any("合计含加分项的分值" in one.zh for one in back.readings)


@pytest.mark.parametrize("stated", [104, 110])
def test_a_sum_that_is_neither_is_for_a_person(tmp_path: Path, stated: int) -> None:
    rows = [*WITH_A_BONUS[:-1], ["合计", None, stated, None, None, None, None, None]]
    assert unread(read(tmp_path, rows)) == [(5, "合计")]


def test_what_an_item_needs_as_material_is_read(tmp_path: Path) -> None:
    items = read(tmp_path, WITH_A_BONUS).document["items"]
    assert [one.get("material") for one in items if "rule" in one] == [
        {"zh": "月报文本"}, None, {"zh": "文件"},
    ]  # fmt: skip


def test_a_column_of_which_nothing_is_read_is_named(tmp_path: Path) -> None:
    said = [one.zh for one in read(tmp_path, WITH_A_BONUS).readings if "这一列没有读入" in one.zh]
    assert len(said) == 1
    assert "第2行 “联系人”列 联系人：" in said[0]


def test_room_for_scores_is_named_only_where_it_is_filled_in(tmp_path: Path) -> None:
    rows = [WITH_A_BONUS[0], ["保护", "月报", 60, "每缺1次扣1分", None, 58, None, None]]
    said = [one.zh for one in read(tmp_path, rows).readings if "这一列没有读入" in one.zh]
    assert ["“自评分”列" in one for one in said] == [True]


@pytest.mark.parametrize(
    "heading",
    ["材料要求", "佐证材料", "佐证材料要求", "证明材料清单", "材料", "应提交的材料", "所需材料"],
)
def test_headings_of_material(tmp_path: Path, heading: str) -> None:
    rows = [["指标", "分值", "评分标准", heading], ["月报", 60, "每缺1次扣1分", "月报文本"]]
    assert read(tmp_path, rows).document["items"][0]["material"] == {"zh": "月报文本"}


SPLIT = [
    ["指标", "分值", "评分办法", "责任单位", None],
    [None, None, None, "数据提供", "评分"],
    ["月报", 60, "每缺1次扣1分", "市监局", "知识产权局"],
    ["注：1.得分90分以上为优秀，60分以上为合格，其余为不合格。2.发生重大事件的一票否决。", None, None, None, None],
]  # fmt: skip


def test_bodies_under_one_heading_are_told_by_what_each_does(tmp_path: Path) -> None:
    got = read(tmp_path, SPLIT, "D1:E1", "A1:A2", "B1:B2", "C1:C2", "A4:E4")
    assert got.document["items"][0]["supplying_body"] == "市监局"
    assert got.document["items"][0]["scoring_body"] == "知识产权局"


def test_a_veto_in_a_note_is_named_beside_the_grades_that_are_read(tmp_path: Path) -> None:
    got = read(tmp_path, SPLIT, "D1:E1", "A1:A2", "B1:B2", "C1:C2", "A4:E4")
    assert [one["code"] for one in got.document["grades"]] == ["excellent", "pass", "fail"]
    assert unread(got) == [(4, "2.发生重大事件的一票否决")]
