"""The steps together: the tree, levels, weights, documents, and what the result tells."""

from __future__ import annotations

import json
import time
from dataclasses import replace

import numpy as np
import pytest

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import (
    FAVOURS,
    Aggregate,
    Impute,
    ItemMethod,
    Method,
    Normalise,
    Screen,
    Treat,
    Weigh,
)
from steelyard.weighing.index.columns import Names
from steelyard.weighing.index.compose import Spec, compose
from tests.weighing.index.builders import composed, f, faults, method, spec

AS_IT_IS = Normalise("none")
TREE = {"": ("P", "Q"), "P": ("a", "b"), "Q": ("c",)}
COLUMNS = {"a": [1, 4], "b": [9, 4], "c": [16, 1]}


def test_each_level_has_its_own_mean_from_the_leaves_up() -> None:
    levels = (Aggregate("arithmetic"), Aggregate("geometric"))
    result = composed(COLUMNS, tree=TREE, method=method(normalise=AS_IT_IS, aggregate=levels))
    assert result.scores["P"].tolist() == [5, 4]
    assert result.scores[""].tolist() == pytest.approx([80**0.5, 2])
    assert result.ranks[""].tolist() == [1, 2]
    assert result.ranks["b"].tolist() == [1, 2]


def test_the_last_named_level_serves_all_above() -> None:
    deep = {"": ("R", "c"), "R": ("P",), "P": ("a", "b")}
    levels = (Aggregate("arithmetic"), Aggregate("geometric"))
    result = composed(COLUMNS, tree=deep, method=method(normalise=AS_IT_IS, aggregate=levels))
    assert result.scores[""].tolist() == pytest.approx([80**0.5, 2])


def test_a_group_may_join_its_children_in_its_own_way() -> None:
    own = {"P": ItemMethod(aggregate=Aggregate("geometric"))}
    result = composed(COLUMNS, tree=TREE, items=own, method=method(normalise=AS_IT_IS))
    assert result.scores["P"].tolist() == pytest.approx([3, 4])
    assert result.scores[""].tolist() == pytest.approx([9.5, 2.5])


def test_weights_are_of_siblings_and_need_not_sum_to_one() -> None:
    result = composed(
        COLUMNS,
        tree=TREE,
        weights={"a": 3, "b": 1, "P": 1, "Q": 3},
        method=method(normalise=AS_IT_IS),
    )
    assert result.scores[""].tolist() == pytest.approx([0.25 * 3 + 0.75 * 16, 0.25 * 4 + 0.75])


def test_a_group_of_which_everything_was_screened_out_is_left_out() -> None:
    asked = method(normalise=AS_IT_IS, screen=Screen(indicators_at_least=f(1)))
    result = composed(COLUMNS | {"c": [16, None]}, tree=TREE, method=asked)
    assert result.dropped == ("c",)
    assert "Q" not in result.scores
    assert result.scores[""].tolist() == [5, 4]
    assert result.weights[""] == {"P": 1}


def test_what_is_missing_below_is_dealt_with_by_the_policy_of_each_level() -> None:
    levels = (Aggregate(missing="missing"), Aggregate(missing="reweight"))
    result = composed(
        COLUMNS | {"a": [None, 4]}, tree=TREE, method=method(normalise=AS_IT_IS, aggregate=levels)
    )
    assert np.isnan(result.scores["P"][0])
    assert result.total("Jiangmen") == 16
    assert [note.en for note in result.notes] == [
        "P: children missing (a), policy 'missing': Jiangmen",
        "Total: children missing (P), policy 'reweight': Jiangmen",
        FAVOURS["missing"].en,
        FAVOURS["reweight"].en,
    ]


def test_a_unit_without_a_score_is_named() -> None:
    asked = method(normalise=AS_IT_IS, aggregate=(Aggregate(missing="missing"),))
    result = composed(COLUMNS | {"a": [None, 4]}, tree=TREE, method=asked)
    assert result.total("Jiangmen") is None
    assert result.notes[-1].en == "without a score and a rank: Jiangmen"


def test_faults_above_and_below_are_told_at_once_and_not_twice() -> None:
    levels = (Aggregate("arithmetic", missing="refuse"), Aggregate("geometric"))
    found = faults(
        {"a": [None, 4], "b": [9, 4], "c": [0, 1], "d": [1, 1]},
        tree={"": ("P", "Q"), "P": ("a", "b"), "Q": ("c", "d")},
        items={"Q": ItemMethod(aggregate=Aggregate("harmonic"))},
        method=method(normalise=AS_IT_IS, aggregate=levels),
    )
    assert [(fault.code, fault.where.key) for fault in found] == [
        ("value-missing", "items.a"), ("not-above-zero", "items.c"),
    ]  # fmt: skip


def test_an_indicator_that_is_refused_does_not_hide_the_faults_of_others() -> None:
    found = faults(
        {"a": [1, 1], "b": [0, 2], "c": [4, 5]},
        tree={"": ("P", "c"), "P": ("a", "b")},
        items={"b": ItemMethod(normalise=Normalise("goalposts"))},
    )
    assert [(fault.code, fault.where.key) for fault in found] == [
        ("cannot-normalise", "items.a"), ("cannot-normalise", "items.b"),
    ]  # fmt: skip


def test_a_value_that_grows_beyond_bounds_on_the_way_is_refused() -> None:
    found = faults(
        {"a": [1e60, 1], "b": [1, 2]},
        items={"a": ItemMethod(denominator="tiny")},
        denominators={"tiny": [1e-60, 1]},
    )
    assert [(fault.code, fault.where.key) for fault in found] == [("too-large", "items.a")]


def test_ranks_within_the_peer_group_are_in_the_result() -> None:
    result = composed(
        {"a": [1, 2, 3, 4]}, method=method(normalise=AS_IT_IS), groups={"": ["d", "n", "d", "n"]}
    )
    assert result.group_ranks[""].tolist() == [2, 2, 1, 1]


def test_document_is_plain_data_and_names_every_table() -> None:
    result = composed({"a": [1, 2, None], "b": [1, 2, 3]}, method=method(impute=Impute("mean")))
    document = json.loads(json.dumps(result.document(), allow_nan=False))
    assert set(document["tables"]) == {
        "raw", "denominated", "transformed", "imputed", "treated", "normalised",
    }  # fmt: skip
    assert document["tables"]["raw"]["a"] == [1, 2, None]
    assert document["tables"]["imputed"]["a"] == [1, 2, 1.5]
    assert document["scores"][""] == [0, 75, 75]  # a: 0, 100, 50; b: 0, 50, 100
    assert document["treated"]["b"]["skewness"] == [0, 0]


def test_the_same_spec_gives_the_same_result_to_the_last_bit() -> None:
    for weigh in (Weigh(), Weigh("pca"), Weigh("equal_influence")):
        asked = large(30, 12, method(weigh=weigh))
        assert compose(asked).document() == compose(asked).document()


def test_the_order_of_the_units_does_not_matter() -> None:
    asked = large(40, 10, FULL)
    turned = asked.only(tuple(asked.columns), np.ones(40, bool))
    backwards = replace(
        turned,
        units=asked.units[::-1],
        columns={code: column[::-1] for code, column in asked.columns.items()},
        groups={name: labels[::-1] for name, labels in asked.groups.items()},
        names=Names(asked.names.units[::-1], {}),
    )
    assert compose(backwards).scores[""][::-1] == pytest.approx(
        compose(asked).scores[""], rel=1e-12
    )


FULL = Method(
    screen=Screen(f("0.5"), f("0.5")),
    impute=Impute("group_mean"),
    treat=Treat("winsorise", then="log"),
    normalise=Normalise("min_max", onto=(f(1), f(100))),
    aggregate=(Aggregate("arithmetic"), Aggregate("geometric")),
)


def large(units: int, indicators: int, asked: Method) -> Spec:
    """A drawn index of some size: skewed figures, a gap here and there, ten indicators a pillar."""
    rng = np.random.default_rng(2021)
    columns = {f"i{k}": rng.lognormal(sigma=1.2, size=units) for k in range(indicators)}
    for column in columns.values():
        column[rng.random(units) < 0.03] = np.nan
    pillars: dict[str, tuple[str, ...]] = {}
    for k in range(indicators):
        pillars[f"p{k // 10}"] = (*pillars.get(f"p{k // 10}", ()), f"i{k}")
    return Spec(
        units=tuple(f"u{i}" for i in range(units)),
        columns=columns,
        children={"": tuple(pillars)} | pillars | dict.fromkeys(columns, ()),
        method=replace(asked, impute=Impute("mean")) if asked is not FULL else asked,
        names=Names([Text(f"u{i}") for i in range(units)], {}),
        groups={"": ["delta" if i % 2 else "north" for i in range(units)]},
    )


def test_300_units_by_100_indicators_take_well_under_a_second() -> None:
    asked = large(300, 100, FULL)
    compose(asked)
    began = time.process_time()
    compose(asked)
    assert time.process_time() - began < 1.0


def test_spec_builder_has_three_faces() -> None:
    assert spec({"a": [1, 2, 3]}).units == ("Jiangmen", "Shaoguan", "Zhuhai")
