"""What the notes say that late filing costs: read into the item that counts it, or named, never lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from steelyard.scheme.office import Imported
from steelyard.scheme.read import check_document
from tests.scheme.office.test_quotas import FOUR, kept, read

COUNTED = "工作日数由系统统计"
SAID = "逾期报送材料的，每逾期1个工作日扣0.5分，最多扣2分"


def late_items(back: Imported) -> list[dict[str, object]]:
    items = back.document["items"]
    assert isinstance(items, list)
    return [one for one in items if one["code"].startswith("late_filing")]


def inputs(back: Imported) -> dict[str, object]:
    rows = back.document.get("inputs", [])
    assert isinstance(rows, list)
    return {one["code"]: one for one in rows}


@pytest.mark.parametrize(
    ("said", "each", "most"),
    [
        (SAID, "0.5", 2),
        ("逾期报送的，每逾期一个工作日扣０．５分，最多扣３分。", "0.5", 3),
        ("未按时报送自评材料的，每逾期1个工作日扣1分，扣完5分为止", "1", 5),
        ("各市未按规定时间报送自评报告的，每逾期1个工作日扣0.5分，累计不超过1.5分", "0.5", "1.5"),
        ("自评材料逾期报送的，每逾期1个工作日扣0.5分", "0.5", None),
    ],
)
@pytest.mark.parametrize("row", ["备注：{}", "备注：1.{}；2.不涉及的项目，经认定后折算。", f"等次：{FOUR}。{{}}。"])  # fmt: skip
def test_it_is_a_deduction_by_the_days_that_the_office_counts(
    tmp_path: Path, row: str, said: str, each: str, most: object
) -> None:
    back = read(tmp_path, row.format(said.rstrip("。")))
    (item,) = late_items(back)
    assert item["rule"] == {"deduct": "days_filed_late", "each": each}
    assert (item["kind"], item.get("points")) == ("deduction", most)
    assert inputs(back)["days_filed_late"] == {
        "code": "days_filed_late",
        "title": {"zh": "自评材料逾期报送的工作日数", "en": "Working days by which the submission was late"},
        "type": "count",
    }  # fmt: skip
    assert back.unread == ()
    (line,) = [one for one in back.readings if COUNTED in one.zh]
    assert ("没有写上限" in line.zh) is (most is None)
    assert not [one for one in kept(back) if "扣0.5分" in one]


def test_what_is_read_is_a_scheme(tmp_path: Path) -> None:
    back = read(tmp_path, f"等次：{FOUR}。", f"备注：{SAID}。")
    units = [{"code": "440100", "title": "广州市"}, {"code": "440700", "title": "江门市"}]
    document = {key: one for key, one in back.document.items() if key != "tables"}
    checked = check_document(document | {"units": units})
    assert checked.scheme is not None
    assert [one.code for one in checked.faults] == []


def test_the_rest_of_its_note_is_named_as_kept(tmp_path: Path) -> None:
    back = read(tmp_path, f"备注：{SAID}；不涉及的，经考核办认定后折算。考核结果报省委。")
    (line,) = kept(back)
    assert "折算" in line
    assert "报省委" in line
    assert "逾期" not in line


@pytest.mark.parametrize(
    "said",
    [
        "逾期报送材料的，每逾期1天扣0.5分，最多扣2分",
        "逾期报送材料的，每逾期2个工作日扣0.5分",
        "逾期报送材料的，酌情扣分",
        "逾期报送材料的，每逾期1个工作日扣0.5分；累计不超过2分",
        "逾期报送材料的，每逾期1个工作日扣0.5分，因自然灾害的除外",
        "数据来源单位逾期报送数据的，每逾期1个工作日扣0.5分",
    ],
)
def test_what_would_change_it_is_named_and_nothing_is_read(tmp_path: Path, said: str) -> None:
    back = read(tmp_path, f"备注：{said}。")
    assert (late_items(back), inputs(back).get("days_filed_late")) == ([], None)
    (line,) = [one for one in back.readings if "没有读成规则" in one.zh and said in one.zh]
    assert "另立一项" in line.zh


def test_said_twice_it_is_read_once_and_named_the_second_time(tmp_path: Path) -> None:
    back = read(tmp_path, f"备注：{SAID}。逾期报送的，每逾期1个工作日扣1分。")
    (item,) = late_items(back)
    assert item["points"] == 2
    assert [one for one in back.readings if "每逾期1个工作日扣1分：像是逾期报送" in one.zh]


@pytest.mark.parametrize("said", ["逾期办结的案件不计入", "逾期报送的，另行通报"])
def test_other_words_of_lateness_are_a_note(tmp_path: Path, said: str) -> None:
    back = read(tmp_path, f"备注：{said}。")
    assert late_items(back) == []
    assert [line for line in kept(back) if said in line]
