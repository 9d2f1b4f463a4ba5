"""Of what happens to a delivery those are told whom it concerns, and nobody else."""

import pytest

from steelyard.kernel.refusals import Refused
from steelyard.notices.models import Notice
from steelyard.people.models import Account
from steelyard.supply.actions import deliveries
from steelyard.supply.models import Delivery
from tests.supply.office import NOW, Office, details

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    found = Office()
    assert [found.chen, found.li, found.wang, found.zhou]  # all of them work there
    return found


def told() -> list[tuple[str, Account]]:
    return [(one.kind, one.account) for one in Notice.objects.order_by("id")]


def returned(office: Office, delivery: Delivery, reason: str = "缺页") -> Delivery:
    return deliveries.return_to_body(
        delivery=delivery.pk, seen=delivery.version, reason=reason, by=office.chen.pk, now=NOW
    )


def test_who_may_accept_is_told_that_a_delivery_is_signed(office: Office) -> None:
    office.signed()
    assert told() == [("delivery_signed", office.chen)]


def test_all_who_may_sign_for_the_body_are_told_that_it_is_accepted(office: Office) -> None:
    office.accepted()
    assert told()[1:] == [("delivery_accepted", office.li), ("delivery_accepted", office.wang)]


def test_who_is_told_that_it_is_returned_reads_why(office: Office) -> None:
    returned(office, office.signed(), "第三列缺年份")
    notice = Notice.objects.get(account=office.li)
    assert (notice.kind, notice.words["reason"]["zh"]) == ("delivery_returned", "第三列缺年份")


def test_signed_again_after_a_return_is_told_again(office: Office) -> None:
    back = returned(office, office.signed())
    again = deliveries.mend(
        delivery=back.pk, details=details(), file=None, seen=back.version, by=office.li.pk, now=NOW
    )
    deliveries.sign(delivery=again.pk, seen=again.version, by=office.li.pk, now=NOW)
    assert [kind for kind, who in told() if who == office.chen] == ["delivery_signed"] * 2


def test_of_a_signature_that_is_refused_nobody_is_told(office: Office) -> None:
    draft = office.uploaded()
    with pytest.raises(Refused):
        deliveries.sign(delivery=draft.pk, seen=draft.version, by=office.zhou.pk, now=NOW)
    assert told() == []
