"""`replay.py` alone: formulas, exact, over figures, lists and earlier years."""

from fractions import Fraction as F

import pytest

from steelyard.weighing import replay
from tests.weighing.replay.packages import fixed, formula, leaf, points

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
