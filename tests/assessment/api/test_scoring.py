"""Scoring for programs: an item with all units side by side, points with reasons, scored again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from steelyard.assessment.models import Score
from steelyard.assessment.rules.states import ScoreState, Stage
from steelyard.people.models import Holding
from steelyard.people.rules.roles import Role
from tests.assessment.api.asking import HERE, as_, at_fields, done, get, post, refused, told
from tests.assessment.files import both, drawn, received
from tests.assessment.scored import Scored, plan
from tests.assessment.visits import announced, found_on, reported
from tests.once import World, world_of
from tests.supply.office import LONG_AGO, account

pytestmark = pytest.mark.django_db
SHORT = [{"points": "1.5", "reason": "缺少年度计划"}, {"points": "0.5", "reason": "逾期报送"}]


def a_year() -> Scored:
    found = Scored()
    found.scoring()
    return found


standing = world_of(a_year)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def row(year: Scored, unit: str, points: str, item: str = "B2", **said: object) -> dict:
    (found,) = (one for one in told(year.sun, f"/scoring/{item}")["scores"] if one["unit"] == unit)
    read = {
        "unit": unit,
        "seen": found["version"],
        "rests": found["rests"],
        "beside": found["beside"],
    }
    return {**read, "judged": {"plan_points": points}, **said}


def score_both(year: Scored) -> dict:
    rows = [row(year, "440100", "10"), row(year, "440700", "8", deductions=SHORT)]
    return done(year.sun, "/scoring/B2", scores=rows)


def test_a_body_reads_the_items_that_it_scores(year: Scored) -> None:
    lines = told(year.sun, "/scoring")["items"]
    assert [(one["item"], one["units"], one["scored"]) for one in lines] == [
        ("A1", 2, 0), ("B1", 2, 0), ("B2", 2, 0),
    ]  # fmt: skip
    assert [one["item"] for one in told(year.gu, "/scoring")["items"]] == ["A2"]
    assert told(year.chen, "/scoring")["count"] == 4
    assert told(year.sun, "/scoring", show="changed")["items"] == []
    assert get(year.tan, "/scoring").status_code == 404


def test_an_item_is_read_with_all_units_side_by_side(year: Scored) -> None:
    found = told(year.sun, "/scoring/A1")
    assert (found["full"], found["body"]) == ("40", "team")
    _guangzhou, jiangmen = found["scores"]
    assert (jiangmen["self_score"], jiangmen["statement"], jiangmen["points"]) == (
        "9", "自评A1", "30",
    )  # fmt: skip
    (figure,) = jiangmen["figures"]
    assert (figure["code"], figure["way"], figure["value"]) == ("closed_in_time", "sheet", "0.85")
    _none, with_plan = told(year.sun, "/scoring/B2")["scores"]
    assert [one["title"] for one in with_plan["material"]] == ["工作方案"]


def test_what_is_scored_by_program_is_on_the_page_exactly(year: Scored) -> None:
    found = score_both(year)
    assert found["written"] == 2
    jiangmen = found["scores"][1]
    assert (jiangmen["state"], jiangmen["points"], jiangmen["scored_by"]) == (
        "scored", "8", "孙组长",
    )  # fmt: skip
    assert jiangmen["deductions"] == SHORT
    page = as_(year.sun).get("/assessments/2021/scoring/B2/440700/").content.decode()
    assert "缺少年度计划" in page
    assert score_both_again(year, found) == 0


def score_both_again(year: Scored, found: dict) -> int:
    rows = [
        {"unit": one["unit"], "seen": one["version"], "rests": one["rests"],
         "beside": one["beside"], "deductions": one["deductions"],
         "judged": {each["code"]: each["value"] for each in one["judged"]}}
        for one in found["scores"]
    ]  # fmt: skip
    return done(year.sun, "/scoring/B2", scores=rows)["written"]


def test_beside_a_score_stands_what_was_found_on_visits_that_are_reported(year: Scored) -> None:
    visit = announced(year)
    found_on(year, visit)
    assert told(year.sun, "/scoring/A1/440700")["findings"] == []
    reported(year, visit)
    guangzhou, jiangmen = told(year.sun, "/scoring/A1")["scores"]
    (found,) = jiangmen["findings"]
    assert (found["visit"], found["text"], found["place"]) == (visit.pk, "台账缺失", "蓬江区")
    assert len(found["photographs"]) == 1
    assert guangzhou["findings"] == told(year.sun, "/scoring/B2/440700")["findings"] == []
    assert "台账缺失" in as_(year.chen).get("/assessments/2021/side-by-side/440700/").text


def test_beside_a_score_stands_what_its_case_files_say(
    year: Scored, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    draw = drawn(year)
    files = received(year, draw)
    for file in files[:2]:
        both(year, file, {"late": 1})
    guangzhou, jiangmen = (one["case_files"] for one in told(year.gu, "/scoring/A2")["scores"])
    (of_guangzhou,), (of_jiangmen,) = guangzhou, jiangmen
    known = ("draw", "figure", "drawn", "open")
    assert [of_guangzhou[name] for name in known] == [draw.pk, "file_points", 2, 0]
    assert [of_jiangmen[name] for name in known] == [draw.pk, "file_points", 3, 3]
    assert (of_guangzhou["mean_points"], of_jiangmen["mean_points"]) == ("85", None)
    assert told(year.sun, "/scoring/A1/440100")["case_files"] == []
    page = as_(year.chen).get("/assessments/2021/side-by-side/440100/").text
    assert "2 of 2 files, 0 missing; mean points 85" in page


BOTH = ["scores[0].rests", "scores[0].beside"]


def test_nobody_scores_by_program_on_a_figure_that_they_did_not_see(year: Scored) -> None:
    read = told(year.sun, "/scoring/A1/440700")
    assert read["rests"] == {"closed_in_time": "0.85"}
    said = {
        "unit": "440700",
        "seen": read["version"],
        "rests": read["rests"],
        "beside": read["beside"],
    }
    year.signed("closed_in_time", {"440100": "0.97", "440700": "0.8"}, "口径有误")
    answer = post(year.sun, "/scoring/A1", scores=[said])
    assert (refused(answer), at_fields(answer)[1]) == ((409, ["figure_moved"]), ["440700"])
    (one,) = answer.json()["refusals"]
    assert "85% → 80%" in one["zh"]
    assert "85% → 80%" in one["en"]
    blind = {"unit": "440700", "seen": read["version"]}
    assert at_fields(post(year.sun, "/scoring/A1", scores=[blind])) == (422, BOTH)
    now = told(year.sun, "/scoring/A1/440700")
    said |= {"rests": now["rests"], "beside": now["beside"]}
    assert done(year.sun, "/scoring/A1", scores=[said])["written"] == 1


def test_what_is_scored_on_the_page_is_read_by_program(year: Scored) -> None:
    year.score("B2", jiangmen=plan("8", "2 缺少年度计划"))
    found = told(year.sun, "/scoring/B2/440700")
    assert (found["points"], found["deductions"]) == (
        "8", [{"points": "2", "reason": "缺少年度计划"}],
    )  # fmt: skip
    assert told(year.chen, "/scoring/B2/440700")["scored_by"] == "孙组长"


def test_all_rows_at_fault_are_refused_at_once_and_nothing_is_written(year: Scored) -> None:
    rows = [row(year, "440100", "11"), row(year, "440700", "8")]
    answer = post(year.sun, "/scoring/B2", scores=rows)
    assert at_fields(answer) == (422, ["440100", "440700"])
    strange = [row(year, "440100", "10") | {"unit": "449999"}, row(year, "440700", "10")] * 2
    assert at_fields(post(year.sun, "/scoring/B2", scores=strange)) == (
        422, ["449999", "449999", "440700", "449999"],
    )  # fmt: skip
    other = row(year, "440700", "10") | {"judged": {"closed_in_time": "1"}}
    assert at_fields(post(year.sun, "/scoring/B2", scores=[other])) == (422, ["440700"])
    assert not Score.objects.filter(state=ScoreState.SCORED).exists()


def test_whoever_scores_second_is_told_of_the_unit(year: Scored) -> None:
    rows = [row(year, "440100", "10"), row(year, "440700", "10")]
    year.score("B2", jiangmen=plan("8", "2 缺少年度计划"))
    answer = post(year.sun, "/scoring/B2", scores=rows)
    assert (refused(answer), at_fields(answer)[1]) == ((409, ["changed_meanwhile"]), ["440700"])
    assert Score.objects.filter(state=ScoreState.SCORED).count() == 1


def test_a_given_score_is_opened_again_with_a_reason(year: Scored) -> None:
    given = score_both(year)["scores"][1]
    scored_again = row(year, "440700", "9") | {"seen": given["version"]}
    assert refused(post(year.sun, "/scoring/B2", scores=[scored_again]))[0] in (409, 422)
    path = "/scoring/B2/440700/reopen"
    assert at_fields(post(year.sun, path, seen=given["version"], why="")) == (422, ["why"])
    assert refused(post(year.sun, path, seen=0, why="x")) == (409, ["changed_meanwhile"])
    opened = done(year.sun, path, seen=given["version"], why="漏看附件")
    assert (opened["state"], opened["why_again"], opened["reopened_by"]) == (
        "open", "漏看附件", "孙组长",
    )  # fmt: skip
    again = post(year.sun, path, seen=opened["version"], why="x")
    assert refused(again) == (409, ["wrong_state"])


def test_the_office_sees_scores_and_gives_none(year: Scored) -> None:
    rows = [row(year, "440100", "10")]
    assert refused(post(year.chen, "/scoring/B2", scores=rows)) == (403, ["not_allowed"])
    answer = post(year.chen, "/scoring/B2/440100/reopen", seen=1, why="x")
    assert refused(answer) == (403, ["not_allowed"])


def test_nobody_scores_a_unit_in_which_they_hold_a_role(year: Scored) -> None:
    Holding.objects.create(
        account=year.sun, role=Role.CITY_OFFICER, organisation=year.jiangmen, starts=LONG_AGO
    )
    answer = post(year.sun, "/scoring/B2", scores=[row(year, "440700", "10")])
    assert (refused(answer), at_fields(answer)[1]) == ((403, ["not_allowed"]), ["440700"])


def test_for_others_an_item_is_not_there(year: Scored) -> None:
    for who in (year.gu, year.tan, year.li, account("外人")):
        assert get(who, "/scoring/B2").status_code == 404
        assert get(who, "/scoring/B2/440700").status_code == 404
        assert post(who, "/scoring/B2", scores=[]).status_code == 404
        assert post(who, "/scoring/B2/440700/reopen", seen=1, why="x").status_code == 404
    assert get(year.sun, "/scoring/Z9").status_code == 404


def test_a_unit_reads_its_scores_once_all_is_frozen(year: Scored) -> None:
    score_both(year)
    assert get(year.tan, "/scoring/B2/440700").status_code == 404
    year.assessment.stage = Stage.FROZEN
    year.assessment.save()
    found = told(year.tan, "/scoring/B2/440700")
    assert (found["points"], found["deductions"]) == ("8", SHORT)
    assert get(year.tan, "/scoring/B2/440100").status_code == 404
    assert refused(post(year.sun, "/scoring/B2", scores=[row(year, "440100", "9")]))[0] == 409


def test_an_item_is_read_under_as_many_questions_before_and_after_scoring(
    year: Scored, django_assert_num_queries
) -> None:
    client = as_(year.sun)
    client.get(f"{HERE}/scoring/B2")
    with django_assert_num_queries(READING):
        client.get(f"{HERE}/scoring/B2")
    score_both(year)
    with django_assert_num_queries(READING):
        client.get(f"{HERE}/scoring/B2")


READING = 17
