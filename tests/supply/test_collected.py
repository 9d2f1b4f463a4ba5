"""What an office collected itself is frozen with its own collection, and with no other."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import Refused
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions import snapshots
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.deliveries.collected import (
    NOTHING_LEFT,
    Collection,
    Rows,
    deliver_collected,
)
from steelyard.supply.models import Delivery, Listed, Snapshot
from steelyard.supply.queries import load_earlier, load_listed, seen_by
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.waiting import waiting_deliveries
from tests.supply.office import NOW, Office, account, details, organisation

pytestmark = pytest.mark.django_db

YEAR = Period(date(2021, 1, 1), date(2022, 1, 1))
FIGURES = "place,indicator,period,value,supplying_body,signed_on\n"
TABLE = "supplied_figures"


@pytest.fixture
def office() -> Office:
    return Office()


def figures(value: str) -> Rows:
    row = f"440700,closed_in_time,2021,{value},market,2022-01-10\n"
    return Rows(content=(FIGURES + row).encode(), count=1, source="样本", sample=True)


def collected(it: Office, name: str = "main", **values: str) -> list[Delivery]:
    """What is collected by now: ``supplied_figures='96%'`` is that table with this value."""
    of = Collection(name=name, office=it.province, period=YEAR, cut_off=date(2022, 1, 10))
    tables = {table: figures(value) for table, value in values.items()}
    return deliver_collected(of=of, tables=tables, by=it.chen.pk, now=NOW)


def asked(it: Office, collection: str = "") -> Snapshot:
    return snapshots.ask(
        office=it.province, starts=YEAR.starts, ends=YEAR.ends, collection=collection,
        by=it.chen.pk, now=NOW,
    )  # fmt: skip


def listed(it: Office, collection: str = "") -> list[tuple[str, str]]:
    return [(one.name, one.status) for one in load_listed(asked(it, collection))]


def from_the_city(it: Office) -> Delivery:
    """A city's office delivers the very same table to the province, as a body."""
    city = organisation("440700", "江门市", "city", it.province)
    by = account("卢科长", body=(Role.SUPPLYING_BODY, city))
    return it.accepted(by=by.pk, body=city, table=TABLE, file=File("f.csv", figures("91%").content))


# --- what becomes of it -----------------------------------------------------------------------------


def test_the_same_rows_again_are_the_same_delivery(office: Office) -> None:
    (first,) = collected(office, supplied_figures="96%")
    (again,) = collected(office, supplied_figures="96%")
    assert (again.pk, first.collection, first.status) == (first.pk, "main", "accepted")


def test_other_rows_replace_it_and_say_that_it_was_frozen_again(office: Office) -> None:
    (first,) = collected(office, supplied_figures="96%")
    (second,) = collected(office, supplied_figures="97%")
    first.refresh_from_db()
    assert (first.status, second.replaces, second.why[:4]) == ("replaced", first, "重新冻结")


def test_a_table_of_which_nothing_is_left_lapses_as_often_as_that_happens(office: Office) -> None:
    for value in ("96%", "97%"):
        collected(office, supplied_figures=value)
        collected(office)
    found = Delivery.objects.filter(table_code=TABLE)
    assert {(one.status, one.reason) for one in found} == {("discarded", NOTHING_LEFT)}
    assert waiting_deliveries(office.he.pk, load_held(office.he.pk, NOW.date()), NOW.date()) == []


def test_what_lapsed_is_not_frozen_and_neither_is_what_it_had_replaced(office: Office) -> None:
    office.places()
    for value in ("96%", "97%"):
        collected(office, supplied_figures=value)
    collected(office)
    assert listed(office, "main") == [("places-2021-440000", "accepted")]


def test_what_lapsed_is_still_there_for_those_who_saw_it_frozen(office: Office) -> None:
    office.places()
    collected(office, supplied_figures="96%")
    before = asked(office, "main")
    collected(office)
    found = seen_by(load_held(office.chen.pk, NOW.date()), NOW.date()).filter(snapshots=before)
    assert found.count() == before.deliveries.count() == 2


def test_two_collections_over_one_period_leave_each_other_alone(office: Office) -> None:
    (main,) = collected(office, "main", supplied_figures="96%")
    (special,) = collected(office, "special", supplied_figures="91%")
    collected(office, "special")
    main.refresh_from_db()
    special.refresh_from_db()
    assert (main.status, special.status) == ("accepted", "discarded")
    assert main.name != special.name


def test_what_a_body_delivered_of_the_same_table_and_period_is_not_replaced(office: Office) -> None:
    delivered = from_the_city(office)
    own = office.accepted(
        by=office.he.pk, body=office.province, table=TABLE,
        file=File("f.csv", figures("90%").content),
    )  # fmt: skip
    collected(office, supplied_figures="96%")
    collected(office, supplied_figures="97%")
    collected(office)
    for one in (delivered, own):
        version = one.version
        one.refresh_from_db()
        assert (one.status, one.version) == ("accepted", version)


# --- what is frozen ---------------------------------------------------------------------------------


def test_each_snapshot_takes_its_own_collection_and_what_bodies_delivered(office: Office) -> None:
    office.places()
    (main,) = collected(office, "main", supplied_figures="96%")
    (special,) = collected(office, "special", supplied_figures="91%")
    of_bodies = [("places-2021-440000", "accepted")]
    assert listed(office, "main") == [*of_bodies, (main.name, "accepted")]
    assert listed(office, "special") == [*of_bodies, (special.name, "accepted")]
    assert listed(office) == of_bodies


def test_two_collections_are_asked_for_at_once_and_each_ends_by_itself(office: Office) -> None:
    office.places()
    main, special = asked(office, "main"), asked(office, "special")
    assert main != special
    assert asked(office, "main") == main
    snapshots.give_up(snapshot=main.pk, faults=[], by=office.chen.pk, now=NOW)
    assert snapshots.carry_out(snapshot=main.pk, now=NOW).status == Snapshot.Status.REFUSED
    assert snapshots.carry_out(snapshot=special.pk, now=NOW).status == Snapshot.Status.FROZEN
    assert asked(office, "main") != main, "what was given up is asked for anew"


def test_what_is_frozen_is_not_given_up(office: Office) -> None:
    office.places()
    found = snapshots.carry_out(snapshot=asked(office).pk, now=NOW)
    again = snapshots.give_up(snapshot=found.pk, faults=[], by=office.chen.pk, now=NOW)
    assert (again.status, again.identifier) == ("frozen", found.identifier)


# --- what people may do with it ---------------------------------------------------------------------


def test_no_sheet_of_a_body_corrects_what_was_collected(office: Office) -> None:
    (found,) = collected(office, supplied_figures="96%")
    with pytest.raises(Refused) as refused:
        actions.correct(
            delivery=found.pk, details=details(table=TABLE), why="误", by=office.he.pk, now=NOW,
            file=File("f.csv", figures("1%").content),
        )  # fmt: skip
    assert [one.code for one in refused.value.refusals] == ["collected"]
    assert Delivery.objects.get() == found


def test_it_meets_no_request_and_stands_in_the_way_of_none(office: Office) -> None:
    collected(office, supplied_figures="96%")
    wanted = office.asked(office.province, table=TABLE, by=office.chen.pk) if office.he else None
    assert wanted is not None
    collected(office, supplied_figures="97%")
    wanted.refresh_from_db()
    assert wanted.state == "open"


def test_a_body_s_sheet_is_not_compared_with_what_was_collected_the_year_before(
    office: Office,
) -> None:
    collected(office, supplied_figures="96%")
    wanted = Delivery(
        body=office.province, table_code=TABLE, starts=YEAR.ends, ends=date(2023, 1, 1)
    )
    assert load_earlier(wanted, Delivery.objects.all()) is None
    wanted.collection = "next"
    assert load_earlier(wanted, Delivery.objects.all()) == Delivery.objects.get()


# --- what the database holds ------------------------------------------------------------------------


def copied(one: Delivery, **changes: Any) -> None:
    """The row again, written past every rule."""
    with transaction.atomic():
        again = Delivery.objects.get(pk=one.pk)
        again.pk, again.name = None, f"{one.name}-copy"
        for name, value in changes.items():
            setattr(again, name, value)
        again.save(force_insert=True)


def test_the_database_holds_one_accepted_table_of_a_collection(office: Office) -> None:
    (found,) = collected(office, supplied_figures="96%")
    with pytest.raises(IntegrityError, match="delivery_one_accepted"):
        copied(found)
    copied(found, collection="special")
    assert Delivery.objects.filter(status=Status.ACCEPTED).count() == 2


def test_the_database_lets_nothing_replace_what_is_of_another_collection_or_body(
    office: Office,
) -> None:
    (found,) = collected(office, supplied_figures="96%")
    delivered = from_the_city(office)
    for before, of in ((found, "special"), (found, ""), (delivered, "main")):
        with pytest.raises(IntegrityError, match="replaces one of another thing"):
            copied(found, collection=of, replaces=before, why="误")
    with pytest.raises(IntegrityError, match="replaces one of another thing"):
        copied(found, starts=date(2020, 1, 1), replaces=found, why="误")
    copied(found, status=Status.REPLACED, replaces=found, why="同一张表")


@pytest.mark.parametrize("status", [Status.DRAFT, Status.SIGNED, Status.RETURNED])
def test_the_database_holds_that_what_is_collected_is_never_under_way(
    office: Office, status: Status
) -> None:
    (found,) = collected(office, supplied_figures="96%")
    with pytest.raises(IntegrityError, match="delivery_collected_is_never_under_way"):
        copied(found, status=status, collection="other", reason="误")


def test_the_database_leaves_a_delivery_in_its_collection(office: Office) -> None:
    (found,) = collected(office, supplied_figures="96%")
    for now in ("special", ""):
        with pytest.raises(Exception, match=r"Cannot update|not altered"), transaction.atomic():
            Delivery.objects.filter(pk=found.pk).update(collection=now)


def test_the_database_lists_nothing_of_another_collection(office: Office) -> None:
    office.places()
    (found,) = collected(office, supplied_figures="96%")
    for collection in ("special", ""):
        snapshot = asked(office, collection)
        with pytest.raises(IntegrityError, match="takes nothing of another"), transaction.atomic():
            Listed.objects.create(snapshot=snapshot, delivery=found)
    assert asked(office, "main").listed.filter(delivery=found).exists()
