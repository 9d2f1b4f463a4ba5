"""The Human Development Index as a complete scheme, by its definition since 2014, worked by hand.

Goalposts: life expectancy 20 to 85 years, expected schooling 0 to 18, mean schooling 0 to 15, income
per head 100 to 75,000 dollars by its logarithm. Education is the mean of the two kinds of schooling,
the index the geometric mean of health, education and income (UNDP, technical note 1). The places are
invented; the numbers are round so that a reader can follow.
"""

from __future__ import annotations

import math

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.weighing.result import Result
from tests.builders import JIANGMEN, ZHONGSHAN, ZHUHAI, item, weighed

ITEMS = [
    item("health"),
    item("education", aggregate={"by": "arithmetic"}),
    item("income"),
    item("life", parent="health", goalposts=[20, 85]),
    item("expected", parent="education", goalposts=[0, 18]),
    item("mean", parent="education", goalposts=[0, 15]),
    item("gni", parent="income", goalposts=[100, 75000], transform="ln"),
]
METHOD = {
    "normalise": {"by": "goalposts", "onto": [0, 1]},
    "aggregate": [
        {"by": "arithmetic", "missing": "refuse"},
        {"by": "geometric", "missing": "refuse"},
    ],
}
# Zhongshan passes the upper goalposts of expected schooling and of income, and is held to them.
VALUES = {
    "jm": {"life": 72, "expected": 13.5, "mean": 9, "gni": 15000},
    "zs": {"life": 82, "expected": 20, "mean": 12, "gni": 90000},
    "zh": {"life": 60, "expected": 9, "mean": 6, "gni": 1500},
}


def index(values: object = VALUES, **changes: object) -> Result:
    given = {
        "family": "index", "units": [JIANGMEN, ZHONGSHAN, ZHUHAI], "items": ITEMS, "method": METHOD
    }  # fmt: skip
    return weighed(values, **(given | changes))  # type: ignore[arg-type]


def by_hand(life: float, expected: float, mean: float, gni: float) -> float:
    health = (life - 20) / 65
    education = (min(expected, 18) / 18 + mean / 15) / 2
    income = (math.log(min(gni, 75000)) - math.log(100)) / (math.log(75000) - math.log(100))
    return float((health * education * income) ** (1 / 3))


def test_index_is_the_one_worked_by_hand() -> None:
    found = {one.unit.code: one.score for one in index().standings}
    assert found == pytest.approx({u: by_hand(**v) for u, v in VALUES.items()}, rel=1e-12)


def test_index_of_one_place_in_figures() -> None:
    """52/65 = 0.8; (0.75 + 0.6)/2 = 0.675; ln 150 / ln 750 = 0.756885; ∛0.408718 = 0.742121."""
    assert index().standing["jm"].score == pytest.approx(0.742121, abs=5e-7)


def test_value_beyond_a_goalpost_counts_as_there() -> None:
    composed = index().composed
    assert composed is not None
    leaf = composed.leaf_scores()
    assert (leaf["expected"]["zs"], leaf["gni"]["zs"]) == (1.0, pytest.approx(1.0))


def test_score_of_a_place_does_not_depend_on_the_others() -> None:
    alone = index({"jm": VALUES["jm"]}, units=[JIANGMEN])
    assert alone.standing["jm"].score == index().standing["jm"].score


def test_no_income_at_the_lower_goalpost_is_refused_by_the_geometric_mean() -> None:
    """An index of 0 in one dimension leaves no geometric mean of all."""
    with pytest.raises(Faulty) as caught:
        index(VALUES | {"zh": VALUES["zh"] | {"gni": 80}})
    (fault,) = caught.value.faults
    assert fault.what.en == "the geometric mean needs every score above 0: Zhuhai has 0 on income"
    assert fault.what.zh == "几何平均要求得分都大于0：珠海在income上为0"


def test_missing_dimension_is_refused_with_its_place() -> None:
    with pytest.raises(Faulty) as caught:
        index(VALUES | {"zh": VALUES["zh"] | {"life": None}})
    assert {fault.code for fault in caught.value.faults} == {"value-missing"}
    assert all("Zhuhai" in fault.what.en for fault in caught.value.faults)
