"""Advice on a composite index: what is linear, what is refused by name, and a real one."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from steelyard import Faulty, Scheme, ToPoints, ToRank, Values, advise, weigh
from steelyard.weighing.advice.levers import Cost
from tests.builders import JIANGMEN, ZHONGSHAN, ZHUHAI, scheme

ASEM = Path(__file__).resolve().parents[3] / "examples/asem"
VALUES: dict[str, dict[str, Any]] = {
    "jm": {"a": 20, "b": 10}, "zs": {"a": 60, "b": 30}, "zh": {"a": 100, "b": 0},
}  # fmt: skip


def index(by: str = "arithmetic", weigh_by: str = "given", **more: Any) -> Scheme:
    return scheme(
        family="index", units=[JIANGMEN, ZHONGSHAN, ZHUHAI],
        items=[{"code": "a", "title": "a", "weight": 3, "goalposts": [0, 100]},
               {"code": "b", "title": "b", "weight": 1, "goalposts": [0, 40]}],
        method={"normalise": {"by": "goalposts", "onto": [1, 100]}, "weigh": {"by": weigh_by},
                "aggregate": {"by": by, **more}},
    )  # fmt: skip


def cost(code: str, price: int, most: int) -> Cost:
    return Cost(code, Fraction(price), Fraction(1), Fraction(0), Fraction(most))


def test_the_indicator_that_gives_most_for_its_cost_is_moved() -> None:
    """A point of a is worth 3/4 × 0.99 of the index, a point of b 1/4 × 2.475."""
    made = index()
    values = Values.of(made, VALUES)
    found = advise(
        made, values, "jm", ToPoints(Fraction(40)), costs=(cost("a", 2, 100), cost("b", 3, 40))
    )
    assert dict(found.new_values) == {"a": 45}
    assert found.is_proven


def test_geometric_means_ask_for_balance() -> None:
    """Both have to move, since the lower of the two gains most in proportion."""
    made = index("geometric")
    values = Values.of(made, VALUES | {"jm": {"a": 60, "b": 1}})
    found = advise(
        made, values, "jm", ToPoints(Fraction(60)), costs=(cost("a", 1, 100), cost("b", 1, 40))
    )
    assert found.new_values["b"] > 10
    assert found.standing_after.score >= 60


def test_a_rival_falls_when_the_best_value_rises() -> None:
    made = scheme(
        family="index", units=[JIANGMEN, ZHONGSHAN, ZHUHAI],
        items=[{"code": "a", "title": "a"}, {"code": "b", "title": "b"}],
        method={"normalise": {"by": "min_max", "onto": [0, 100]}, "aggregate": {"by": "arithmetic"}},
    )  # fmt: skip
    values = Values.of(made, VALUES)
    found = advise(made, values, "jm", ToRank(1), costs=(cost("a", 1, 400),))
    assert found.standing_after.rank == 1
    before, after = (one.standing["zs"].score for one in (found.before, found.after))
    assert after < before


@pytest.mark.parametrize(
    ("made", "says"),
    [
        (index(weigh_by="pca"), "weights by principal components depend on the data"),
        (index(weigh_by="equal_influence"), "weights by equal influence depend on the data"),
        (index("copeland"), "Total is aggregated by Copeland's method"),
        (index("harmonic"), "advise needs arithmetic or geometric means"),
    ],
)
def test_what_stands_in_the_way_is_named(made: Scheme, says: str) -> None:
    with pytest.raises(Faulty, match="advise-cannot") as refused:
        advise(made, Values.of(made, VALUES), "jm", ToRank(1))
    assert says in str(refused.value)


def test_poland_among_the_51_countries_of_asem() -> None:
    """Winsorising, group means for what is missing and min–max: all found column by column."""
    made = Scheme.read(ASEM / "scheme.toml")
    values = Values.read(made, ASEM / "data")
    found = advise(made, values, "POL", ToRank(20))
    assert (found.outcome, found.is_proven) == ("reached", True)
    assert found.standing_after.rank <= 20
    assert found.before.standings == weigh(made, values).standings
    assert len(found.overtaken) >= 6
