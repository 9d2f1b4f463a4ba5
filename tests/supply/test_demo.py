"""Nobody begins with an empty page, and what was made up says so."""

from datetime import date

import pytest

from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.demo import load_demo_deliveries
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.queries import is_late, with_standing
from tests.supply.office import NOW, Office, organisation

pytestmark = pytest.mark.django_db


def test_the_demonstration_has_a_delivery_in_every_state_that_waits_for_someone() -> None:
    office, now = Office(), NOW.replace(year=2026)
    assert organisation("440700", "江门市", "city", office.province)
    for _ in range(2):
        load_demo_deliveries(
            supplier=office.li.username, office=office.chen.username,
            body=office.market.code, now=now,
        )  # fmt: skip
    found = Delivery.objects.order_by("id").values_list(
        "table_code", "status", "fault_count", "sample"
    )
    assert list(found) == [
        ("places", "accepted", 0, False),
        ("places", "accepted", 0, False),
        ("inspections", "accepted", 0, True),
        ("inspections", "signed", 0, True),
        ("inspections", "returned", 0, True),
        ("trainings", "draft", 4, True),
    ]
    asked = DeliveryRequest.objects.order_by("id").values_list("table_code", "state", "days_late")
    found = [(table, state, late > 0) for table, state, late in asked]
    assert found == [
        ("inspections", "met", True),
        ("inspections", "met", False),
        ("trainings", "open", False),  # late by today: nothing is recorded until it is signed
        ("administrative_decisions", "open", False),
    ]
    overdue = with_standing(DeliveryRequest.objects.filter(state="open"))
    late = overdue.filter(is_late(now.date())).values_list("table_code", flat=True)
    assert list(late) == ["trainings"]
    frozen = freeze(
        office=office.province,
        starts=date(2025, 1, 1),
        ends=date(2026, 1, 1),
        by=office.chen.pk,
        now=now,
    )
    assert (frozen.status, frozen.faults) == ("frozen", [])
