"""A world that tests share is as each of them would have made it, and in nobody's way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import pytest

from steelyard.people.models import Organisation
from tests.once import World, copy_for, in_groups, make_way, world_of
from tests.supply.office import organisation


def test_it_is_made_once_until_it_is_taken_back() -> None:
    done: list[str] = []

    @contextmanager
    def ground() -> Iterator[None]:
        done.append("begun")
        yield
        done.append("taken back")

    world = World("one", lambda: done.append("made") or {"names": ["Guangzhou"]}, ground)
    for _ in range(2):
        world.stand()
    assert done == ["begun", "made"]
    for _ in range(2):
        world.take_back()
    world.stand()
    assert done == ["begun", "made", "taken back", "begun", "made"]


def test_what_one_test_sets_on_it_the_next_does_not_see() -> None:
    world = World("one", lambda: {"names": ["Guangzhou"]}, contextmanager(lambda: iter([None])))
    world.stand()
    world.copy()["names"].append("Shenzhen")
    assert world.copy() == {"names": ["Guangzhou"]}


def test_whoever_asks_for_what_does_not_stand_is_told_its_name() -> None:
    with pytest.raises(AssertionError, match="one does not stand"):
        World("one", dict, contextmanager(lambda: iter([None]))).copy()


def test_what_could_not_be_made_leaves_nothing_behind() -> None:
    done: list[str] = []

    @contextmanager
    def ground() -> Iterator[None]:
        try:
            yield
        finally:
            done.append("taken back")

    def broken() -> None:
        raise LookupError("no such city")

    world = World("one", broken, ground)
    with pytest.raises(LookupError):
        world.stand()
    world.take_back()
    assert done == ["taken back"]


def guangzhou() -> Organisation:
    return organisation("440100", "广州市", "city")


def shenzhen() -> Organisation:
    return organisation("440300", "深圳市", "city")


MODULE = sys.modules[__name__]
standing = world_of(guangzhou)
beside = world_of(shenzhen)


def names() -> list[str]:
    return sorted(Organisation.objects.values_list("name_zh", flat=True))


@pytest.mark.django_db
def test_who_asks_for_another_finds_that_one_alone(beside: World[Organisation]) -> None:
    assert names() == ["深圳市"]


@pytest.mark.django_db
@pytest.mark.parametrize("round", [1, 2])
def test_each_finds_it_as_it_was_made(round: int, standing: World[Organisation]) -> None:
    assert names() == ["广州市"]
    Organisation.objects.update(name_zh="番禺市")
    guangzhou_, again = standing.copy(), standing.copy()
    assert guangzhou_ == again
    assert guangzhou_ is not again


@pytest.mark.django_db
def test_who_does_not_ask_for_it_finds_nothing() -> None:
    assert names() == []


def test_after_a_test_of_another_it_stands_again(standing: World[Organisation]) -> None:
    make_way(_asking("beside"))
    with pytest.raises(AssertionError, match="standing does not stand"):
        standing.copy()
    make_way(_asking("standing"))
    assert standing.copy().name_zh == "广州市"


def _asking(name: str) -> Any:
    """A test of the database that asks for this world."""
    return SimpleNamespace(fixturenames=(name,), get_closest_marker=lambda marker: marker)


@pytest.mark.django_db
@pytest.mark.usefixtures("beside")
def test_a_mark_asks_for_it_too(request: pytest.FixtureRequest) -> None:
    assert names() == ["深圳市"]
    assert copy_for(request, guangzhou).name_zh == "深圳市"


@pytest.mark.django_db
def test_without_a_mark_it_is_made_otherwise(request: pytest.FixtureRequest) -> None:
    assert copy_for(request, guangzhou).name_zh == "广州市"


def test_tests_of_one_world_follow_each_other(request: pytest.FixtureRequest) -> None:
    here = [
        item
        for item in request.session.items
        if getattr(item, "module", None) is MODULE and item.get_closest_marker("django_db")
    ]
    asked = [name for item in here for name in ("standing", "beside") if name in item.fixturenames]
    assert set(asked) == {"standing", "beside"}
    assert asked == in_groups(asked, str)


def test_a_group_stands_where_its_first_one_stood() -> None:
    assert in_groups(["b1", "a1", "b2", "c1", "a2"], lambda one: one[0]) == [
        "b1", "b2", "a1", "a2", "c1",
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_who_commits_finds_nothing_and_leaves_nothing() -> None:
    assert names() == []
    shenzhen()
    assert names() == ["深圳市"]
