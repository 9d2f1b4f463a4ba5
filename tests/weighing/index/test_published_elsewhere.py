"""Results printed by others, outside the examples, from the inputs printed beside them.

The figures were recalled, not copied from the page: that seven countries come out together is what
speaks for them.
"""

from __future__ import annotations

import pytest

from steelyard.scheme.method import Aggregate, ItemMethod, Method, Normalise
from steelyard.weighing.index.compose import Composed
from tests.weighing.index.builders import composed, f

# UNDP, Human Development Report 2021/22, Table 1: life expectancy, expected and mean years of schooling,
# gross national income per head (2017 PPP $), and the index to three decimals.
COUNTRIES = {
    "Switzerland": (84.0, 16.5, 13.9, 66933, 0.962),
    "Norway": (83.2, 18.2, 13.0, 64660, 0.961),
    "Iceland": (82.7, 19.2, 13.8, 55782, 0.959),
    "Australia": (84.5, 21.1, 12.7, 49238, 0.951),
    "United States": (77.2, 16.3, 13.7, 64765, 0.921),
    "China": (78.2, 14.2, 7.6, 17504, 0.768),
}
NIGER = (61.6, 7.0, 2.1, 1240, 0.400)
GOALPOSTS = {
    "life": ItemMethod(goalposts=(f(20), f(85))),
    "expected": ItemMethod(goalposts=(f(0), f(18))),
    "mean": ItemMethod(goalposts=(f(0), f(15))),
    "income": ItemMethod(goalposts=(f(100), f(75000)), transform="ln"),
}
TREE = {"": ("H", "E", "I"), "H": ("life",), "E": ("expected", "mean"), "I": ("income",)}
METHOD = Method(
    normalise=Normalise("goalposts", onto=(f(0), f(1))),
    aggregate=(Aggregate("arithmetic", missing="refuse"), Aggregate("geometric", missing="refuse")),
)


def human_development(rows: list[tuple[float, ...]]) -> Composed:
    columns = {code: [row[i] for row in rows] for i, code in enumerate(GOALPOSTS)}
    return composed(columns, tree=TREE, items=GOALPOSTS, method=METHOD)


def half_a_unit_of_every_input(row: tuple[float, ...]) -> float:
    """How far the index may move when years are printed to one decimal."""
    more = (row[0] + 0.05, row[1] + 0.05, row[2] + 0.05, row[3] + 0.5)
    less = (row[0] - 0.05, row[1] - 0.05, row[2] - 0.05, row[3] - 0.5)
    high, low = human_development([more, less]).scores[""]
    return float(high - low) / 2


@pytest.mark.parametrize("row", [*COUNTRIES.values(), NIGER], ids=[*COUNTRIES, "Niger"])
def test_human_development_index_of_2021_is_the_printed_one(row: tuple[float, ...]) -> None:
    found = float(human_development([row]).scores[""][0])
    assert found == pytest.approx(row[4], abs=0.0005 + half_a_unit_of_every_input(row))


def test_countries_stand_in_the_printed_order() -> None:
    result = human_development(list(COUNTRIES.values()))
    assert result.ranks[""].tolist() == [1, 2, 3, 4, 5, 6]
