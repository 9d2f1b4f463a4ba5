"""What the issue promises of every interval, on real and on random schemes."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.cases.uncertainty_index import asem
from bench.cases.uncertainty_points import province
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.weighing.random_schemes import schemes, values

REAL = {"points": lambda: province(9, 20), "index": asem}


@pytest.mark.parametrize("family", REAL)
def test_equal_seeds_give_equal_findings_on_any_number_of_threads(family):
    result = REAL[family]()
    one = how_sure(result, 3000, seed=11, threads=1)
    assert one == how_sure(result, 3000, seed=11, threads=2)
    assert one == how_sure(result, 3000, seed=11, threads=5)


@pytest.mark.parametrize("family", REAL)
def test_another_seed_moves_no_interval_by_more_than_its_stated_error(family):
    result = REAL[family]()
    seeds = [how_sure(result, 1500, seed=seed, threads=2) for seed in range(6)]
    for one, other in pairwise(seeds):
        for a, b in zip(one.units, other.units, strict=True):
            for mine, theirs in ((a.ranks, b.ranks), (a.scores, b.scores)):
                assert abs(mine.low - theirs.low) <= mine.low_error
                assert abs(mine.high - theirs.high) <= mine.high_error


def drawn_result(document, drawn):
    document = document | {"uncertainty": {"points": {"within": "30%"}, "leave_out": "one"}}
    try:
        scheme = Scheme.from_document(document)
        data = Values.of(scheme, drawn["values"], earlier=drawn["earlier"], lists=drawn["lists"])
        return weigh(scheme, data)
    except Faulty:
        return None


@settings(max_examples=25, suppress_health_check=list(HealthCheck))
@given(document=schemes(), drawn=values(), order=st.permutations(range(4)))
def test_probabilities_sum_to_one_and_permuting_units_permutes_findings(document, drawn, order):
    result = drawn_result(document, drawn)
    if result is None:
        return
    sure = how_sure(result, 800, seed=2)
    for unit in sure.units:
        assert sum(unit.rank_shares.values()) + unit.unranked == pytest.approx(1)
        assert sum(unit.grade_shares.values()) == pytest.approx(1)
        if unit.ranks is not None:
            assert 1 <= unit.ranks.low <= unit.median_rank <= unit.ranks.high <= 4
    turned = replace(result.scheme, units=tuple(result.scheme.units[place] for place in order))
    other = how_sure(weigh(turned, result.values), 800, seed=2)
    assert {one.unit: one for one in other.units} == {one.unit: one for one in sure.units}
