"""Two who change organisations and roles at the same moment: one of them is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from steelyard.kernel.refusals import Refused
from steelyard.people import actions
from steelyard.people.models import Holding, Placement
from steelyard.people.queries import load_tree
from steelyard.people.rules.roles import Role
from tests.people.builders import NOW, day, opened, person, region

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What came of each: "done", or the codes of what spoke against it."""
    start = Barrier(len(acts), timeout=20)

    def one(act: Callable[[], object]) -> str:
        try:
            start.wait()
            act()
        except Refused as refused:
            return str(refused)
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(acts)) as people:
        return sorted(people.map(one, acts, timeout=60))


def test_two_who_would_close_a_circle_together_do_not() -> None:
    guangdong = region()
    one = opened("440106", "天河区", "district", guangdong.guangzhou, "")

    def place(child, parent) -> Callable[[], object]:
        return lambda: actions.place_organisation(
            organisation=child.pk, parent=parent.pk, starts=day(1), by=None, now=NOW
        )

    found = at_once(place(guangdong.yuexiu, one), place(one, guangdong.yuexiu))
    assert found == ["circle", "done"]
    assert len(list(load_tree(day(1)).walk())) == 6


def test_of_two_who_stand_in_at_once_one_does() -> None:
    yuexiu = region().yuexiu
    people = [person(name, Role.EXPERT, yuexiu) for name in ("he", "wu", "ma", "li")]

    def stand_in(account) -> Callable[[], object]:
        return lambda: actions.give_role(
            account=account.pk, organisation=yuexiu.pk, role=Role.CLERK, starts=day(0),
            stands_in=True, by=None, now=NOW,
        )  # fmt: skip

    assert at_once(*map(stand_in, people)) == ["done", "not_vacant", "not_vacant", "not_vacant"]
    assert Holding.objects.filter(stands_in=True).count() == 1


def test_whoever_opens_below_one_that_is_being_closed_is_refused_or_it_stays_open() -> None:
    guangdong = region()
    yuexiu = guangdong.yuexiu
    found = at_once(
        lambda: actions.close_organisation(organisation=yuexiu.pk, ends=day(0), by=None, now=NOW),
        lambda: actions.open_organisation(
            code="x", name_zh="某科", kind="department", starts=day(0), parent=yuexiu.pk,
            by=None, now=NOW,
        ),
    )  # fmt: skip
    assert found in (["done", "others_below"], ["done", "outside_days_of_parent"])
    assert Placement.objects.filter(parent=yuexiu).count() == (found[1] == "others_below")
