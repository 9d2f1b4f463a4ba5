"""What a correction says that it changes, and what it must not repeat."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from steelyard.publication.differences import (
    MOST_ROWS,
    assessment_difference,
    registers_difference,
)
from tests.publication.papers import assessment, register, scope, unit

X, Y, Z = unit("x", "1", "9"), unit("y", "2", "8"), unit("z", "3", "7")


def test_equal_documents_differ_in_nothing() -> None:
    assert assessment_difference(assessment(), assessment()) == {
        "scope": [], "texts": [], "items": [], "units": [],
        "announced": {"added": 0, "removed": 0},
    }  # fmt: skip


def test_a_units_rank_points_and_items_are_said_before_and_after() -> None:
    now = assessment(unit("y", "1", "9.5"), {**X, "rank": "2"}, Z)
    found = assessment_difference(assessment(), now)["units"]
    assert [one["code"] for one in found] == ["y", "x"]
    assert found[0]["changes"] == [
        {"what": "rank", "before": "2", "after": "1"},
        {"what": "shown", "before": "8", "after": "9.5"},
        {"what": "score", "before": "8", "after": "9.5"},
    ]
    assert found[0]["items"] == [{"code": "A", "what": "points", "before": "8", "after": "9.5"}]
    assert found[1]["changes"] == [{"what": "rank", "before": "1", "after": "2"}]


def test_another_reason_for_the_same_points_is_said() -> None:
    why = {"zh": "另一个理由", "en": "another reason"}
    now = assessment({**X, "items": {"A": {"points": "9", "possible": "10", "why": why}}}, Y, Z)
    (found,) = assessment_difference(assessment(), now)["units"]
    assert [(one["what"], one["after"]) for one in found["items"]] == [("why", why)]


def test_what_only_the_earlier_one_published_is_not_repeated() -> None:
    """Points are withdrawn: the difference may say so, and may not say them."""
    bare = [
        {name: value for name, value in one.items() if name not in ("shown", "score", "items")}
        for one in (X, Y, Z)
    ]
    secret = assessment(unit("x", "1", "123.456"), Y, Z)
    now = assessment(*bare, scope=scope(points=False, items=False))
    found = assessment_difference(secret, now)
    assert {"what": "points", "before": True, "after": False} in found["scope"]
    assert "123.456" not in json.dumps(found)
    assert found["units"] == []


def test_ranks_below_the_best_are_not_repeated() -> None:
    now = assessment(X, scope=scope(best=1), others=[{**Y, "rank": ""}])
    now["others"] = [
        {name: one[name] for name in ("code", "title", "group", "tile", "grade")} for one in (Y, Z)
    ]
    found = assessment_difference(assessment(), now)
    assert found["units"] == []


def test_a_unit_that_left_the_best_is_said_where_both_list_as_many() -> None:
    few = [
        {name: one[name] for name in ("code", "title", "group", "tile", "grade")} for one in (X, Y)
    ]
    then = assessment(X, scope=scope(best=1), others=[few[1]])
    now = assessment({**Y, "rank": "1"}, scope=scope(best=1), others=[few[0]])
    found = {one["code"]: one["changes"] for one in assessment_difference(then, now)["units"]}
    assert {"what": "rank", "before": "1", "after": None} in found["x"]
    assert {"what": "rank", "before": None, "after": "1"} in found["y"]


def test_points_and_titles_of_items_of_the_scheme_are_said() -> None:
    then, now = assessment(), assessment()
    now["items"] = [{**now["items"][0], "possible": "12"}]
    assert assessment_difference(then, now)["items"] == [
        {"code": "A", "title": {"zh": "甲", "en": "A"},
         "changes": [{"what": "possible", "before": "10", "after": "12"}]}
    ]  # fmt: skip


def test_rows_of_a_register_are_added_removed_and_changed_by_their_key() -> None:
    then = {"registers/f.json": register(["1", "x", "5"], ["2", "y", "6"], ["3", "z", "7"])}
    now = {"registers/f.json": register(["1", "x", "5"], ["2", "y", "8"], ["4", "z", "7"])}
    (found,) = registers_difference(then, now)["documents"]
    assert found["added"] == {"count": 1, "rows": [["4"]]}
    assert found["removed"] == {"count": 1, "rows": [["3"]]}
    assert found["changed"] == {
        "count": 1,
        "rows": [{"key": ["2"], "columns": [{"what": "sum", "before": "6", "after": "8"}]}],
    }


def test_a_row_that_was_taken_away_is_named_and_not_repeated() -> None:
    then = {"registers/f.json": register(["1", "somebody's secret", "5"])}
    found = registers_difference(then, {"registers/f.json": register()})
    assert "secret" not in json.dumps(found)


def test_a_column_that_was_taken_away_is_not_repeated() -> None:
    then = {"registers/f.json": register(["1", "secret", "5"])}
    fewer = register(["1", "6"], fields=[{"code": "number"}, {"code": "sum"}])
    found = registers_difference(then, {"registers/f.json": fewer})
    assert found["documents"][0]["changed"]["count"] == 1
    assert "secret" not in json.dumps(found)


def test_rows_without_a_published_key_are_counted_alone() -> None:
    then = {"registers/f.json": register(["1", "x", "5"], key=["hidden"])}
    now = {"registers/f.json": register(["1", "x", "6"], ["2", "x", "6"], key=["hidden"])}
    (found,) = registers_difference(then, now)["documents"]
    assert (found["added"], found["removed"]) == (
        {"count": 2, "rows": []}, {"count": 1, "rows": []},
    )  # fmt: skip


def test_a_long_difference_says_the_first_rows_and_counts_all() -> None:
    rows = [[f"{at}", "x", "5"] for at in range(MOST_ROWS + 5)]
    now = {"registers/f.json": register(*rows)}
    (found,) = registers_difference({"registers/f.json": register()}, now)["documents"]
    assert (found["added"]["count"], len(found["added"]["rows"])) == (MOST_ROWS + 5, MOST_ROWS)


def test_a_number_that_is_hidden_now_is_not_repeated() -> None:
    def counted(count: int | None) -> dict[str, object]:
        row = {"year": 2021, "place": "440700", "count": count, "sums": []}
        return {"code": "c", "area": "courts", "title": {}, "sums": [], "rows": [row]}

    found = registers_difference({"statistics/c": counted(4711)}, {"statistics/c": counted(None)})
    (one,) = found["documents"]
    assert one["changed"] == {"count": 1, "rows": [{"key": [2021, "440700"], "columns": []}]}
    assert "4711" not in json.dumps(found)


KEYS = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 3)), max_size=8, unique_by=lambda r: r[0]
)


@given(KEYS, KEYS)
def test_the_difference_turns_the_one_register_into_the_other(
    then: list[tuple[int, int]], now: list[tuple[int, int]]
) -> None:
    """An obvious second reckoning: take away, add, change, and it is the later one."""
    old, new = dict(then), dict(now)
    documents = registers_difference(
        {"registers/f": register(*[[f"{key}", "x", f"{value}"] for key, value in then])},
        {"registers/f": register(*[[f"{key}", "x", f"{value}"] for key, value in now])},
    )["documents"]
    assert bool(documents) == (old != new)
    for one in documents:
        for (key,) in one["removed"]["rows"]:
            del old[int(key)]
        for (key,) in one["added"]["rows"]:
            old[int(key)] = new[int(key)]
        for row in one["changed"]["rows"]:
            (cell,) = row["columns"]
            assert cell["before"] == f"{old[int(row['key'][0])]}"
            old[int(row["key"][0])] = int(cell["after"])
    assert old == new
