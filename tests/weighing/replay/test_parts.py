"""`replay.py` alone: what each part of a rule gives, each expected figure with its arithmetic."""

from fractions import Fraction as F

import pytest

from tests.weighing.replay.packages import EVENTS, fixed, leaf, points

LADDER = {"ladder": "x1", "steps": [[">= 90%", 10], ["[80%, 90%)", 9]], "otherwise": 0}
INSIDE = {"ladder": "x1", "steps": [["(0, 5]", "2 * x"], ["> 5", 10], ["= 0", 1], ["< 0", 0]]}
TABLE = {"table": "level", "rows": {"provincial": 5, "yes": 4, "county": "1 + 1"}, "otherwise": 1}
NUMBERS = {"table": "x1", "rows": {"1": 3, "1/2": 5, "-2": 7, "30%": 8}, "otherwise": 0}
MATRIX = {
    "matrix": ["x1", "x2"],
    "rows": [">= 10", "< 10"],
    "columns": ["< 50%", "[50%, 1]"],
    "cells": [[6, 8], [1, "2 * 2"]],
    "otherwise": "0.5",
}
KINDS = {"matrix": ["ok", "level"], "rows": ["= yes", "= no"], "columns": ['= "a"', '= "b"']}
KINDS |= {"cells": [[1, 2], [3, 4]]}
TWO = [{"points": "x1"}, {"points": "x2"}]

PARTS = {
    "points is the value of its formula": ({"points": "2 * x1 + 0.5"}, {"x1": "3"}, F(13, 2)),
    "points may be a bare fraction": ({"points": "1/3"}, {}, F(1, 3)),
    "a list of parts is their sum": ([{"points": 2}, {"points": "x1"}], {"x1": "1/3"}, F(7, 3)),
    "an inclusive edge holds its value": (LADDER, {"x1": "0.9"}, 10),
    "an interval holds its lower edge": (LADDER, {"x1": "0.8"}, 9),
    "below every band comes otherwise": (LADDER, {"x1": "0.79"}, 0),
    "x is the ladder's value in a step": (INSIDE, {"x1": "7/3"}, F(14, 3)),
    "a closed upper edge holds its value": (INSIDE, {"x1": "5"}, 10),
    "an equal band holds one value": (INSIDE, {"x1": "0"}, 1),
    "a strict band holds what is beyond": (INSIDE, {"x1": "5.01"}, 10),
    "a band below zero holds a negative": (INSIDE, {"x1": "-1"}, 0),
    "a table finds a text": (TABLE, {"level": "provincial"}, 5),
    "a table's row is a formula": (TABLE, {"level": "county"}, 2),
    "a table falls to otherwise": (TABLE, {"level": "town"}, 1),
    "a table finds a whole number": (NUMBERS, {"x1": "1"}, 3),
    "a table finds a fraction": (NUMBERS, {"x1": "0.5"}, 5),
    "a table finds a negative number": (NUMBERS, {"x1": "-2"}, 7),
    "a table finds a percentage": (NUMBERS, {"x1": "0.3"}, 8),
    "a table finds yes": ({"table": "ok", "rows": {"yes": 3, "no": 1}}, {"ok": "yes"}, 3),
    "a table finds no": ({"table": "ok", "rows": {"yes": 3, "no": 1}}, {"ok": "no"}, 1),
    "a matrix takes row by the first value": (MATRIX, {"x1": "10", "x2": "0.2"}, 6),
    "a matrix takes column by the second": (MATRIX, {"x1": "10", "x2": "0.5"}, 8),
    "a matrix's cell is a formula": (MATRIX, {"x1": "9", "x2": "1"}, 4),
    "outside a matrix comes otherwise": (MATRIX, {"x1": "9", "x2": "2"}, F(1, 2)),
    "a matrix of yes and text": (KINDS, {"ok": "no", "level": "b"}, 4),
    # 7.5 / 2 = 3.75 steps, of 0.5 each: 1.875; 3 whole: 1.5; 4 begun: 2
    "add counts parts of a step": ({"add": "x1", "each": "0.5", "per": 2}, {"x1": "7.5"}, F(15, 8)),
    "add may count full steps": (
        {"add": "x1", "each": "0.5", "per": 2, "count": "full"},
        {"x1": "7.5"},
        F(3, 2),
    ),
    "add may count started steps": (
        {"add": "x1", "each": "0.5", "per": 2, "count": "started"},
        {"x1": "7.5"},
        2,
    ),
    "a full step is not a second one begun": (
        {"add": "x1", "each": 3, "per": 2, "count": "started"},
        {"x1": "4"},
        6,
    ),
    "add counts a value below 0 as 0": ({"add": "x1", "each": 2}, {"x1": "-3"}, 0),
    # 10 − 0.5 × (90% − 84%) / 1% = 10 − 3
    "deduct takes away by the step": (
        [{"points": "full"}, {"deduct": "90% - x1", "each": "0.5", "per": "1%"}],
        {"x1": "0.84"},
        7,
    ),
    # 10 × 6 / 8
    "proportion is value to target": ({"proportion": "x1", "target": 8}, {"x1": "6"}, F(15, 2)),
    "proportion ends at its points": (
        {"proportion": "x1", "target": 8, "points": 6},
        {"x1": "9"},
        6,
    ),
    "proportion is never negative": ({"proportion": "x1", "target": 8}, {"x1": "-1"}, 0),
    "sum adds its parts": ({"sum": TWO}, {"x1": "2", "x2": "3"}, 5),
    "best takes the largest": ({"best": TWO}, {"x1": "2", "x2": "3"}, 3),
    "worst takes the smallest": ({"worst": TWO}, {"x1": "2", "x2": "3"}, 2),
    "best of one part is that part": ({"best": TWO[:1]}, {"x1": "2"}, 2),
    "first passes over what does not hold": (
        {"first": [{"points": 9, "when": "x1 > 5", "otherwise": 8}, {"points": 4}]},
        {"x1": "5"},
        4,
    ),
    "first takes the first that holds": (
        {"first": [{"points": 9, "when": "x1 > 5"}, {"points": 4}]},
        {"x1": "6"},
        9,
    ),
    "first is 0 if none holds": ({"first": [{"points": 9, "when": "x1 > 5"}]}, {"x1": "5"}, 0),
    # modifiers
    "a part whose when fails gives 0": ({"points": 5, "when": "x1 > 2"}, {"x1": "2"}, 0),
    "otherwise is as it is, not multiplied": (
        {"points": 5, "when": "x1 > 2", "otherwise": 3, "times": 2, "at_most": 1},
        {"x1": "2"},
        3,
    ),
    # 5 × 3 = 15, of which at most 7: times comes before at_most
    "times comes before at most": ({"points": 5, "times": "x1", "at_most": 7}, {"x1": "3"}, 7),
    "at least comes after at most": ({"points": 5, "at_most": 1, "at_least": "x1"}, {"x1": "2"}, 2),
    # 10 − min(2 × 3, 4)
    "at most of a deduct is its largest loss": (
        [{"points": 10}, {"deduct": "x1", "each": 2, "at_most": 4}],
        {"x1": "3"},
        6,
    ),
    # 10 − 2 × 3 × 1/2
    "a deduction can be halved": (
        [{"points": 10}, {"deduct": "x1", "each": 2, "times": "1/2"}],
        {"x1": "3"},
        7,
    ),
    "say changes nothing": ({"points": 5, "say": {"zh": "基本分", "en": "base"}}, {}, 5),
    "parts nest": (
        {"best": [{"sum": [{"points": 1}, {"add": "x1", "each": 2}]}, {"points": 4}]},
        {"x1": "2"},
        5,
    ),
}


@pytest.mark.parametrize(("rule", "data", "expected"), PARTS.values(), ids=PARTS.keys())
def test_a_part_gives_its_points(package, rule, data, expected):
    values = {("U", name): text for name, text in data.items()}
    kinds = {"level": "text", "ok": "yes_no"}
    inputs = {name: kind for name, kind in kinds.items() if name in data}
    weighed = package([leaf(rule, floor="none", cap="none")], values, inputs=inputs)
    assert points(weighed, "A") == expected


def test_a_long_table_is_read_to_its_last_row(package):
    rows = {str(n): n for n in range(400)}
    rule = {"table": "x1", "rows": rows}
    assert points(package([leaf(rule, points=400)], {("U", "x1"): "399"}), "A") == 399


EACH = {"for_each": "events", "score": {"points": "size"}}
ROWS = {
    "the rows add up": (EACH, 11),  # 2 + 5 + 5 − 1
    "where passes rows over": (EACH | {"where": 'level == "a" and open'}, 7),  # 2 + 5
    "highest": (EACH | {"keep": "highest"}, 5),
    "lowest": (EACH | {"keep": "lowest"}, -1),
    "mean": (EACH | {"keep": "mean"}, F(11, 4)),
    "median of an even number": (EACH | {"keep": "median"}, F(7, 2)),  # (2 + 5) / 2
    "trimmed mean drops one at each end": (
        EACH | {"keep": "trimmed_mean", "trim": 1},
        F(7, 2),  # of −1, 2, 5, 5: (2 + 5) / 2
    ),
    "once per case the larger size counts": (EACH | {"once_per": "case"}, 9),  # 5 + 5 − 1
    "once per case and level": (EACH | {"once_per": ["case", "level"]}, 11),
    "of no rows the sum is 0": (EACH | {"where": "size > 9"}, 0),
    "of no rows the highest is 0": (EACH | {"where": "size > 9", "keep": "highest"}, 0),
    "a row's score may be any part": (
        {"for_each": "events", "score": {"table": "level", "rows": {"a": 1, "b": 4}}},
        7,  # 1 + 4 + 1 + 1
    ),
    # levels a: 3 rows of 2 each; the outer cap takes 6 to 5
    "for_each is capped after its rows": (
        {"for_each": "events", "score": {"points": 2}, "where": 'level == "a"', "at_most": 5},
        5,
    ),
    # losses 2 and 5 of case k1: the larger loss counts; −5 −5 = −10 and a value below 0 is no loss
    "once per case the larger loss counts": (
        {"for_each": "events", "score": {"deduct": "size"}, "once_per": "case"},
        -10,
    ),
    "dates compare in a row": (
        {"for_each": "events", "score": {"points": 1}, "where": 'on > date("2021-07-31")'},
        2,
    ),
}


@pytest.mark.parametrize(("rule", "expected"), ROWS.values(), ids=ROWS.keys())
def test_a_part_is_scored_on_each_row_of_a_list(package, rule, expected):
    weighed = package([leaf(rule, floor="none", cap="none")], lists=EVENTS)
    assert points(weighed, "A") == expected


def test_a_mean_over_no_rows_is_missing(package):
    rule = EACH | {"keep": "mean", "where": "size > 9"}
    weighed = package([leaf(rule, on={"missing": "full"}), fixed("B", 1)], lists=EVENTS)
    assert points(weighed, "A") == 10
