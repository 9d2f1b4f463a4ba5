"""For how many units a grade is: read where the words say only that, named where they say more, never lost."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from steelyard.scheme.office import Imported, import_table

FOUR = "90分以上为优秀，80分以上为良好，60分以上为合格，60分以下为不合格"


def read(folder: Path, *rows: str) -> Imported:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["2026年度考核细则"], ["指标", "分值", "评分标准"], ["联席会议", 100, "召开的得100分，未召开的不得分"]):  # fmt: skip
        sheet.append(row)
    for text in rows:
        sheet.append([text])
        sheet.merge_cells(
            start_row=sheet.max_row, end_row=sheet.max_row, start_column=1, end_column=3
        )
    book.save(folder / "t.xlsx")
    return import_table(folder / "t.xlsx")


def quotas(back: Imported) -> dict[str, object]:
    grades = back.document.get("grades", [])
    assert isinstance(grades, list)
    return {one["title"]["zh"]: one["quota"] for one in grades if "quota" in one}


def kept(back: Imported) -> list[str]:
    return [one.zh for one in back.readings if "只存入备注" in one.zh]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([f"等次：{FOUR}。优秀等次不超过参评市总数的30%。"], {"优秀": {"share": "30%"}}),
        ([f"等次：{FOUR}。优秀比例不超过30%。"], {"优秀": {"share": "30%"}}),
        ([f"等次：{FOUR}，优秀比例不超过百分之三十。"], {"优秀": {"share": "30%"}}),
        ([f"等次：{FOUR}；其中优秀名额控制在6个以内；良好不超过八个"], {"优秀": {"count": 6}, "良好": {"count": 8}}),
        ([f"等次：{FOUR}。评为“优秀”等次的市不得超过被考核市总数的25%"], {"优秀": {"share": "25%"}}),
        (["等次：90分以上为优秀（不超过6个），80分以上为良好，60分以上为合格，60分以下为不合格。"], {"优秀": {"count": 6}}),
        ([f"等次：{FOUR}。", "备注：1.优秀等次不超过6个市。"], {"优秀": {"count": 6}}),
        (["优秀：90分以上；良好：80-89分；不合格：80分以下。优秀单位最多5个"], {"优秀": {"count": 5}}),
        (["考核结果分为优秀、良好、合格、不合格四个等次。" + FOUR + "。优秀比例不高于15%。"], {"优秀": {"share": "15%"}}),
    ],
)  # fmt: skip
def test_a_quota_in_words_is_the_quota_of_its_grade(
    tmp_path: Path, rows: list[str], expected: dict[str, object]
) -> None:
    back = read(tmp_path, *rows)
    assert (quotas(back), back.unread, kept(back)) == (expected, (), [])
    assert [one.zh for one in back.readings if "按名额读" in one.zh]


@pytest.mark.parametrize(
    "said",
    [
        "优秀、良好合计不超过60%",
        "优秀比例原则上不超过30%",
        "先进等次不超过3个",
        "优秀等次不少于3个",
        "优秀等次不超过30%，并列的一并计入",
        "优秀等次一般不超过三个",
        "优秀名额另行确定",
    ],
)
@pytest.mark.parametrize("row", ["等次：" + FOUR + "。{}。", "备注：{}。"])
def test_a_quota_that_is_not_understood_is_named(tmp_path: Path, said: str, row: str) -> None:
    rows = [row.format(said)] if "等次：" in row else [f"等次：{FOUR}。", row.format(said)]
    back = read(tmp_path, *rows)
    assert quotas(back) == {}
    assert len(back.document["grades"]) == 4
    assert [one.text for one in back.unread] == [said]


def test_every_other_sentence_beside_the_grades_is_named(tmp_path: Path) -> None:
    back = read(tmp_path, f"等次：{FOUR}。考核结果报省委、省政府。连续两年不合格的约谈主要负责人。")
    assert quotas(back) == {}
    assert [line for line in kept(back) if "报省委" in line]
    assert [line for line in kept(back) if "约谈" in line]


def test_a_note_is_named_without_what_was_read_of_it(tmp_path: Path) -> None:
    back = read(tmp_path, f"等次：{FOUR}。", "备注：优秀等次不超过6个。考核结果报省委、省政府。")
    assert quotas(back) == {"优秀": {"count": 6}}
    (line,) = kept(back)
    assert "报省委" in line
    assert "不超过6个" not in line


def test_a_note_is_named_in_its_own_words_and_none_is_cut_in_the_middle(tmp_path: Path) -> None:
    said = (
        "逾期整改的，由考核办约谈，并在全省范围内通报；某项工作不涉及的，经考核办认定后按比例折算。"
    )
    (line,) = kept(read(tmp_path, f"等次：{FOUR}。", f"备注：{said}"))
    assert said in line
