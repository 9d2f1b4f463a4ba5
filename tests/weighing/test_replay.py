"""`replay.py` alone, on small packages worked by hand: each expected figure shows its arithmetic.

The packages are written here as the guide says, without the engine, so that the two can be held
against each other elsewhere.
"""

import ast
import csv
import json
import shutil
import subprocess
import sys
import time
import unicodedata
from fractions import Fraction as F
from pathlib import Path

import pytest

from steelyard.weighing import replay

REPLAY = Path(replay.__file__)
PERIOD = {
    "starts": "2021-01-01",
    "ends": "2022-01-01",
    "label": "2021",
    "earlier": ["2020", "2019"],
}


def write_csv(path, headings, rows, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([headings, *rows])


@pytest.fixture
def package(tmp_path):
    """Writes a package. `values`: {(unit, input[, period]): text or (text, status)}."""

    def write(items, values=None, lists=None, units=("U",), inputs=None, encoding="utf-8", **more):
        values, lists, inputs = values or {}, lists or {}, inputs or {}
        rows = []
        for (unit, name, *period), cell in values.items():
            text, status = cell if isinstance(cell, tuple) else (cell, "")
            rows.append([unit, name, *(period or ["2021"]), text, status])
        codes = {item["code"] for item in items}
        kinds = {name: "number" for (_, name, *_) in values if name not in codes} | inputs
        scheme = {
            "format": "steelyard-scheme/1",
            "period": PERIOD,
            "units": [unit if isinstance(unit, dict) else {"code": unit} for unit in units],
            "inputs": [{"code": code, "type": kind} for code, kind in kinds.items()],
            "items": items,
            "lists": {name: columns for name, (columns, _) in lists.items()},
            **more,
        }
        text = json.dumps(scheme, ensure_ascii=False)
        (tmp_path / "scheme.json").write_text(text, encoding="utf-8")
        headings = ["unit", "input", "period", "value", "status"]
        write_csv(tmp_path / "values.csv", headings, rows, encoding)
        for name, (columns, rows) in lists.items():
            rows = [[*row[:1], "2021", *row[1:]] if row[1:2] != ("2020",) else row for row in rows]
            write_csv(tmp_path / "lists" / f"{name}.csv", ["unit", "period", *columns], rows)
        return replay.Package(tmp_path)

    return write


def leaf(rule, code="A", points=10, **more):
    return {"code": code, "points": points, "rule": rule, **more}


def fixed(code, points, got=None, **more):
    """A leaf that gives `got` of `points`."""
    return leaf({"points": points if got is None else got}, code, points, **more)


def points(package, code, unit="U"):
    found = replay.result(code, replay.Here(package, unit))
    return None if found is None else found[0]


def possible(package, code, unit="U"):
    return replay.value(f'possible("{code}")', replay.Here(package, unit))


def formula(package, text, unit="U"):
    return replay.value(text, replay.Here(package, unit))


def ranking(package):
    return [(row.rank, row.here.unit, row.score) for row in replay.weigh(package)]


def grades(package):
    return {row.here.unit: row.grade for row in replay.weigh(package)}


def ranks(package):
    return {row.here.unit: row.rank for row in replay.weigh(package)}


# ---- parts ----

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


EVENTS = {
    "events": (
        {"size": "number", "level": "text", "case": "text", "on": "date", "open": "yes_no"},
        [
            ("U", "2", "a", "k1", "2021-03-01", "yes"),
            ("U", "5", "b", "k1", "2021-07-31", "no"),
            ("U", "5", "a", "k2", "2021-08-01", "yes"),
            ("U", "-1", "a", "k3", "2021-12-31", "no"),
            ("V", "7", "a", "k9", "2021-12-31", "no"),
        ],
    )
}
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


# ---- formulas ----

DATA = {
    ("U", "a"): "6",
    ("U", "a", "2020"): "4",
    ("U", "a", "2019"): "5",
    ("U", "b"): "0",
    ("U", "b", "2020"): "0",
    ("U", "none"): "",
    ("U", "1.1"): "7",
    ("U", "案件"): "3",
    ("U", "Ａ率"): "0.5",
    ("U", "level"): "it's",
    ("U", "ok"): "yes",
    ("U", "day"): "2021-08-10",
    ("V", "a"): "10",
    ("W", "a"): "2",
    ("X", "a"): "10",
}
FORMULAS = {
    "98%": F(98, 100),
    "1.5% * 2": F(3, 100),
    "0.1 + 0.2": F(3, 10),
    "12345678901234567890.123456789012345678901": F("12345678901234567890.123456789012345678901"),
    "10 / 3 * 3": 10,
    "-a + 1": -5,
    "a if ok else 0": 6,
    "1 < a <= 6": True,
    "1 < a < 6": False,
    "a == 6 and not b > 0": True,
    'level == "it\'s"': True,
    'level in ("a", "it\'s")': True,
    'level != "98%"': True,
    "a in (1, 2)": False,
    "案件 * Ａ率": F(3, 2),
    'value("1.1")': 7,
    "min(a, 3, 9)": 3,
    "max(a, 3, 9)": 9,
    "abs(3 - a)": 3,
    "floor(-5/2)": -3,
    "ceil(5/2)": 3,
    "floor(7/2) / floor(9/2)": F(3, 4),
    "round(5/2)": 3,
    "round(-5/2)": -3,
    "round(1.25, 1)": F(13, 10),
    "round(1.24, places=1)": F(12, 10),
    "at_least(2, a > 1, b > 1, ok)": True,
    "at_least(3, a > 1, b > 1, ok)": False,
    'day - date("2021-07-31")': 10,
    "last(a)": 4,
    "last(a, 2)": 5,
    "last(a, back=2)": 5,
    "last(last(a))": 5,
    "last(a * 2) - a": 2,
    "mean_of_last(a, 2)": F(9, 2),
    "growth(a)": F(1, 2),  # (6 − 4) / 4
    "growth(b + 3, base_if_zero=1)": 0,
    "growth(b, base_if_zero=2)": -1,  # (0 − 2) / 2: a last value of 0 counts as 2
    "known(a)": True,
    "known(none)": False,
    "known(a / b)": False,
    "known(last(a, 3))": False,
    "known(none) and none > 3": False,
    "ok or none > 3": True,
    "0 if not known(none) else none": 0,
    "all_mean(a)": 7,  # (6 + 10 + 2 + 10) / 4
    "all_median(a)": 8,  # (6 + 10) / 2
    "all_total(a)": 28,
    "all_max(a)": 10,
    "all_min(a)": 2,
    "all_rank(a)": 3,  # 10, 10, 6, 2
    "all_rank(-a)": 2,
    "all_mean(b)": 0,  # the others have none
    "all_max(12 / (a - 10))": -F(3, 2),  # 12/−4 and 12/−8; no base is passed over
    "group_mean(a)": 4,  # U and W
    "group_rank(a)": 1,
}


KINDS_OF_DATA = {"level": "text", "ok": "yes_no", "day": "date"}


@pytest.fixture
def data(package):
    """A package of `DATA` and the events."""

    def write(**more):
        more = {"lists": EVENTS, "inputs": KINDS_OF_DATA} | more
        return package([fixed("A", 1)], DATA, **more)

    return write


@pytest.mark.parametrize(("text", "expected"), FORMULAS.items(), ids=FORMULAS.keys())
def test_a_formula_is_exact(data, text, expected):
    units = [{"code": unit, "group": group} for unit, group in zip("UVWX", "nsns", strict=True)]
    found = formula(data(units=units), text)
    assert found == expected
    assert type(found) in (F, int, bool)


@pytest.mark.parametrize("unit", ["V", "X"])
def test_equals_share_the_better_rank(data, unit):
    assert formula(data(units="UVWX"), "all_rank(a)", unit) == 1


@pytest.mark.parametrize(
    "text",
    [
        "none + 1",
        "all_rank(none)",
        "all_mean(none)",
        "last(a, 3)",
        "mean_of_last(a, 3)",
        "mean_of(events, size, where=size > 99)",
        "last(count_of(events), 3)",
        "min(a, none)",
    ],
)
def test_a_missing_value_makes_the_whole_formula_missing(data, text):
    with pytest.raises(replay.Missing):
        formula(data(), text)


@pytest.mark.parametrize("text", ["a / b", "growth(b)"])
def test_a_division_by_zero_is_no_base(data, text):
    with pytest.raises(ZeroDivisionError):
        formula(data(), text)


LISTS = {
    "count_of(events)": 4,
    'count_of(events, level == "a")': 3,
    'count_of(events, where=level == "a")': 3,
    'count_of(events, level == "a", where=open)': 2,
    "sum_of(events, size)": 11,
    "sum_of(events, size, where=open)": 7,
    "mean_of(events, size)": F(11, 4),
    "median_of(events, size)": F(7, 2),
    "max_of(events, size * 2)": 10,
    "min_of(events, size)": -1,
    "sum_of(events, size, where=size > 9)": 0,
    "last(count_of(events))": 0,
    "sum_of(events, size * a)": 66,
}


@pytest.mark.parametrize(("text", "expected"), LISTS.items(), ids=LISTS.keys())
def test_a_list_is_counted_and_summed(data, text, expected):
    assert formula(data(), text) == expected


def test_a_list_of_an_earlier_year_is_its_own(package):
    rows = [("U", "1"), ("U", "2020", "4"), ("U", "2020", "5")]
    weighed = package([fixed("A", 1)], lists={"events": ({"size": "number"}, rows)})
    assert formula(weighed, "sum_of(events, size) + 100 * last(count_of(events))") == 201


def test_a_columns_name_covers_an_inputs(data):
    lists = {"events": ({"a": "number"}, [("U", "1"), ("U", "2")])}
    assert formula(data(lists=lists), "a * sum_of(events, a)") == 18


def test_quantities_and_figures_are_names(package):
    more = {
        "quantities": [
            {"code": "rate", "formula": "closed / cases"},
            {"code": "gain", "rule": {"add": "rate * 100", "each": "base", "per": 10}},
        ],
        "figures": [{"code": "base", "value": "1/3"}],
    }
    values = {("U", "closed"): "48", ("U", "cases"): "60"}
    weighed = package([leaf({"points": "gain + last_year"})], values, **more)
    assert formula(weighed, "gain") == F(8, 3)  # 80 / 10 × 1/3


def test_a_quantity_is_asked_of_an_earlier_year(data):
    weighed = data(quantities=[{"code": "twice", "formula": "2 * a"}])
    assert formula(weighed, "twice - last(twice)") == 4


def test_a_dated_figure_is_what_holds_on_the_periods_first_day(package):
    dated = [{"from": f"{year}-01-01", "value": f"{year - 2000}%"} for year in (2014, 2021, 2022)]
    weighed = package([fixed("A", 1)], figures=[{"code": "base", "dated": dated}])
    assert formula(weighed, "base") == F(21, 100)


def test_lists_columns_and_names_may_be_chinese(package):
    lists = {"处罚记录": ({"金额": "number", "案号": "text"}, [("U", "3", "甲"), ("U", "5", "甲")])}
    rule = {
        "for_each": "处罚记录",
        "score": {"points": "金额 * 系数"},
        "where": '案号 == "甲"',
        "once_per": "案号",
    }
    items = [leaf(rule, points=20), leaf({"points": "count_of(处罚记录, 金额 > 4)"}, "B")]
    weighed = package(items, lists=lists, figures=[{"code": "系数", "value": 2}])
    assert [points(weighed, code) for code in "AB"] == [10, 1]  # 5 × 2; one row above 4


def test_a_condition_may_itself_be_conditional(package):
    rule = {"points": 5, "when": "a > 1 if known(a) else yes", "otherwise": "1 if yes else 2"}
    parts = [rule, {"first": [rule | {"points": 3}, {"points": 4}]}]
    assert points(package([leaf(parts)], {("U", "a"): "0"}), "A") == 5  # 1 + 4
    assert points(package([leaf(parts)], {("U", "a"): ""}), "A") == 8  # 5 + 3


# ---- states of the data ----


def on(state, outcome):
    return {"on": {state: outcome}}


@pytest.mark.parametrize("rule", [{"points": "a"}, {"points": "a / b"}])
def test_what_is_missing_or_without_base_is_refused(package, rule):
    weighed = package([leaf(rule)], {("V", "a"): "1", ("U", "b"): "0", ("U", "a"): ""})
    with pytest.raises(ValueError, match="U, A: the data is refused"):
        replay.weigh(weighed)


STATES = {
    "missing": ({"points": "a"}, ("", "")),
    "no_base": ({"points": "1 / a"}, ("0", "")),
    "no_material": ({"points": "a"}, ("4", "no_material")),
    "unreliable": ({"points": "a"}, ("4", "unreliable")),
    "late": ({"points": "a"}, ("4", "late")),
}
OUTCOMES = {"zero": 0, "full": 10, "not_applicable": None}


@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("state", STATES)
def test_a_state_of_the_data_leads_to_its_outcome(package, state, outcome):
    rule, cell = STATES[state]
    items = [leaf(rule, **on(state, outcome)), fixed("B", 1)]
    assert points(package(items, {("U", "a"): cell}), "A") == OUTCOMES[outcome]


@pytest.mark.parametrize("state", STATES)
def test_the_mean_of_others_is_over_the_units_that_have_points(package, state):
    rule, cell = STATES[state]
    rule = {"points": "12 / a"} if state == "no_base" else rule
    values = {("U", "a"): cell, ("V", "a"): "4", ("W", "a"): "2", ("X", "a"): cell}
    items = [leaf(rule, **on(state, "mean_of_others")), fixed("B", 1)]
    weighed = package(items, values, units="UVWX")
    # (4 + 2) / 2 = 3, or (12/4 + 12/2) / 2 = 4.5
    assert points(weighed, "A") == (F(9, 2) if state == "no_base" else 3)
    assert points(weighed, "A", "X") == points(weighed, "A")


def test_the_mean_of_no_others_is_not_applicable(package):
    items = [leaf({"points": "a"}, **on("missing", "mean_of_others")), fixed("B", 1)]
    assert points(package(items, {("U", "a"): ""}), "A") is None


DEFAULTS = {"no_material": 0, "unreliable": 0, "late": 4, "": 4}


@pytest.mark.parametrize(("status", "expected"), DEFAULTS.items())
def test_a_status_leads_by_default(package, status, expected):
    weighed = package([leaf({"points": "a"})], {("U", "a"): ("4", status)})
    assert points(weighed, "A") == expected


def test_a_state_that_is_ignored_is_scored_all_the_same(package):
    weighed = package(
        [leaf({"points": "a"}, **on("no_material", "ignore"))], {("U", "a"): ("4", "no_material")}
    )
    assert points(weighed, "A") == 4


@pytest.mark.parametrize("status", ["missing", "not_applicable"])
def test_such_a_status_takes_the_value_away(package, status):
    weighed = package([fixed("A", 1)], {("U", "a"): ("4", status)})
    assert formula(weighed, "known(a)") is False


def test_a_condition_of_an_item_may_be_missing_too(package):
    items = [
        leaf({"points": 5}, "A", not_applicable_if="a > 1", on={"missing": "full"}),
        leaf({"points": 5}, "B", zero_if="a > 1", on={"missing": "full"}),
    ]
    weighed = package(items, {("U", "a"): ""})
    assert [points(weighed, code) for code in "AB"] == [10, 10]


def test_a_bound_that_is_missing_is_no_bound_but_a_fault(package):
    with pytest.raises(TypeError):
        replay.weigh(package([leaf({"points": 5}, cap="a")], {("U", "a"): ""}))


def test_no_material_comes_before_unreliable_and_that_before_late(package):
    values = {
        ("U", "a"): ("4", "late"),
        ("U", "b"): ("4", "unreliable"),
        ("U", "c"): ("4", "no_material"),
    }
    led = {"on": {"no_material": "zero", "unreliable": "full", "late": "not_applicable"}}
    items = [leaf({"points": "a + b + c"}, "A", **led), leaf({"points": "a + b"}, "B", **led)]
    weighed = package([*items, leaf({"points": "a"}, "C", **led)], values)
    assert [points(weighed, code) for code in "ABC"] == [0, 10, None]


def test_children_inherit_what_a_state_leads_to(package):
    items = [
        {"code": "G", "points": 10, "on": {"missing": "full"}},
        leaf({"points": "a"}, "G1", 6, parent="G"),
        leaf({"points": "a"}, "G2", 4, parent="G", on={"missing": "zero"}),
        leaf({"points": "a"}, "B", 3),
    ]
    weighed = package(items, {("U", "a"): ""}, on={"missing": "zero"})
    assert [points(weighed, code) for code in ("G1", "G2", "G", "B")] == [6, 0, 6, 0]


def test_a_rule_names_inputs_through_quantities_and_codes(package):
    items = [leaf({"points": "twice"}), leaf({"points": 'value("1.1")'}, "B")]
    values = {("U", "a"): ("2", "no_material"), ("U", "1.1"): ("2", "unreliable")}
    weighed = package(items, values, quantities=[{"code": "twice", "formula": "2 * a"}])
    assert (points(weighed, "A"), points(weighed, "B")) == (0, 0)


def test_a_text_in_a_rule_names_no_input(package):
    rule = {"points": '7 if level == "a" else 0', "say": {"zh": "a", "en": "a"}}
    values = {("U", "a"): ("2", "no_material"), ("U", "level"): "a"}
    assert points(package([leaf(rule)], values, inputs={"level": "text"}), "A") == 7


def test_an_item_has_a_status_of_its_own(package):
    values = {("U", code): ("", status) for code, status in zip("ABC", STATES, strict=False)}
    values = {
        ("U", "A"): ("", "not_applicable"),
        ("U", "B"): ("", "no_material"),
        ("U", "C"): ("", "missing"),
    }
    items = [fixed("A", 10), fixed("B", 10), fixed("C", 10, on={"missing": "full"}, got="1")]
    weighed = package(items, values)
    assert [points(weighed, code) for code in "ABC"] == [None, 0, 10]


def test_not_applicable_comes_before_no_material_and_that_before_zero_if(package):
    items = [
        leaf({"points": "a + b"}, "A"),
        leaf({"points": "b"}, "B", zero_if="yes", on={"no_material": "full"}),
        leaf({"points": "none"}, "C", zero_if="yes", full_if="yes"),
        leaf({"points": "none"}, "D", full_if="yes"),
    ]
    values = {
        ("U", "a"): ("1", "not_applicable"),
        ("U", "b"): ("1", "no_material"),
        ("U", "none"): "",
    }
    assert [points(package(items, values), code) for code in "ABCD"] == [None, 10, 0, 10]


# ---- items ----

BOUNDS = {
    "an item ends at its points": ({}, 12, 10),
    "an item is not below 0": ({}, -1, 0),
    "cap replaces the points": ({"cap": 11}, 12, 11),
    "cap may be none": ({"cap": "none"}, 12, 12),
    "floor replaces 0": ({"floor": 3}, 1, 3),
    "floor may be none": ({"floor": "none"}, -1, -1),
    "a bound is a formula": ({"cap": "full / 3"}, 9, F(10, 3)),
    "a bonus ends at its points": ({"kind": "bonus"}, 12, 10),
    "a bonus is not below 0": ({"kind": "bonus"}, -1, 0),
    "a bonus without points has no end": ({"kind": "bonus", "points": None}, 99, 99),
    "a deduction is not above 0": ({"kind": "deduction"}, 1, 0),
    "a deduction ends at its points": ({"kind": "deduction"}, -12, -10),
    "a deduction without points has no end": ({"kind": "deduction", "points": None}, -99, -99),
}


@pytest.mark.parametrize(("more", "got", "expected"), BOUNDS.values(), ids=BOUNDS.keys())
def test_an_item_keeps_within_its_bounds(package, more, got, expected):
    item = {
        key: value for key, value in (leaf({"points": got}) | more).items() if value is not None
    }
    assert points(package([item, fixed("B", 1)]), "A") == expected


def test_full_is_no_gain_for_a_deduction(package):
    items = [leaf({"points": -3}, kind="deduction", full_if="yes"), fixed("B", 1)]
    assert points(package(items), "A") == 0


def test_a_group_has_bounds_only_where_it_says_so(package):
    items = [
        {"code": "G", "points": 10},
        fixed("G1", 10, parent="G"),
        fixed("G2", 5, kind="bonus", parent="G"),
        {"code": "H", "points": 10, "cap": "full"},
        fixed("H1", 10, parent="H"),
        fixed("H2", 5, kind="bonus", parent="H"),
        {"code": "K", "points": 8, "kind": "deduction"},
        leaf({"deduct": 6}, "K1", 6, kind="deduction", parent="K"),
        leaf({"deduct": 6}, "K2", 6, kind="deduction", parent="K"),
        {"code": "L", "points": 8, "kind": "bonus"},
        fixed("L1", 6, kind="bonus", parent="L"),
        fixed("L2", 6, kind="bonus", parent="L"),
    ]
    weighed = package(items)
    assert [points(weighed, code) for code in ("G", "H", "K", "L", "")] == [15, 10, -8, 8, 25]


def group(policy=None, combine=None, gone=("C",), got=(6, 3, 0), **more):
    """Three children of 10, 5 and 5 points that got 6, 3 and (if it applies) 0."""
    settings = {"not_applicable": policy, "combine": combine, **more}
    head = {"code": "G", "points": 20} | {k: v for k, v in settings.items() if v is not None}
    full = (10, 5, 5)
    children = [
        fixed(code, most, points, parent="G", not_applicable_if="yes" if code in gone else "no")
        for code, most, points in zip("ABC", full, got, strict=True)
    ]
    return [head, *children, fixed("Z", 1)]


POLICIES = {
    None: (12, 20),  # as rescale
    "rescale": (12, 20),  # (6 + 3) × 20 ÷ 15
    "spread": (F(6 * 25, 20) + F(3 * 15, 10), 20),  # 6 × 12.5/10 + 3 × 7.5/5 = 7.5 + 4.5
    "drop": (9, 15),
    "full": (14, 20),  # 6 + 3 + 5
    "zero": (9, 20),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_a_group_follows_its_policy_for_children_that_do_not_apply(package, policy):
    weighed = package(group(policy))
    assert (points(weighed, "G"), possible(weighed, "G")) == POLICIES[policy]


@pytest.mark.parametrize("policy", POLICIES)
def test_a_policy_changes_nothing_while_all_children_apply(package, policy):
    weighed = package(group(policy, gone=()))
    assert (points(weighed, "G"), possible(weighed, "G")) == (9, 20)


def test_spread_differs_from_rescale(package):
    # A got all of 10, B none of 5, C is gone: rescale 10 × 20/15; spread 10 × 12.5/10
    got = [points(package(group(p, got=(10, 0, 0))), "G") for p in ("rescale", "spread")]
    assert got == [F(40, 3), F(25, 2)]


def test_a_group_of_which_no_child_applies_does_not_apply(package):
    for policy in POLICIES:
        weighed = package(group(policy, gone=("A", "B", "C")))
        assert points(weighed, "G") is None
        assert possible(weighed, "G") == 0


def test_the_mean_of_others_fills_a_childs_place(package):
    items = [
        {"code": "G", "points": 20, "not_applicable": "mean_of_others"},
        leaf({"points": "a"}, "A", 10, parent="G"),
        leaf({"points": "b"}, "B", 10, parent="G", applies_to=["n"]),
    ]
    units = [{"code": "U", "group": "s"}, {"code": "V", "group": "n"}, {"code": "W", "group": "n"}]
    values = {(unit, name): n for unit, a, b in (("U", 1, 9), ("V", 2, 4), ("W", 3, 5))
              for name, n in (("a", str(a)), ("b", str(b)))}  # fmt: skip
    weighed = package(items, values, units=units)
    assert points(weighed, "G") == F(11, 2)  # 1 + (4 + 5) / 2
    assert possible(weighed, "G") == 20


def test_bonus_and_deduction_children_are_added_unscaled(package):
    items = [
        *group(),
        fixed("X", 2, kind="bonus", parent="G"),
        leaf({"deduct": 1}, "Y", 3, kind="deduction", parent="G"),
        fixed("W", 2, kind="bonus", parent="G", not_applicable_if="yes"),
    ]
    weighed = package(items)
    assert points(weighed, "G") == 13  # (6 + 3) × 20/15 + 2 − 1
    assert possible(weighed, "G") == 20
    assert possible(weighed, "X") == 0


COMBINES = {
    "sum": (9, 15),
    "mean": (F(9, 2), F(15, 2)),
    "weighted_mean": (F(3 * 6 + 1 * 3, 4), F(3 * 10 + 1 * 5, 4)),
    "lowest": (3, 5),
    "highest": (6, 10),
}


@pytest.mark.parametrize("combine", COMBINES)
def test_a_group_combines_its_children(package, combine):
    items = group("drop" if combine == "sum" else None, combine)
    for item, weight in zip(items[1:4], (3, 1, 7), strict=True):
        item["weight"] = weight
    del items[0]["points"]
    weighed = package(items)
    assert (points(weighed, "G"), possible(weighed, "G")) == COMBINES[combine]


def test_a_group_without_points_has_those_of_its_children(package):
    items = group("drop")
    del items[0]["points"]
    assert formula(package(items), 'full("G")') == 20
    items[0]["combine"] = "mean"
    assert formula(package(items), 'full("G")') == F(20, 3)


def test_dropped_points_are_not_possible_further_up(package):
    items = [
        {"code": "T"},
        *({**item, "parent": item.get("parent", "T")} for item in group("drop")),
    ]
    weighed = package(items)
    assert possible(weighed, "T") == 16
    assert possible(weighed, "") == 16


def test_a_group_with_a_rule_is_scored_by_it(package):
    rule = {"points": '0.4 * score("A") + 0.6 * score("B") + full("C")'}
    weighed = package(group(rule=rule, gone=()))
    assert points(weighed, "G") == F("2.4") + F("1.8") + 5


def test_adjust_comes_after_combining_and_before_zero_if_and_bounds(package):
    adjust = [{"deduct": "2"}, {"points": "1"}]
    assert points(package(group(adjust=adjust)), "G") == 11  # 12 − 2 + 1
    assert points(package(group(adjust=adjust, zero_if="yes")), "G") == 0
    assert points(package(group(adjust=adjust, full_if="yes")), "G") == 20
    assert points(package(group(adjust={"points": 15}, cap="full")), "G") == 20


def test_applies_to_names_groups_and_reaches_what_is_below(package):
    items = [
        {"code": "G", "applies_to": ["coast"]},
        leaf({"points": "a"}, "G1", 4, parent="G"),
        fixed("B", 6),
    ]
    units = [{"code": "U", "group": "inland"}, {"code": "V", "group": "coast"}]
    weighed = package(items, {("V", "a"): "2"}, units=units)
    assert [points(weighed, code) for code in ("G", "G1", "")] == [None, None, 10]
    assert [points(weighed, code, "V") for code in ("G", "G1", "")] == [2, 2, 8]


def test_the_tree_is_asked_in_formulas(package):
    weighed = package(group())
    asked = ['score("A")', 'possible("A")', 'full("G")', 'applies("A")', 'applies("C")']
    assert [formula(weighed, text) for text in asked] == [6, 10, 20, True, False]
    assert formula(weighed, 'full("C")') == 5
    with pytest.raises(replay.Missing):
        formula(weighed, 'score("C")')


# ---- total ----


def test_the_root_joins_the_top_items_without_bounds(package):
    items = [fixed("A", 60, 50), fixed("B", 40), fixed("C", 20, kind="bonus")]
    assert ranking(package(items)) == [(1, "U", 110)]


def test_a_percentage_is_of_what_is_possible(package):
    items = [fixed("A", 60, 50), fixed("B", 30), fixed("C", 10, not_applicable_if="yes")]
    weighed = package(items, total={"as": "percent", "not_applicable": "drop"})
    assert ranking(weighed) == [(1, "U", F(8000, 90))]


def test_the_total_may_be_combined_adjusted_and_rounded_by_the_rule(package):
    items = [fixed("A", 100, "92.5"), fixed("B", 100, 94)]
    total = {"combine": "lowest", "adjust": [{"points": "0.05"}], "rounded_to": 1, "places": 4}
    assert ranking(package(items, total=total)) == [(1, "U", F("92.6"))]  # 92.55


@pytest.mark.parametrize(
    ("got", "shown"), [("0.125", "0.13"), ("-0.125", "-0.13"), ("1/3", "0.33")]
)
def test_what_is_shown_is_rounded_from_halves_away_from_zero(got, shown):
    assert f"{float(replay.rounded(F(got), 2)):.2f}" == shown


def test_the_total_may_be_a_rule(package):
    items = [fixed("A", 100, 90), fixed("B", 100, 60)]
    rule = {"points": 'score("A") * 2/3 + score("B") / 3'}
    assert ranking(package(items, total={"rule": rule})) == [(1, "U", 80)]


def test_a_unit_to_which_nothing_applies_has_no_score_and_no_rank(package):
    items = [leaf({"points": "a"}, not_applicable_if="a < 0")]
    weighed = package(items, {("U", "a"): "-1", ("V", "a"): "3"}, units="UV",
                      grades=[{"code": "good"}])  # fmt: skip
    assert ranking(weighed) == [(1, "V", 3), (None, "U", None)]
    assert grades(weighed) == {"V": "good", "U": None}


def test_units_below_a_unit_are_weighed_within_it(package):
    units = [{"code": "44"}, {"code": "U", "parent": "44"}, {"code": "V", "parent": "45"}]
    assert [row[1] for row in ranking(package([fixed("A", 1)], units=units))] == ["44"]
    assert [row[1] for row in ranking(package([fixed("A", 1)], units=units, within="44"))] == ["U"]


# ---- ranks ----


def scores(package, totals, **more):
    """Units that got these points."""
    values = {(unit, "a"): str(total) for unit, total in totals.items()}
    groups = more.pop("groups", {})
    units = [{"code": unit, "group": groups.get(unit, "g")} for unit in totals]
    return package([leaf({"points": "a"}, points=100)], values, units=units, **more)


TIES = {"shared": [1, 2, 2, 4], "dense": [1, 2, 2, 3], "mean": [1, F(5, 2), F(5, 2), 4]}


@pytest.mark.parametrize("ties", TIES)
def test_equals_are_ranked_by_the_tie_policy(package, ties):
    weighed = scores(package, {"W": 7, "U": 8, "V": 8, "T": 9}, ranking={"ties": ties})
    assert [row[0] for row in ranking(weighed)] == TIES[ties]
    assert [row[1] for row in ranking(weighed)] == ["T", "U", "V", "W"]


def test_ranks_come_from_unrounded_totals(package):
    assert ranks(scores(package, {"U": "10/3", "V": "3.3333333333"})) == {"U": 1, "V": 2}


def test_tie_breaks_are_asked_in_turn_of_equals_alone(package):
    totals = {"T": 9, "U": 8, "V": 8, "W": 8}
    values = {(unit, "b"): "1" for unit in "TUVW"} | {("T", "c"): "", ("W", "b"): "3"}
    values |= {("U", "c"): "5", ("V", "c"): "4", ("W", "c"): "9"}
    values |= {(unit, "a"): str(total) for unit, total in totals.items()}
    weighed = package([leaf({"points": "a"})], values, units="TUVW",
                      ranking={"tie_break": ["-b", "-c"]})  # fmt: skip
    assert ranks(weighed) == {"T": 1, "V": 2, "U": 3, "W": 4}


def test_a_tie_break_that_is_missing_counts_least(package):
    weighed = scores(package, {"U": 8, "V": 8}, ranking={"tie_break": ["b"]})
    assert ranks(weighed) == {"U": 1, "V": 1}
    values = {("U", "a"): "8", ("V", "a"): "8", ("V", "b"): "-5"}
    weighed = package([leaf({"points": "a"})], values, units="UV", ranking={"tie_break": ["b"]})
    assert ranks(weighed) == {"V": 1, "U": 2}


# ---- grades ----

LAST = {"code": "fail"}


def test_a_cut_off_holds_its_edge_or_not(package):
    given = [{"code": "excellent", "at_least": 90}, {"code": "good", "above": "80%"}, LAST]
    given[1]["above"] = 80
    weighed = scores(package, {"T": 90, "U": "89.999", "V": "80.001", "W": 80}, grades=given)
    assert grades(weighed) == {"T": "excellent", "U": "good", "V": "good", "W": "fail"}


def test_a_third_of_ten_three_times_reaches_a_cut_off_of_ten(package):
    items = [leaf({"points": "10 / 3 * 3"})]
    assert grades(package(items, grades=[{"code": "good", "at_least": 10}, LAST])) == {"U": "good"}


def test_requires_is_a_condition_on_scores_total_or_an_earlier_year(package):
    given = [{"code": "good", "requires": 'score("A") >= 8 and total > 7 and last(a) > 0'}, LAST]
    values = {("U", "a"): "8", ("V", "a"): "8", ("W", "a"): "7"}
    values |= {("U", "a", "2020"): "1", ("V", "a", "2020"): "0", ("W", "a", "2020"): "1"}
    weighed = package([leaf({"points": "a"})], values, units="UVW", grades=given)
    assert grades(weighed) == {"U": "good", "V": "fail", "W": "fail"}


def floors(package, floors, **got):
    items = [
        fixed("A", 10, got.get("a", 10)),
        fixed("B", 10, got.get("b", 10)),
        fixed("C", 10, not_applicable_if="yes"),
        fixed("D", 2, kind="bonus"),
    ]
    return grades(package(items, grades=[{"code": "good", "floors": floors}, LAST]))["U"]


def test_floors_are_points_or_shares_of_what_is_possible(package):
    assert floors(package, {"A": "60%"}, a=6) == "good"
    assert floors(package, {"A": "60%"}, a="5.9") == "fail"
    assert floors(package, {"A": 7}, a=7) == "good"
    assert floors(package, {"A": 7}, a=6) == "fail"


def test_a_star_is_the_floor_of_every_other_top_item(package):
    assert floors(package, {"A": "60%", "*": 5}, a=6, b=5) == "good"
    assert floors(package, {"A": "60%", "*": 5}, a=6, b=4) == "fail"
    assert floors(package, {"A": 1, "*": 5}, a=1, b=5) == "good"


def quota(package, totals, tie="shared", **more):
    given = [{"code": "excellent", "at_least": 5, "quota": more}, {"code": "good", "at_least": 3}]
    return grades(scores(package, totals, grades=[*given, LAST], ranking={"ties": tie}))


SEVEN = {"A": 9, "B": 8, "C": 7, "D": 6, "E": 5, "F": 4, "G": 2}


@pytest.mark.parametrize(
    ("share", "rounding", "places"),
    [("20%", None, 1), ("20%", "up", 2), ("20%", "half_up", 1), ("3/14", "half_up", 2)],
)
def test_a_quotas_share_is_rounded_as_it_says(package, share, rounding, places):
    more = {"round": rounding} if rounding else {}  # 7 × 20% = 1.4; 7 × 3/14 = 1.5
    given = quota(package, SEVEN, share=share, **more)
    assert sum(grade == "excellent" for grade in given.values()) == places
    assert (given["F"], given["G"]) == ("good", "fail")


def test_places_are_taken_only_by_who_meets_the_cut_off(package):
    given = quota(package, SEVEN, count=6)
    assert [unit for unit in SEVEN if given[unit] == "excellent"] == ["A", "B", "C", "D", "E"]


TIED = {"A": 9, "B": 8, "C": 8, "D": 7, "E": 4}


@pytest.mark.parametrize("tie", TIES)
def test_equals_who_do_not_all_fit_are_all_out_and_nobody_passes_them(package, tie):
    given = quota(package, TIED, count=2, tie=tie)
    assert [given[unit] for unit in TIED] == ["excellent", "good", "good", "good", "good"]


def test_equals_who_do_not_all_fit_may_be_all_in(package):
    given = quota(package, TIED, count=2, ties="in")
    assert [given[unit] for unit in TIED] == ["excellent", "excellent", "excellent", "good", "good"]
    assert quota(package, TIED, count=1, ties="in")["B"] == "good"


def test_a_quota_within_the_group_counts_the_groups_own(package):
    totals = {"A": 9, "B": 8, "C": 7, "D": 6, "E": 5.5, "F": 5}
    given = [{"code": "best", "quota": {"share": "50%", "within": "group"}}, LAST]
    groups = {"A": "n", "B": "n", "C": "n", "D": "n"}
    weighed = scores(package, totals, grades=given, groups=groups)
    assert [unit for unit, grade in grades(weighed).items() if grade == "best"] == ["A", "B", "E"]


# ---- vetoes ----

THREE = [{"code": "excellent", "at_least": 9}, {"code": "good", "at_least": 6}, LAST]


def vetoed(package, *then, when="bad > 0", a=9, **more):
    values = {("U", "a"): str(a), ("U", "bad"): "1", ("V", "a"): "7", ("V", "bad"): "0"}
    values |= {("W", "a"): "5", ("W", "bad"): "0"}
    vetoes = [{"code": f"v{n}", "when": when, "then": each} for n, each in enumerate(then)]
    weighed = package([leaf({"points": "a"})], values, units="UVW", vetoes=vetoes,
                      **({"grades": THREE} | more))  # fmt: skip
    row = next(row for row in replay.weigh(weighed) if row.here.unit == "U")
    return row.rank, row.score, row.grade


VETOES = {
    "no veto": ([], (1, 9, "excellent")),
    "a grade": ([{"grade": "fail"}], (1, 9, "fail")),
    "none better": ([{"best_grade": "good"}], (1, 9, "good")),
    "lower by one": ([{"lower_by": 1}], (1, 9, "good")),
    "lower by more than there are": ([{"lower_by": 5}], (1, 9, "fail")),
    "a score": ([{"score": "6.5"}], (2, F("6.5"), "good")),
    "last": ([{"rank": "last"}], (3, 9, "excellent")),
    "unranked": ([{"rank": "none"}], (None, 9, "excellent")),
    "several in one": ([{"grade": "fail", "rank": "last"}], (3, 9, "fail")),
    "the worst grade holds": ([{"best_grade": "good"}, {"grade": "fail"}], (1, 9, "fail")),
    "the worst of two orders": ([{"grade": "fail"}, {"lower_by": 1}], (1, 9, "fail")),
    "the lowest score holds": ([{"score": 2}, {"score": 1}], (3, 1, "fail")),
}


@pytest.mark.parametrize(("then", "expected"), VETOES.values(), ids=VETOES.keys())
def test_a_veto_overrules(package, then, expected):
    assert vetoed(package, *then) == expected


def test_none_better_does_not_lift(package):
    assert vetoed(package, {"best_grade": "good"}, a=1) == (3, 1, "fail")


def test_a_vetos_grade_is_that_grade_whatever_else_a_veto_does(package):
    assert vetoed(package, {"grade": "good"}, {"rank": "last"}, a=1) == (3, 1, "good")


def test_a_veto_asks_scores_and_the_total_before_vetoes(package):
    then = {"score": 0}
    assert vetoed(package, then, then, when='score("A") > 8 and total > 8') == (3, 0, "fail")
    given = [{"code": "good", "requires": "total > 8"}, LAST]
    assert vetoed(package, then, grades=given) == (3, 0, "good")


def test_a_veto_on_a_missing_value_is_a_fault(package):
    with pytest.raises(replay.Missing):
        vetoed(package, {"grade": "fail"}, when="unknown > 0")


def test_a_barred_unit_takes_no_place_of_a_quota(package):
    given = [{"code": "excellent", "quota": {"count": 1}}, {"code": "good"}, LAST]
    values = {("U", "a"): "9", ("V", "a"): "8", ("W", "a"): "7"}
    vetoes = [{"code": "v", "when": "a > 8", "then": {"best_grade": "good"}}]
    weighed = package([leaf({"points": "a"})], values, units="UVW", vetoes=vetoes, grades=given)
    assert grades(weighed) == {"U": "good", "V": "excellent", "W": "good"}


# ---- the package and the command ----


def test_a_byte_order_mark_is_no_part_of_the_heading(package):
    weighed = package([leaf({"points": "a"})], {("U", "a"): "3"}, encoding="utf-8-sig")
    assert points(weighed, "A") == 3


@pytest.fixture
def run(package, tmp_path):
    """Runs the copy of `replay.py` beside a package of two units."""
    items = [
        {"code": "A", "points": 90, "title": {"zh": "办案", "en": "Cases"}},
        leaf({"points": "a / 3"}, "A1", 90, parent="A"),
        fixed("B", 10, 5, title="Work", not_applicable_if="a < 10"),
    ]
    units = [{"code": "U", "title": {"zh": "广州", "en": "Guangzhou"}}, {"code": "V"}]
    given = [{"code": "good", "at_least": 30}, LAST]
    package(items, {("U", "a"): "100", ("V", "a"): "9"}, units=units, grades=given)
    shutil.copy(REPLAY, tmp_path / "replay.py")

    def ask(*arguments, published=None):
        if published is not None:
            write_csv(tmp_path / "ranking.csv", ["rank", "unit", "score", "grade"], published)
        command = [sys.executable, "-I", "replay.py", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return ask


def test_the_ranking_is_printed_under_headings_in_two_languages(run):
    code, printed, wrong = run()
    assert (code, wrong) == (0, "")
    heading, first, second = printed.splitlines()
    assert heading.split("\t") == [
        "名次 rank",
        "单位 unit",
        "得分 score",
        "精确值 exact",
        "等级 grade",
    ]
    # 100/3 + 5 = 115/3; of 90 possible points 3, scaled to 100: 10/3
    assert first.split("\t") == ["1", "U 广州 Guangzhou", "38.33", "115/3", "good"]
    assert second.split("\t")[2:] == ["3.33", "10/3", "fail"]


def test_check_finds_the_published_ranking_the_same(run):
    same = [["1", "U", "115/3", "good"], ["2", "V", "10/3", "fail"]]
    code, printed, _ = run("--check", published=same)
    assert code == 0
    assert "一致" in printed


@pytest.mark.parametrize(
    "change",
    [
        ["2", "U", "115/3", "good"],
        ["1", "U", "38.33", "good"],
        ["1", "U", "115/3", "fail"],
        ["", "X"],
    ],
)
def test_check_lists_what_differs_and_exits_with_1(run, change):
    published = [([*change, "", ""])[:4], ["2", "V", "10/3", "fail"]]
    code, printed, wrong = run("--check", published=published)
    assert code == 1
    assert any(line.startswith("U ") for line in printed.splitlines())
    assert not any(line.startswith("V ") for line in printed.splitlines())
    assert "不一致" in wrong


def test_the_points_of_every_item_of_one_unit_are_printed(run):
    code, printed, _ = run("--unit", "V")
    lines = [line.strip() for line in printed.splitlines()]
    assert code == 0
    assert any(line.startswith("A 办案 Cases") and line.endswith("3 / 90") for line in lines)
    assert any(line.startswith("A1") and line.endswith("3 / 90") for line in lines)
    assert any(line.startswith("B Work") and "不适用" in line for line in lines)


@pytest.mark.parametrize("arguments", [["--help"], ["--unit", "nobody"], ["--chek"]])
def test_what_it_does_not_understand_is_answered_with_how_to_run_it(run, arguments):
    code, printed, wrong = run(*arguments)
    assert code != 0
    assert printed == ""
    assert "--check" in wrong


def test_it_keeps_to_300_lines_of_100_columns():
    lines = REPLAY.read_text(encoding="utf-8").splitlines()
    wide = {"W": 2, "F": 2}
    columns = [sum(wide.get(unicodedata.east_asian_width(c), 1) for c in line) for line in lines]
    assert len(lines) <= 300
    assert max(columns) <= 100


def test_it_imports_the_standard_library_alone_and_never_evaluates_text():
    tree = ast.parse(REPLAY.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    plain = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    named = {node.module for node in imports if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in plain | named} <= sys.stdlib_module_names
    called = {
        n.func.id
        for n in ast.walk(tree)
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    }
    assert not called & {"eval", "exec", "compile", "__import__"}


def test_21_units_of_60_items_take_a_few_seconds(package):
    rule = {"ladder": "n{0}", "steps": [[">= all_mean(n{0})", 10], ["< all_mean(n{0})", "x / 2"]]}
    items = [leaf(json.loads(json.dumps(rule).replace("{0}", str(n))), f"I{n}") for n in range(60)]
    units = [f"U{n}" for n in range(21)]
    values = {(u, f"n{n}"): str((7 * i + n) % 13) for i, u in enumerate(units) for n in range(60)}
    weighed = package(items, values, units=units)
    began = time.perf_counter()
    replay.weigh(weighed)
    assert time.perf_counter() - began < 10
