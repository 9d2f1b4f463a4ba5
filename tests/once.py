"""A world that is made once for all tests of a module: each looks at it, and takes back what it wrote.

A test of the module that wants no such world finds none: see :func:`make_way`.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import AbstractContextManager, contextmanager
from copy import deepcopy
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Generic, TypeVar

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

T = TypeVar("T")


@contextmanager
def made_once(blocker: DjangoDbBlocker, homes: pytest.TempPathFactory) -> Iterator[None]:
    """What is made inside stands until it is left, for tests marked ``django_db``, whose own transactions
    lie within this one; then nothing of it is left. The files are in a home of their own."""
    with pytest.MonkeyPatch.context() as patch, blocker.unblock(), taken_back():
        home = homes.mktemp("home")
        patch.setattr(settings, "ENVIRONMENT", replace(settings.ENVIRONMENT, home=home))
        yield


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class World(Generic[T]):
    """What ``make`` gives stands while tests that ask for the fixture ``name`` follow each other."""

    name: str
    make: Callable[[], T]
    ground: Callable[[], AbstractContextManager[None]]
    """What it is made in, and taken back with."""
    _around: AbstractContextManager[None] | None = None
    _made: T | None = None

    def stand(self) -> None:
        if self._around is None:
            around = self.ground()
            around.__enter__()
            self._around = around  # so that it is taken back, should it not come to an end
            self._made = self.make()

    def take_back(self) -> None:
        if self._around is not None:
            around, self._around, self._made = self._around, None, None
            around.__exit__(None, None, None)

    def copy(self) -> T:
        """Of what was made, for one test: what it sets on it, the next does not see."""
        assert self._made is not None, f"{self.name} does not stand"
        return deepcopy(self._made)


_worlds: list[World[Any]] = []
"""Those of the module whose tests run."""
_fixtures: list[Any] = []
"""All that :func:`world_of` gave."""


def world_of(make: Callable[[], T]) -> Any:
    """A fixture of a module: the :class:`World` of ``make``, for tests marked ``django_db``."""

    @pytest.fixture(scope="module")
    def world(
        request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker,
        tmp_path_factory: pytest.TempPathFactory,
    ) -> Iterator[World[T]]:  # fmt: skip
        found = World(
            str(request.fixturename), make, lambda: made_once(django_db_blocker, tmp_path_factory)
        )
        _worlds.append(found)
        try:
            found.stand()
            yield found
        finally:
            found.take_back()
            _worlds.remove(found)

    _fixtures.append(world)
    return world


def copy_for(request: pytest.FixtureRequest, otherwise: Callable[[], T]) -> T:
    """Of the world that the test asks for, by its mark ``usefixtures``; or what ``otherwise`` makes."""
    for one in _worlds:
        if one.name in request.fixturenames:
            return one.copy()
    return otherwise()


def put_together(items: list[pytest.Item]) -> None:
    """Tests of a module that ask for the same world follow each other, so that it is made once."""
    items[:] = [
        item
        for _, those in groupby(items, key=_side_by_side)
        for item in in_groups(list(those), _world_asked)
    ]


def _side_by_side(item: pytest.Item) -> tuple[object, ...]:
    """Its module, and what Django sorts by: tests that commit come later, those without a database last."""
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and bool(marker.kwargs.get("transaction"))
    return getattr(item, "module", None), marker is None, commits


def in_groups(things: list[T], group: Callable[[T], Hashable]) -> list[T]:
    """Those of a group side by side, otherwise in their order; a group stands where its first one stood."""
    groups: dict[Hashable, list[T]] = {}
    for one in things:
        groups.setdefault(group(one), []).append(one)
    return [one for those in groups.values() for one in those]


def _world_asked(item: pytest.Item) -> tuple[str, ...]:
    module = getattr(item, "module", None)
    asked = getattr(item, "fixturenames", ())
    return tuple(name for name in asked if _is_world(getattr(module, name, None)))


def _is_world(found: object) -> bool:
    return any(found is one for one in _fixtures)


def make_way(item: pytest.Item) -> None:
    """Before a test: the world that it asks for stands again, and none that it would stumble over."""
    asked = getattr(item, "fixturenames", ())
    if item.get_closest_marker("django_db") is None:
        return
    for one in _worlds:
        if one.name not in asked:
            one.take_back()
    for one in _worlds:
        if one.name in asked:
            one.stand()
