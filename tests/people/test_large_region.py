"""A region of thousands of organisations: what everybody's pages ask is asked as quickly there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection

from steelyard.people import actions
from steelyard.people.models import Organisation, Placement
from steelyard.people.queries import HELD, load_held
from steelyard.people.rules.roles import Role
from tests.people.builders import FOUNDED, NOW, TODAY, day, person, region

pytestmark = pytest.mark.django_db

DEPARTMENTS = 1200
"""So many that nested loops are slow, and so few that the database once thought them quick."""


def with_departments(above: Organisation) -> None:
    """Departments below it, and the database knows by its own count that they are many."""
    made = Organisation.objects.bulk_create(
        Organisation(code=f"d{number}", name_zh="某局", kind="department", starts=FOUNDED)
        for number in range(DEPARTMENTS)
    )
    Placement.objects.bulk_create(
        Placement(organisation=one, parent=above, starts=FOUNDED) for one in made
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_organisation, people_placement, people_holding")


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for below in plan.get("Plans", ()):
        yield from steps(below)


def test_who_holds_a_role_above_thousands_is_found_without_comparing_all_with_all() -> None:
    guangdong = region()
    chief = person("zhou", Role.ADMINISTRATOR, guangdong.guangdong)
    with_departments(guangdong.guangzhou)
    (held,) = load_held(chief.pk, TODAY)
    assert len(held.below) == DEPARTMENTS + 3
    with connection.cursor() as cursor:
        told = {"account": chief.pk, "day": TODAY}
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {HELD}", told)
        ((found,),) = cursor.fetchall()
    looked_at = [
        (step["Actual Rows"] + step.get("Rows Removed by Join Filter", 0)) * step["Actual Loops"]
        for step in steps(found[0]["Plan"])
    ]
    assert max(looked_at) < 10 * DEPARTMENTS


def test_opening_one_more_reads_no_other_of_its_neighbours(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As quickly as in a small region."""
    guangdong = region()
    with_departments(guangdong.guangzhou)
    read: list[int] = []
    init = Placement.__init__

    def counted(self: Placement, *values: object, **named: object) -> None:
        read.append(1)
        init(self, *values, **named)

    monkeypatch.setattr(Placement, "__init__", counted)
    actions.open_organisation(
        code="x", name_zh="某科", kind="department", starts=day(0),
        parent=guangdong.guangzhou.pk, by=None, now=NOW,
    )  # fmt: skip
    assert len(read) == 2, "where Guangzhou stands, and the new one"
