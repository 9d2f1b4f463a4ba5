"""Each part of a rule on its own, on values worked by hand."""

from fractions import Fraction as F

import pytest

from tests.builders import points_of


@pytest.mark.parametrize(
    ("rule", "values", "points"),
    [
        ({"points": 7}, {}, 7),
        ({"points": "15 * handled / received"}, {"handled": 8, "received": 10}, 12),
        ({"points": "10/3*3"}, {}, 10),
        ({"ladder": "r", "steps": [[">= 90%", 10], ["[80%, 90%)", 9]], "otherwise": 0}, {"r": "90%"}, 10),
        ({"ladder": "r", "steps": [[">= 90%", 10], ["[80%, 90%)", 9]], "otherwise": 0}, {"r": "89.99%"}, 9),
        ({"ladder": "r", "steps": [[">= 90%", 10], ["[80%, 90%)", 9]], "otherwise": 1}, {"r": 0}, 1),
        ({"ladder": "r", "steps": [[">= 50%", "100 * x"], ["< 50%", 0]]}, {"r": "75%"}, 75),
        ({"table": "level", "rows": {"provincial": 5, "city": 3}}, {"level": "city"}, 3),
        ({"table": "level", "rows": {"city": 3}, "otherwise": "1/2"}, {"level": "town"}, F(1, 2)),
        ({"table": "n", "rows": {"1": 60, "2": 57}}, {"n": 2}, 57),
        ({"table": "done", "rows": {"yes": 5, "no": 0}}, {"done": "yes"}, 5),
        ({"matrix": ["a", "b"], "rows": [">= 80%", "< 80%"], "columns": [">= 30%", "< 30%"],
          "cells": [[10, 5], [8, 3]]}, {"a": "80%", "b": "29%"}, 5),
        ({"add": "cases", "each": 3}, {"cases": 4}, 12),
        ({"add": "cases", "each": 3, "at_most": 10}, {"cases": 4}, 10),
        ({"add": "rise", "each": 1, "per": "10%", "count": "full"}, {"rise": "25%"}, 2),
        ({"add": "rise", "each": 1, "per": "10%"}, {"rise": "25%"}, F(5, 2)),
        ({"add": "rise", "each": 1, "per": "10%"}, {"rise": "-25%"}, 0),
        ({"deduct": "late", "each": 1, "per": 15, "count": "started"}, {"late": 16}, -2),
        ({"deduct": "late", "each": 1, "at_most": 2}, {"late": 16}, -2),
        ([{"points": "full"}, {"deduct": "missing", "each": "0.5"}], {"missing": 3}, F(17, 2)),
        ({"proportion": "cases", "target": 10}, {"cases": 4}, 4),
        ({"proportion": "cases", "target": 10}, {"cases": 14}, 10),
        ({"proportion": "cases", "target": 10, "points": 3}, {"cases": -2}, 0),
        ({"best": [{"points": "a"}, {"points": "b"}]}, {"a": 3, "b": 5}, 5),
        ({"worst": [{"points": "a"}, {"points": "b"}]}, {"a": 3, "b": 5}, 3),
        ({"first": [{"points": 1, "when": "a > 9"}, {"points": 2, "when": "a > 4"}, {"points": 3}]}, {"a": 5}, 2),
        ({"first": [{"points": 1, "when": "a > 9"}]}, {"a": 5}, 0),
        ({"points": 6, "when": "ok"}, {"ok": "no"}, 0),
        ({"points": 6, "when": "ok", "otherwise": 2}, {"ok": "no"}, 2),
        ({"points": 6, "times": "1/2 if solved else 1"}, {"solved": "yes"}, 3),
        ({"points": "a", "at_least": -3}, {"a": -9}, -3),
        ({"points": "max(a, b) + min(a, b) - abs(a - b)"}, {"a": 3, "b": 5}, 6),
        ({"points": "floor(a) + ceil(a) + round(a) + round(a, 1)"}, {"a": "2.25"}, F("9.3")),
        ({"points": "date(\"2021-08-01\") - filed"}, {"filed": "2021-07-31"}, 1),
        ({"points": "5 if level in (\"a\", \"b\") else 1"}, {"level": "b"}, 5),
        ({"points": 5, "when": "at_least(2, a > 1, b > 1, c > 1)"}, {"a": 2, "b": 0, "c": 3}, 5),
        ({"points": 5, "when": "known(a) and a > 1", "otherwise": 4}, {"a": None}, 4),
    ],
)  # fmt: skip
def test_a_part_gives_its_points(rule, values, points):
    assert points_of(rule, values) == points


PRAISE = [
    {"project": "p1", "level": "city"},
    {"project": "p1", "level": "provincial"},
    {"project": "p2", "level": "city"},
]
BY_LEVEL = {"table": "level", "rows": {"provincial": 10, "city": 5}}


@pytest.mark.parametrize(
    ("more", "points"),
    [
        ({}, 20),
        ({"once_per": "project"}, 15),
        ({"keep": "highest"}, 10),
        ({"keep": "lowest"}, 5),
        ({"keep": "median"}, 5),
        ({"keep": "mean"}, F(20, 3)),
        ({"keep": "trimmed_mean", "trim": 1}, 5),
        ({"where": 'level == "city"'}, 10),
        ({"at_most": 12}, 12),
    ],
)
def test_each_row_of_a_list_is_scored(more, points):
    rule = {"for_each": "praise", "score": BY_LEVEL} | more
    assert points_of(rule, {}, lists={"praise": PRAISE}) == points


def test_no_rows_make_nothing():
    assert points_of({"for_each": "praise", "score": BY_LEVEL}, {}, lists={"praise": []}) == 0


def test_lists_can_be_counted_and_summed():
    rule = {"points": 'count_of(praise) + count_of(praise, level == "city") * 10'}
    assert points_of(rule, {}, lists={"praise": PRAISE}) == 23
    sums = {"points": "sum_of(homes, score * units) / sum_of(homes, units)"}
    homes = [{"score": 80, "units": 1}, {"score": 100, "units": 3}]
    assert points_of(sums, {}, 100, lists={"homes": homes}) == 95


@pytest.mark.parametrize(
    ("formula", "points"),
    [
        ("last(cases)", 8),
        ("last(cases, 2)", 4),
        ("mean_of_last(cases, 3)", 5),
        ("growth(cases)", F(1, 2)),
        ("growth(first, base_if_zero=1)", 4),
    ],
)
def test_earlier_periods_can_be_asked(formula, points):
    earlier = {"2020": {"cases": 8, "first": 0}, "2019": {"cases": 4}, "2018": {"cases": 3}}
    assert points_of({"points": formula}, {"cases": 12, "first": 5}, earlier=earlier) == points
