"""An index tried on last year's values: its dimensions and indicators, beside those of last year."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from steelyard.assessment.rules.trials import tried
from steelyard.assessment.rules.trials.components import (
    Component,
    components_of,
    is_other,
    notes_of,
)
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import read_scheme, scheme_from_document
from steelyard.weighing.read_values import read_values
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.builders import weighed

EXAMPLE = Path(__file__).parents[4] / "examples" / "asem"


@cache
def index() -> tuple[Scheme, Values, Result]:
    scheme = read_scheme(EXAMPLE / "scheme.toml")
    values = read_values(scheme, EXAMPLE / "data")
    return scheme, values, weigh(scheme, values)


def every(components: tuple[Component, ...]) -> list[Component]:
    return [one for each in components for one in (each, *every(each.children))]


def test_every_component_has_the_scores_and_the_weight_of_the_engine() -> None:
    scheme, _, result = index()
    found = every(components_of(result, None))
    assert [one.item.code for one in found] == [item.code for item in scheme.in_order if item.code]
    composed = result.composed
    assert composed is not None
    for one in found:
        assert {unit: told.score for unit, told in one.reached.items()} == {
            unit.code: composed.score(one.item.code, unit.code) for unit in scheme.assessed
        }
        assert one.weight == composed.weights.get(one.item.parent, {}).get(one.item.code)
    assert sum(one.weight or 0 for one in components_of(result, None)) == pytest.approx(1)


def test_an_indicator_says_how_its_score_came_and_which_figure_is_missing() -> None:
    scheme, values, _ = index()
    leaf, unit = scheme.leaves[0], scheme.assessed[0].code
    found = {one.item.code: one for one in every(components_of(index()[2], None))}
    assert found[leaf.code].reached[unit].why
    cells = {
        key: {who: cell for who, cell in told.items() if who != unit}
        if key[0] == leaf.code
        else told
        for key, told in values.cells.items()
    }
    trial = tried(scheme, replace(values, cells=cells), None)
    lacking = {one.item.code: one for one in every(tuple(trial.components)) if one.lacking}
    before = {one.item.code for one in every(components_of(index()[2], None)) if one.lacking}
    assert set(lacking) == before | {leaf.code}
    assert lacking[leaf.code].reached[unit].lacks == (leaf.title,)


def test_last_years_score_stands_beside_and_a_change_is_counted() -> None:
    scheme, values, result = index()
    same = every(components_of(result, result))
    assert all(one.is_old and one.changed == 0 for one in same)
    heavier = dict(scheme.document)
    items = [dict(one) for one in heavier["items"]]  # type: ignore[attr-defined]
    items[-1]["weight"], items[-1]["title"] = 3, {"zh": "改名", "en": "Renamed"}
    other = weigh(scheme_from_document({**heavier, "items": items}), values)
    found = {one.item.code: one for one in every(components_of(other, result))}
    leaf = found[str(items[-1]["code"])]
    assert leaf.called == scheme.item[leaf.item.code].title
    assert leaf.changed == 0  # its own scores are what they were
    assert found[leaf.item.parent].changed > 0
    assert is_other(next(one for one in found[leaf.item.parent].reached.values() if is_other(one)))


def test_a_points_scheme_has_no_components_and_an_index_no_items() -> None:
    points = weighed({"jm": {"a": 1}, "zs": {"a": 2}})
    assert (components_of(points, None), notes_of(points)) == ((), ())
    scheme, values, _ = index()
    trial = tried(scheme, values, None)
    assert (trial.is_index, trial.items, bool(trial.components)) == (True, (), True)
