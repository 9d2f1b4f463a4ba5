"""Where would we stand? Seen by a city's own people alone, and never as a result."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.queries.standing import load_standing
from steelyard.assessment.rules.standing.risks import Why
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.frozen_year import frozen
from tests.assessment.past import weighed
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def year() -> Year:
    return Year()


def answered(year: Year, item: str, **told: object) -> None:
    submission = Submission.objects.get(unit=year.jiangmen)
    Answer.objects.create(
        submission=submission, item=item, saved_by=year.tan, saved_at=year.now, **told
    )


def page(year: Year, who: Account, unit: str = "440700"):
    client = Client()
    client.force_login(who)
    return client.get(
        reverse("assessment:standing", args=["2021", unit]), HTTP_ACCEPT_LANGUAGE="en"
    )


def test_own_figures_and_self_scores_give_points_without_a_rank(year: Year) -> None:
    year.at(Stage.COLLECTING)
    answered(year, "A1", figures={"closed_in_time": "96%"}, self_score=40)
    answered(year, "B2", self_score="8.5")
    told = load_standing(year.assessment, "440700").estimate
    assert told.result.standing["440700"].score == Fraction("48.5")
    assert told.rank is None


def test_what_is_saved_since_is_seen_at_once(year: Year) -> None:
    year.at(Stage.COLLECTING)
    assert load_standing(year.assessment, "440700").estimate.result.standing["440700"].score == 0
    answered(year, "B2", self_score=9)
    assert load_standing(year.assessment, "440700").estimate.result.standing["440700"].score == 9


def test_items_at_risk_are_named_with_why(year: Year) -> None:
    year.at(Stage.COLLECTING)
    answered(year, "A1", figures={"closed_in_time": "81%"}, self_score=40)
    answered(year, "A2", claim="not_applicable", grounds="样本：没有案卷")
    risks = load_standing(year.assessment, "440700").estimate.risks
    assert {(one.item, one.why) for one in risks} == {
        ("A1", Why.ABOVE), ("A1", Why.NO_MATERIAL), ("A1", Why.NEAR), ("A2", Why.CLAIMED),
        ("B1", Why.NO_FIGURE), ("B2", Why.NO_MATERIAL), ("B2", Why.NO_FIGURE),
    }  # fmt: skip


def test_the_units_own_computed_figures_come_from_the_newest_records(year: Year) -> None:
    carry_out(weighing=frozen(year).pk, now=timezone.now)
    told = load_standing(year.assessment, "440700").estimate
    assert told.result.items["B1"]["440700"].points == Fraction("22.5")


def test_a_rivals_records_of_today_are_not_used(year: Year) -> None:
    carry_out(weighing=frozen(year).pk, now=timezone.now)
    told = load_standing(year.assessment, "440700").estimate
    assert told.result.values.cell("trained", "2021", "440100") is None


def test_rivals_stand_at_the_values_of_the_year_before_and_the_page_says_so(year: Year) -> None:
    weighed(year, "2019", date(2019, 1, 1))
    weighed(year, "2020", date(2020, 1, 1))
    year.at(Stage.COLLECTING)
    answered(year, "A1", figures={"closed_in_time": "96%"}, self_score=40)
    answered(year, "A2", self_score=15)
    answered(year, "B2", self_score=9)
    told = load_standing(year.assessment, "440700")
    assert told.rivals.assessment.code == "2020"
    assert told.estimate.result.standing["440100"].score == 97
    assert (told.estimate.rank, told.estimate.among) == (2, 2)
    said = page(year, year.tan).content.decode()
    assert "at the values of their last assessment, not at today's: 上年度考核2020" in said
    assert '<dd id="rank">2 / 2</dd>' in said


@pytest.mark.parametrize("name", ["tan", "huang"])
def test_the_officer_and_the_signatory_of_the_city_see_it(year: Year, name: str) -> None:
    year.at(Stage.COLLECTING)
    answer = page(year, getattr(year, name))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    text = answer.content.decode()
    assert text.count("stimate, not a result") >= 3 or text.count("非考核结果") >= 3


@pytest.mark.parametrize(
    "name", ["liang", "feng", "chen", "qian", "zhao", "li", "sun", "gu", "mo", "auditor"]
)
def test_it_does_not_exist_for_anybody_else(year: Year, name: str) -> None:
    year.at(Stage.COLLECTING)
    who = (
        account("审计员", office=(Role.AUDITOR, year.province))
        if name == "auditor"
        else getattr(year, name)
    )
    assert page(year, who).status_code == 404


def test_there_is_none_before_the_collection_opens(year: Year) -> None:
    year.at(Stage.ISSUED)
    assert page(year, year.tan).status_code == 404
