"""Where would we stand? Seen by a city's own people alone, and never as a result."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Answer, Difference, Submission
from steelyard.assessment.queries.earlier import published as on_shelf
from steelyard.assessment.queries.standing import Standing, load_given, load_standing
from steelyard.assessment.rules.standing.risks import Why
from steelyard.assessment.rules.standing.told import Place
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.assessment.rules.supplied.cells import Typed as Lacking
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.weighing.values import Cell, Values
from steelyard.weighing.weigh import weigh
from tests.assessment import frozen_year
from tests.assessment.frozen_year import a_weighed_year, frozen
from tests.assessment.lacking import lacking_year, signed_with
from tests.assessment.past import Shelf, shelf, weighed
from tests.assessment.rules.test_standing import fewer_points
from tests.assessment.scored import Scored
from tests.assessment.year import Year, scheme, year_at
from tests.once import copy_for, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


def at_its_collection() -> Year:
    found = year_at(Stage.COLLECTING)
    found.now = timezone.now()  # pages look at the real hour: what a test then does is not to come
    return found


collecting = world_of(at_its_collection)
all_weighed = world_of(a_weighed_year)
COLLECTING = pytest.mark.usefixtures("collecting")
WEIGHED = pytest.mark.usefixtures("all_weighed")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def answered(year: Year, item: str, **told: object) -> None:
    submission = Submission.objects.get(unit=year.jiangmen)
    Answer.objects.create(
        submission=submission, item=item, saved_by=year.tan, saved_at=year.now, **told
    )


def standing(year: Year) -> Standing:
    return load_standing(year.assessment, "440700", year.now)


def page(year: Year, who: Account, unit: str = "440700"):
    client = Client()
    client.force_login(who)
    return client.get(
        reverse("assessment:standing", args=["2021", unit]), HTTP_ACCEPT_LANGUAGE="en"
    )


@COLLECTING
def test_own_figures_and_self_scores_give_points_without_a_rank(year: Year) -> None:
    answered(year, "A1", figures={"closed_in_time": "96%"}, self_score=40)
    answered(year, "B2", self_score="8.5")
    told = standing(year).told
    assert told.now == Place(Fraction("48.5"), None, Text())


@COLLECTING
def test_what_is_saved_since_is_seen_at_once(year: Year) -> None:
    assert standing(year).estimate.result.standing["440700"].score == 0
    answered(year, "B2", self_score=9)
    assert standing(year).estimate.result.standing["440700"].score == 9


@COLLECTING
def test_items_at_risk_are_named_with_why(year: Year) -> None:
    answered(year, "A1", figures={"closed_in_time": "81%"}, self_score=40)
    answered(year, "A2", claim="not_applicable", grounds="样本：没有案卷")
    risks = standing(year).estimate.risks
    assert {(one.item, one.why) for one in risks} == {
        ("A1", Why.ABOVE), ("A1", Why.NO_MATERIAL), ("A1", Why.NEAR), ("A2", Why.CLAIMED),
        ("B2", Why.NO_MATERIAL),
    }  # fmt: skip


@WEIGHED
def test_the_units_own_computed_figures_come_from_the_newest_records(year: Year) -> None:
    told = standing(year).estimate
    assert told.result.items["B1"]["440700"].points == Fraction("22.5")


@WEIGHED
def test_a_rivals_records_of_today_are_not_used(year: Year) -> None:
    told = standing(year).estimate
    assert told.result.values.cell("trained", "2021", "440100") is None


@COLLECTING
def test_what_is_not_known_is_named_and_does_not_count_as_nothing(year: Year) -> None:
    answered(year, "A1", figures={"closed_in_time": "96%"}, self_score=40)
    answered(year, "B2", self_score=9)
    told = standing(year).told
    assert {one.item: (one.why.en, one.least, one.most) for one in told.unknown} == {
        "A2": ("no self-score yet", 0, 20), "B1": ("no figure yet: Persons trained", 0, 30),
    }  # fmt: skip
    assert (told.worst.score, told.worst.grade.en) == (49, "fail")
    assert (told.best.score, told.best.grade.en) == (99, "excellent")
    assert (told.now.rank, told.now.grade) == (None, Text())
    said = page(year, year.tan).content.decode()
    assert '<dd id="worst">49.00 / 100 · fail</dd>' in said
    assert '<dd id="best">99.00 / 100 · excellent</dd>' in said
    assert "without 2 items that are not known yet" in said


def test_what_a_body_signed_counts_once_the_collection_is_over_and_not_before() -> None:
    year = Scored()
    year.at(Stage.COLLECTING)
    year.signed("closed_in_time", {"440100": "0.97", "440700": "0.85"})
    assert "A1" in {one.item for one in standing(year).told.unknown}
    assert "once the collection is over" in page(year, year.tan).content.decode()
    assert load_given(year.assessment, year.version, "440700") == {}
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    found = standing(year)
    assert "A1" not in {one.item for one in found.told.unknown}
    assert cell_of(found).value == Fraction("0.85")
    assert "as the body signed them" in page(year, year.tan).content.decode()


def test_what_was_settled_stands_before_what_was_signed_and_that_before_ones_own() -> None:
    year = Scored()
    year.at(Stage.COLLECTING)
    answered(year, "A1", figures={"closed_in_time": "96%"})
    year.signed("closed_in_time", {"440100": "0.97", "440700": "0.85"})
    assert cell_of(standing(year)).value == Fraction("0.96")
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    assert cell_of(standing(year)).value == Fraction("0.85")
    Difference.objects.create(
        assessment=year.assessment, unit=year.jiangmen, input_code="closed_in_time", supplied="0.85",
        reported="0.96", state="settled", taken="other", value="0.9", reason="见台账", settled_by=year.chen,
        settled_at=year.now,
    )  # fmt: skip
    assert cell_of(standing(year)).value == Fraction("0.9")


def test_how_a_body_says_that_a_figure_is_lacking_counts_as_the_scheme_says() -> None:
    year = lacking_year()
    year.at(Stage.COLLECTING)
    signed_with(year, Lacking("", "本市没有此项业务", "not_applicable"))
    year.now += timedelta(60)
    year.move(StageMove.COMPARE)
    found = standing(year)
    assert cell_of(found).status == "not_applicable"
    assert found.estimate.result.items["A1"]["440700"].points is None
    assert "A1" not in {one.item for one in found.told.unknown}


def cell_of(found: Standing) -> Cell:
    return found.estimate.result.values.cell("closed_in_time", "2021", "440700")


@pytest.fixture
def published(year: Year, tmp_path: Path) -> Iterator[Shelf]:
    with shelf(tmp_path, year.now) as one:
        yield one


def at_collection(year: Year) -> None:
    """Jiangmen has answered what it is asked itself."""
    answered(year, "A1", figures={"closed_in_time": "96%"}, self_score=40)
    answered(year, "A2", self_score=15)
    answered(year, "B2", self_score=9)


@COLLECTING
def test_rivals_stand_at_their_last_published_values_and_the_page_says_so(
    year: Year, published: Shelf
) -> None:
    published.publish(weighed(year, "2019", date(2019, 1, 1), c440100={"plan_points": 1}))
    published.publish(weighed(year, "2020", date(2020, 1, 1)))
    at_collection(year)
    found = standing(year)
    assert found.rivals.assessment.code == "2020"
    assert found.estimate.result.standing["440100"].score == 97
    assert (found.told.among, found.told.worst.rank, found.told.best.rank) == (2, 2, 2)
    said = page(year, year.tan).content.decode()
    assert "at their last published values, not at today's: 上年度考核2020" in said
    assert "rank 2 of 2" in said


TODAY, BEFORE = 18731, 29437
"""Canaries: persons that Guangzhou trained by the records of today, and of the year before."""


def comparing() -> dict[str, object]:
    """The scheme, where trainings are measured by the most of any city, which the reason tells."""
    items = [
        row | {"rule": {"proportion": "trained", "target": "all_max(trained)"}} if row["code"] == "B1" else row
        for row in scheme().document["items"]
    ]  # fmt: skip
    return {**scheme().document, "items": items}


def api(year: Year):
    client = Client()
    client.force_login(year.tan)
    return client.get("/api/assessments/2021/standing/440700")


def test_a_figure_of_a_rival_that_is_not_published_is_in_no_byte_of_an_answer(
    year: Year, published: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither of its records of today, which are frozen, nor of its weighing of the year before."""
    told = frozen_year.TRAININGS.replace("440100,2021-04-26,8,200", f"440100,2021-04-26,8,{TODAY}")
    monkeypatch.setattr(frozen_year, "TRAININGS", told)
    year.document = comparing()
    before = weighed(year, "2020", date(2020, 1, 1), of=comparing(), c440100={"trained": BEFORE})
    carry_out(weighing=frozen(year).pk, now=timezone.now)
    assert seen_in(year) == set()
    published.publish(before)
    assert seen_in(year) == {BEFORE}


def seen_in(year: Year) -> set[int]:
    """The canaries that the page or the API's answer has."""
    page_and_api = (page(year, year.tan), api(year))
    said = "".join(one.content.decode().replace(",", "") for one in page_and_api)
    return {one for one in (TODAY, BEFORE) if str(one) in said}


IT_IS_WEIGHED = "The assessment is weighed: what counts is its result"


@COLLECTING
def test_before_it_is_weighed_the_estimate_leads_to_no_result(year: Year) -> None:
    assert IT_IS_WEIGHED not in page(year, year.tan).content.decode()


@WEIGHED
def test_once_it_is_weighed_the_estimate_says_so_and_leads_to_the_result(year: Year) -> None:
    said = page(year, year.tan).content.decode()
    assert IT_IS_WEIGHED in said
    result = "/assessments/2021/side-by-side/440700/"
    assert f'href="{result}"' in said
    client = Client()
    client.force_login(year.tan)
    assert client.get(result).status_code == 200


@COLLECTING
def test_without_a_published_assessment_there_is_no_rank_and_the_page_says_so(
    year: Year, published: Shelf
) -> None:
    weighed(year, "2020", date(2020, 1, 1))
    at_collection(year)
    told = standing(year).told
    assert (told.among, told.worst.rank) == (1, None)
    said = page(year, year.tan).content.decode()
    assert "no values of theirs are published, so there is no rank" in said
    assert 'id="rank"' not in said
    assert "rank 1" not in said


@COLLECTING
def test_what_is_published_without_its_values_gives_no_rivals(year: Year, published: Shelf) -> None:
    published.publish(weighed(year, "2020", date(2020, 1, 1)), replay=False)
    at_collection(year)
    assert standing(year).rivals is None


@COLLECTING
def test_before_its_minute_nothing_published_is_seen(year: Year, published: Shelf) -> None:
    package = published.publish(weighed(year, "2020", date(2020, 1, 1)))
    at_collection(year)
    before = package.head.shown_from - timedelta(minutes=1)
    assert load_standing(year.assessment, "440700", before).rivals is None
    assert standing(year).rivals is not None


@COLLECTING
def test_a_package_that_nobody_trusted_signed_is_not_looked_at(
    year: Year, published: Shelf
) -> None:
    published.publish(weighed(year, "2020", date(2020, 1, 1)))
    at_collection(year)
    assert standing(year).rivals is not None
    with override_settings(PUBLICATION_KEYS=()):
        on_shelf._shelf.cache_clear()
        assert standing(year).rivals is None
    on_shelf._shelf.cache_clear()


@COLLECTING
def test_a_correction_takes_the_place_of_what_it_corrects(year: Year, published: Shelf) -> None:
    result = weighed(year, "2020", date(2020, 1, 1))
    published.publish(result)
    at_collection(year)
    assert standing(year).estimate.result.standing["440100"].score == 97
    told = {
        "440100": {"trained": 100, "closed_in_time": "96%", "plan_points": 9, "file_points": 90}
    }
    told["440700"] = told["440100"]
    published.publish(weigh(result.scheme, Values.of(result.scheme, told)), reason="漏计")
    assert standing(year).estimate.result.standing["440100"].score == 82


@COLLECTING
def test_the_api_tells_the_same_with_the_way_up_in_effort_points(
    year: Year, published: Shelf
) -> None:
    published.publish(weighed(year, "2020", date(2020, 1, 1)))
    at_collection(year)
    said, told = api(year).json(), standing(year).told
    assert said["rivals"]["assessment"] == "2020"
    assert (said["now"], said["worst"]["rank"]) == (
        {"score": "64", "rank": None, "grade": None},
        "2",
    )
    assert [one["item"] for one in said["unknown"]] == ["B1"]
    assert said["way_up"]["outcome"] == told.way.outcome
    assert [one["effort"] for one in said["way_up"]["steps"]] == [
        plain(one.effort) for one in told.way.steps
    ]


@COLLECTING
def test_the_way_up_names_the_unit_of_its_effort(year: Year, published: Shelf) -> None:
    figures = {"trained": 10, "plan_points": 1, "file_points": 5}
    published.publish(weighed(year, "2020", date(2020, 1, 1), c440100=figures))
    answered(year, "A1", figures={"closed_in_time": "85%"}, self_score=30)
    answered(year, "B2", self_score=9)
    said = page(year, year.tan).content.decode()
    assert '<table id="steps"' in said
    assert "100 effort points are the whole way" in said


@COLLECTING
def test_the_page_and_the_api_say_why_the_way_up_aims_there(year: Year, published: Shelf) -> None:
    published.publish(weighed(year, "2020", date(2020, 1, 1)))
    at_collection(year)
    said = page(year, year.tan).content.decode()
    aim = said.split('id="why-this-aim"')[1].split("</p>")[0]
    assert "items that are not known yet (1) are left out" in aim
    assert "5, a twentieth of the 100" in aim
    assert api(year).json()["way_up"]["why"]["en"] in aim


@COLLECTING
def test_what_is_not_published_as_the_scheme_now_has_it_leaves_a_rank_between_bounds(
    year: Year, published: Shelf
) -> None:
    """The plan gave 4 points when the rival was weighed, and gives 10 now."""
    figures = {"trained": 180, "plan_points": 3, "file_points": 90}
    past = weighed(year, "2020", date(2020, 1, 1), of=fewer_points().document,
                   c440100=figures, c440700={"plan_points": 2})  # fmt: skip
    published.publish(past)
    answered(year, "A1", figures={"closed_in_time": "96%"}, self_score=40)
    answered(year, "A2", self_score=20)
    answered(year, "B2", self_score=9)
    told = standing(year).told
    assert told.now.rank is None
    assert told.among == 1
    said = page(year, year.tan).content.decode()
    assert "of 2 units, 1 are known with every value" not in said
    bounds = said.split('id="rank-bounds"')[1].split("</dd>")[0]
    assert "between 1 and 2 of 2" in bounds
    assert "Of 1 other unit not every item is published" in bounds


@pytest.mark.parametrize("name", ["tan", "huang"])
@COLLECTING
def test_the_officer_and_the_signatory_of_the_city_see_it(year: Year, name: str) -> None:
    answer = page(year, getattr(year, name))
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "private, no-store"
    text = answer.content.decode()
    assert text.count("stimate, not a result") >= 3 or text.count("非考核结果") >= 3


@pytest.mark.parametrize(
    "name", ["liang", "feng", "chen", "qian", "zhao", "li", "sun", "gu", "mo", "auditor"]
)
@COLLECTING
def test_it_does_not_exist_for_anybody_else(year: Year, name: str) -> None:
    who = (
        account("审计员", office=(Role.AUDITOR, year.province))
        if name == "auditor"
        else getattr(year, name)
    )
    assert page(year, who).status_code == 404


def test_there_is_none_before_the_collection_opens(year: Year) -> None:
    year.at(Stage.ISSUED)
    assert page(year, year.tan).status_code == 404
