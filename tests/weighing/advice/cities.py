"""Random small assessments that look like real ones: ladders, caps, rank rules, vetoes, quotas, ties.

Everything is drawn from one seed, so that a case can be named and looked at again.
"""

from __future__ import annotations

from fractions import Fraction
from random import Random
from typing import Any

from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.levers import Cost
from steelyard.weighing.advice.targets import Target, ToGrade, ToPoints, ToRank
from steelyard.weighing.values import Values

UNITS = ("jm", "zs", "zh", "fs")
INPUTS = ("a", "b", "c", "d")


def points_case(seed: int) -> tuple[Scheme, Values, str, Target, tuple[Cost, ...]]:
    """A points scheme of four cities and four inputs, a target and a cost table."""
    draw = Random(seed)
    scheme = Scheme.from_document(_points_document(draw))
    values = Values.of(scheme, {u: {i: draw.randint(0, 9) for i in INPUTS} for u in UNITS})
    return scheme, values, draw.choice(UNITS), _target(draw), _costs(draw)


def index_case(seed: int) -> tuple[Scheme, Values, str, Target, tuple[Cost, ...]]:
    """An index of four cities and five indicators in two pillars, a target and a cost table."""
    draw = Random(seed)
    scheme = Scheme.from_document(_index_document(draw))
    codes = [leaf.code for leaf in scheme.leaves] + ["people"]
    values = {u: {c: draw.randint(1, 30) for c in codes} for u in UNITS}
    if draw.random() < 0.3:
        values[draw.choice(UNITS)][draw.choice(codes[:-1])] = None
    target: Target = draw.choice([ToRank(1), ToRank(2), ToPoints(Fraction(draw.randint(20, 90)))])
    moved = draw.sample(codes, 3) if draw.random() < 0.4 else draw.sample(codes[:-1], 3)
    costs = tuple(_range(draw, code, 1, 30) for code in moved)
    return scheme, Values.of(scheme, values), draw.choice(UNITS), target, costs


def _target(draw: Random) -> Target:
    return draw.choice(
        [
            ToRank(1),
            ToRank(2),
            ToRank(3),
            ToGrade("best"),
            ToGrade("good"),
            ToPoints(Fraction(draw.randint(5, 30))),
        ]
    )


def _costs(draw: Random) -> tuple[Cost, ...]:
    return tuple(_range(draw, code, 0, 9) for code in draw.sample(INPUTS, draw.randint(2, 4)))


def _range(draw: Random, code: str, low: int, high: int) -> Cost:
    least = draw.randint(low, high)
    most = draw.randint(least, high)
    step = Fraction(max(-((least - most) // 3), 1))
    price = Fraction(draw.randint(0, 9), draw.choice([1, 1, 2, 3]))
    return Cost(code, price, step, Fraction(least), Fraction(most))


# --- points ----------------------------------------------------------------------------------


def _points_document(draw: Random) -> dict[str, Any]:
    items: list[dict[str, Any]] = []
    for group in ("G", "H"):
        items.append({"code": group, "title": group} | _of_group(draw))
        items += [_leaf(draw, f"{group}{i}", group) for i in range(draw.randint(1, 3))]
    if draw.random() < 0.5:
        items.append(
            {
                "code": "B",
                "title": "B",
                "kind": "bonus",
                "points": draw.randint(2, 5),
                "gap": {"points": 5, "note": "random"},
            }
        )
        items += [
            {
                "code": f"B{i}",
                "title": "B",
                "parent": "B",
                "kind": "bonus",
                "points": 4,
                "gap": {"points": 4, "note": "random"},
                "rule": _rule(draw),
            }
            for i in range(2)
        ]
    return {
        "format": "steelyard-scheme/1", "code": "random", "version": "1", "title": "Random",
        "label": "sample", "family": "points", "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
        "units": [{"code": u, "title": u, "group": draw.choice(["x", "y"])} for u in UNITS],
        "groups": {"x": "x", "y": "y"},
        "inputs": [{"code": i} for i in INPUTS],
        "quantities": [{"code": "q", "formula": "a / (b + 1)"}],
        "items": items, "on": {"no_base": "zero"},
        "total": draw.choice([{}, {}, {"as": "percent"}, {"rounded_to": 0}]),
        "ranking": {"ties": draw.choice(["shared", "shared", "dense", "mean"]),
                    "tie_break": draw.choice([[], ['score("G")'], ["-b", 'score("H")'], ["c"],
                                              ['score("G1")' if any(i["code"] == "G1" for i in items) else "a"]])},
        "grades": _grades(draw), "vetoes": _vetoes(draw),
    }  # fmt: skip


def _of_group(draw: Random) -> dict[str, Any]:
    return draw.choice(
        [{}, {}, {}, {"combine": "mean"}, {"combine": "weighted_mean"}, {"combine": "lowest"},
         {"cap": 12}, {"cap": 15, "floor": 3}, {"zero_if": "d > 7"}, {"not_applicable": "drop"},
         {"not_applicable": "spread"}, {"adjust": [{"deduct": "c", "each": "0.5", "at_most": 2}]}]
    )  # fmt: skip


def _leaf(draw: Random, code: str, parent: str) -> dict[str, Any]:
    leaf = {
        "code": code, "title": code, "parent": parent, "points": 10, "rule": _rule(draw),
        "weight": draw.randint(1, 3), "gap": {"points": 10, "note": "random"},
    }  # fmt: skip
    more = draw.choice(
        [{}, {}, {}, {}, {"kind": "deduction", "points": 4}, {"zero_if": "c == 0"}, {"full_if": "a >= 8"},
         {"applies_to": ["x"]}, {"not_applicable_if": "b > 6"}, {"cap": 8}]
    )  # fmt: skip
    if more.get("kind") == "deduction":
        more = {**more, "rule": {"deduct": draw.choice(INPUTS), "each": "0.5"}}
    if code.endswith("0"):
        more.pop("kind", None)
        more.pop("rule", None)
        more["points"] = 10
    return leaf | more


def _rule(draw: Random) -> Any:
    one, other = draw.sample(INPUTS, 2)
    return draw.choice(
        [
            {"ladder": one, "steps": [[">= 8", 10], ["[5, 8)", 7], ["[2, 5)", "x / 2 + 1"]], "otherwise": 0},
            {"ladder": f"{one} / ({other} + 1)", "steps": [[">= 90%", 10], ["[60%, 90%)", 6]], "otherwise": 1},
            {"ladder": "q", "steps": [["> 1", 9], ["(1/2, 1]", 5]], "otherwise": 0},
            [{"points": "full"}, {"deduct": one, "each": 2, "at_most": 5}],
            {"proportion": one, "target": 6},
            [{"add": one, "each": 1}, {"deduct": other, "each": "0.5"}, {"ladder": "d", "steps": [[">= 5", 4]], "otherwise": 0}],
            {"add": one, "each": "0.4", "per": 2, "count": "full"},
            {"points": f"10 * {one} / max(all_max({one}), 1)"},
            {"points": f"10 - 2 * (all_rank({one}) - 1)"},
            {"points": f"6 if {one} >= group_mean({one}) else 2"},
            {"points": f"{one} - {other} / 3"},
            {"matrix": [one, other], "rows": ["< 3", ">= 3"], "columns": ["<= 5", "> 5"],
             "cells": [[1, 4], [3, 9]]},
        ]
    )  # fmt: skip


def _grades(draw: Random) -> list[dict[str, Any]]:
    best: dict[str, Any] = {"code": "best", "title": "best", "at_least": draw.randint(8, 22)}
    good: dict[str, Any] = {"code": "good", "title": "good", "above": draw.randint(3, 7)}
    best |= draw.choice(
        [{}, {"quota": {"count": 1}}, {"quota": {"share": "50%"}}, {"quota": {"count": 1, "ties": "in"}},
         {"quota": {"share": "60%", "within": "group"}}]
    )  # fmt: skip
    best |= draw.choice(
        [{}, {"floors": {"G": "50%"}}, {"floors": {"*": 4}}, {"requires": "b >= 4"},
         {"requires": 'score("G") >= 6'}, {"requires": 'total >= 12 and c > 2'}]
    )  # fmt: skip
    good |= draw.choice([{}, {}, {"quota": {"count": 2}}, {"requires": "d < 8"}])
    return [best, good, {"code": "rest", "title": "rest"}]


def _vetoes(draw: Random) -> list[dict[str, Any]]:
    then = draw.choice(
        [{"grade": "rest"}, {"best_grade": "good"}, {"score": 9}, {"rank": "last"}, {"rank": "none"},
         {"lower_by": 1}, {"score": 14}, {"grade": "good"}]
    )  # fmt: skip
    when = draw.choice(
        ["d >= 6", "d >= 6", "a < 2", "total < 9", "b > all_mean(b) + 3", 'score("G") < 3']
    )
    veto = {"code": "v", "title": "v", "when": when, "then": then}
    return [veto] if draw.random() < 0.6 else []


# --- indexes ---------------------------------------------------------------------------------


def _index_document(draw: Random) -> dict[str, Any]:
    leaves = [
        {"code": f"i{n}", "title": f"i{n}", "parent": draw.choice(["P", "Q"]) if n > 1 else "PQ"[n],
         "weight": draw.randint(1, 3), "direction": draw.choice(["higher", "higher", "lower"])}
        for n in range(5)
    ]  # fmt: skip
    for leaf in leaves:
        leaf |= draw.choice([{}, {}, {"denominator": "people"}, {"transform": "ln"}])
    means = draw.choice(
        [["arithmetic"], ["geometric"], ["arithmetic", "geometric"], ["geometric", "arithmetic"]]
    )
    usual = [{"by": "min_max", "onto": [1, 100]}, {"by": "rank"}]
    if means == ["arithmetic"]:
        usual += [{"by": "z_score", "onto": [100, 10]}, {"by": "borda"}]
    return {
        "format": "steelyard-scheme/1", "code": "random", "version": "1", "title": "Random",
        "label": "sample", "family": "index", "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
        "units": [{"code": u, "title": u, "group": draw.choice(["x", "y"])} for u in UNITS],
        "groups": {"x": "x", "y": "y"},
        "items": [{"code": "P", "title": "P", "weight": 2}, {"code": "Q", "title": "Q"}, *leaves],
        "method": {
            "impute": {"by": draw.choice(["none", "mean", "group_mean"])},
            "treat": {"by": draw.choice(["none", "winsorise"])},
            "normalise": draw.choice(usual),
            "weigh": {"by": draw.choice(["given", "equal"])},
            "aggregate": [{"by": by} for by in means],
        },
    }  # fmt: skip
