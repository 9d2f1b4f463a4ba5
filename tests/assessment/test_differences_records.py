"""What is computed from records is compared with the newest frozen snapshot, if there is one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from steelyard.assessment.actions.differences import compare_again
from steelyard.assessment.models import Difference
from steelyard.assessment.queries.differences import all_supplied, are_counted
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.kernel.refusals import Refused
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.snapshots import freeze
from tests.assessment.reported import reports, supplied
from tests.assessment.year import Year
from tests.once import World, world_of
from tests.supply.office import account, details, trainings

pytestmark = pytest.mark.django_db

PLACES = (
    "code,title_zh,title_en,parent,level\n440000,广东,Guangdong,,province\n"
    "440100,广州,Guangzhou,440000,city\n440700,江门,Jiangmen,440000,city\n"
    "440703,蓬江,Pengjiang,440700,district\n"
)


def before_the_freeze() -> Year:
    """Jiangmen reports 210 persons trained; nothing is frozen yet."""
    found = Year()
    found.at(Stage.COLLECTING)
    reports(found, found.jiangmen, {"trained": "210", "plan_points": "9"}, item="B1")
    supplied(found, "0.9", "0.8")
    return found


standing = world_of(before_the_freeze)


@pytest.fixture
def year(standing: World[Year]) -> Year:
    return standing.copy()


def accepted(year: Year, by: Any, body: Any, file: File, **changes: Any) -> None:
    sent = deliveries.upload(
        body=body, details=details(**changes), file=file, by=by.pk, now=year.now
    )
    signed = deliveries.sign(delivery=sent.pk, seen=sent.version, by=by.pk, now=year.now)
    deliveries.accept(delivery=signed.pk, seen=signed.version, by=year.chen.pk, now=year.now)


def frozen(year: Year, *persons: int) -> None:
    supplier = account("何处长", body=(Role.SUPPLYING_BODY, year.province))
    accepted(year, supplier, year.province, File("places.csv", PLACES.encode()), table="places")
    accepted(year, year.li, year.market, trainings(*persons))
    freeze(
        office=year.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=year.chen.pk,
        now=year.now,
    )  # fmt: skip


def closed(year: Year) -> None:
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)


def test_a_figure_from_records_is_compared_and_what_is_judged_is_not(year: Year) -> None:
    frozen(year, 62, 140)
    assert are_counted(year.assessment)
    assert all_supplied(year.assessment)["440700", "trained"] == "202"
    closed(year)
    found = Difference.objects.get()
    assert (found.input_code, found.reported, found.supplied) == ("trained", "210", "202")


def test_equal_to_the_records_there_is_no_difference(year: Year) -> None:
    frozen(year, 70, 140)
    closed(year)
    assert not Difference.objects.exists()


def test_frozen_later_the_records_are_compared_when_the_office_asks(year: Year) -> None:
    closed(year)
    assert Difference.objects.get().supplied == ""
    again = {"assessment": year.assessment.pk, "by": year.chen.pk, "now": year.now}
    assert compare_again(**again) == 0
    frozen(year, 62, 140)
    client = Client()
    client.force_login(year.chen)
    client.post("/assessments/2021/differences/again/")
    assert Difference.objects.get().supplied == "202"
    assert compare_again(**again) == 0
    with pytest.raises(Refused) as refused:
        compare_again(**again | {"by": year.tan.pk})
    assert refused.value.lacks_a_right


def test_figures_are_not_compared_while_they_are_collected(year: Year) -> None:
    with pytest.raises(Refused, match="wrong_stage"):
        compare_again(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
