"""Two people save the same thing: the second is told, and nothing is overwritten unseen."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection, connections

from steelyard.people.models import Organisation
from steelyard.trail.acting import acting
from steelyard.trail.models import Entry
from steelyard.trail.versions import ChangedMeanwhile, save_unless_changed

pytestmark = pytest.mark.django_db


def guangzhou() -> Organisation:
    return Organisation.objects.create(
        code="440100", name_zh="广州", kind="city", starts=date(2000, 1, 1)
    )


def version() -> int:
    return Organisation.objects.get().version


def test_every_way_to_change_a_row_raises_its_version() -> None:
    one = guangzhou()
    assert version() == 1
    one.name_en = "Guangzhou"
    one.save()
    assert version() == 2
    Organisation.objects.update(name_en="Canton")
    assert version() == 3
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_organisation SET name_en = '', version = 1")
    assert version() == 4


def test_a_save_of_what_was_seen_goes_through() -> None:
    one = guangzhou()
    one.name_en = "Guangzhou"
    saved = save_unless_changed(one, seen_version=1)
    assert (saved.version, version(), Organisation.objects.get().name_en) == (2, 2, "Guangzhou")
    saved.name_en = "Canton"
    assert save_unless_changed(saved, saved.version).version == 3


def test_who_comes_second_sees_what_was_what_is_and_what_they_wanted() -> None:
    guangzhou()
    first, second = Organisation.objects.get(), Organisation.objects.get()
    first.name_zh, second.name_en, second.ends = "广州市", "Guangzhou", date(2030, 1, 1)
    save_unless_changed(first, first.version)
    with pytest.raises(ChangedMeanwhile) as told:
        save_unless_changed(second, second.version)
    error = told.value
    columns = ("name_zh", "name_en", "starts", "ends")
    assert [
        [row[column] for column in columns] for row in (error.before, error.theirs, error.mine)
    ] == [
        ["广州", "", date(2000, 1, 1), None],
        ["广州市", "", date(2000, 1, 1), None],
        ["广州", "Guangzhou", date(2000, 1, 1), date(2030, 1, 1)],
    ]
    assert (error.version, error.differ()) == (2, ("name_zh", "name_en", "ends"))
    now = Organisation.objects.get()
    assert (now.name_zh, now.name_en, now.version) == ("广州市", "", 2)


def test_who_saves_what_was_deleted_is_told() -> None:
    one = guangzhou()
    Organisation.objects.all().delete()
    with pytest.raises(ChangedMeanwhile, match="deleted") as told:
        save_unless_changed(one, 1)
    assert (told.value.theirs, told.value.version) == ({}, 0)
    assert told.value.before["name_zh"] == "广州"


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_at_once_one_does_and_seven_are_told() -> None:
    pk = guangzhou().pk
    start = Barrier(8, timeout=20)

    def save(number: int) -> bool:
        try:
            mine = Organisation.objects.get(pk=pk)
            mine.name_en = f"saver {number}"
            start.wait()
            with acting("change_organisation", by=number + 1):
                save_unless_changed(mine, mine.version)
            return True
        except ChangedMeanwhile as told:
            assert told.theirs["name_en"].startswith("saver ")
            return False
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as people:
        saved = list(people.map(save, range(8), timeout=60))
    winner = saved.index(True)
    assert saved.count(True) == 1
    assert Organisation.objects.get().name_en == f"saver {winner}"
    assert list(Entry.objects.filter(verb="update").values_list("actor", flat=True)) == [winner + 1]
