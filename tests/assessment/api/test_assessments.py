"""Assessments for programs: list, open, read, lead on."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.states import Stage
from tests.assessment.api.asking import API, HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.year import Year, year_at
from tests.once import copy_for, world_of
from tests.supply.office import account

pytestmark = pytest.mark.django_db


collecting = world_of(lambda: year_at(Stage.COLLECTING))
issued_ = world_of(lambda: year_at(Stage.ISSUED))
COLLECTING = pytest.mark.usefixtures("collecting")
ISSUED = pytest.mark.usefixtures("issued_")


@pytest.fixture
def year(request: pytest.FixtureRequest) -> Year:
    return copy_for(request, Year)


def opening(**changes: object) -> dict[str, object]:
    return {
        "office": "440000", "code": "2022", "title_zh": "2022年度考核", "starts": "2022-01-01",
        "ends": "2023-01-01",
    } | changes  # fmt: skip


def open_as(account, **changes: object):
    return as_(account).post(API, opening(**changes), content_type="application/json")


@COLLECTING
def test_an_assessment_is_read_by_those_who_have_a_part_in_it(year: Year) -> None:
    found = told(year.tan)
    assert (found["code"], found["stage"], found["moves"]) == ("2021", "collecting", [])
    assert (found["office"], found["cut_off"], found["sample"]) == ("440000", "2022-01-10", True)
    assert found["title"] == {
        "zh": "样本：2021年度考核",
        "en": "Sample: assessment of 2021",
    }
    (listed,) = as_(year.tan).get(API).json()["assessments"]
    assert listed == {name: value for name, value in found.items() if name != "moves"}


@COLLECTING
def test_for_whoever_has_no_part_there_is_none(year: Year) -> None:
    stranger = account("外人")
    assert get(stranger).status_code == 404
    assert get(stranger, "/deadlines").status_code == 404
    assert post(stranger, "/moves/compare", seen=1).status_code == 404
    assert as_(stranger).get(API).json() == {"count": 0, "pages": 1, "assessments": []}


@COLLECTING
def test_the_office_reads_what_stands_against_the_next_move(year: Year) -> None:
    (move,) = told(year.chen)["moves"]
    assert (move["move"], [one["code"] for one in move["refusals"]]) == (
        "compare", ["still_collecting"],
    )  # fmt: skip
    page = as_(year.chen).get("/assessments/2021/").content.decode()
    assert move["refusals"][0]["en"] in page.replace("&#x27;", "'")


def test_a_draft_is_sent_out_and_the_page_shows_it(year: Year) -> None:
    year.drafted()
    seen = told(year.chen)["version"]
    sent = done(year.chen, "/moves/send_out", seen=seen, days_to_comment=10)
    assert (sent["stage"], sent["version"]) == ("comments", seen + 1)
    year.assessment.refresh_from_db()
    assert year.assessment.stage == Stage.COMMENTS
    assert [one["move"] for one in sent["moves"]] == ["draft_again", "close_comments"]


@COLLECTING
def test_whoever_does_not_run_it_may_not_lead_it_on(year: Year) -> None:
    answer = post(year.tan, "/moves/compare", seen=1)
    assert refused(answer) == (403, ["not_allowed"])


@COLLECTING
def test_a_move_that_does_not_exist_from_there_is_409(year: Year) -> None:
    answer = post(year.chen, "/moves/freeze", seen=told(year.chen)["version"])
    assert refused(answer) == (409, ["wrong_state"])


@ISSUED
def test_whoever_saw_another_version_is_told(year: Year) -> None:
    answer = post(
        year.chen,
        "/moves/collect",
        seen=0,
        cut_off="2022-01-10",
        days_to_supply=10,
        days_to_fill=15,
    )
    assert refused(answer) == (409, ["changed_meanwhile"])


@ISSUED
def test_what_a_step_asks_for_is_read_as_on_the_page_with_all_faults(year: Year) -> None:
    seen = told(year.chen)["version"]
    answer = post(year.chen, "/moves/collect", seen=seen, days_to_supply=0)
    assert at_fields(answer) == (422, ["cut_off", "days_to_supply", "days_to_fill"])
    assert all(one["zh"] != one["en"] for one in answer.json()["refusals"])
    assert at_fields(post(year.chen, "/moves/collect", seen="x")) == (422, ["seen"])
    assert at_fields(post(year.chen, "/moves/jump", seen=seen)) == (422, ["move"])


def test_an_assessment_is_opened_by_an_office(year: Year) -> None:
    answer = open_as(year.chen)
    assert (answer.status_code, answer.json()["stage"]) == (200, "drafting")
    assert Assessment.objects.get(code="2022").office == year.province
    assert open_as(year.chen).json() == answer.json()
    assert Assessment.objects.count() == 1


def test_what_is_wrong_with_an_opening_is_said_at_its_fields(year: Year) -> None:
    answer = open_as(year.chen, office="elsewhere", code="two words", ends="2021-01-01")
    assert at_fields(answer) == (422, ["office", "code", "ends"])
    assert refused(open_as(year.tan)) == (403, ["not_allowed"])
    assert not Assessment.objects.exists()


@COLLECTING
def test_each_reads_the_deadlines_that_are_theirs(year: Year) -> None:
    tan, chen = told(year.tan, "/deadlines"), told(year.chen, "/deadlines")
    assert {one["organisation"] for one in tan["deadlines"]} == {"440700"}
    assert {"440100", "440700", "market"} <= {one["organisation"] for one in chen["deadlines"]}


def test_as_many_questions_are_put_for_many_assessments_as_for_one(
    year: Year, django_assert_num_queries
) -> None:
    client = as_(year.chen)
    counts = []
    for number in range(3):
        open_as(year.chen, code=f"20{22 + number}")
        with django_assert_num_queries(LISTING):
            counts.append(client.get(API).json()["count"])
    assert counts == [1, 2, 3]


LISTING = 6


def test_nobody_is_asked_to_sign_in(year: Year) -> None:
    year.at(Stage.DRAFTING)
    answer = as_(year.chen)
    answer.logout()
    assert answer.get(HERE).status_code == 401
