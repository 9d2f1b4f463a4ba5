"""Which choice moves a ranking: bounds on what may be asked, equal seeds, sentences, properties."""

from __future__ import annotations

import sys
import tracemalloc
from dataclasses import replace
from fractions import Fraction
from types import ModuleType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.weighing.sensitivity import indices_of, sensitivity
from steelyard.weighing.sensitivity.design import blocks, is_low_discrepancy
from steelyard.weighing.sensitivity.runs import placed, shift_of
from steelyard.weighing.sensitivity.sentences import says
from steelyard.weighing.uncertainty.findings import Index, Sensitivity
from steelyard.weighing.uncertainty.model import Array, Outcomes
from tests.builders import weighed
from tests.weighing.sensitivity.toys import Toy, factors, weighted

FIVE = weighted(5, [2, 1, 3])


def official(model: Toy) -> Array:
    """The ranks with every choice in the middle."""
    return model.outcomes(np.full((1, sum(f.columns for f in model.factors)), 0.5)).ranks[0]


def found(model: Toy = FIVE, *, base: int = 64, seed: int = 3, threads: int = 1) -> Sensitivity:
    return indices_of(model, official(model), base=base, seed=seed, threads=threads)


def refused(model: Toy = FIVE, **asked: int) -> str:
    with pytest.raises(Faulty) as caught:
        found(model, **asked)
    return "\n".join(fault.say("en") for fault in caught.value.faults)


# --- what may be asked ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("base", "nearest"),
    [(0, "16"), (-5, "16"), (8, "16"), (1000, "512 or 1024"), (10**9, "16384"), (32768, "16384")],
)
def test_a_base_that_is_no_fit_power_of_two_is_refused_with_the_nearest(
    base: int, nearest: str
) -> None:
    assert refused(base=base) == (
        f"--sensitivity: {base} is no base sample: it must be a power of two from 16 to 16384; "
        f"the nearest is {nearest} [wrong-option]"
    )


def test_a_base_too_large_for_so_many_units_names_the_largest_that_fits() -> None:
    crowd = replace(FIVE, units=tuple(map(str, range(5000))))
    with pytest.raises(Faulty, match="the largest that fits is 4096"):
        indices_of(crowd, np.ones(5000), base=8192, seed=1)


def test_all_that_is_wrong_is_said_at_once() -> None:
    nothing = Toy(("u",), (), lambda rows: rows)
    said = refused(nothing, base=1000, seed=-1)
    assert [code in said for code in ("nothing-varies", "512 or 1024", "below 0")] == [True] * 3


def test_a_scheme_that_names_no_choice_is_told_what_to_write() -> None:
    result = weighed({"jm": {"a": 1}, "zs": {"a": 2}})
    with pytest.raises(Faulty, match=r"write \[uncertainty\] in the scheme, such as points"):
        sensitivity(result, base=1024)


def test_seed_and_confidence_are_the_schemes_own_and_ranks_stand_in_the_models_order(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    result = weighed(
        {"jm": {"a": 1}, "zs": {"a": 2}},
        uncertainty={"seed": 77, "confidence": "0.8", "points": {"within": "25%"}},
    )
    coin = replace(
        two_by_coin(), units=("zs", "jm")
    )  # by the model, as like as not first or second
    models = ModuleType("models")
    monkeypatch.setattr(
        models, "model_of", lambda asked: coin if asked is result else None, raising=False
    )
    monkeypatch.setitem(sys.modules, "steelyard.weighing.uncertainty.models", models)
    got = sensitivity(result, base=64)
    assert got == indices_of(
        coin, np.array([1.0, 2.0]), base=64, seed=77, confidence=Fraction(4, 5)
    )
    assert sensitivity(result, base=64, seed=0).seed == 0
    with pytest.raises(Faulty, match="512 or 1024"):
        sensitivity(result, base=1000)


# --- the same seed ---------------------------------------------------------------------------------


def test_equal_seeds_give_equal_indices_on_any_number_of_threads() -> None:
    one = found(base=1024)
    assert [found(base=1024, threads=n) == one for n in (2, 5)] == [True, True]
    assert found(base=1024, seed=4) != one


def test_another_seed_moves_no_index_far_beyond_the_errors_of_both() -> None:
    one, other = found(base=1024, seed=1), found(base=1024, seed=2)
    for name in one.factors:
        a, b = one.shift_total[name], other.shift_total[name]
        assert abs(a.value - b.value) <= 2 * (a.error + b.error)


def test_a_model_that_fails_fails_at_once_on_any_number_of_threads() -> None:
    class Broken(Toy):
        def outcomes(self, rows: Array) -> Outcomes:  # noqa: ARG002
            raise ZeroDivisionError

    broken = Broken(FIVE.units, FIVE.factors, FIVE.score)
    with pytest.raises(ZeroDivisionError):
        indices_of(broken, official(FIVE), base=1024, seed=1, threads=2)


# --- what is found -----------------------------------------------------------------------------------


def test_the_recipe_is_kept() -> None:
    got = found(base=64)
    assert (got.base, got.runs, got.seed, got.confidence) == (64, 64 * 5, 3, Fraction(9, 10))
    assert list(got.factors) == list(got.shift_first) == list(got.shift_total) == ["f0", "f1", "f2"]
    assert tuple(got.by_unit_first) == tuple(got.by_unit_total) == FIVE.units


def two_by_coin() -> Toy:
    """Two units; the first choice alone tosses who is ahead, the second is ignored."""
    return Toy(
        ("a", "b"), factors(1, 1), lambda rows: np.stack([rows[:, 0], np.full(len(rows), 0.5)], 1)
    )


def test_a_choice_that_varies_nothing_has_index_zero_and_the_other_all() -> None:
    got = indices_of(two_by_coin(), np.array([1.0, 2.0]), base=256, seed=1)
    assert (got.shift_first["f1"], got.shift_total["f1"]) == (Index(0.0, 0.0), Index(0.0, 0.0))
    assert got.shift_total["f0"].value == pytest.approx(1, abs=0.15)
    assert got.by_unit_first["a"]["f0"].value == pytest.approx(1, abs=0.15)


@given(st.integers(0, 5), st.integers(0, 2**31), st.permutations(range(4)))
@settings(max_examples=15)
def test_permuting_units_permutes_their_indices_and_leaves_the_ranking_s(
    idle: int, seed: int, order: list[int]
) -> None:
    made = weighted(4, [1, 2])
    turned = Toy(
        tuple(made.units[i] for i in order), made.factors, lambda rows: made.score(rows)[:, order]
    )
    one, other = found(made, seed=seed), found(turned, seed=seed)
    assert other.by_unit_total == one.by_unit_total
    for name in one.factors:
        assert other.shift_total[name].value == pytest.approx(one.shift_total[name].value)


@given(st.integers(0, 2**31), st.lists(st.integers(1, 3), min_size=1, max_size=3))
@settings(max_examples=15)
def test_an_idle_choice_has_index_zero_whatever_the_others_do(
    seed: int, columns: list[int]
) -> None:
    busy = weighted(4, columns)
    width = sum(columns)
    idle = Toy(busy.units, factors(*columns, 2), lambda rows: busy.score(rows[:, :width]))
    got = found(idle, seed=seed)
    name = f"f{len(columns)}"
    assert got.shift_total[name] == got.shift_first[name] == Index(0.0, 0.0)
    assert {unit[name] for unit in got.by_unit_total.values()} == {Index(0.0, 0.0)}


def test_units_without_a_rank_stand_behind_all_others() -> None:
    ranks = placed(np.array([[1.0, np.nan, 2.0]]))
    assert ranks.tolist() == [[1.0, 4.0, 2.0]]
    assert shift_of(ranks, np.array([1.0, 2.0, 4.0])).tolist() == [4 / 3]


def test_three_hundred_units_and_ten_choices_stay_far_below_a_gigabyte() -> None:
    model = weighted(300, [1] * 10)
    place = official(model)
    tracemalloc.start()
    indices_of(model, place, base=1024, seed=1, threads=2)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 200e6


def test_columns_beyond_what_sobol_sequences_have_are_drawn_evenly() -> None:
    many = factors(20000, 1)
    assert not is_low_discrepancy(many)
    first = next(blocks(many, 16, 1))
    assert first.a.shape == (16, 20001)
    assert (first.a.min() >= 0, first.b.max() < 1) == (True, True)


# --- what is said ----------------------------------------------------------------------------------


def test_the_choice_that_moves_most_is_named_and_the_idle_one_too() -> None:
    figures = np.random.default_rng(7).random((2, 6))
    model = Toy(
        tuple("abcdef"), factors(1, 1, 1),
        lambda rows: (0.1 + rows[:, :2] * [10, 1]) @ figures,
    )  # fmt: skip
    said = found(model, base=1024).says
    assert said.en.startswith("What moves the ranking most is “choice 0”: it makes ")
    assert said.en.endswith("The effect of “choice 2” cannot be told from none.")
    assert said.zh.startswith("名次变动最受“选择0”影响：单是这一项就决定变动的")
    assert said.zh.endswith("“选择2”在误差之内，看不出有影响。")


def test_a_ranking_that_never_moves_is_said_to_stay() -> None:
    still = Toy(("a", "b"), factors(1), lambda rows: np.tile([1.0, 0.0], (len(rows), 1)))
    assert found(still).says.en == "However these choices are made, the ranking is the same."


def test_a_single_choice_is_said_to_move_all() -> None:
    only = replace(two_by_coin(), factors=factors(1))
    said = indices_of(only, np.array([1.0, 2.0]), base=64, seed=1).says
    assert said.zh == "只有“选择0”可以不同，名次的变动全部由此而来。"


TITLES = {
    "w": Text("权重", "weights"),
    "n": Text("标准化", "normalisation"),
    "t": Text("缩尾", "treatment"),
}


def by_factor(**values: tuple[float, float]) -> dict[str, Index]:
    return {name: Index(*value) for name, value in values.items()}


def test_a_sample_too_small_to_tell_says_so() -> None:
    wide = by_factor(w=(0.6, 0.7), n=(0.4, 0.7), t=(0.1, 0.7))
    assert "too small to tell" in says(TITLES, wide, wide).en


def test_a_rival_within_the_error_is_named_and_shares_are_held_to_what_shares_can_be() -> None:
    first = by_factor(w=(-0.02, 0.1), n=(0.3, 0.1), t=(0.0, 0.0))
    total = by_factor(w=(1.02, 0.1), n=(0.9, 0.1), t=(0.0, 0.0))
    said = says(TITLES, first, total)
    assert said.en == (
        "What moves the ranking most is “weights”: alone it makes next to none of the movement, but "
        "100% together with the other choices; within the error, “normalisation” may matter as much. "
        "The effect of “treatment” cannot be told from none."
    )
    assert said.zh == (
        "名次变动最受“权重”影响：单独几乎不起作用，但与其他选择相互作用，决定变动的100%；"
        "在误差之内，“标准化”的影响可能同样大。“缩尾”在误差之内，看不出有影响。"
    )


def test_what_a_choice_makes_alone_is_no_figure_where_it_is_within_its_error() -> None:
    first = by_factor(w=(0.3, 0.4), n=(0.0, 0.1))
    total = by_factor(w=(0.9, 0.1), n=(0.4, 0.1))
    said = says({name: TITLES[name] for name in "wn"}, first, total)
    assert said.en == (
        "What moves the ranking most is “weights”: it makes 90% of the movement together with the other "
        "choices; what it makes alone cannot be told from none."
    )
    assert said.zh == (
        "名次变动最受“权重”影响：连同它与其他选择的相互作用，决定变动的90%，单独的影响在误差之内，看不出来。"
    )
