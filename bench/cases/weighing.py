"""How long does weighing take, from one province's table to thousands of units?"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.measure import Act, Case, command, python
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh

ROOT = Path(__file__).resolve().parents[2]
STEELYARD = (sys.executable, "-m", "steelyard")
_PROVINCES = ROOT / "src/steelyard/regions/china_provinces"
_HOSPITALS = ROOT / "examples/hospital_vbp_2021"


def cases() -> Iterator[Case]:
    yield Case(
        name="cold start to the printed ranking of the bundled region, no report",
        ours=_printed(_PROVINCES / "sample_scheme.toml", _PROVINCES / "data"),
        peer=python("pass"),
        peer_name="python -c pass",
        limit_seconds=1.0,
    )
    province, values = _sample(21, 60)
    yield Case(
        name="exact scoring of 21 units × 60 indicators",
        ours=lambda: weigh(province, values),
        limit_seconds=0.05,
    )
    large, many = _sample(300, 100)
    yield Case(
        name="exact scoring of 300 units × 100 indicators, beside 1/10 of the units",
        ours=lambda: weigh(large, many),
        peer=_tenth(300, 100),
        peer_name="30 units × 100 indicators",
        limit_ratio=15,  # linear is 10
        runs=5,
    )
    yield Case(
        name="2,676 hospitals × 4 domains, from the files to the printed ranking",
        ours=_printed(_HOSPITALS / "scheme.toml", _HOSPITALS / "data"),
        peer=_printed(_PROVINCES / "sample_scheme.toml", _PROVINCES / "data"),
        peer_name="31 provinces, the same way",
        limit_seconds=10,
        runs=5,
    )


def _printed(scheme: Path, data: Path) -> Act:
    return command(*STEELYARD, "weigh", str(scheme), "--data", str(data), "--lang", "en")


def _tenth(units: int, leaves: int) -> Act:
    scheme, values = _sample(units // 10, leaves)
    return lambda: weigh(scheme, values)


def _sample(units: int, leaves: int) -> tuple[Scheme, Values]:
    """A scheme of five kinds of rule in turn, and seeded values."""
    items: list[dict[str, object]] = [
        {"code": f"G{group}", "title": f"G{group}"} for group in range(6)
    ]
    items += [_leaf(index) for index in range(leaves)]
    scheme = Scheme.from_document(
        {
            "format": "steelyard-scheme/1", "code": "bench", "version": "1", "title": "Bench",
            "label": "sample", "family": "points",
            "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
            "units": [{"code": f"u{index}", "title": f"u{index}"} for index in range(units)],
            "items": items, "grades": [{"code": "good", "at_least": 300}, {"code": "fail"}],
        }
    )  # fmt: skip
    draw = random.Random(1)
    values = {
        f"u{unit}": {f"{name}{i}": draw.randint(1, 60) for i in range(leaves) for name in "ab"}
        for unit in range(units)
    }
    return scheme, Values.of(scheme, values)


def _leaf(index: int) -> dict[str, object]:
    a, b = f"a{index}", f"b{index}"
    steps = [[">= 90%", 10], ["[80%, 90%)", 8], ["[60%, 80%)", 5]]
    rules: list[object] = [
        {"ladder": f"{a} / {b}", "steps": steps, "otherwise": 0},
        [{"points": "full"}, {"deduct": a, "each": "0.5", "at_most": 5}],
        {"proportion": a, "target": 50},
        {"add": a, "each": "0.1", "per": 2, "count": "full"},
        {"points": f"10 * {a} / all_max({a})"},
    ]
    rule = rules[index % len(rules)]
    return {"code": f"L{index}", "parent": f"G{index % 6}", "title": a, "points": 10, "rule": rule}
