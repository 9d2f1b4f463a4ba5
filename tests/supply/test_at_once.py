"""Two people, two connections, one delivery: one of them is told, and nothing is doubled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from django.db import OperationalError, connection, connections

from steelyard.files.models import Attachment
from steelyard.kernel.hashes import tagged
from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Deadline
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions import requests
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.models import Delivery, DeliveryRequest, Snapshot
from steelyard.trail.models import Entry
from tests.supply.office import NOW, Office, details, trainings

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 3
"""Each race is run a few times: who is quicker is up to the machine."""


@pytest.fixture
def office() -> Office:
    found = Office()
    _ = found.li, found.wang, found.chen, found.he  # there before the races begin
    return found


def at_once(*deeds: Callable[[], Any]) -> list[tuple[str, ...]]:
    """All of them at the same moment, each on a connection of its own: what was refused, by code."""
    start = Barrier(len(deeds))

    def run(deed: Callable[[], Any]) -> tuple[str, ...]:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            deed()
        except Refused as refused:
            return tuple(one.code for one in refused.refusals)
        finally:
            connections.close_all()
        return ()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result(timeout=60) for one in [pool.submit(run, deed) for deed in deeds]]


def deeds_on(delivery: Delivery) -> list[str]:
    entries = Entry.objects.filter(table_name="supply_delivery", row_id=delivery.pk)
    return list(entries.order_by("id").values_list("action", flat=True))


def year(number: int) -> dict[str, date]:
    return {"starts": date(number, 1, 1), "ends": date(number + 1, 1, 1)}


def sheet(number: int, *persons: int) -> actions.File:
    found = trainings(*persons)
    return actions.File(found.name, found.content.replace(b"2021-", b"%d-" % number))


@pytest.mark.parametrize("number", range(2021, 2021 - TIMES, -1))
def test_of_two_signers_one_signs(office: Office, number: int) -> None:
    found = office.uploaded(file=sheet(number, 1, 2), **year(number))

    def sign(by: int) -> Delivery:
        return actions.sign(delivery=found.pk, seen=found.version, by=by, now=NOW)

    refused = at_once(lambda: sign(office.li.pk), lambda: sign(office.wang.pk))
    assert sorted(refused) == [(), ("already_signed",)]
    assert deeds_on(found) == ["upload_delivery", "sign_delivery"]


@pytest.mark.parametrize("number", range(2021, 2021 - TIMES, -1))
def test_a_signer_signs_what_they_saw_or_nothing(office: Office, number: int) -> None:
    seen, other = sheet(number, 1, 2), sheet(number, 1, 2, 3)
    found = office.uploaded(file=seen, **year(number))
    refused = at_once(
        lambda: actions.sign(delivery=found.pk, seen=found.version, by=office.li.pk, now=NOW),
        lambda: actions.mend(
            delivery=found.pk, details=details(**year(number)), file=other, seen=found.version,
            by=office.wang.pk, now=NOW,
        ),
    )  # fmt: skip
    now = Delivery.objects.get(pk=found.pk)
    if now.status == "signed":
        assert (refused, now.file_hash) == ([(), ("wrong_status",)], tagged(seen.content))
    else:
        assert (refused, now.file_hash) == ([("changed_meanwhile",), ()], tagged(other.content))


def test_what_is_accepted_cannot_be_withdrawn_in_the_same_moment(office: Office) -> None:
    found = office.signed()
    refused = at_once(
        lambda: actions.accept(delivery=found.pk, seen=found.version, by=office.chen.pk, now=NOW),
        lambda: actions.withdraw(delivery=found.pk, seen=found.version, by=office.li.pk, now=NOW),
    )
    assert sorted(refused) == [(), ("wrong_status",)]
    assert len(deeds_on(found)) == 3


def test_a_double_click_uploads_once(office: Office) -> None:
    refused = at_once(office.uploaded, office.uploaded, office.uploaded)
    assert refused == [(), (), ()]
    assert (Delivery.objects.count(), Attachment.objects.count()) == (1, 1)


def test_the_same_file_with_other_details_is_not_taken_for_a_second_click(office: Office) -> None:
    office.uploaded()
    for said in ({"cut_off": date(2022, 2, 1)}, {"source": "年鉴"}, {"note": "已核对"}):
        with pytest.raises(Refused) as refused:
            office.uploaded(**said)
        assert [one.code for one in refused.value.refusals] == ["under_way"], said
    assert Delivery.objects.count() == 1


def test_two_different_sheets_of_one_thing_do_not_both_come_in(office: Office) -> None:
    refused = at_once(lambda: office.uploaded(1), lambda: office.uploaded(1, 2))
    assert sorted(refused) == [(), ("under_way",)]
    assert Delivery.objects.count() == 1


def test_deliveries_of_several_places_come_in_at_once_each_under_a_name_of_its_own(
    office: Office,
) -> None:
    places = ("440100", "440300", "440600", "440700")
    refused = at_once(*(lambda one=one: office.uploaded(covers=(one,)) for one in places))
    assert refused == [()] * len(places)
    names = Delivery.objects.order_by("name").values_list("name", flat=True)
    first = "trainings-2021-440700-market"
    assert list(names) == [first, f"{first}-2", f"{first}-3", f"{first}-4"]


def test_one_accepted_delivery_has_one_correction_under_way(office: Office) -> None:
    first = office.accepted()

    def correct(by: int, *persons: int) -> Delivery:
        return actions.correct(
            delivery=first.pk, details=details(), file=trainings(*persons), why="误计展位数",
            by=by, now=NOW,
        )  # fmt: skip

    refused = at_once(lambda: correct(office.li.pk, 1), lambda: correct(office.wang.pk, 2))
    assert sorted(refused) == [(), ("under_way",)]
    assert Delivery.objects.filter(replaces=first).count() == 1


def test_a_correction_is_accepted_once(office: Office) -> None:
    first = office.accepted()
    mended = actions.correct(
        delivery=first.pk, details=details(), file=trainings(1), why="误计展位数", by=office.li.pk,
        now=NOW,
    )  # fmt: skip
    mended = actions.sign(delivery=mended.pk, seen=mended.version, by=office.li.pk, now=NOW)

    def accept() -> Delivery:
        return actions.accept(delivery=mended.pk, seen=mended.version, by=office.chen.pk, now=NOW)

    assert sorted(at_once(accept, accept)) == [(), ("wrong_status",)]
    assert sorted(Delivery.objects.values_list("status", flat=True)) == ["accepted", "replaced"]


def test_a_connection_that_is_lost_half_way_leaves_nothing_and_the_next_try_works(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = office.uploaded()

    def lost(delivery: Delivery) -> None:
        delivery.save()  # written, not committed
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

    monkeypatch.setattr(actions.signatures, "saved", lost)
    with pytest.raises(OperationalError):
        actions.sign(delivery=found.pk, seen=found.version, by=office.li.pk, now=NOW)
    connection.close()
    monkeypatch.undo()
    assert (Delivery.objects.get().status, deeds_on(found)) == ("draft", ["upload_delivery"])
    signed = actions.sign(delivery=found.pk, seen=found.version, by=office.li.pk, now=NOW)
    assert (signed.status, deeds_on(found)) == ("signed", ["upload_delivery", "sign_delivery"])


def test_a_double_click_freezes_once(office: Office) -> None:
    office.places()

    def press() -> Snapshot:
        return freeze(office=office.province, by=office.chen.pk, now=NOW, **year(2021))

    at_once(press, press)
    identifiers = set(Snapshot.objects.values_list("status", "identifier"))
    assert len(identifiers) == 1
    assert next(iter(identifiers))[0] == "frozen"


@pytest.mark.parametrize("number", range(2021, 2021 - TIMES, -1))
def test_of_two_who_ask_for_the_same_one_asks(office: Office, number: int) -> None:
    def ask(note: str) -> Callable[[], object]:
        return lambda: office.asked(office.market, note=note, **year(number))

    assert sorted(at_once(ask("按新口径"), ask("按旧口径"))) == [(), ("asked_already",)]
    assert DeliveryRequest.objects.count() == Deadline.objects.count() == 1


@pytest.mark.parametrize("number", range(2021, 2021 - TIMES, -1))
def test_what_is_signed_while_the_office_withdraws_is_either_met_or_withdrawn(
    office: Office, number: int
) -> None:
    asked = office.asked(**year(number))
    found = office.uploaded(file=sheet(number, 1, 2), **year(number))
    refused = at_once(
        lambda: actions.sign(delivery=found.pk, seen=found.version, by=office.li.pk, now=NOW),
        lambda: requests.withdraw(
            request=asked.pk, seen=asked.version, reason="改用平台数据", by=office.chen.pk, now=NOW
        ),
    )
    now = DeliveryRequest.objects.get()
    assert Delivery.objects.get().status == "signed"
    assert (now.state, now.delivery_id, Deadline.objects.get().end, refused[1]) in [
        ("met", found.pk, "met", ("wrong_state",)),
        ("withdrawn", None, "dropped", ()),
    ]


@pytest.mark.parametrize("number", range(2021, 2021 - TIMES, -1))
def test_what_is_signed_while_it_is_asked_for_is_met_or_not_asked_for(
    office: Office, number: int
) -> None:
    found = office.uploaded(file=sheet(number, 1, 2), **year(number))
    refused = at_once(
        lambda: actions.sign(delivery=found.pk, seen=found.version, by=office.li.pk, now=NOW),
        lambda: office.asked(**year(number)),
    )
    states = list(DeliveryRequest.objects.values_list("state", flat=True))
    assert (refused, states) in [([(), ("delivered_already",)], []), ([(), ()], ["met"])]


def test_two_who_urge_in_the_same_moment_urge_once(office: Office) -> None:
    asked = office.asked()

    def urge() -> object:
        return requests.urge(request=asked.pk, by=office.chen.pk, now=NOW)

    assert sorted(at_once(urge, urge)) == [(), ("urged_today",)]
