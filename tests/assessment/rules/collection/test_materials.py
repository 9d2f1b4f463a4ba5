"""The kinds of material that a scheme lists for an item, and what who files chooses of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.collection.materials import (
    OTHER,
    chosen,
    kinds,
    of_records,
    title_of,
)
from steelyard.kernel.bilingual import Text, same

ASKED = Text("会议通知和纪要；照片", "notices, minutes and photographs")
NAMES = st.text("方案台账文件", min_size=1, max_size=8)


def test_the_list_is_read_as_officials_write_it() -> None:
    assert kinds(ASKED) == (
        Text("会议通知", "notices"), Text("纪要", "minutes"), Text("照片", "photographs"),
    )  # fmt: skip
    assert kinds(Text("拨付凭证、台账", "proof of payment")) == (same("拨付凭证"), same("台账"))
    assert kinds(Text()) == ()


@given(st.lists(NAMES, min_size=1, max_size=5, unique=True), st.sampled_from("、；，"))
def test_every_name_of_a_list_may_be_chosen_and_is_shown_as_it_stands(
    names: list[str], between: str
) -> None:
    asked = Text(between.join(names), "")
    assert [one.zh for one in kinds(asked)] == names
    for name in names:
        assert chosen(asked, name, "") == name
        assert title_of(asked, name).zh == name


@pytest.mark.parametrize(
    ("kind", "file_format", "wanted"),
    [("会议纪要", "pdf", "minutes"), ("公开网页截图", "png", "screenshot"), ("", "jpeg", "photo"),
     ("案件移送函", "pdf", "letter"), ("签到", "pdf", "other"), ("案件台账", "xlsx", "form")],
)  # fmt: skip
def test_the_records_know_it_by_its_name_and_else_by_its_file(
    kind: str, file_format: str, wanted: str
) -> None:
    assert of_records(kind, file_format) == wanted


def test_another_is_named_and_nothing_need_be_said() -> None:
    assert chosen(ASKED, OTHER, " 情况说明 ") == "情况说明"
    assert chosen(ASKED, "", "情况说明") == ""
    assert title_of(ASKED, "情况说明") == same("情况说明")
