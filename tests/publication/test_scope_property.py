"""What a scope leaves out is in no file: two worlds that differ in nothing else give the same bytes.

The other way round too: where the worlds differ in what is published, the bytes differ.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.publication import results
from steelyard.publication.scope import Scope
from tests.publication.worlds import CANARY, ITEMS, SERIES, UNITS, World, files_of, said, scopes

Change = Callable[[World], World]


def swapped(one: str, other: str) -> Change:
    """Two units change places in all that counts points."""

    def change(world: World) -> World:
        to = {one: other, other: one}
        points = {(u, i): world.points[to.get(u, u), i] for u, i in world.points}
        return replace(world, points=points)

    return change


def moved(unit: str, first: str, second: str, by: Fraction) -> Change:
    """Points of a unit go from one item to another; its total stays."""

    def change(world: World) -> World:
        step = min(by, world.points[unit, first], ITEMS[second] - world.points[unit, second])
        more = {(unit, first): world.points[unit, first] - step,
                (unit, second): world.points[unit, second] + step}  # fmt: skip
        return replace(world, points={**world.points, **more})

    return change


def lowered(unit: str, item: str, by: Fraction) -> Change:
    def change(world: World) -> World:
        left = max(Fraction(0), world.points[unit, item] - by)
        return replace(world, points={**world.points, (unit, item): left})

    return change


def recounted(unit: str) -> Change:
    return lambda world: replace(world, records={**world.records, unit: world.records[unit] + 1})


def recounted_item(unit: str, item: str) -> Change:
    key = (unit, item)
    return lambda world: replace(world, behind={**world.behind, key: world.behind[key] + 1})


def retitled(unit: str, item: str) -> Change:
    key = (unit, item)
    return lambda world: replace(world, material={**world.material, key: ("另一份材料",)})


def less_sure(unit: str) -> Change:
    return lambda world: replace(world, ranks={**world.ranks, unit: (1.0, 6.0)})


units, items = st.sampled_from(UNITS), st.sampled_from(list(ITEMS))
steps = st.fractions(Fraction(1, 100), 30, max_denominator=100)
changes = st.one_of(
    st.builds(swapped, units, units),
    st.builds(moved, units, items, items, steps),
    st.builds(moved, units, st.just("A1"), st.just("A2"), steps),
    st.builds(lowered, units, items, steps),
    st.builds(recounted, units),
    st.builds(recounted_item, units, items),
    st.builds(retitled, units, items),
    st.builds(less_sure, units),
)


@settings(max_examples=60)
@given(scope=st.sampled_from(scopes()), first=st.lists(changes, max_size=2), more=changes)
def test_bytes_differ_exactly_where_what_is_published_differs(
    scope: Scope, first: list[Change], more: Change
) -> None:
    world = CANARY
    for change in first:
        world = change(world)
    other = more(world)
    same_said = said(world, scope) == said(other, scope)
    assert (files_of(world, scope) == files_of(other, scope)) == same_said


def scope_of(**parts: object) -> Scope:
    return Scope(series=SERIES, **{"grades": False, **parts})


POINTS = {"ranks": True, "points": True}
SECRETS: dict[str, tuple[Scope, Change]] = {
    "points within a grade": (scope_of(grades=True), swapped("u1", "u2")),
    "who is the first of the best": (scope_of(best=2), swapped("u1", "u2")),
    "who of the others is ahead": (scope_of(best=2, grades=True), swapped("u4", "u5")),
    "grades of the others": (scope_of(best=4, ranks=True), lowered("u5", "A1", Fraction(9))),
    "points under ranks": (scope_of(grades=True, ranks=True), lowered("u6", "A1", Fraction(1))),
    "items under dimensions": (scope_of(**POINTS), moved("u3", "A1", "A2", Fraction(1, 2))),
    "points of the others": (scope_of(best=4, **POINTS), lowered("u6", "B1", Fraction(2))),
    "numbers of records": (scope_of(items=True, **POINTS), recounted("u1")),
    "records behind an item": (scope_of(items=True, **POINTS), recounted_item("u1", "A1")),
    "titles of material": (scope_of(items=True, records=True, **POINTS), retitled("u1", "A1")),
    "how sure the ranks are": (scope_of(items=True, **POINTS), less_sure("u2")),
}  # fmt: skip
"""What may be known inside and is published by none of these scopes: a scope and a change of it alone."""


@pytest.mark.parametrize("secret", SECRETS)
def test_secret_changes_no_byte(secret: str) -> None:
    scope, change = SECRETS[secret]
    assert change(CANARY) != CANARY
    assert said(CANARY, scope) == said(change(CANARY), scope)
    assert files_of(CANARY, scope) == files_of(change(CANARY), scope)


LEAKS: dict[str, Callable[[pytest.MonkeyPatch], None]] = {
    "points within a grade": lambda patch: _always(patch, points=True),
    "who is the first of the best": lambda patch: _always(patch, ranks=True),
    "who of the others is ahead": lambda patch: _in_order_of_rank(patch),
    "grades of the others": lambda patch: _always(patch, grades=True),
    "points under ranks": lambda patch: _always(patch, points=True),
    "items under dimensions": lambda patch: _always(patch, items=True),
    "points of the others": lambda patch: _everyone_is_listed(patch),
    "numbers of records": lambda patch: _always(patch, records=True),
    "records behind an item": lambda patch: _always(patch, records=True),
    "titles of material": lambda patch: _always(patch, material=True),
    "how sure the ranks are": lambda patch: _always(patch, intervals=True),
}


@pytest.mark.parametrize("secret", SECRETS)
def test_the_test_sees_a_leak_of_each_secret(secret: str, monkeypatch: pytest.MonkeyPatch) -> None:
    scope, change = SECRETS[secret]
    LEAKS[secret](monkeypatch)
    assert files_of(CANARY, scope) != files_of(change(CANARY), scope)


def _always(patch: pytest.MonkeyPatch, **parts: bool) -> None:
    made = results._listed

    def leaky(result: object, one: object, scope: Scope, *more: object) -> dict[str, object]:
        return made(result, one, replace(scope, **parts), *more)

    other = results._other

    def leaky_other(unit: object, grade: str, scope: Scope) -> dict[str, object]:
        return other(
            unit, grade, replace(scope, **{k: v for k, v in parts.items() if k == "grades"})
        )

    patch.setattr(results, "_listed", leaky)
    patch.setattr(results, "_other", leaky_other)
    if parts.get("grades"):
        patch.setattr(results, "_is_listed", lambda _standing, _scope: True)


def _in_order_of_rank(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(results, "_by_code", lambda one: -one.score)


def _everyone_is_listed(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(results, "_is_listed", lambda _standing, _scope: True)


def test_scopes_are_all_that_make_sense() -> None:
    found = scopes()
    assert len(found) > 40
    assert all(not one.replay or one.items for one in found)
    assert all(not (one.best and one.items) for one in found)
