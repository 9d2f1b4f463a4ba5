"""What is to be confirmed of an imported table stays listed until it is, or its rule is another."""

from __future__ import annotations

from typing import Any

import pytest

from steelyard.assessment.rules.schemes.imported import (
    of_an_assessment,
    of_words,
    readings_as_plain,
    still_to_confirm,
)
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Where
from steelyard.scheme.office import Imported, Reading, Unread

RULE = {"deduct": "late", "each": 1, "per": 10, "count": "full"}
A1: dict[str, Any] = {"code": "A1", "title": "一", "points": 5, "rule": RULE}
A2: dict[str, Any] = {"code": "A2", "title": "二", "points": 5, "rule": {"points": "mark"}}
NOTES = [("说明", ""), ("一票否决", "V1")]
LISTED = readings_as_plain(
    [
        Reading("整10天", "whole tens", "A1"),
        Reading("评定", "judged", "A2"),
        Text("说明", "a note"),
        Reading("一票否决", "a veto", "V1"),
    ]
)


def left(*items: dict[str, Any], new: list[dict[str, str]] | None = None) -> list[tuple[str, str]]:
    found = still_to_confirm(LISTED, new or [], {"items": [A1, A2]}, {"items": list(items)})
    return [(one["zh"], one["item"]) for one in found]


def test_a_reading_stays_while_its_rule_does() -> None:
    other_title = {**A1, "title": "另一", "material": "台账"}
    assert left(other_title, A2) == [("整10天", "A1"), ("评定", "A2"), *NOTES]


def test_a_reading_falls_away_with_its_rule_or_its_item() -> None:
    assert left({**A1, "rule": RULE | {"count": "exact"}}) == NOTES
    assert left({**A1, "points": 6}, A2) == [("评定", "A2"), *NOTES]


def test_a_reading_follows_an_item_that_has_another_code() -> None:
    assert left({**A1, "code": "B1"}, A2) == [("整10天", "B1"), ("评定", "A2"), *NOTES]


def test_what_is_read_into_other_words_is_listed_in_their_place() -> None:
    new = of_words("A1", Text("一", "one"), [Text("按比例", "in proportion")])
    assert left({**A1, "rule": RULE | {"count": "exact"}}, A2, new=new) == [
        ("评定", "A2"), *NOTES, ("A1 一：按比例（请确认）", "A1"),
    ]  # fmt: skip
    assert left(A1, A2, new=new) == [("整10天", "A1"), ("评定", "A2"), *NOTES]


@pytest.mark.parametrize(
    ("title", "kept"), [("t200", False), ({"zh": "t200"}, False), ("2021年考核细则", True)]
)
def test_what_the_assessment_says_itself_is_not_asked_of_its_table(
    title: object, kept: bool
) -> None:
    unread = [
        Unread(Where(key="period"), "t200", Text("没有写年度", "")),
        Unread(Where(row=3), "x", Text()),
    ]
    read = of_an_assessment(Imported({"title": title, "items": [A1]}, tuple(unread)), "t200.xlsx")
    assert ("title" in read.document) is kept
    assert [one.text for one in read.unread] == ["x"]


@pytest.mark.parametrize(
    ("title", "is_ours", "kept"),
    [("2021年考核细则", False, False), ("2021年考核细则（样本）", False, True), ("2021年考核细则", True, True)],
)  # fmt: skip
def test_only_what_calls_itself_a_sample_is_one(title: str, is_ours: bool, kept: bool) -> None:
    told = Imported({"title": {"zh": title}, "label": "sample", "items": [A1]}, (), is_ours=is_ours)
    read = of_an_assessment(told, "t200.xlsx")
    assert (read.document.get("label") == "sample") is kept
    assert [("按正式细则读" in one.zh) for one in read.readings] == ([] if kept else [True])
