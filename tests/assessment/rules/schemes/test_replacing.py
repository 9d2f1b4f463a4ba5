"""What a document that is read in would change in the draft, whatever faults either has."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.schemes.replacing import holds_something, replaced

ITEM: dict[str, Any] = {
    "code": "A", "title": {"zh": "月报"}, "points": 5, "supplying_body": "market",
    "rule": [{"points": "full"}, {"deduct": "late", "each": "0.5"}],
}  # fmt: skip
BODIES = {"market": {"zh": "市场局", "en": "Market"}, "team": {"zh": "工作组", "en": "Team"}}
DRAFT = {"items": [ITEM], "bodies": BODIES}


def said(before: Any, after: Any) -> list[tuple[str, str, str, str]]:
    return [(one.code, one.what.zh, one.before.zh, one.after.zh) for one in replaced(before, after)]


def test_what_was_mended_by_hand_is_named_field_by_field() -> None:
    other = {**ITEM, "points": 10, "supplying_body": "team"}
    assert said(DRAFT, {**DRAFT, "items": [other]}) == [
        ("A", "分值", "5", "10"), ("A", "数据来源单位", "市场局", "工作组"),
    ]  # fmt: skip


def test_items_that_come_and_go_are_named_and_so_are_parts_beside_them() -> None:
    new = {"code": "B", "title": {"zh": "培训"}}
    vetoes = [{"code": "v1", "when": "event", "then": {"score": 0}}]
    assert said({**DRAFT, "vetoes": vetoes}, {**DRAFT, "items": [new]}) == [
        ("B", "新增", "", "培训"), ("A", "删除", "月报", ""),
        ("v1", "一票否决 删除", "event的，总分计0分。", ""),
    ]  # fmt: skip


def test_a_part_of_as_many_rows_that_says_something_else_is_named() -> None:
    other = {**BODIES, "team": {"zh": "专家组"}}
    assert said(DRAFT, {**DRAFT, "bodies": other}) == [("team", "单位 名称", "工作组", "专家组")]


@pytest.mark.parametrize("part", ["items", "inputs", "bodies", "grades", "vetoes"])
def test_a_draft_of_which_anything_stands_would_be_missed(part: str) -> None:
    assert holds_something({part: [{"code": "A"}]})
    assert not holds_something({part: [], "units": [{"code": "440100"}], "title": {"zh": "细则"}})


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)  # fmt: skip
names = st.sampled_from(["items", "inputs", "bodies", "grades", "vetoes", "units", "title"])


@given(before=st.dictionaries(names, anything), after=st.dictionaries(names, anything))
def test_whatever_stands_in_a_document_it_can_be_compared(before: Any, after: Any) -> None:
    replaced(before, after)
    assert replaced(before, before) == ()
