"""A city assesses its districts for a whole year, beside the province that assesses the city over the same one."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from steelyard.assessment import results
from steelyard.assessment.actions import collection
from steelyard.assessment.actions.differences import settle
from steelyard.assessment.actions.scoring import RowWanted, score_rows
from steelyard.assessment.actions.stages import move_on
from steelyard.assessment.actions.supplied import fill
from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Answer, Difference, Score, Sheet
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.queries.stages import lacks_places
from steelyard.assessment.rules import judging
from steelyard.assessment.rules.collection.answers import Typed
from steelyard.assessment.rules.frozen import TABLES
from steelyard.assessment.rules.states import Stage, StageMove, WeighingState
from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import Role
from steelyard.supply.actions import deliveries
from steelyard.supply.actions.deliveries import File
from steelyard.supply.actions.snapshots import freeze
from steelyard.supply.models import Delivery, Snapshot
from steelyard.supply.queries import load_listed
from tests.assessment.city import CODE, HOME, City, scheme_of_the_city
from tests.assessment.frozen_year import JUDGED, accepted
from tests.assessment.frozen_year import scored as scored_above
from tests.supply.office import HEADINGS, account, details, organisation

pytestmark = pytest.mark.django_db

PLACES = (
    "code,title_zh,title_en,parent,level\n440000,广东,Guangdong,,province\n"
    "440100,广州,Guangzhou,440000,city\n440700,江门,Jiangmen,440000,city\n"
    "440703,蓬江,Pengjiang,440700,district\n440704,江海,Jianghai,440700,district\n"
    "440705,新会,Xinhui,440700,district\n"
)
TRAININGS = (
    f"{HEADINGS}\nJ1,样本：培训,样本单位,officers,440703,2021-04-26,8,150\n"
    "J2,样本：培训,样本单位,officers,440704,2021-05-26,8,90\n"
    "J3,样本：培训,样本单位,officers,440705,2021-06-26,8,200\n"
)


@pytest.fixture
def city(settings: Any, tmp_path: Path) -> City:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return City()


def as_(who: Account) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(who)
    return client


def status(who: Account, address: str) -> int:
    return as_(who).get(address).status_code


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as caught:
        act()
    return [one.code for one in caught.value.refusals]


# --- a whole year ---------------------------------------------------------------------------------


def trained(city: City) -> None:
    """The city's market regulator delivers the trainings in the districts; the city's office accepts."""
    delivered(city, city.market, city.shi, "trainings", TRAININGS)


def delivered(
    city: City, body: Organisation, by: Account, table: str, text: str, to: Account | None = None
) -> Delivery:
    """``to``: who accepts it, if not the city's office."""
    sent = deliveries.upload(
        body=body, details=details(table=table), file=File(f"{table}.csv", text.encode()),
        by=by.pk, now=city.now,
    )  # fmt: skip
    sent = deliveries.sign(delivery=sent.pk, seen=sent.version, by=by.pk, now=city.now)
    accepts = to or city.leads
    return deliveries.accept(delivery=sent.pk, seen=sent.version, by=accepts.pk, now=city.now)


def filled_in(city: City) -> None:
    """Pengjiang reports 97 % and gives the plan of work to its department; it is signed."""
    here = {"submission": city.submission().pk, "now": city.now}
    own = f"{HOME}submissions/{city.submission().pk}/"
    collection.give_items(given={"B2": (None, city.bureau.pk)}, by=city.ou.pk, **here)
    told = Typed(self_score="40", figures={"closed_in_time": "97%"}, statement="按期办结。")
    collection.save_answer(item="A1", typed=told, by=city.ou.pk, **here)
    typed = Typed(self_score="9", statement="方案已印发。")
    seen = Answer.objects.get(submission__assessment__code=CODE, item="B2").version
    collection.save_answer(item="B2", typed=typed, by=city.ni.pk, seen=seen, **here)
    assert status(city.ni, f"{own}items/B2/") == 200
    assert status(city.ni, f"{own}items/A1/") == 404
    collection.put_up(
        why_unanswered="其余各项本年没有内容",
        submission=here["submission"],
        by=city.ou.pk,
        now=city.now,
    )
    signed = city.submission()
    collection.decide_on(
        submission=signed.pk, seen_hash=hash_of_submission(signed), by=city.xu.pk, now=city.now
    )
    assert city.submission().state == "locked"


def scored(city: City) -> None:
    """Every item of both districts, by the city's own bodies."""
    for item, judged in JUDGED.items():
        rows = Score.objects.filter(assessment__code=CODE, item=item)
        by = city.bao if item == "A2" else city.ke
        typed = judging.Typed(
            judged, deductions="1.5 缺少年度计划" if item == "B2" else "", reason="如上"
        )
        score_rows(
            assessment=city.assessment.pk, item=item, by=by.pk, now=city.now,
            rows={one.pk: RowWanted(one.version, typed) for one in rows},
        )  # fmt: skip


def led_to_the_end(city: City) -> dict[str, Any]:
    """What the weighing gave."""
    city.collecting()
    trained(city)
    city.supplied("95%", "85%")
    filled_in(city)
    assert city.yu.pk
    city.now += timedelta(60)
    city.move(StageMove.COMPARE)
    difference = Difference.objects.get(assessment__code=CODE)
    assert (difference.unit, difference.input_code) == (city.pengjiang, "closed_in_time")
    settle(
        difference=difference.pk, taken="supplied", reason="以来源单位数据为准", by=city.leads.pk,
        now=city.now,
    )  # fmt: skip
    city.move(StageMove.SCORE)
    scored(city)
    city.move(StageMove.FREEZE)
    weighing = carry_out(weighing=city.assessment.weighings.get().pk, now=timezone.now)
    assert weighing.state == WeighingState.DONE, weighing.faults
    return json.loads(results.content_of(weighing.result_hash))


@pytest.mark.parametrize("within", ["", "440700"], ids=["its-own-office", "the-province-s-office"])
def test_the_districts_of_a_city_are_assessed_from_the_opening_to_the_weighing(
    city: City, within: str
) -> None:
    """By the city's own office; and by the province's, within the city."""
    city.within = within
    accepted(city.above, "places", PLACES)
    told = led_to_the_end(city)
    points = {
        unit: {item: told["items"][item][unit]["points"] for item in JUDGED}
        for unit in ("440703", "440704", "440705")
    }
    assert points == {
        "440703": {"A1": "40", "A2": "18", "B1": "22.5", "B2": "8.5"},
        "440704": {"A1": "30", "A2": "18", "B1": "13.5", "B2": "8.5"},
        "440705": {"A1": "40", "A2": "18", "B1": "30", "B2": "8.5"},
    }
    assert status(city.ou, f"{HOME}side-by-side/440703/") == 200
    assert status(city.ou, f"{HOME}side-by-side/440704/") == 404
    for name in (*STRANGERS, "feng", "gu"):
        assert status(somebody(city, name), HOME) == 404, name
        assert status(somebody(city, name), f"{HOME}side-by-side/440703/") == 404, name
    rows = {
        code
        for code, _ in Score.objects.filter(assessment__code=CODE).values_list("unit__code", "pk")
    }
    assert rows == {"440703", "440704", "440705"}


def test_the_two_levels_leave_each_other_s_deliveries_and_results_alone(city: City) -> None:
    above = city.above
    accepted(above, "places", PLACES)
    scored_above(above, with_places=False)
    above.move(StageMove.FREEZE)
    theirs = carry_out(weighing=above.assessment.weighings.get().pk, now=timezone.now)
    assert theirs.state == WeighingState.DONE, theirs.faults
    before = deliveries_of(above.province)
    keeper = account("司科长", body=(Role.SUPPLYING_BODY, city.office))
    delivered(
        city, city.office, keeper, "places", PLACES
    )  # a register of its own, which counts for it
    led_to_the_end(city)
    own = load_listed(city.assessment.weighings.get().snapshot)
    assert [one.body for one in own if one.table_code == "places"] == [city.office]
    assert deliveries_of(above.province) == before
    assert deliveries_of(city.office)
    above.assessment.weighings.get().refresh_from_db()
    assert above.assessment.weighings.get().result_hash == theirs.result_hash
    again = freeze(
        office=above.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=above.chen.pk,
        now=city.now,
    )  # fmt: skip
    assert again.status == Snapshot.Status.FROZEN, again.faults
    bodies = {one.body for one in load_listed(again)}
    assert bodies == {above.province, city.market}, "what the city collected is not among it"


def test_a_city_takes_the_register_of_places_that_a_body_of_the_province_delivered(
    city: City,
) -> None:
    city.collecting()
    elsewhere = organisation("440100-market", "广州市市监局", "department", city.above.guangzhou)
    other = account("广科长", body=(Role.SUPPLYING_BODY, elsewhere))
    delivered(city, elsewhere, other, "places", PLACES, to=city.above.chen)
    assert lacks_places(city.assessment, timezone.localdate(city.now)), "another city's is not ours"
    sent = delivered(city, city.above.market, city.above.li, "places", PLACES, to=city.above.chen)
    assert not lacks_places(city.assessment, timezone.localdate(city.now))
    trained(city)
    for who in (
        city.ma,
        city.above.chen,
    ):  # the city's office, and whoever looks after it from above
        made = freeze(
            office=city.office, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=who.pk,
            now=city.now + timedelta(hours=1),
        )  # fmt: skip
        listed = {one.body: one.table_code for one in load_listed(made)}
        assert listed == {city.above.market: "places", city.market: "trainings"}, who
    assert sent.status == "accepted"


REPORTED = (
    "place,indicator,period,value,unit_of_measure,reported_on\n"
    "440700,closed_in_time,2021,0.93,1,2022-01-10\n"
)


def test_what_the_city_delivered_to_the_province_is_not_replaced_when_the_city_freezes(
    city: City,
) -> None:
    above = city.above
    accepted(above, "places", PLACES)
    keeper = account("司科长", body=(Role.SUPPLYING_BODY, city.office))
    sent = delivered(city, city.office, keeper, "self_reported_figures", REPORTED, to=above.chen)
    before = (sent.pk, "accepted", sent.file_hash, sent.version)
    led_to_the_end(city)
    own = Delivery.objects.get(collection=CODE, table_code="self_reported_figures")
    assert (own.body, own.status, own.replaces) == (city.office, "accepted", None)
    assert deliveries_of(city.office, collection="") == [before]
    assert before in deliveries_of(city.office)
    frozen = freeze(
        office=above.province, starts=date(2021, 1, 1), ends=date(2022, 1, 1), by=above.chen.pk,
        now=city.now,
    )  # fmt: skip
    listed = [one for one in load_listed(frozen) if one.table_code in TABLES]
    assert (frozen.status, listed) == (Snapshot.Status.FROZEN, [sent])


def deliveries_of(office: Organisation, **those: str) -> list[tuple[object, ...]]:
    """What an office delivered of the tables that an assessment collects."""
    found = Delivery.objects.filter(body=office, table_code__in=TABLES, **those).order_by("pk")
    return list(found.values_list("pk", "status", "file_hash", "version"))


# --- who sees what --------------------------------------------------------------------------------

OFFICE = ("ma", "chen")
"""The city's; and the province's, whose roles reach what stands below, as the table of roles has it."""
BODIES = ("shi", "ke")
DISTRICTS = ("ou", "xu", "yu")
INSIDE_THE_CITY = ("tan", "mo")
"""They answer for Jiangmen before the province: of its own assessment they see that there is one."""
STRANGERS = ("li", "sun", "liang")
"""The province's bodies, and another city."""


def somebody(city: City, name: str) -> Account:
    return getattr(city, name, None) or getattr(city.above, name)


def test_each_level_sees_its_own(city: City) -> None:
    city.collecting()
    theirs = city.above.at(Stage.COLLECTING).submissions.get(unit=city.office)
    own, other = (city.submission(code).pk for code in ("440703", "440704"))
    collection.give_items(
        given={"B2": (None, city.bureau.pk)}, by=city.ou.pk, submission=own, now=city.now
    )
    seen = {
        HOME: {*OFFICE, *BODIES, *DISTRICTS, *INSIDE_THE_CITY, "ni"},
        f"{HOME}submissions/{own}/": {*OFFICE, "ou", "xu", "ni"},
        f"{HOME}submissions/{own}/items/A1/": {"ou", "xu"},
        f"{HOME}submissions/{own}/items/B2/": {"ou", "xu", "ni"},
        f"{HOME}submissions/{other}/": {*OFFICE, "yu"},
        f"{HOME}submissions/{other}/items/A1/": {"yu"},
        f"{HOME}standing/440703/": {"ou", "xu"},
        f"{HOME}standing/440704/": {"yu"},
        f"/assessments/2021/submissions/{theirs.pk}/": {"chen", "tan"},
        f"/assessments/2021/submissions/{theirs.pk}/items/A1/": {"tan"},
        "/assessments/2021/standing/440700/": {"tan"},
    }
    everybody = (*OFFICE, *BODIES, *DISTRICTS, *INSIDE_THE_CITY, *STRANGERS, "ni")
    clients = {name: as_(somebody(city, name)) for name in everybody}
    for address, who in seen.items():
        found = {name for name, client in clients.items() if client.get(address).status_code == 200}
        assert found == who, address


def test_of_the_province_s_scoring_and_file_review_nothing_is_there_for_the_city_s_own_people(
    city: City,
) -> None:
    """No page says “nothing yet” of an assessment in which one has no part."""
    city.above.at(Stage.SCORING)
    seen = {
        "/assessments/2021/scoring/": {"chen", "sun"},
        "/assessments/2021/reviews/": {"chen", "tan", "huang"},
        "/assessments/2021/sheets/": {"chen", "li"},
    }
    everybody = ("chen", "tan", "huang", "li", "sun", "ke", "shi", "ou", "xu", "ni")
    clients = {name: as_(somebody(city, name)) for name in everybody}
    for address, who in seen.items():
        found = {name for name, client in clients.items() if client.get(address).status_code == 200}
        assert found == who, address


def test_no_level_acts_in_the_other_s_place(city: City) -> None:
    city.collecting()
    above = city.above
    above.at(Stage.COLLECTING)
    own, theirs = city.submission(), above.assessment.submissions.get(unit=city.office)
    told = Typed(self_score="1")
    for submission, who in ((own, above.tan), (own, above.chen), (own, city.yu), (theirs, city.ou)):
        assert refused(
            lambda one=submission, by=who: collection.save_answer(
                submission=one.pk, item="A1", typed=told, by=by.pk, now=city.now
            )
        ), who
    sheets = Sheet.objects.filter(input_code="closed_in_time")
    for code, who in ((CODE, above.li), (CODE, city.ke), ("2021", city.shi)):
        sheet = sheets.get(assessment__code=code)
        assert refused(
            lambda one=sheet, by=who: fill(sheet=one.pk, typed={}, by=by.pk, now=city.now)
        )
    moving = {"move": StageMove.COMPARE, "now": city.now + timedelta(60)}
    for assessment, who in ((above.assessment, city.ma), (city.assessment, above.tan)):
        assert refused(
            lambda one=assessment, by=who: move_on(assessment=one.pk, by=by.pk, **moving)
        ) == ["not_allowed"]  # fmt: skip


# --- what may be its units ------------------------------------------------------------------------


def test_an_office_assesses_only_those_below_it(city: City) -> None:
    city.opened()
    document = deepcopy(scheme_of_the_city())
    document["units"][1]["code"] = "440100"
    city.drafted(document)
    assert refused(lambda: city.move(StageMove.SEND_OUT)) == ["strange_units"]
    city.drafted()
    city.move(StageMove.SEND_OUT)
    assert city.assessment.stage == Stage.COMMENTS


def test_within_is_a_city_below_the_office_with_districts_of_its_own(city: City) -> None:
    for code in ("440100", "440799", "440703"):
        assert refused(lambda within=code: city.open("other", within)) == ["unknown_within"]
    for own in ("", city.office.code):
        assert city.open("other", own).within is None
    assert city.open("other", "").region == city.office
