"""A draft under hand: whatever is done to its tree, nothing is lost and nothing is doubled."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.assessment.rules.drafting import (
    added,
    begun,
    below,
    faults_of,
    fitted,
    hung_from,
    listed,
    moved,
    renamed_body,
    tree,
    with_member,
    without,
)
from steelyard.assessment.rules.schemes.writing_rules import in_words
from steelyard.kernel.bilingual import Text
from tests.assessment.year import scheme

CODES = "ABCDEFGH"


@st.composite
def documents(draw: st.DrawFn) -> dict[str, Any]:
    """Items in any order, with parents that are there, are not there, or go in a ring."""
    codes = draw(st.lists(st.sampled_from([*CODES, ""]), max_size=8))
    parents = [draw(st.sampled_from(["", *CODES])) for _ in codes]
    return {
        "items": [
            {"code": code, "title": str(at)} | ({"parent": parent} if parent else {})
            for at, (code, parent) in enumerate(zip(codes, parents, strict=True))
        ]
    }


@st.composite
def sound_trees(draw: st.DrawFn) -> dict[str, Any]:
    """Codes of their own, each below one that stands before it."""
    count = draw(st.integers(1, 8))
    items: list[dict[str, Any]] = []
    for at in range(count):
        parent = draw(st.sampled_from(["", *CODES[:at]]))
        items.append({"code": CODES[at]} | ({"parent": parent} if parent else {}))
    return {"items": items}


def titles(document: dict[str, Any]) -> Counter[str]:
    return Counter(str(one.get("title", one.get("code"))) for one in document["items"])


def order(document: dict[str, Any]) -> list[tuple[str, int]]:
    return [(row.code, row.depth) for row in tree(document)]


@given(documents())
def test_the_tree_shows_every_item_once(document: dict[str, Any]) -> None:
    assert sorted(row.at for row in tree(document)) == list(range(len(document["items"])))
    keys = [row.key for row in listed(document, "items")]
    assert len(set(keys)) == len(keys)


@given(documents(), st.booleans())
def test_moving_loses_and_doubles_nothing(document: dict[str, Any], up: bool) -> None:
    for row in listed(document, "items"):
        assert titles(moved(document, row.key, up=up)) == titles(document)


@given(sound_trees())
def test_moving_up_and_then_down_gives_the_tree_again(document: dict[str, Any]) -> None:
    for row in tree(document):
        up = moved(document, row.key, up=True)
        if order(up) != order(document):
            assert order(moved(up, row.key, up=False)) == order(document)


@given(sound_trees(), st.data())
def test_an_item_is_hung_elsewhere_with_all_that_hangs_from_it(
    document: dict[str, Any], data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(tree(document)))
    own = {one.code for one in below(document, row.key)}
    free = ["", *(one.code for one in tree(document) if one.code not in own)]
    parent = data.draw(st.sampled_from(free))
    changed = hung_from(document, row.key, parent)
    assert titles(changed) == titles(document)
    assert {one.code for one in below(changed, row.key)} == own
    assert (
        next(one for one in tree(changed) if one.code == row.code).told.get("parent", "") == parent
    )


@given(sound_trees(), st.data())
def test_what_is_deleted_goes_with_all_that_hangs_from_it_and_nothing_else(
    document: dict[str, Any], data: st.DataObject
) -> None:
    row = data.draw(st.sampled_from(tree(document)))
    gone = {one.code for one in below(document, row.key)}
    left = without(document, "items", row.key)
    assert {one["code"] for one in left["items"]} == {
        one["code"] for one in document["items"]
    } - gone


@given(sound_trees(), st.data())
def test_one_more_stands_last_among_its_brothers(
    document: dict[str, Any], data: st.DataObject
) -> None:
    parent = data.draw(st.sampled_from(["", *(row.code for row in tree(document))]))
    changed = added(document, "items", {"code": "Z"} | ({"parent": parent} if parent else {}))
    brothers = [row.code for row in tree(changed) if row.told.get("parent", "") == parent]
    assert brothers[-1] == "Z"
    assert [one for one in order(changed) if one[0] != "Z"] == order(document)


def test_what_hangs_from_an_item_follows_its_new_code() -> None:
    document = {"items": [{"code": "A"}, {"code": "B", "parent": "A"}]}
    assert order(with_member(document, "items", "A", {"code": "C"})) == [("C", 0), ("B", 1)]


def test_nothing_is_changed_in_place() -> None:
    document = {"items": [{"code": "A"}, {"code": "B"}], "bodies": {"x": "X"}}
    moved(document, "B", up=True)
    without(document, "items", "A")
    renamed_body(document, "x", "y")
    assert document == {"items": [{"code": "A"}, {"code": "B"}], "bodies": {"x": "X"}}


def test_a_body_is_renamed_wherever_it_is_named() -> None:
    document = {
        "bodies": {"x": {"zh": "某局"}, "z": {"zh": "他局"}},
        "inputs": [{"code": "i", "supplying_body": "x"}],
        "items": [{"code": "A", "supplying_body": ["x", "z"], "scoring_body": "x"}],
    }
    changed = renamed_body(document, "x", "z")
    assert changed["bodies"] == {"z": {"zh": "某局"}}
    assert changed["inputs"][0]["supplying_body"] == "z"
    assert changed["items"][0]["supplying_body"] == ["z"]
    assert changed["items"][0]["scoring_body"] == "z"


def test_a_fault_stands_at_its_item() -> None:
    document = dict(scheme().document)
    items = [dict(one) for one in document["items"]]
    items[1]["rule"] = {"points": "1 +"}
    found = faults_of({**document, "items": items})
    assert list(found.items) == ["A1"]
    assert found.errors == 1
    assert not found.is_sound


@given(documents())
def test_the_check_takes_any_draft(document: dict[str, Any]) -> None:
    assert not faults_of(document).is_sound


FRAME = begun("2021", Text("细则"), "2021-01-01", "2022-01-01", sample=True)


def test_what_is_imported_becomes_the_draft_of_the_assessment() -> None:
    told = {
        "code": "other", "tables": {"units": "units.csv"}, "label": "official",
        "period": {"starts": "2020-01-01", "ends": "2021-01-01", "label": "2020"},
        "inputs": [{"code": "late"}, {"code": "late_too", "supplying_body": "y"}],
        "items": [{"code": "A", "supplying_body": "x", "rule": {"deduct": "late", "each": 1}}],
    }  # fmt: skip
    made = fitted(told, FRAME, [("440100", Text("广州市", ""))])
    assert made["code"] == "2021"
    assert made["label"] == "sample"
    assert made["period"] == {"starts": "2021-01-01", "ends": "2022-01-01"}
    assert made["units"] == [{"code": "440100", "title": {"zh": "广州市"}}]
    assert [one["supplying_body"] for one in made["inputs"]] == ["x", "y"]
    assert "tables" not in made
    assert told["code"] == "other"


@pytest.mark.parametrize(
    ("told", "sample", "label"),
    [
        ({"label": "sample"}, False, "sample"),
        ({"label": "official"}, False, "official"),
        ({}, False, "official"),
        ({"label": "official"}, True, "sample"),
    ],
)
def test_a_sample_stays_one_until_a_person_says_otherwise(
    told: dict[str, Any], sample: bool, label: str
) -> None:
    frame = begun("2021", Text("细则"), "2021-01-01", "2022-01-01", sample=sample)
    assert fitted(told, frame, [])["label"] == label


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["code", "title", "parent", "rule", "zh"]), inner, max_size=3
        )
    ),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["items", "inputs", "bodies", "units", "period", "title", "grades"]), JUNK
    )
)
def test_a_draft_may_be_anything_and_can_still_be_handled(document: dict[str, Any]) -> None:
    assert not faults_of(document).is_sound
    made = fitted(document, FRAME, [])
    for section in ("items", "inputs"):
        for row in listed(made, section):
            without(made, section, row.key)
            with_member(made, section, row.key, {"code": "Z"})
    for row in tree(made):
        moved(made, row.key, up=True)
        hung_from(made, row.key, "")
        in_words(row.told, made, "zh", is_group=row.is_group)
    added(made, "items", {"code": "Z"})
    renamed_body(made, "x", "y")
