"""How long does it take to weigh an exact points scheme ten thousand times?"""

from __future__ import annotations

import random
from collections.abc import Iterator

from bench.measure import Case
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh


def cases() -> Iterator[Case]:
    result = province()
    yield Case(
        name="10,000 replications of a points scheme, 21 units × 60 indicators",
        ours=lambda: how_sure(result, 10_000, seed=1, threads=2),
        limit_seconds=5.0,
        runs=5,
    )


def province(units: int = 21, leaves: int = 60) -> Result:
    """Ladders, shares of the best, ranks, caps and deductions in turn. Points vary by a quarter, one item
    may be left out, and every fifth figure comes from a sample."""
    scheme = Scheme.from_document(
        {
            "format": "steelyard-scheme/1", "code": "bench", "version": "1", "title": "Bench",
            "label": "sample", "family": "points",
            "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
            "units": [{"code": f"u{index}", "title": f"u{index}"} for index in range(units)],
            "items": [{"code": f"G{group}", "title": f"G{group}"} for group in range(6)]
            + [_leaf(index) for index in range(leaves)],
            "grades": [{"code": "good", "at_least": 320, "quota": {"share": "30%"}},
                       {"code": "fair", "at_least": 280}, {"code": "fail"}],
            "uncertainty": {
                "seed": 1, "points": {"within": "25%"}, "leave_out": "one",
                "errors": [{"input": f"a{index}", "standard_error": f"a{index} / 20"}
                           for index in range(0, leaves, 5)],
            },
        }
    )  # fmt: skip
    draw = random.Random(1)
    values = {
        f"u{unit}": {f"{name}{i}": draw.randint(1, 60) for i in range(leaves) for name in "ab"}
        for unit in range(units)
    }
    return weigh(scheme, Values.of(scheme, values))


def _leaf(index: int) -> dict[str, object]:
    a, b = f"a{index}", f"b{index}"
    rules: list[object] = [
        {"ladder": f"{a} / {b}", "otherwise": 0,
         "steps": [[">= 90%", 10], ["[80%, 90%)", 8], ["[60%, 80%)", 5]]},
        {"points": f"10 * {a} / all_max({a})"},
        {"ladder": f"all_rank({a})", "otherwise": 2, "steps": [["<= 3", 10], ["(3, 10]", 6]]},
        {"add": a, "each": "0.5", "per": 2, "count": "full", "at_most": 10},
        [{"points": "full"}, {"deduct": a, "each": "0.5", "at_most": 5}],
        {"proportion": a, "target": 50},
        {"points": f"5 + {a} / {b}", "at_most": 10},
    ]  # fmt: skip
    rule = rules[index % len(rules)]
    return {"code": f"L{index}", "parent": f"G{index % 6}", "title": a, "points": 10, "rule": rule}
