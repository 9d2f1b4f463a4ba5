"""An assessment of many units is led on with as many questions of the database as one of a few."""

from __future__ import annotations

import copy
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from steelyard.assessment.actions.collection import urge_units
from steelyard.assessment.actions.stages import Terms, move_on
from steelyard.assessment.models import Submission, Weighing
from steelyard.assessment.rules.states import Stage, WeighingState
from steelyard.assessment.telling.weighings import tell_of_the_end
from steelyard.notices.models import Notice
from tests.assessment.frozen_year import PLACES, accepted
from tests.assessment.year import WAY, Year, scheme
from tests.once import taken_back
from tests.supply.office import organisation

pytestmark = pytest.mark.django_db


def year_of(towns: int) -> Year:
    """The year of the tests, with so many towns beside the two cities; they have no officers."""
    year = Year()
    document = copy.deepcopy(dict(scheme().document))
    for at in range(towns):
        organisation(f"town{at:02}", f"第{at}镇", "city", year.province)
        told = {"code": f"town{at:02}", "title": {"zh": f"第{at}镇", "en": f"Town {at}"}}
        document["units"] = [*document["units"], told]
    year.document = document
    return year


def asked_of(year: Year) -> dict[str, int]:
    """Move → how often it asked the database; from the draft to scoring, with days for everything."""
    asked = {}
    for move, before in WAY:
        before(year)
        if move == "close_comments":
            year.now += timedelta(30)
        terms = Terms(
            days_to_comment=10, cut_off=year.assessment.ends + timedelta(9), days_to_supply=10,
            days_to_fill=15, days_to_settle=6, days_to_score=7,
        )  # fmt: skip
        number = year.assessment.pk
        with CaptureQueriesContext(connection) as seen:
            move_on(assessment=number, move=move, by=year.chen.pk, now=year.now, terms=terms)
        asked[str(move)] = len(seen)
        year.assessment.refresh_from_db()
    return asked


def test_each_step_asks_as_often_for_three_units_as_for_twelve() -> None:
    asked = []
    for towns in (1, 10):
        with taken_back():
            year = year_of(towns)
            assert all((year.zhao, year.qian, year.li, year.sun, year.gu))
            asked.append(asked_of(year))
            assert Submission.objects.count() == towns + 2
            told = Notice.objects.filter(account=year.chen, kind="posts_vacant")
            assert (
                told.filter(words__role__zh="单位经办人").count() == 2
            )  # to comment, and to fill in
    assert len(asked[0]) == len(WAY)
    assert asked[0] == asked[1]


def test_all_units_are_urged_and_told_of_their_points_in_as_many_questions_as_a_few() -> None:
    asked = []
    for towns in (1, 10):
        with taken_back():
            year = year_of(towns)
            assert all((year.zhao, year.tan, year.huang, year.liang))
            year.at(Stage.COLLECTING)
            with CaptureQueriesContext(connection) as urging:
                urged = urge_units(assessment=year.assessment.pk, by=year.chen.pk, now=year.now)
            assert urged == towns + 2
            ended = Weighing(
                pk=1, assessment=year.assessment, scheme=year.version, state=WeighingState.DONE
            )
            with CaptureQueriesContext(connection) as telling:
                tell_of_the_end(ended, year.now)
            asked.append((len(urging), len(telling)))
            told = Notice.objects.filter(kind__in=("request_urged", "points_to_read"))
            assert set(told.values_list("kind", "account__name")) == {
                ("request_urged", "梁科长"), ("request_urged", "谭科长"), ("points_to_read", "梁科长"),
                ("points_to_read", "谭科长"), ("points_to_read", "黄市长"),
            }  # fmt: skip
    assert asked[0] == asked[1]


def test_the_page_names_the_first_few_units_without_a_place_and_has_the_rest_below() -> None:
    year = year_of(10)
    assert year.zhao
    year.at(Stage.COLLECTING)
    accepted(year, "places", PLACES)
    client = Client(headers={"accept-language": "en"})
    client.force_login(year.chen)
    page = client.get("/assessments/2021/").content.decode()
    assert (
        "table of places does not have these units: town00, town01, town02, town03, town04 and 5 more"
    ) in page
    assert page.partition("10 units are not in the table of places")[2].count("town0") >= 10
