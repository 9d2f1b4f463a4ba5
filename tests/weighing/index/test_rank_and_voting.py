"""Ranks of floats, and rankings from rankings."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.weighing.index.columns import Array
from steelyard.weighing.index.rank import ranked, ranked_within
from steelyard.weighing.index.voting import (
    MOST_FOR_KEMENY,
    TooMany,
    borda,
    condorcet_order,
    kemeny,
    pairwise,
    support,
)
from tests.weighing.index.builders import column


def test_competition_ranks_leave_a_gap_after_a_tie() -> None:
    assert ranked(column(5, 9, 9, 1), 0.0).tolist() == [3, 1, 1, 4]


def test_scores_that_differ_by_the_noise_of_floats_tie() -> None:
    assert ranked(column(0.1 + 0.2, 0.3, 0.2), 1e-9).tolist() == [1, 1, 3]


def test_a_chain_of_small_steps_is_no_tie() -> None:
    """Each is within the tolerance of its neighbour, but the third is not of the first."""
    assert ranked(column(1.0, 0.4, -0.2, -0.8), 0.7).tolist() == [1, 1, 3, 3]


def test_missing_scores_have_no_rank() -> None:
    assert np.isnan(ranked(column(1, None, 3), 0.0)).tolist() == [False, True, False]


def test_ranks_within_groups_start_at_one_each() -> None:
    labels = ["delta", "north", "delta", "north"]
    assert ranked_within(column(1, 2, 3, 2), labels, 0.0).tolist() == [2, 1, 1, 1]


@given(st.lists(st.integers(-5, 5), min_size=1, max_size=12), st.randoms())
def test_ranks_do_not_depend_on_the_order_of_the_units(values: list[int], shuffle: object) -> None:
    scores = np.array(values, dtype=float)
    order = list(range(len(values)))
    shuffle.shuffle(order)  # type: ignore[attr-defined]
    assert ranked(scores[order], 0.0).tolist() == ranked(scores, 0.0)[order].tolist()


def matrices(most: int) -> st.SearchStrategy[Array]:
    return st.integers(2, most).flatmap(
        lambda n: st.lists(
            st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n
        ).map(lambda rows: np.array(rows, dtype=float) * (1 - np.eye(n)))
    )


@settings(max_examples=60, deadline=None)
@given(matrices(5))
def test_kemeny_finds_every_best_order_that_trying_all_finds(matrix: Array) -> None:
    every = {order: support(matrix, order) for order in permutations(range(len(matrix)))}
    best, orders = kemeny(matrix, most_orders=200)
    assert best == max(every.values())
    assert {tuple(order) for order in orders} == {o for o, value in every.items() if value == best}


def test_kemeny_says_when_there_are_too_many() -> None:
    with pytest.raises(TooMany, match="more than 14"):
        kemeny(np.ones((MOST_FOR_KEMENY + 1,) * 2))


def test_kemeny_gives_no_more_orders_than_asked() -> None:
    assert len(kemeny(np.ones((10, 10)), most_orders=7)[1]) == 7


@settings(max_examples=60, deadline=None)
@given(matrices(5))
def test_a_condorcet_order_is_the_only_best_of_kemeny(matrix: Array) -> None:
    order = condorcet_order(matrix)
    if order is not None:
        assert kemeny(matrix)[1] == [order]


def test_a_draw_leaves_no_condorcet_order() -> None:
    assert condorcet_order(pairwise([(1, "ab"), (1, "ba")], "ab")) is None


def test_borda_counts_the_candidates_below() -> None:
    assert borda([(3, "cab"), (1, "bca")]) == {"a": 3, "b": 2, "c": 7}
