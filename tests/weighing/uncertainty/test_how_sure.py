"""What is counted of many replications, with a toy model whose answer is known."""

from dataclasses import dataclass
from fractions import Fraction as F

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.weighing.uncertainty import how_sure as module
from steelyard.weighing.uncertainty.findings import Interval
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.uncertainty.intervals import fewest, of_ranks, of_scores
from steelyard.weighing.uncertainty.model import Factor, Outcomes
from tests.builders import item, weighed


@dataclass(frozen=True)
class Coin:
    """Jiangmen is ahead in ``share`` of the replications, without a rank in ``lost``."""

    share: float = 0.75
    lost: float = 0.0
    units: tuple[str, ...] = ("jm", "zs")
    factors: tuple[Factor, ...] = (Factor("coin", Text("硬币", "the coin"), 1),)

    def outcomes(self, rows):
        wins = rows[:, 0] < self.share
        ranks = np.where(wins[:, None], [1.0, 2.0], [2.0, 1.0])
        ranks[rows[:, 0] < self.lost, 0] = np.nan
        grades = np.where(ranks == 1, 0, np.where(ranks == 2, 1, -1))
        return Outcomes(3 - ranks, ranks, grades)


GRADES = [{"code": "good", "at_least": 5}, {"code": "poor"}]


def result(**uncertainty):
    return weighed(
        {"jm": {"a": 6}, "zs": {"a": 5}},
        grades=GRADES,
        uncertainty={"points": {"within": "10%"}} | uncertainty,
    )


def found(monkeypatch, model=None, replications=20_000, *, seed=None, threads=1, progress=None):
    monkeypatch.setattr(module, "model_of", lambda _: model or Coin())
    return how_sure(result(), replications, seed=seed, threads=threads, progress=progress)


def test_shares_are_those_of_the_model(monkeypatch):
    first, second = found(monkeypatch).units
    assert (first.unit, first.rank, first.grade) == ("jm", 1, "good")
    assert first.rank_shares[1] == pytest.approx(0.75, abs=0.015)
    assert first.rank_shares == {1: second.rank_shares[2], 2: second.rank_shares[1]}
    assert first.grade_shares == {"good": first.rank_shares[1], "poor": first.rank_shares[2]}
    assert (first.ranks, first.median_rank) == (Interval(1, 2), 1)
    assert first.scores == Interval(1, 2)


def test_neighbours_are_told_how_likely_their_order_is(monkeypatch):
    (pair,) = found(monkeypatch).pairs
    assert (pair.ahead, pair.behind) == ("jm", "zs")
    assert pair.probability == pytest.approx(0.75, abs=0.015)
    assert pair.error == pytest.approx(0.0031, abs=1e-4)
    assert pair.is_doubtful
    assert pair.swap is None  # one item: no weight can move
    assert pair.why_no_swap


def test_two_that_share_a_rank_have_no_order_to_doubt():
    both = {"a": 6, "b": 3}
    items = [item("A", 10, {"points": "a"}), item("B", 10, {"points": "b"})]
    level = weighed(
        {"jm": both, "zs": both}, items=items, uncertainty={"points": {"within": "10%"}}
    )
    assert [one.rank for one in level.standings] == [1, 1]
    assert how_sure(level, 1000).pairs == ()


def test_a_unit_that_is_sometimes_not_ranked(monkeypatch):
    first, _ = found(monkeypatch, Coin(lost=0.25)).units
    assert first.unranked == pytest.approx(0.25, abs=0.015)
    assert sum(first.rank_shares.values()) + first.unranked == pytest.approx(1)
    assert first.grade_shares[""] == first.unranked
    # It is behind where it has no rank, and where it is second.
    assert found(monkeypatch, Coin(lost=0.25)).pairs[0].probability == pytest.approx(0.5, abs=0.02)


def test_an_interval_is_said_to_leave_aside_the_replications_that_do_not_rank(monkeypatch):
    sure = found(monkeypatch, Coin(lost=0.25))
    assert "In at least 90 of 100 replications that ranked it a unit's rank lay" in sure.covers.en
    assert "只看有名次的重算，每100次重算中至少有90次" in sure.covers.zh
    assert "that ranked it" not in found(monkeypatch).covers.en


def test_where_nothing_moves_the_interval_is_the_rank(monkeypatch):
    first, second = found(monkeypatch, Coin(share=1)).units
    assert (first.ranks, second.ranks) == (Interval(1, 1), Interval(2, 2))
    assert not found(monkeypatch, Coin(share=1)).pairs[0].is_doubtful


def test_equal_seeds_give_equal_findings_on_any_number_of_threads(monkeypatch):
    one = found(monkeypatch, seed=7, threads=1)
    assert one == found(monkeypatch, seed=7, threads=3)
    assert one != found(monkeypatch, seed=8, threads=1)


def test_more_replications_only_add_to_fewer(monkeypatch):
    monkeypatch.setattr(module, "model_of", lambda _: Coin())
    few, many = (module.replicated(result(), Coin(), n, seed=3, threads=2) for n in (1500, 4000))
    assert many.scores[:1500].tolist() == few.scores.tolist()


def test_progress_ends_with_all_of_them(monkeypatch):
    told = []
    found(monkeypatch, replications=5000, threads=2, progress=lambda *how: told.append(how))
    assert told[-1] == (5000, 5000)
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_what_a_model_raises_reaches_the_caller(monkeypatch):
    class Broken(Coin):
        def outcomes(self, rows):
            raise KeyboardInterrupt(len(rows))

    with pytest.raises(KeyboardInterrupt):
        found(monkeypatch, Broken(), threads=2)


@pytest.mark.parametrize("replications", [0, -1, 769, 10**9])
def test_too_few_and_too_many_are_refused(replications):
    with pytest.raises(Faulty) as refused:
        how_sure(result(), replications, seed=-1)
    assert [fault.where.file for fault in refused.value.faults] == ["--uncertainty", "--seed"]


@pytest.mark.parametrize("uncertainty", [None, {}, {"seed": 3}])
def test_a_scheme_that_names_nothing_is_refused(uncertainty):
    changes = {} if uncertainty is None else {"uncertainty": uncertainty}
    plain = weighed({"jm": {"a": 6}, "zs": {"a": 5}}, **changes)
    with pytest.raises(Faulty, match="nothing"):
        how_sure(plain, 1000)


def test_the_sentences_name_what_varies_and_what_does_not(monkeypatch):
    sure = found(monkeypatch)
    assert "the coin" in sure.covers.en
    assert "硬币" in sure.covers.zh
    assert "at least 90 of 100" in sure.covers.en
    assert "sampling error" in sure.omits.en
    assert "points" not in sure.omits.en  # they vary


def test_neighbours_with_equal_means_share_half(monkeypatch):
    class Even(Coin):
        def outcomes(self, rows):
            ranks = np.full((len(rows), 2), 1.5)
            return Outcomes(ranks, ranks, np.zeros(ranks.shape, np.intp))

    sure = found(monkeypatch, Even())
    assert sure.pairs[0].probability == 0.5
    assert sure.units[0].rank_shares == {1: 1.0}
    assert sure.units[0].ranks == Interval(1.5, 1.5)


@given(st.integers(0, 2**32), st.integers(2, 12), st.sampled_from([F(8, 10), F(9, 10), F(95, 100)]))
def test_another_seed_moves_no_interval_by_more_than_its_error(seed, units, confidence):
    """Ranks of normal scores, two seeds of the least number of replications allowed."""
    draw = np.random.default_rng(seed)
    means = draw.normal(size=units)

    def interval():
        ranks = (
            (-(means + draw.normal(size=(fewest(confidence), units)))).argsort(1).argsort(1)[:, 0]
        )
        return of_ranks(np.bincount(2 * (ranks + 1), minlength=2 * units + 2), confidence)

    one, other = interval(), interval()
    assert abs(one.low - other.low) <= one.low_error
    assert abs(one.high - other.high) <= one.high_error


@given(st.integers(0, 2**32))
def test_another_seed_moves_no_score_interval_by_more_than_its_error(seed):
    draw = np.random.default_rng(seed)
    one, other = (of_scores(draw.lognormal(size=1000), F(9, 10)) for _ in range(2))
    assert abs(one.low - other.low) <= one.low_error
    assert abs(one.high - other.high) <= one.high_error
