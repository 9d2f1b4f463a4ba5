"""What is clever is checked by what is obvious: every pair by hand, every total enumerated."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from fractions import Fraction
from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from steelyard.kernel.faults import Faulty
from steelyard.scheme.formula import parse
from steelyard.scheme.model import Scheme
from steelyard.weighing.points.board import Board, Scope
from steelyard.weighing.points.formulas import number
from steelyard.weighing.result import Result
from steelyard.weighing.stress import departures
from steelyard.weighing.stress.chance import leaf_steps, simulated_totals, spread_of_totals
from steelyard.weighing.stress.correlation import spearman
from steelyard.weighing.stress.fitness import stress
from steelyard.weighing.stress.gives import steps_of
from steelyard.weighing.stress.reversals import turned_pairs
from steelyard.weighing.stress.scale import degree
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.weight import effective_shares
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.builders import item, scheme
from tests.weighing import random_schemes
from tests.weighing.stress.fields import units

FEW = settings(max_examples=25)


def ranks_without(result: Result, gone: str):
    left = replace(
        result.scheme, units=tuple(unit for unit in result.scheme.units if unit.code != gone)
    )
    return {one.unit.code: one.rank for one in weigh(left, result.values).standings}


def turned_by_hand(result: Result) -> set[tuple[str, str, str]]:
    """Weigh everything again without each unit, and compare every pair."""
    before = {one.unit.code: one.rank for one in result.standings}
    found = set()
    for gone in before:
        after = ranks_without(result, gone)
        for pair in combinations(after, 2):
            for ahead, behind in (pair, pair[::-1]):
                if None in (before[ahead], before[behind], after[ahead], after[behind]):
                    continue
                if before[ahead] < before[behind] and after[ahead] > after[behind]:
                    found.add((gone, ahead, behind))
    return found


@FEW
@given(document=random_schemes.schemes(), given_=random_schemes.values())
def test_turned_pairs_are_those_of_weighing_everything_again(document, given_):
    try:
        made = Scheme.from_document(document)
        values = Values.of(made, given_["values"], earlier=given_["earlier"], lists=given_["lists"])
        result = weigh(made, values)
        expected = turned_by_hand(result)
    except Faulty:
        return
    found = turned_pairs(Trial(made, result))
    assert {(one.without, one.ahead, one.behind) for one in found} == expected


@FEW
@given(
    columns=st.lists(st.lists(st.integers(1, 60), min_size=5, max_size=5), min_size=2, max_size=2)
)
def test_turned_pairs_of_shares_of_the_best_are_those_found_by_hand(columns):
    made = scheme(units=units(5), items=[
        item("A", 10, {"proportion": "a", "target": "all_max(a)"}),
        item("B", 10, {"points": "full * (5 - all_rank(b)) / 4", "at_least": 0}),
    ])  # fmt: skip
    values = Values.of(
        made, {f"u{n + 1}": {"a": columns[0][n], "b": columns[1][n]} for n in range(5)}
    )
    result = weigh(made, values)
    found = turned_pairs(Trial(made, result))
    assert {(one.without, one.ahead, one.behind) for one in found} == turned_by_hand(result)


def test_index_turns_as_when_composed_again():
    made = scheme(
        family="index", units=units(4), method={"normalise": {"by": "min_max"}},
        items=[{"code": "a", "title": "a"}, {"code": "b", "title": "b"}],
    )  # fmt: skip
    columns = {"a": (0, 10, 4, 1), "b": (1, 0, 3, 7)}
    values = Values.of(made, {f"u{n + 1}": {k: v[n] for k, v in columns.items()} for n in range(4)})
    result = weigh(made, values)
    found = turned_pairs(Trial(made, result))
    assert {(one.without, one.ahead, one.behind) for one in found} == turned_by_hand(result)


# --- which points a leaf can give ---------------------------------------------------------------------


@settings(max_examples=60)
@given(document=random_schemes.schemes(), given_=random_schemes.values())
def test_points_that_units_get_are_among_those_that_the_form_allows(document, given_):
    try:
        made = Scheme.from_document(document)
        values = Values.of(made, given_["values"], earlier=given_["earlier"], lists=given_["lists"])
        result = weigh(made, values)
    except Faulty:
        return
    for leaf in made.leaves:
        steps = steps_of(made, leaf) if leaf.kind == "item" else None
        if steps is not None:
            plain = {
                s.points for s in result.items[leaf.code].values() if not s.why.startswith("mean")
            }
            assert plain - {None} <= steps


RULES = (
    {"ladder": "a", "steps": [[">= 2", 3], ["< 2", 1]]},
    {"table": "b", "rows": {"yes": 2, "no": 0}},
    {"points": "full", "when": "c"},
    {"add": "d", "each": 1, "at_most": 2},
)


def with_steps() -> Scheme:
    made = [
        item(f"I{n}", points, rule)
        for n, (points, rule) in enumerate(zip((3, 2, 4, 2), RULES, strict=True))
    ]
    return scheme(items=made, inputs=[{"code": "d", "type": "count"}])


def test_distribution_of_totals_is_that_of_all_combinations():
    trial = Trial(with_steps())
    steps = leaf_steps(trial)
    spread = spread_of_totals(trial, steps)
    by_hand = Counter(sum(one) for one in product(*steps.values()))
    assert spread.possible == len(by_hand)
    whole = sum(by_hand.values())
    assert [chance for chance in spread.chances.tolist() if chance] == pytest.approx(
        [by_hand[total] / whole for total in sorted(by_hand)]
    )


def test_one_unit_has_one_total_and_no_tie():
    trial = Trial(with_steps())
    spread = spread_of_totals(trial, leaf_steps(trial))
    assert spread.expected_distinct(1) == pytest.approx(1)
    assert spread.chance_of_a_tie(1) == 0


def test_simulated_totals_are_totals_that_can_occur_and_depend_on_the_seed_alone():
    trial = Trial(with_steps())
    totals = simulated_totals(trial, 9)
    can_be = {float(sum(one)) for one in product(*leaf_steps(trial).values())}
    assert set(totals.ravel().tolist()) <= can_be
    assert (simulated_totals(trial, 9) == totals).all()
    assert (simulated_totals(replace(trial, seed=2), 9) != totals).any()


# --- size -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("formula", "power"),
    [
        ("a", 1), ("a / b", 0), ("a * b / c", 1), ("a * a / b / b", 0), ("2 * a + 3 * b", 1), ("a / (b * c)", -1),
        ("max(a, b)", 1), ("round(a)", 1), ("last(a) / a", 0), ("a - last(a)", 1), ("growth(a)", 0), ("7", 0),
        ("a / all_max(a)", 1), ("all_rank(a)", 1), ("a if 1 < 2 else b", 1),
    ],
)  # fmt: skip
def test_degree_is_the_power_by_which_a_doubled_place_grows(formula, power):
    made = scheme(inputs=[{"code": code, "type": "count"} for code in "abc"])
    parsed = parse(formula)
    assert degree(made, parsed, set("abc")) == power

    def value(size):
        of_jiangmen = {
            code: Values.of(made, {}) and n * size
            for code, n in zip("abc", (60, 20, 30), strict=True)
        }
        everyone = {"jm": of_jiangmen, "zs": {"a": 600, "b": 700, "c": 800}}
        earlier = {"2020": {"jm": {"a": 40 * size}, "zs": {"a": 500}}}
        return number(parsed, Scope(Board(made, Values.of(made, everyone, earlier=earlier)), "jm"))

    if "rank" not in formula:
        assert value(2) == value(1) * Fraction(2) ** power


# --- statistics -----------------------------------------------------------------------------------------


@given(pairs=st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=8, max_size=30))
def test_rank_correlation_is_that_of_scipy(pairs):
    one, other = [list(column) for column in zip(*pairs, strict=True)]
    mine = spearman(one, other)
    if len(set(one)) == 1 or len(set(other)) == 1:
        assert mine is None
    else:
        assert mine == pytest.approx(stats.spearmanr(one, other).statistic, abs=1e-9)


@given(columns=st.lists(st.tuples(*[st.integers(0, 10)] * 3), min_size=3, max_size=12))
def test_effective_shares_of_a_sum_are_one_together(columns):
    made = scheme(
        units=units(len(columns)), items=[item(c, 10, {"points": c.lower()}) for c in "ABC"]
    )
    values = {f"u{n + 1}": dict(zip("abc", row, strict=True)) for n, row in enumerate(columns)}
    shares = effective_shares(Trial(made, weigh(made, Values.of(made, values))))
    assert not shares or sum(shares.values()) == pytest.approx(1)


# --- properties of the whole ------------------------------------------------------------------------------


@FEW
@given(
    document=random_schemes.schemes(),
    given_=random_schemes.values(),
    order=st.permutations(random_schemes.UNITS),
)
def test_order_of_the_units_changes_no_finding(document, given_, order):
    try:
        made = Scheme.from_document(document)
        values = Values.of(made, given_["values"], earlier=given_["earlier"], lists=given_["lists"])
        before = stress(made, values)
    except Faulty:
        return
    turned = replace(made, units=tuple(made.unit[code] for code in order))
    after = stress(turned, values)
    assert [(one.code, one.level, one.items) for one in after.findings] == [
        (one.code, one.level, one.items) for one in before.findings
    ]


@FEW
@given(document=random_schemes.schemes())
def test_any_scheme_can_be_tested_without_data_and_twice_alike(document):
    try:
        made = Scheme.from_document(document)
    except Faulty:
        return
    assert stress(made, seed=3) == stress(made, seed=3)


def test_large_field_is_sampled_with_those_that_stand_out_and_says_so(monkeypatch):
    monkeypatch.setattr(departures, "MOST_SCORES", 400)
    made = scheme(
        units=units(20), items=[item("A", 10, {"proportion": "a", "target": "all_max(a)"})]
    )
    values = {f"u{n}": {"a": 1000 if n == 13 else n} for n in range(1, 21)}
    test = stress(made, Values.of(made, values))
    assert "u13" in {
        one.unit for one in departures.departures(weigh(made, Values.of(made, values)), 1).of
    }
    said = " ".join(text.en for text in (*test.sound, *(one.what for one in test.findings)))
    assert "a sample of 10" in said
    assert test == stress(made, Values.of(made, values))
