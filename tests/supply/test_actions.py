"""A delivery from the first upload to its correction, on the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils.translation import override

from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.models import Delivery
from steelyard.supply.queries import seen_by
from steelyard.trail.models import Entry
from tests.supply.office import NOW, Office, details, trainings

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return Office()


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def fresh(delivery: Delivery) -> Delivery:
    return Delivery.objects.get(pk=delivery.pk)


def test_an_upload_in_order_is_a_draft_with_its_rows_counted(office: Office) -> None:
    found = fresh(office.uploaded(62, 140))
    assert (found.name, found.status, found.rows, found.fault_count) == (
        "trainings-2021-440700-market", "draft", 2, 0,
    )  # fmt: skip


def test_faults_are_kept_each_at_its_cell(office: Office) -> None:
    found = fresh(office.uploaded(62, "38人"))
    assert (found.rows, found.fault_count) == (None, 1)
    kept = found.faults[0]
    assert (kept["code"], kept["row"], kept["column"]) == ("not-a-number", 3, "H 参加人数")


def test_a_file_is_not_read_again_for_another_remark(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = office.uploaded(62, "38人")
    monkeypatch.setattr(actions.drafts, "check", lambda *_: pytest.fail("it was read again"))
    mended = actions.mend(
        delivery=first.pk, details=details(note="已核对"), file=None, seen=first.version,
        by=office.wang.pk, now=NOW,
    )  # fmt: skip
    assert (mended.note, mended.fault_count, mended.version) == ("已核对", 1, 2)
    assert (mended.file_hash, mended.uploaded_by) == (first.file_hash, office.li)


def test_a_file_is_read_again_for_another_period(office: Office) -> None:
    first = office.uploaded(62)
    said = details(starts=date(2020, 1, 1), ends=date(2021, 1, 1))
    mended = actions.mend(
        delivery=first.pk, details=said, file=None, seen=1, by=office.li.pk, now=NOW
    )  # fmt: skip
    assert (mended.rows, mended.fault_count) == (None, 1)


def test_faults_are_mended_by_another_file(office: Office) -> None:
    first = office.uploaded(62, "38人")
    mended = actions.mend(
        delivery=first.pk, details=details(), file=trainings(62, 38), seen=first.version,
        by=office.li.pk, now=NOW,
    )  # fmt: skip
    assert (mended.pk, mended.rows, mended.fault_count) == (first.pk, 2, 0)


def test_what_has_faults_is_not_signed(office: Office) -> None:
    first = office.uploaded(62, "38人")
    with pytest.raises(Refused) as refused:
        actions.sign(delivery=first.pk, seen=first.version, by=office.li.pk, now=NOW)
    assert codes(refused) == ["faults_open"]


def test_a_second_click_opens_nothing_anew(office: Office) -> None:
    assert office.uploaded().pk == office.uploaded().pk
    with pytest.raises(Refused) as refused:
        office.uploaded(1, 2, 3)
    assert codes(refused) == ["under_way"]
    assert Delivery.objects.count() == 1


def test_signed_says_who_and_when(office: Office) -> None:
    found = fresh(office.signed())
    assert (found.status, found.signer, found.signer_name, found.signed_at) == (
        "signed", office.li, "李科长", NOW,
    )  # fmt: skip


def test_what_is_signed_bears_the_chinese_name_on_pages_of_every_language(office: Office) -> None:
    Account.objects.filter(pk=office.li.pk).update(name="李明 / Li Ming")
    with override("en"):
        assert fresh(office.signed()).signer_name == "李明"


def test_someone_of_another_body_may_not_sign(office: Office) -> None:
    first = office.uploaded()
    for stranger in (office.zhou, office.chen):
        with pytest.raises(Refused) as refused:
            actions.sign(delivery=first.pk, seen=first.version, by=stranger.pk, now=NOW)
        assert codes(refused) == ["not_allowed"]


def test_the_body_may_not_accept(office: Office) -> None:
    first = office.signed()
    with pytest.raises(Refused) as refused:
        actions.accept(delivery=first.pk, seen=first.version, by=office.wang.pk, now=NOW)
    assert codes(refused) == ["not_allowed"]


def test_a_signature_is_withdrawn_while_nobody_has_accepted(office: Office) -> None:
    first = office.signed()
    found = actions.withdraw(delivery=first.pk, seen=first.version, by=office.li.pk, now=NOW)
    assert (found.status, found.signer, found.signed_at) == ("draft", None, None)


def test_what_is_returned_comes_back_as_a_draft_and_is_signed_again(office: Office) -> None:
    first = office.signed()
    back = actions.return_to_body(
        delivery=first.pk, seen=first.version, reason="缺蓬江区", by=office.chen.pk, now=NOW
    )
    assert (back.status, back.reason, back.decided_by) == ("returned", "缺蓬江区", office.chen)
    again = actions.mend(
        delivery=back.pk, details=details(), file=trainings(62, 140, 7), seen=back.version,
        by=office.wang.pk, now=NOW,
    )  # fmt: skip
    signed = actions.sign(delivery=again.pk, seen=again.version, by=office.wang.pk, now=NOW)
    assert (signed.status, signed.rows, signed.signer) == ("signed", 3, office.wang)


def test_a_correction_replaces_what_it_names_when_it_is_accepted(office: Office) -> None:
    first = office.accepted(62, 140)
    mended = actions.correct(
        delivery=first.pk, details=details(), file=trainings(62, 104), why="误计展位数",
        by=office.li.pk, now=NOW,
    )  # fmt: skip
    assert (mended.name, fresh(first).status) == (f"{first.name}-2", "accepted")
    signed = actions.sign(delivery=mended.pk, seen=mended.version, by=office.li.pk, now=NOW)
    actions.accept(delivery=signed.pk, seen=signed.version, by=office.chen.pk, now=NOW)
    assert (fresh(mended).status, fresh(first).status) == ("accepted", "replaced")


def test_what_is_accepted_is_not_delivered_again_beside_it(office: Office) -> None:
    office.accepted()
    with pytest.raises(Refused) as refused:
        office.uploaded(1)
    assert codes(refused) == ["stands_already"]


def test_a_discarded_draft_makes_room(office: Office) -> None:
    first = office.uploaded(1)
    actions.discard(delivery=first.pk, seen=first.version, by=office.li.pk, now=NOW)
    assert office.uploaded(2).name == f"{first.name}-2"


def test_every_deed_is_in_the_trail_under_its_name_and_person(office: Office) -> None:
    first = office.accepted()
    entries = Entry.objects.filter(table_name="supply_delivery", row_id=first.pk)
    assert list(entries.order_by("id").values_list("action", "actor")) == [
        ("upload_delivery", office.li.pk),
        ("sign_delivery", office.li.pk),
        ("accept_delivery", office.chen.pk),
    ]


def test_drafts_are_for_the_eyes_of_the_body_alone(office: Office) -> None:
    draft = office.uploaded()
    today = NOW.date()

    def sees(account: object) -> bool:
        return seen_by(load_held(account.pk, today), today).filter(pk=draft.pk).exists()

    assert [sees(one) for one in (office.li, office.wang, office.zhou, office.chen)] == [
        True, True, False, False,
    ]  # fmt: skip
    actions.sign(delivery=draft.pk, seen=draft.version, by=office.li.pk, now=NOW)
    assert [sees(one) for one in (office.li, office.zhou, office.chen)] == [True, False, True]


@pytest.mark.parametrize(
    "change",
    [
        {"file_hash": "sha256:0"},
        {"rows": 9},
        {"cut_off": "2021-12-30"},
        {"covers": "440700"},
        {"signer": None},
        {"signer_name": ""},
        {"status": "returned", "decided_by": None},
    ],
)
def test_the_database_keeps_what_was_signed_as_it_was(
    office: Office, change: dict[str, object]
) -> None:
    first = office.signed()
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.filter(pk=first.pk).update(**change)


def test_the_database_deletes_no_delivery(office: Office) -> None:
    first = office.uploaded()
    with pytest.raises(DatabaseError), transaction.atomic():
        Delivery.objects.filter(pk=first.pk).delete()


def test_whoever_has_to_act_or_waits_is_told_once(office: Office) -> None:
    """The office of a signature; all who supply for the body of what was decided."""
    from steelyard.notices.models import Notice

    _ = office.wang, office.chen  # there before anything happens
    found = office.signed()
    actions.return_to_body(
        delivery=found.pk, seen=found.version, reason="缺蓬江区", by=office.chen.pk, now=NOW
    )
    told = Notice.objects.order_by("id").values_list("kind", "account__name")
    assert sorted(told) == [
        ("delivery_returned", "李科长"),
        ("delivery_returned", "王科员"),
        ("delivery_signed", "陈主任"),
    ]
