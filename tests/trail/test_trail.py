"""Whatever is written leaves a trace, and the trace stays."""

from datetime import date

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from steelyard.people.models import Organisation
from steelyard.trail.acting import acting
from steelyard.trail.models import Entry

pytestmark = pytest.mark.django_db


def guangdong() -> Organisation:
    return Organisation.objects.create(
        code="440000", name_zh="广东省", kind="province", starts=date(2000, 1, 1)
    )


def traces() -> list[tuple[str, str, int | None]]:
    return [
        (entry.verb, entry.action, entry.actor)
        for entry in Entry.objects.filter(table_name="people_organisation").order_by("id")
    ]


def test_a_write_is_in_the_trail_under_the_action_and_the_actor() -> None:
    with acting("open_organisation", by=7):
        guangdong()
    assert traces() == [("insert", "open_organisation", 7)]


def test_a_bulk_update_and_raw_sql_are_seen_too() -> None:
    guangdong()
    Organisation.objects.update(name_en="Guangdong")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_organisation")
    assert [verb for verb, _, _ in traces()] == ["insert", "update", "delete"]


def test_before_and_after_are_kept() -> None:
    organisation = guangdong()
    Organisation.objects.update(name_en="Guangdong")
    entry = Entry.objects.get(verb="update")
    assert (entry.row_id, entry.before["name_en"], entry.after["name_en"]) == (
        organisation.pk,
        "",
        "Guangdong",
    )


@pytest.mark.parametrize(
    "sql",
    [
        "INSERT INTO trail_entry (table_name, row_id, verb, action, request, at)"
        " VALUES ('people_organisation', 1, 'update', 'close_organisation', '', now())",
        "SELECT trail_note('people_organisation', 'UPDATE', '{\"id\": 1}', '{\"id\": 1}', '{}')",
        "DELETE FROM trail_entry",
        "UPDATE trail_entry SET actor = 1",
        "TRUNCATE trail_entry",
        "TRUNCATE people_organisation CASCADE",
    ],
)
def test_the_trail_cannot_be_changed(sql: str) -> None:
    guangdong()
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(sql)
