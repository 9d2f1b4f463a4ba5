"""Random sound schemes with values, for whatever two computations must agree on."""

from __future__ import annotations

import itertools
from functools import cache
from typing import Any

from hypothesis import strategies as st

from steelyard.kernel.exact import plain

UNITS = ("u1", "u2", "u3", "u4")
INPUTS = ("a", "b", "c")
LISTS = {"events": {"level": "text", "size": "number"}}
LEVELS = ("city", "province")
Document = dict[str, Any]


@cache
def numbers() -> st.SearchStrategy[str]:
    """Small numbers, some with no end as decimals."""
    return st.fractions(min_value=-3, max_value=12, max_denominator=7).map(plain)


@cache
def formulas() -> st.SearchStrategy[str]:
    names = st.sampled_from(
        [*INPUTS, "q", "full", "last(a)", "all_mean(b)", "group_max(a)", "all_rank(c)"]
    )
    numbers_ = st.integers(0, 12).map(str)
    simple = st.one_of(names, numbers_)
    joined = st.builds(
        lambda x, sign, y: f"({x} {sign} {y})", simple, st.sampled_from("+-*/"), simple
    )
    called = st.builds(
        lambda f, x: f"{f}({x})",
        st.sampled_from(["abs", "floor", "ceil", "round"]),
        st.one_of(simple, joined),
    )
    lists = st.sampled_from(
        ["count_of(events)", 'count_of(events, level == "city")', "sum_of(events, size)"]
    )
    pairs = st.builds(
        lambda f, x, y: f"{f}({x}, {y})", st.sampled_from(["min", "max"]), simple, joined
    )
    return st.one_of(simple, joined, called, lists, pairs)


@cache
def conditions() -> st.SearchStrategy[str]:
    plain_ = st.builds(
        lambda x, sign, y: f"{x} {sign} {y}",
        formulas(),
        st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
        formulas(),
    )
    joined = st.builds(
        lambda x, word, y: f"({x}) {word} ({y})", plain_, st.sampled_from(["and", "or"]), plain_
    )
    return st.one_of(
        plain_,
        joined,
        st.sampled_from(["known(a)", "not known(b)", "at_least(2, a > 1, b > 1, c > 1)"]),
    )


@st.composite
def ladders(draw: st.DrawFn) -> Document:
    edges = sorted(draw(st.sets(st.integers(-2, 10), min_size=1, max_size=3)))
    closed = draw(st.booleans())
    bands = [f"< {edges[0]}" if closed else f"<= {edges[0]}"]
    bands += [f"[{a}, {b})" if closed else f"({a}, {b}]" for a, b in itertools.pairwise(edges)]
    bands += [f">= {edges[-1]}" if closed else f"> {edges[-1]}"]
    return {
        "ladder": draw(formulas()),
        "steps": [[band, draw(st.one_of(numbers(), st.just("x / 2")))] for band in bands],
    }


@cache
def parts(depth: int = 2) -> st.SearchStrategy[Document]:
    each = st.fixed_dictionaries(
        {"each": numbers()},
        optional={
            "per": st.sampled_from([1, 2, "1/3"]),
            "count": st.sampled_from(["exact", "full", "started"]),
        },
    )
    simple = [
        st.builds(lambda f: {"points": f}, formulas()),
        ladders(),
        st.builds(lambda f, e: {"add": f} | e, formulas(), each),
        st.builds(lambda f, e: {"deduct": f} | e, formulas(), each),
        st.builds(lambda f, t: {"proportion": f, "target": t}, formulas(), st.integers(1, 9)),
        st.just({"table": "level_of", "rows": {"city": 3, "province": "7/3"}, "otherwise": 1}),
        st.builds(
            lambda keep, more: {
                "for_each": "events", "keep": keep,
                "score": {"table": "level", "rows": {"city": 1, "province": "5/2"}},
            } | more,
            st.sampled_from(["sum", "highest", "lowest"]),
            st.sampled_from([{}, {"once_per": "level"}, {"where": "size > 1"}]),
        ),
        st.just({"matrix": ["a", "b"], "rows": ["< 3", ">= 3"], "columns": ["<= 5", "> 5"],
                 "cells": [[1, 2], [3, "a"]]}),
    ]  # fmt: skip
    if depth:
        inner = st.lists(parts(depth - 1), min_size=1, max_size=3)
        simple.append(
            st.builds(
                lambda join, p: {join: p}, st.sampled_from(["sum", "best", "worst", "first"]), inner
            )
        )
    return st.builds(_modified, st.one_of(simple), _modifiers())


@cache
def _modifiers() -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(
        {},
        optional={
            "when": conditions(),
            "times": numbers(),
            "at_most": st.integers(0, 9),
            "otherwise": numbers(),
        },
    )


def _modified(part: Document, modifiers: Document) -> Document:
    """``otherwise`` of a ladder would close gaps that the ladder does not have; both may have it."""
    return modifiers | part


@st.composite
def leaves(draw: st.DrawFn, code: str, parent: str) -> Document:
    kind = draw(st.sampled_from(["item", "item", "item", "bonus", "deduction"]))
    leaf = {
        "code": code,
        "parent": parent,
        "title": code,
        "points": 10,
        "kind": kind,
        "rule": draw(parts()),
    }
    leaf |= {"gap": {"points": 10, "note": "random"}, "weight": draw(st.integers(1, 4))}
    leaf |= draw(
        st.fixed_dictionaries(
            {},
            optional={
                "zero_if": conditions(), "full_if": conditions(), "not_applicable_if": conditions(),
                "cap": st.sampled_from(["none", 8]), "floor": st.sampled_from(["none", -2]),
                "applies_to": st.just(["g1"]),
            },
        )
    )  # fmt: skip
    return leaf


@st.composite
def schemes(draw: st.DrawFn) -> Document:
    """A scheme of two groups with up to three leaves each, grades, a quota and a veto."""
    items: list[Document] = []
    for group in ("G", "H"):
        combine = draw(
            st.sampled_from(["sum", "sum", "mean", "weighted_mean", "lowest", "highest"])
        )
        policies = (
            ["rescale", "spread", "drop", "full", "zero", "mean_of_others"]
            if combine == "sum"
            else ["reweight"]
        )
        one = {
            "code": group,
            "title": group,
            "combine": combine,
            "not_applicable": draw(st.sampled_from(policies)),
        }
        items.append(
            one
            | draw(st.fixed_dictionaries({}, optional={"adjust": st.lists(parts(0), max_size=1)}))
        )
        for number in range(draw(st.integers(1, 3))):
            # The guide does not say what the mean of no item is: the first child is an item.
            first = {} if number else {"kind": "item"}
            items.append(draw(leaves(f"{group}{number}", group)) | first)
    states = st.sampled_from(["zero", "full", "not_applicable", "mean_of_others"])
    return {
        "format": "steelyard-scheme/1", "code": "random", "version": "1", "title": "Random", "label": "sample",
        "family": "points", "period": {"starts": "2021-01-01", "ends": "2022-01-01"},
        "units": [{"code": code, "title": code, "group": draw(st.sampled_from(["g1", "g2"]))} for code in UNITS],
        "groups": {"g1": "g1", "g2": "g2"},
        "inputs": [{"code": "level_of", "type": "text"}] + [{"code": code} for code in INPUTS],
        "quantities": [{"code": "q", "formula": draw(st.sampled_from(["a / b", "a - c", "b * 50%"]))}],
        "items": items,
        "on": {state: draw(states) for state in ("missing", "no_base", "no_material", "unreliable", "late")},
        "total": {"as": draw(st.sampled_from(["points", "percent"]))},
        "ranking": {"ties": draw(st.sampled_from(["shared", "dense", "mean"]))},
        "grades": [
            {"code": "best", "at_least": draw(st.integers(0, 20)), "quota": draw(st.sampled_from(
                [{"share": "50%"}, {"count": 1}, {"count": 1, "ties": "in"},
                 {"share": "30%", "round": "up", "within": "group"}]))},
            {"code": "good", "above": draw(st.integers(-5, 0))},
            {"code": "rest"},
        ],
        "vetoes": [{"code": "v", "title": "v", "when": "known(a) and a > 5", "then": draw(st.sampled_from(
            [{"grade": "rest"}, {"best_grade": "good"}, {"score": 1}, {"rank": "last"}, {"rank": "none"},
             {"lower_by": 1}]))}],
    }  # fmt: skip


@cache
def values() -> st.SearchStrategy[Document]:
    """Values of every unit, some missing, with last year's and a list."""
    amount = st.one_of(
        st.none(), st.fractions(min_value=0, max_value=9, max_denominator=5).map(plain)
    )
    row = st.fixed_dictionaries(
        dict.fromkeys(INPUTS, amount) | {"level_of": st.sampled_from([*LEVELS, "town"])}
    )
    event = st.fixed_dictionaries({"level": st.sampled_from(LEVELS), "size": st.integers(0, 3)})
    each = dict.fromkeys(UNITS, row)
    return st.fixed_dictionaries(
        {
            "values": st.fixed_dictionaries(each),
            "earlier": st.fixed_dictionaries({"2020": st.fixed_dictionaries(each)}),
            "lists": st.fixed_dictionaries(
                {"events": st.fixed_dictionaries(dict.fromkeys(UNITS, st.lists(event, max_size=3)))}
            ),
        }
    )
