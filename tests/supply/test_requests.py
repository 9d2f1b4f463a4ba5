"""A request from asking to acceptance, with its deadlines, on the database."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from steelyard.kernel.refusals import Refused
from steelyard.notices.actions import extend_deadline
from steelyard.notices.models import Deadline, Notice
from steelyard.notices.waiting import waiting
from steelyard.people.models import Account
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries, requests
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries import requests_seen_by
from steelyard.supply.waiting import waiting_deliveries
from steelyard.trail.models import Entry
from tests.supply.office import NOW, Office, account, details, organisation, trainings

pytestmark = pytest.mark.django_db

TODAY = NOW.date()
DUE = date(2022, 1, 17)


def on(day: int) -> datetime:
    return NOW.replace(day=day)


@pytest.fixture
def office() -> Office:
    found = Office()
    assert [found.chen, found.li, found.wang, found.zhou]  # all of them work there
    return found


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.code for one in refused.value.refusals]


def only() -> DeliveryRequest:
    return DeliveryRequest.objects.get()


def clocks() -> list[tuple[date, str]]:
    """Each deadline: the day it is due, and how it ended."""
    return list(Deadline.objects.order_by("id").values_list("due", "end"))


def sign(found: Delivery, by: int, day: int) -> Delivery:
    return deliveries.sign(delivery=found.pk, seen=found.version, by=by, now=on(day))


def send_back(found: Delivery, by: int, day: int, **more: Any) -> Delivery:
    return deliveries.return_to_body(
        delivery=found.pk, seen=found.version, reason="缺蓬江区", by=by, now=on(day), **more
    )


def mended(found: Delivery, by: int, *persons: object) -> Delivery:
    return deliveries.mend(
        delivery=found.pk, details=details(), file=trainings(*persons), seen=found.version, by=by,
        now=NOW,
    )  # fmt: skip


def test_asking_starts_a_deadline_of_the_supplying_body_and_tells_whoever_holds_it(
    office: Office,
) -> None:
    asked = office.asked(note="请按新口径统计")
    clock = Deadline.objects.get()
    assert (clock.organisation, clock.role, clock.due) == (office.market, "supplying_body", DUE)
    assert (clock.what_zh, clock.path) == ("报送“培训与宣传”2021", f"/requests/{asked.pk}/")
    told = Notice.objects.order_by("id").values_list("kind", "account__name")
    assert list(told) == [("deadline_started", "李科长"), ("deadline_started", "王科员")]


def test_each_of_several_bodies_gets_a_request_of_its_own_or_none_does(office: Office) -> None:
    office.asked()
    with pytest.raises(Refused) as refused:
        office.asked(office.court, office.market)
    assert codes(refused) == ["asked_already"]
    assert DeliveryRequest.objects.count() == Deadline.objects.count() == 1
    office.asked(office.court, office.market, covers=("440703",))
    assert DeliveryRequest.objects.count() == Deadline.objects.count() == 3


def test_who_may_not_ask_is_refused(office: Office) -> None:
    for stranger in (office.li, office.zhou):
        with pytest.raises(Refused) as refused:
            office.asked(by=stranger.pk)
        assert codes(refused) == ["not_allowed"]


def test_nobody_is_asked_where_nobody_supplies(office: Office) -> None:
    empty = organisation("440700-empty", "江门市空局", "department", office.province)
    with pytest.raises(Refused) as refused:
        office.asked(empty)
    assert codes(refused) == ["nobody_supplies"]


def test_what_is_signed_or_accepted_already_is_not_asked_for(office: Office) -> None:
    found = office.signed()
    with pytest.raises(Refused) as refused:
        office.asked()
    assert codes(refused) == ["delivered_already"]
    assert found.name in refused.value.refusals[0].text.zh
    deliveries.accept(delivery=found.pk, seen=found.version, by=office.chen.pk, now=NOW)
    with pytest.raises(Refused):
        office.asked()


def test_a_draft_that_was_there_before_does_not_stand_in_the_way_and_answers_it(
    office: Office,
) -> None:
    draft = office.uploaded()
    office.asked()
    sign(draft, office.li.pk, 13)
    assert (only().state, only().delivery) == ("met", draft)


def test_what_waits_for_the_body_is_the_request_with_its_day_and_its_draft_not_twice(
    office: Office,
) -> None:
    asked = office.asked()
    office.uploaded()
    held = load_held(office.wang.pk, TODAY)
    (one,) = waiting(office.wang.pk, held, TODAY)
    assert (one.due, one.url) == (DUE, f"/requests/{asked.pk}/")
    assert waiting_deliveries(office.wang.pk, held, TODAY) == []


def test_signing_in_time_ends_the_deadline(office: Office) -> None:
    office.asked()
    signed = sign(office.uploaded(), office.li.pk, 17)
    found = only()
    assert (found.state, found.delivery, found.met_on, found.days_late) == ("met", signed, DUE, 0)
    assert clocks() == [(DUE, "met")]
    assert waiting(office.li.pk, load_held(office.li.pk, TODAY), TODAY) == []


def test_signing_late_is_recorded_in_working_days(office: Office) -> None:
    office.asked()
    sign(office.uploaded(), office.li.pk, 25)
    assert (only().days_late, clocks()) == (6, [(DUE, "met")])


def test_a_delivery_of_something_else_meets_nothing(office: Office) -> None:
    office.asked()
    sign(office.uploaded(covers=("440703",)), office.li.pk, 13)
    assert only().state == "open"


def test_figures_as_of_an_earlier_day_than_asked_are_not_signed(office: Office) -> None:
    office.asked(cut_off=date(2022, 1, 11))
    draft = office.uploaded()
    with pytest.raises(Refused) as refused:
        sign(draft, office.li.pk, 13)
    assert codes(refused) == ["cut_off_before_asked"]


def test_a_signature_withdrawn_lets_the_same_clock_go_on(office: Office) -> None:
    office.asked()
    signed = sign(office.uploaded(), office.li.pk, 14)
    back = deliveries.withdraw(delivery=signed.pk, seen=signed.version, by=office.li.pk, now=on(18))
    assert (only().state, only().delivery, clocks()) == ("open", None, [(DUE, "")])
    sign(back, office.li.pk, 19)
    assert (only().days_late, clocks()) == (2, [(DUE, "met")])


def test_a_return_starts_a_new_and_shorter_clock(office: Office) -> None:
    office.asked()
    back = send_back(sign(office.uploaded(), office.li.pk, 14), office.chen.pk, 18)
    assert (only().state, clocks()) == ("open", [(DUE, "met"), (date(2022, 1, 25), "")])
    again = sign(mended(back, office.li.pk, 1), office.li.pk, 25)
    assert (only().state, only().delivery, only().days_late) == ("met", again, 0)


def test_the_returner_may_give_other_days_within_bounds(office: Office) -> None:
    office.asked()
    signed = sign(office.uploaded(), office.li.pk, 14)
    with pytest.raises(Refused) as refused:
        send_back(signed, office.chen.pk, 18, working_days=0)
    assert (codes(refused), only().state) == (["days_out_of_bounds"], "met")
    send_back(signed, office.chen.pk, 18, working_days=2)
    assert clocks()[-1] == (date(2022, 1, 20), "")


def test_once_late_is_late_even_if_it_is_mended_quickly(office: Office) -> None:
    office.asked()
    back = send_back(sign(office.uploaded(), office.li.pk, 20), office.chen.pk, 21)
    sign(mended(back, office.li.pk, 1), office.li.pk, 21)
    assert (only().state, only().days_late) == ("met", 3)


def test_a_signature_withdrawn_after_a_return_lets_the_shorter_clock_go_on(office: Office) -> None:
    office.asked()
    back = send_back(sign(office.uploaded(), office.li.pk, 14), office.chen.pk, 14, working_days=2)
    again = sign(mended(back, office.li.pk, 1), office.li.pk, 17)
    deliveries.withdraw(delivery=again.pk, seen=again.version, by=office.li.pk, now=on(17))
    assert clocks() == [(DUE, "met"), (date(2022, 1, 18), "")]


def test_a_delivery_that_nobody_asked_for_is_returned_without_a_clock(office: Office) -> None:
    send_back(office.signed(), office.chen.pk, 14)
    assert clocks() == []


def test_a_correction_returned_does_not_reopen_what_was_accepted(office: Office) -> None:
    office.asked()
    signed = sign(office.uploaded(), office.li.pk, 14)
    deliveries.accept(delivery=signed.pk, seen=signed.version, by=office.chen.pk, now=on(14))
    wrong = deliveries.correct(
        delivery=signed.pk, details=details(), file=trainings(1), why="误计", by=office.li.pk,
        now=on(14),
    )  # fmt: skip
    send_back(sign(wrong, office.li.pk, 14), office.chen.pk, 14)
    assert (only().state, clocks()) == ("met", [(DUE, "met")])


def test_an_extension_counts_when_it_is_said_how_late_it_was(office: Office) -> None:
    office.asked()
    extend_deadline(
        deadline=Deadline.objects.get().pk, working_days=2, reason="系统故障", by=office.chen.pk,
        now=NOW,
    )  # fmt: skip
    sign(office.uploaded(), office.li.pk, 20)
    assert only().days_late == 1


def test_a_request_is_withdrawn_with_its_reason_and_the_body_is_told(office: Office) -> None:
    asked = office.asked()
    with pytest.raises(Refused) as refused:
        requests.withdraw(request=asked.pk, seen=1, reason=" ", by=office.chen.pk, now=NOW)
    assert codes(refused) == ["no_reason"]
    requests.withdraw(request=asked.pk, seen=1, reason="改用平台数据", by=office.chen.pk, now=NOW)
    assert (only().state, only().reason, clocks()) == (
        "withdrawn", "改用平台数据", [(DUE, "dropped")],
    )  # fmt: skip
    notice = Notice.objects.get(kind="request_withdrawn", account=office.li)
    assert notice.words["reason"]["zh"] == "改用平台数据"
    office.asked()  # and may be asked for again
    assert DeliveryRequest.objects.count() == 2


def test_what_is_met_is_not_withdrawn(office: Office) -> None:
    asked = office.asked()
    sign(office.uploaded(), office.li.pk, 14)
    with pytest.raises(Refused) as refused:
        requests.withdraw(request=asked.pk, seen=2, reason="不用了", by=office.chen.pk, now=NOW)
    assert codes(refused) == ["wrong_state"]


def test_a_body_is_urged_once_a_day_and_each_time_told_once(office: Office) -> None:
    asked = office.asked()
    requests.urge(request=asked.pk, by=office.chen.pk, now=NOW)
    with pytest.raises(Refused) as refused:
        requests.urge(request=asked.pk, by=office.chen.pk, now=NOW + timedelta(hours=3))
    assert codes(refused) == ["urged_today"]
    requests.urge(request=asked.pk, by=office.chen.pk, now=on(13))
    urged = Notice.objects.filter(kind="request_urged").values_list("account__name", flat=True)
    assert sorted(urged) == ["李科长", "李科长", "王科员", "王科员"]


def test_the_body_neither_urges_nor_withdraws(office: Office) -> None:
    asked = office.asked()
    with pytest.raises(Refused) as refused:
        requests.withdraw(request=asked.pk, seen=1, reason="不想报", by=office.li.pk, now=NOW)
    assert codes(refused) == ["not_allowed"]
    with pytest.raises(Refused):
        requests.urge(request=asked.pk, by=office.li.pk, now=NOW)


def test_every_deed_is_in_the_trail_under_its_name_and_person(office: Office) -> None:
    asked = office.asked()
    requests.urge(request=asked.pk, by=office.chen.pk, now=NOW)
    signed = sign(office.uploaded(), office.li.pk, 14)
    send_back(signed, office.chen.pk, 14)
    requests.withdraw(request=asked.pk, seen=4, reason="不用了", by=office.chen.pk, now=on(14))
    entries = Entry.objects.filter(table_name="supply_deliveryrequest", row_id=asked.pk)
    assert list(entries.order_by("id").values_list("action", "actor")) == [
        ("ask_for_delivery", office.chen.pk),
        ("urge_request", office.chen.pk),
        ("sign_delivery", office.li.pk),
        ("return_delivery", office.chen.pk),
        ("withdraw_request", office.chen.pk),
    ]


def test_requests_are_for_the_body_the_office_and_the_auditor_above(office: Office) -> None:
    office.asked()
    auditor = account("审计员甲", role=(Role.AUDITOR, office.province))
    beside = account("评分员甲", role=(Role.SCORING_BODY, office.province))

    def sees(one: Account) -> bool:
        from steelyard.people.rules.reach import Held

        held = load_held(one.pk, TODAY) or ()
        if one == auditor:  # whose role counts with a second factor only
            below = frozenset({office.market.pk})
            held = (Held(Role.AUDITOR, office.province.pk, date(2000, 1, 1), below=below),)
        return requests_seen_by(held, TODAY).exists()

    people = (office.chen, office.li, office.zhou, auditor, beside, office.he)
    assert [sees(one) for one in people] == [True, True, False, True, False, False]


def test_whoever_supplies_above_sees_no_delivery_of_a_body_below(office: Office) -> None:
    """To see deliveries of one's own is not to see those of all below."""
    from steelyard.supply.queries import seen_by

    found = office.signed()
    beside = account("评分员甲", role=(Role.SCORING_BODY, office.province))
    for above in (office.he, beside):
        seen = seen_by(load_held(above.pk, TODAY) or (), TODAY)
        assert not seen.filter(pk=found.pk).exists()


@pytest.mark.parametrize(
    "change",
    [
        {"table_code": "places"},
        {"cut_off": "2022-01-11"},
        {"working_days": 30},
        {"note": "另一句"},
        {"state": "met"},
        {"state": "withdrawn"},
        {"met_on": "2022-01-13"},
        {"reason": "不用了"},
    ],
)
def test_the_database_keeps_what_was_asked_for_and_no_state_without_its_reason(
    office: Office, change: dict[str, object]
) -> None:
    asked = office.asked()
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        DeliveryRequest.objects.filter(pk=asked.pk).update(**change)


def test_the_database_keeps_one_open_request_of_a_thing_and_deletes_none(office: Office) -> None:
    asked = office.asked()
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryRequest.objects.create(
            body=office.market, table_code="trainings", starts=asked.starts, ends=asked.ends,
            cut_off=asked.cut_off, working_days=3, asked_by=office.chen, asked_at=NOW, state="open",
        )  # fmt: skip
    with pytest.raises(DatabaseError), transaction.atomic():
        asked.delete()


def test_what_was_withdrawn_is_not_opened_again(office: Office) -> None:
    asked = office.asked()
    requests.withdraw(request=asked.pk, seen=1, reason="不用了", by=office.chen.pk, now=NOW)
    with pytest.raises(DatabaseError), transaction.atomic():
        DeliveryRequest.objects.filter(pk=asked.pk).update(
            state="open", withdrawn_by=None, withdrawn_at=None, reason=""
        )
