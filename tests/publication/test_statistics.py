"""A hidden count cannot be worked out from what is published: whatever it is, the same is published."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from steelyard.publication.statistics import Group, lines_of

PLACES = ("440100", "440200", "440300", "440400")


@st.composite
def groups(draw: st.DrawFn) -> list[Group]:
    """Counts by year and place, many of them small."""
    counts = st.one_of(st.integers(1, 6), st.integers(7, 400))
    return [
        Group(year, place, draw(counts), (Decimal(draw(st.integers(0, 9_000))),))
        for year in (2020, 2021, 2022)
        for place in PLACES
        if draw(st.booleans())
    ]


@given(groups(), st.data())
def test_what_the_small_counts_are_changes_nothing_that_is_published(
    original: list[Group], data: st.DataObject
) -> None:
    other = [
        replace(
            one,
            count=data.draw(st.integers(1, 4)),
            sums=(Decimal(data.draw(st.integers(0, 9_000))),),
        )
        if one.count < 5
        else one
        for one in original
    ]
    published = list(lines_of(original, is_protected=True))
    assert list(lines_of(other, is_protected=True)) == published


@given(groups())
def test_arithmetic_on_everything_published_leaves_every_small_count_open(
    original: list[Group],
) -> None:
    """An attacker tries all counts from 1 to 4 in the hidden cells against every published number."""
    for rows, total in lines_of(original, is_protected=True):
        hidden = [row for row in rows if row["count"] is None]
        shown = sum(row["count"] for row in rows if row["count"] is not None)  # type: ignore[misc]
        fits = [
            tried for tried in product(range(1, 5), repeat=len(hidden)) if total["count"] == shown
        ]
        for at in range(len(hidden)):
            assert {tried[at] for tried in fits} == {1, 2, 3, 4}
        assert total["at_least"] == bool(hidden)


def test_one_small_count_is_never_hidden_alone_beside_others() -> None:
    line = [Group(2021, "a", 30, ()), Group(2021, "b", 2, ()), Group(2021, "c", 12, ())]
    ((rows, total),) = lines_of(line, is_protected=True)
    assert [row["count"] for row in rows] == [30, None, None]
    assert (total["count"], total["at_least"]) == (30, True)


def test_sums_are_hidden_with_their_counts() -> None:
    line = [Group(2021, "a", 3, (Decimal(7),)), Group(2021, "b", 9, (Decimal(8),))]
    ((rows, total),) = lines_of([*line, Group(2021, "c", 5, (Decimal(5),))], is_protected=True)
    assert [row["sums"] for row in rows] == [[None], [None], ["5"]]
    assert total["sums"] == ["5"]


def test_where_rows_are_published_only_sums_are_hidden() -> None:
    line = [Group(2021, "a", 3, (Decimal(7),)), Group(2021, "b", 9, (Decimal(8),))]
    ((rows, total),) = lines_of(line, is_protected=True, counts_are_open=True)
    assert [row["count"] for row in rows] == [3, 9]
    assert [row["sums"] for row in rows] == [[None], [None]]
    assert (total["count"], total["sums"]) == (12, ["0"])


def test_open_tables_hide_nothing() -> None:
    ((rows, total),) = lines_of([Group(2021, "a", 1, ())], is_protected=False)
    assert (rows[0]["count"], total["at_least"]) == (1, False)
