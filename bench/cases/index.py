"""How long does an index scheme take, and does its cost grow no faster than its units?

The method is the usual one: group means for what is missing, winsorising, min–max, arithmetic means.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping

from bench.measure import Act, Case
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh


def cases() -> Iterator[Case]:
    yield Case(
        name="an index of 300 units × 100 indicators, beside 1/10 of the units",
        ours=_weighing(300, 100),
        peer=_weighing(30, 100),
        peer_name="30 units × 100 indicators",
        limit_seconds=2.0,
        limit_ratio=15,  # linear is 10
        runs=5,
    )


def _weighing(units: int, indicators: int) -> Act:
    scheme = _scheme(units, indicators, {"method": _METHOD})
    values = Values.of(scheme, _values(units, indicators))
    return lambda: weigh(scheme, values)


def some_index(units: int, indicators: int, **more: object) -> Result:
    """The same, weighed by a method of one's own."""
    scheme = _scheme(units, indicators, more)
    return weigh(scheme, Values.of(scheme, _values(units, indicators)))


_METHOD = {
    "impute": {"by": "group_mean"},
    "treat": {"by": "winsorise", "then": "log"},
    "normalise": {"by": "min_max", "onto": [0, 100]},
    "aggregate": {"by": "arithmetic"},
}


def _scheme(units: int, indicators: int, more: Mapping[str, object]) -> Scheme:
    """Ten pillars; the indicators in turn, every third of them the lower the better."""
    pillars = [{"code": f"P{index}", "title": f"P{index}"} for index in range(10)]
    leaves = [
        {"code": f"a{index}", "parent": f"P{index % 10}", "title": f"a{index}",
         "direction": "lower" if index % 3 == 0 else "higher"}
        for index in range(indicators)
    ]  # fmt: skip
    return Scheme.from_document(
        {
            "format": "steelyard-scheme/1", "code": "bench", "version": "1", "title": "Bench",
            "label": "sample", "family": "index",
            "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
            "units": [
                {"code": f"u{index}", "title": f"u{index}", "group": f"g{index % 3}"}
                for index in range(units)
            ],
            "groups": {f"g{index}": f"g{index}" for index in range(3)},
            "items": [*pillars, *leaves],
            **more,
        }
    )  # fmt: skip


def _values(units: int, indicators: int) -> dict[str, dict[str, object]]:
    """Seeded values with a long tail; one in fifty is missing."""
    draw = random.Random(2)
    return {
        f"u{unit}": {
            f"a{index}": None if draw.random() < 0.02 else round(draw.lognormvariate(0, 1), 4)
            for index in range(indicators)
        }
        for unit in range(units)
    }
