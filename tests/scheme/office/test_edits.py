"""What a person changes in a table that we exported, in Excel and in Word, in either language."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.bilingual import LANGS
from steelyard.scheme.office import Imported, export_docx, export_xlsx, import_table
from tests.builders import JIANGMEN, ZHONGSHAN

WRITERS = {"xlsx": export_xlsx, "docx": export_docx}


def text(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


SCHEME: dict[str, Any] = {
    "format": "steelyard-scheme/1",
    "code": "gd-ip",
    "version": "1",
    "title": text("知识产权保护考核细则", "IP protection assessment"),
    "label": "sample",
    "family": "points",
    "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
    "legal_basis": text("条例第45条", "Regulations, Art. 45"),
    "units": [JIANGMEN, ZHONGSHAN],
    "groups": {"core": text("珠三角", "Core")},
    "bodies": {"court": text("法院", "Court"), "office": text("知识产权局", "IP office")},
    "inputs": [
        {"code": "rate", "title": text("结案率", "Closing rate"), "type": "share"},
        {"code": "late", "title": text("迟报", "Late reports"), "unit_of_measure": text("次", "report")},
        {"code": "cases", "title": text("案件数", "Cases"), "type": "count"},
    ],
    "items": [
        {"code": "A", "title": text("案件办理", "Case work"), "points": 30, "combine": "lowest"},
        {
            "code": "A1", "parent": "A", "title": text("结案率", "Closing rate"), "points": 20,
            "rule": {"ladder": "rate", "steps": [[">= 90%", 20], ["[80%, 90%)", 10]], "otherwise": 0},
            "zero_if": "cases == 0", "applies_to": ["core"], "on": {"no_base": "zero", "late": "ignore"},
            "supplying_body": "court", "scoring_body": ["office", "court"],
            "material": text("导出表", "Export"), "note": "=1+1",
        },
        {
            "code": "A2", "parent": "A", "title": text("月报", "Monthly report"), "points": "10.50",
            "rule": [{"points": "full"}, {"deduct": "late", "each": "0.5"}],
        },
        {
            "code": "B", "title": "专家评审", "points": "1/2", "cap": "none",
            "rule": {"best": [{"points": "full"}, {"points": "mark", "say": text("评分", "Mark")}]},
        },
        {"code": "P", "kind": "bonus", "title": text("表扬", "Praise"), "rule": {"add": "praise", "each": 2}},
        {"code": "C", "title": text("机制", "Mechanism"), "points": 5, "rule": {"points": "full", "when": "done"}},
    ],
    "grades": [
        {"code": "good", "title": text("优秀", "Excellent"), "at_least": 90},
        {"code": "fail", "title": text("不合格", "Fail")},
    ],
    "vetoes": [
        {"code": "fraud", "title": text("弄虚作假", "Fraud"), "when": "fraud", "then": {"grade": "fail"}},
        {"code": "A1", "title": text("拒不配合", "Refusal"), "when": "refused", "then": {"rank": "last"}},
    ],
}  # fmt: skip


class Table:
    """The visible cells of an exported file, to be changed as a person would."""

    def __init__(self, path: Path) -> None:
        self.path = path
        if path.suffix == ".xlsx":
            self.book = openpyxl.load_workbook(path)
            self.sheet = self.book.worksheets[0]
        else:
            self.paper = docx.Document(str(path))
            self.table = self.paper.tables[0]

    def write(self, had: str, now: str) -> None:
        """Change every cell that says just this."""
        if self.path.suffix == ".xlsx":
            cells = [
                cell for row in self.sheet.iter_rows() for cell in row if str(cell.value) == had
            ]
            for cell in cells:
                cell.value = now
        else:
            cells = [cell for row in self.table.rows for cell in row.cells if cell.text == had]
            cells += [one for one in self.paper.paragraphs if one.text == had]
            for cell in cells:
                cell.text = now
        assert cells, had

    def imported(self) -> Imported:
        (self.book if self.path.suffix == ".xlsx" else self.paper).save(str(self.path))
        return import_table(self.path)


Exported = Callable[..., Table]


@pytest.fixture(params=["xlsx", "docx"])
def exported(request: pytest.FixtureRequest, tmp_path: Path) -> Exported:
    def made(document: dict[str, Any] = SCHEME, lang: Any = "zh") -> Table:
        path = tmp_path / f"table.{request.param}"
        path.write_bytes(WRITERS[request.param](document, lang))
        return Table(path)

    return made


def changed(code: str, **keys: Any) -> dict[str, Any]:
    """The scheme with other keys in one item; None takes a key away."""
    document = copy.deepcopy(SCHEME)
    item = next(one for one in document["items"] if one["code"] == code)
    for key, value in keys.items():
        item.pop(key, None)
        if value is not None:
            item[key] = value
    return document


@pytest.mark.parametrize("lang", LANGS)
def test_an_untouched_table_is_the_same_scheme(exported: Exported, lang: Any) -> None:
    back = exported(lang=lang).imported()
    assert (back.document, back.unread, back.readings) == (SCHEME, (), ())


def test_days_stay_native(exported: Exported) -> None:
    from datetime import date

    document = SCHEME | {"period": {"starts": date(2021, 1, 1), "ends": date(2022, 1, 1)}}
    assert exported(document).imported().document == document


def test_a_changed_title_changes_the_side_of_the_table_s_language(exported: Exported) -> None:
    table = exported()
    table.write("月报", "季度报告")
    assert table.imported().document == changed("A2", title=text("季度报告", "Monthly report"))


def test_a_changed_english_title_leaves_the_chinese(exported: Exported) -> None:
    table = exported(lang="en")
    table.write("Monthly report", "Quarterly report")
    assert table.imported().document == changed("A2", title=text("月报", "Quarterly report"))


def test_a_changed_group_keeps_its_code_and_its_items(exported: Exported) -> None:
    table = exported()
    table.write("案件办理（30分）", "案件质量（35分）")
    table.write("35.5", "40.5")
    back = table.imported()
    assert back.document == changed("A", title=text("案件质量", "Case work"), points=35)
    assert back.unread == ()


def test_changed_points_are_taken_over_and_unchanged_ones_keep_their_writing(
    exported: Exported,
) -> None:
    table = exported()
    table.write("20", "25")
    back = table.imported()
    assert back.document == changed("A1", points=25)
    assert back.document["items"][2]["points"] == "10.50"


def test_a_sum_that_no_longer_holds_is_listed(exported: Exported) -> None:
    table = exported()
    table.write("5", "8")
    back = table.imported()
    assert [cell.why.en for cell in back.unread] == [
        "35.5 points are written, but its items make 38.5"
    ]


def test_a_changed_rule_is_read_and_what_stands_beside_it_stays(exported: Exported) -> None:
    table = exported()
    table.write(
        "结案率≥90%得20分；80%≤结案率＜90%得10分；其余不得分。仅适用于珠三角。案件数为0的，本项不得分。"
        "无可比基数的不得分。逾期报送的，照常计分。",
        "结案率≥95%得20分；其余不得分。仅适用于珠三角。案件数为0的，本项不得分。无可比基数的不得分。",
    )
    back = table.imported()
    assert back.unread == ()
    assert back.document == changed(
        "A1",
        rule={"ladder": "rate", "steps": [[">= 95%", 20]], "otherwise": 0},
        on={"no_base": "zero"},
    )


def test_a_rule_worded_anew_goes_on_reading_the_item_s_own_figure_and_that_is_listed(
    exported: Exported,
) -> None:
    table = exported()
    table.write("迟报每1次扣0.5分，扣完为止。", "达到4次得满分，每少1次扣2分。")
    back = table.imported()
    assert back.document["inputs"] == SCHEME["inputs"]
    assert "late" in str(back.document["items"][2]["rule"])
    (said,) = back.readings
    assert "按本项原来使用的数据项“迟报”读" in said.zh
    assert said.item == "A2"


def test_a_condition_may_be_added_to_a_rule_that_words_alone_would_not_give_back(
    exported: Exported,
) -> None:
    table = exported()
    was = "以下各项取最高者：①得满分；②评分：得分＝mark。不设上限。"
    table.write(was, f"{was}未报送材料的，本项不得分。")
    back = table.imported()
    assert back.unread == ()
    item = back.document["items"][3]
    assert (item["rule"], item["cap"]) == (SCHEME["items"][3]["rule"], "none")
    assert item["zero_if"] == "not 专家评审_报送材料"


def test_a_changed_rule_that_is_not_understood_is_listed_and_the_old_one_not_kept(
    exported: Exported,
) -> None:
    table = exported()
    table.write("迟报每1次扣0.5分，扣完为止。", "视情节轻重处理")
    back = table.imported()
    assert back.document == changed("A2", rule=None)
    assert [cell.text for cell in back.unread] == ["视情节轻重处理"]


def test_changed_bodies_and_material_are_taken_over(exported: Exported) -> None:
    table = exported()
    table.write("知识产权局、法院", "知识产权局、检察院")
    table.write("导出表", "截图")
    back = table.imported()
    expected = changed("A1", scoring_body=["office", "检察院"], material=text("截图", "Export"))
    expected["bodies"] = SCHEME["bodies"] | {"检察院": {"zh": "检察院"}}
    assert back.document == expected


def test_a_changed_title_of_the_table_is_that_of_the_scheme(exported: Exported) -> None:
    table = exported()
    table.write("知识产权保护考核细则（样本）", "2022年考核细则（样本）")
    assert table.imported().document == SCHEME | {
        "title": text("2022年考核细则", "IP protection assessment")
    }


def test_changed_vetoes_are_read_and_removed_ones_are_gone(exported: Exported) -> None:
    table = exported()
    table.write("fraud的，一票否决，评为“不合格”。", "弄虚作假的，考核总分计0分")
    table.write("拒不配合", "拒绝配合")
    back = table.imported()
    assert back.unread == ()
    assert back.document["vetoes"] == [
        {
            "code": "fraud",
            "title": text("弄虚作假", "Fraud"),
            "when": "弄虚作假",
            "then": {"score": 0},
        },
        SCHEME["vetoes"][1] | {"title": text("拒绝配合", "Refusal")},
    ]


def test_text_changed_below_the_table_is_listed(exported: Exported) -> None:
    table = exported()
    table.write("2. 等次：90分（含）以上为“优秀”；其余为“不合格”。", "2. 等次：85分以上为优秀。")
    back = table.imported()
    assert back.document == SCHEME
    assert [cell.text for cell in back.unread] == [
        "2. 等次：85分以上为优秀。", "2. 等次：90分（含）以上为“优秀”；其余为“不合格”。",
    ]  # fmt: skip


# --- rows, which Excel alone makes easy to move


def sheet_of(tmp_path: Path) -> tuple[Any, Any, Path]:
    path = tmp_path / "table.xlsx"
    path.write_bytes(export_xlsx(SCHEME, "zh"))
    book = openpyxl.load_workbook(path)
    return book, book.worksheets[0], path


def test_a_removed_row_is_gone_and_the_others_stay_as_they_were(tmp_path: Path) -> None:
    book, sheet, path = sheet_of(tmp_path)
    row = next(r for r in range(1, 20) if sheet.cell(r, 1).value == "C")
    for column in range(1, sheet.max_column + 1):
        cell = sheet.cell(row, column)
        if type(cell).__name__ == "Cell":
            cell.value = None
    book.save(path)
    back = import_table(path)
    assert [one["code"] for one in back.document["items"]] == ["A", "A1", "A2", "B", "P"]
    assert back.document["items"][1] == SCHEME["items"][1]


@pytest.mark.parametrize("first", [True, False])
def test_a_row_added_to_a_group_belongs_to_it(tmp_path: Path, first: bool) -> None:
    """At its top, too: the group is known by any of its other rows."""
    book, sheet, path = sheet_of(tmp_path)
    group = next(
        block
        for block in sheet.merged_cells.ranges
        if sheet[block.coord.split(":")[0]].value == "案件办理（30分）"
    )
    place = group.min_row if first else group.max_row + 1
    _insert(sheet, place, group)
    words = ["", None, "公开率", 5, "≥90%得5分，低于90%不得分"]
    for column, value in enumerate(words, 1):
        if value is not None:
            sheet.cell(place, column).value = value
    book.save(path)
    back = import_table(path)
    added = [one for one in back.document["items"] if one["title"] == {"zh": "公开率"}]
    assert [(one["parent"], one["points"], one["rule"]["steps"][0]) for one in added] == [
        ("A", 5, [">= 90%", 5])
    ]
    by_code = {one["code"]: one for one in back.document["items"]}
    assert {code: by_code[code] for code in ("A", "A1", "A2", "B", "P", "C")} == {
        one["code"]: one for one in SCHEME["items"]
    }


def _insert(sheet: Any, place: int, group: Any) -> None:
    """As Excel inserts a row: merged cells below move down, the group's grow."""
    blocks = [(b.min_row, b.min_col, b.max_row, b.max_col) for b in sheet.merged_cells.ranges]
    for block in list(sheet.merged_cells.ranges):
        sheet.unmerge_cells(block.coord)
    own = (group.min_row, group.min_col, group.max_row, group.max_col)
    title = sheet.cell(own[0], own[1]).value
    sheet.insert_rows(place)
    for block in blocks:
        top, left, bottom, right = block
        if block == own:
            sheet.cell(own[0] + 1, left).value = None
            sheet.cell(own[0], left).value = title
            bottom += 1
        elif top >= place:
            top, bottom = top + 1, bottom + 1
        sheet.merge_cells(start_row=top, start_column=left, end_row=bottom, end_column=right)


def test_what_one_cell_cannot_hold_is_carried_all_the_same(exported: Exported) -> None:
    long = "很长的说明" * 20_000
    document = changed("A1", note=long)
    assert exported(document).imported().document == document


# --- any text at all

meant_otherwise = st.sampled_from(
    ["合计", "小计", "加分项", "一票否决", "注：说明", "编号", "评分标准", "分值", "培训（2分）", "总分", "Total", "Bonus",
     "1", "-", "—", "A", "=1+1", "'=1", "@x", "a\nb", "  x  ", "_x0041_", "90分以上为优秀", "加分项（5分）", "http://a.b"]
)  # fmt: skip
odd = meant_otherwise | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12
).filter(str.strip)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
@given(
    title=odd,
    note=odd,
    key=odd,
    points=st.decimals(0, 99, places=2).map(str),
    lang=st.sampled_from(LANGS),
)
def test_any_text_comes_back_as_it_was(
    tmp_path: Path, title: str, note: str, key: str, points: str, lang: Any
) -> None:
    document = SCHEME | {
        "title": title,
        "note": note,
        "bodies": {key: title},
        "items": [
            {"code": "A", "title": {"zh": title, "en": note}, "points": points, "note": note, "rule": {"points": "full"}},
            {"code": "B", "title": note, "kind": "deduction", "rule": {"deduct": "x", "each": 1, "say": title}},
        ],
    }  # fmt: skip
    for ending, write in WRITERS.items():
        path = tmp_path / f"any.{ending}"
        path.write_bytes(write(document, lang))
        back = import_table(path)
        assert (back.document, back.unread) == (document, ())
