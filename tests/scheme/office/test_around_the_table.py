"""What a document says around its table is read as in a row of it, or named: nothing of it vanishes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from steelyard.cli import main
from steelyard.scheme.given import FORGED_ITEMS, GIVEN
from steelyard.scheme.office import Imported, import_table

TITLE = "2025年度考核细则（样本）"
HEAD = ("考核内容", "分值", "评分标准", "数据来源")
ROWS = (
    ("结案率", "60", "结案率达到90%得60分，低于90%的不得分。", "法院"),
    ("联席会议", "40", "建立的得40分，未建立的不得分。", "省局"),
)
GRADES = "等次：90分以上为优秀，80分以上为良好，60分以上为合格，60分以下为不合格。"


def paper(path: Path, *blocks: str | Sequence[Sequence[str]]) -> Imported:
    """A document of paragraphs and tables, in their order."""
    made = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            made.add_paragraph(block)
            continue
        table = made.add_table(rows=0, cols=len(block[0]))
        for row in block:
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    made.save(str(path / "t.docx"))
    return import_table(path / "t.docx")


TABLE = (HEAD, *ROWS)


def vetoes(back: Imported) -> list[tuple[str, dict[str, Any]]]:
    return [(one["when"], one["then"]) for one in back.document.get("vetoes", [])]  # type: ignore[attr-defined]


def quotas(back: Imported) -> list[object]:
    return [one.get("quota") for one in back.document.get("grades", [])]  # type: ignore[attr-defined]


def left(back: Imported) -> list[str]:
    return [one.text for one in back.unread]


FORGED = (GIVEN[FORGED_ITEMS].condition, {"lower_by": 1})
VETOES = [
    ("一票否决：提供虚假材料的，降低一个等次。",),
    ("一票否决", "提供虚假材料的，降低一个等次。"),
    ("四、一票否决事项：提供虚假材料的，降低一个等次。",),
    ("（三）有下列情形之一的，降低一个等次：", "1.提供虚假材料的。"),
    ("提供虚假材料的，降低一个等次。",),
]


@pytest.mark.parametrize("said", VETOES)
@pytest.mark.parametrize("place", ["before", "after", "between"])
def test_a_veto_around_the_table_is_read_as_in_it(
    tmp_path: Path, said: tuple[str, ...], place: str
) -> None:
    if place == "before":
        back = paper(tmp_path, TITLE, *said, TABLE, GRADES)
    elif place == "after":
        back = paper(tmp_path, TITLE, TABLE, *said, GRADES)
    else:
        back = paper(tmp_path, TITLE, (HEAD, ROWS[0]), *said, (HEAD, ROWS[1]), GRADES)
    assert vetoes(back) == [FORGED]
    assert left(back) == []
    assert back.document["title"] == {"zh": TITLE}


@pytest.mark.parametrize("place", ["before", "after"])
def test_grades_and_their_quota_around_the_table_are_read(tmp_path: Path, place: str) -> None:
    said = [f"{GRADES}优秀等次不超过参评市总数的30%。"]
    before, after = (said, []) if place == "before" else ([], said)
    back = paper(tmp_path, TITLE, *before, TABLE, *after)
    assert quotas(back) == [{"share": "30%"}, None, None, None]
    assert back.not_rules == 0


def test_one_paragraph_of_several_sentences_is_read_sentence_by_sentence(tmp_path: Path) -> None:
    said = f"{GRADES}优秀名额不超过3个。一票否决：提供虚假材料的，降低一个等次。"
    back = paper(tmp_path, TITLE, TABLE, said)
    assert quotas(back)[0] == {"count": 3}
    assert vetoes(back) == [FORGED]
    assert (left(back), back.not_rules) == ([], 0)


def test_each_list_has_the_end_that_its_own_head_says(tmp_path: Path) -> None:
    back = paper(
        tmp_path, TITLE, "有下列情形之一的，不得评为优秀：", "1.结案率低于80%的。", "2.提供虚假材料的。",
        TABLE, GRADES, "一票否决：结案率低于60%的。",
    )  # fmt: skip
    assert [then for _, then in vetoes(back)] == [
        {"best_grade": "good"}, {"best_grade": "good"}, {"grade": "fail"},
    ]  # fmt: skip
    assert left(back) == []


def test_a_row_that_calls_itself_a_veto_is_one_under_a_milder_head(tmp_path: Path) -> None:
    back = paper(
        tmp_path, TITLE, TABLE, GRADES, "有下列情形之一的，不得评为优秀：", "1.结案率低于80%的。",
        "一票否决：结案率低于60%的。",
    )  # fmt: skip
    assert [then for _, then in vetoes(back)] == [{"best_grade": "good"}, {"grade": "fail"}]


@pytest.mark.parametrize(
    "said",
    [
        "一票否决：造成恶劣影响，经省政府同意的，另行处理。",
        "有下列情形的，考核总分扣5分：",
        "优秀、良好合计不超过60%。",
        "前3名为优秀，其他由考核办确定。",
    ],
)
@pytest.mark.parametrize("place", ["before", "after", "between"])
def test_what_is_not_understood_around_the_table_is_for_a_person(
    tmp_path: Path, said: str, place: str
) -> None:
    tables: tuple[Any, ...] = (TABLE,)
    if place == "between":
        tables = ((HEAD, ROWS[0]), said, (HEAD, ROWS[1]))
    before, after = [said] * (place == "before"), [said] * (place == "after")
    back = paper(tmp_path, TITLE, *before, *tables, *after, GRADES)
    assert any(one.rstrip("。") in said for one in left(back))


@pytest.mark.parametrize(
    "said",
    [
        "考核总分100分，由各市自评、省局复核。",
        "加分项累计不超过5分。",
        "逾期报送的，每次扣0.5分。",
        "单项得分低于该项满分的60%的，责令整改。",
    ],
)
def test_what_speaks_of_points_before_the_table_is_kept_and_named(
    tmp_path: Path, said: str
) -> None:
    back = paper(tmp_path, TITLE, "各市人民政府：", said, TABLE)
    assert any(said.rstrip("。") in one.zh or said in one.zh for one in back.readings)
    assert back.document["note"] == {"zh": said}
    assert back.not_rules == 1


def test_the_title_and_whom_it_goes_to_are_no_rules(tmp_path: Path) -> None:
    title = "2025年度考核评分细则（满分100分）"
    back = paper(tmp_path, title, "各市人民政府：", "一、等次评定", TABLE)
    assert "note" not in back.document
    assert (left(back), back.not_rules) == ([], 0)


def test_rows_above_the_headings_of_a_sheet_are_read_alike(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        [TITLE],
        ["一票否决：提供虚假材料的，降低一个等次。"],
        list(HEAD),
        *map(list, ROWS),
        [GRADES],
    ):
        sheet.append(row)
    book.save(tmp_path / "t.xlsx")
    back = import_table(tmp_path / "t.xlsx")
    assert vetoes(back) == [FORGED]
    assert left(back) == []


def test_another_table_that_says_who_gets_which_grade_is_named(tmp_path: Path) -> None:
    grades = (("等次", "分数"), ("优秀", "90分以上"), ("不合格", "60分以下"))
    back = paper(tmp_path, TITLE, TABLE, grades)
    assert left(back) == ["优秀：90分以上"]


def test_a_table_of_telephones_is_no_part_of_a_scheme(tmp_path: Path) -> None:
    back = paper(tmp_path, TITLE, TABLE, (("联系人", "电话"), ("某某", "12345")))
    assert left(back) == []


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("本细则自印发之日起施行。", "有1处没有读成规则"),
        (GRADES, "每一格都读成了规则"),
    ],
)
def test_that_everything_is_a_rule_is_said_of_the_whole_document(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], said: str, told: str
) -> None:
    paper(tmp_path, TITLE, TABLE, said)
    out = str(tmp_path / "scheme.toml")
    main(["scheme", "import", str(tmp_path / "t.docx"), "--out", out, "--lang", "zh"])
    assert told in capsys.readouterr().err
