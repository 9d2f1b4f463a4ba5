"""The trail is sealed day by day, and what was sealed can be given away and checked."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection, connections, transaction
from django.utils import timezone

from steelyard.people.models import Organisation
from steelyard.trail.models import Entry, Seal
from steelyard.trail.rules.seals import FIRST, verify
from steelyard.trail.sealing import export_sealed, seal_days

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def write(code: str) -> None:
    Organisation.objects.create(
        code=code, name_zh="广东省", kind="province", starts=date(2000, 1, 1)
    )


def on(days: int) -> datetime:
    return timezone.now() + timedelta(days)


def entry_of(day: date) -> None:
    """An entry of another day, as only a test can make one."""
    at = datetime(day.year, day.month, day.day, 23, 59, 59, tzinfo=timezone.get_current_timezone())
    with without_triggers():
        Entry.objects.create(
            table_name="people_organisation", row_id=1, verb="insert", after={"id": 1}, at=at
        )


@contextmanager
def without_triggers() -> Iterator[None]:
    """As only a superuser can write, who is not the office."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield
        cursor.execute("SET LOCAL session_replication_role = origin")


def test_whole_days_are_sealed_once_and_the_empty_ones_too() -> None:
    entry_of(TODAY - timedelta(3))
    write("440000")
    sealed = seal_days(timezone.now())
    assert [(seal.day, seal.entries) for seal in sealed] == [
        (TODAY - timedelta(3), 1),
        (TODAY - timedelta(2), 0),
        (TODAY - timedelta(1), 0),
    ]
    assert [seal.before for seal in sealed] == [FIRST, sealed[0].seal, sealed[1].seal]
    assert seal_days(timezone.now()) == []
    assert [seal.entries for seal in seal_days(on(1))] == [1]


def test_without_entries_there_is_nothing_to_seal() -> None:
    assert seal_days(timezone.now()) == []


def test_a_day_is_the_regions() -> None:
    entry_of(date(2026, 3, 1))
    now = datetime(2026, 3, 1, 16, 0, tzinfo=UTC)  # the second of March in Guangdong
    assert [seal.day for seal in seal_days(now)] == [date(2026, 3, 1)]
    assert seal_days(now - timedelta(seconds=1)) == []


def test_what_is_exported_is_what_was_sealed(tmp_path: Path) -> None:
    entry_of(TODAY - timedelta(2))
    write("440000")
    seal_days(on(1))
    assert export_sealed(tmp_path / "out") == 3
    last = Seal.objects.order_by("-day").first().seal
    assert verify(tmp_path / "out", last=last) == ()
    with pytest.raises(FileExistsError):
        export_sealed(tmp_path / "out")


def test_what_a_superuser_changes_is_found(tmp_path: Path) -> None:
    write("440000")
    seal_days(on(1))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE trail_entry SET actor = 99")
        cursor.execute("SET LOCAL session_replication_role = origin")
    export_sealed(tmp_path / "out")
    assert [(one.code, one.day) for one in verify(tmp_path / "out")] == [("altered", TODAY)]


@pytest.mark.parametrize(
    "sql", ["DELETE FROM trail_seal", "UPDATE trail_seal SET entries = 0", "TRUNCATE trail_seal"]
)
def test_a_seal_stays(sql: str) -> None:
    write("440000")
    seal_days(on(1))
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.django_db(transaction=True)
def test_a_day_is_not_sealed_while_someone_still_writes_and_is_soon_after() -> None:
    write("440000")

    def sealed_by_another() -> str:
        try:
            seal_days(on(1))
            return "sealed"
        except DatabaseError:
            return "waits"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        with transaction.atomic():
            write("440100")
            assert other.submit(sealed_by_another).result(timeout=20) == "waits"
        assert other.submit(sealed_by_another).result(timeout=20) == "sealed"
    assert Seal.objects.get().entries == 2
