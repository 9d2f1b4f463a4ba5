"""Weighings and the live standing, for programs."""

from __future__ import annotations

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from steelyard.assessment import results
from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.rules.states import Stage
from tests.assessment.api.asking import as_, done, get, post, refused, told
from tests.assessment.frozen_year import frozen
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db


@pytest.fixture
def year(settings: Any, tmp_path: Path) -> Year:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    return Year()


def test_a_weighing_is_read_with_its_ranking_and_its_bytes(year: Year) -> None:
    weighing = carry_out(weighing=frozen(year).pk, now=timezone.now)
    found = told(year.zhao, f"/weighings/{weighing.pk}")
    assert (found["state"], found["result_hash"]) == ("done", weighing.result_hash)
    assert [(one["rank"], one["unit"]) for one in found["ranking"]] == [
        ("1", "440100"), ("2", "440700"),
    ]  # fmt: skip
    assert found["ranking"][0]["score"] == "96.50"
    assert set(found["files"]) == {"result.json", *weighing.papers}
    for name in found["files"]:
        taken = get(year.chen, f"/weighings/{weighing.pk}/files/{name}")
        kept = {**weighing.papers, "result.json": weighing.result_hash}[name]
        assert f"sha256:{sha256(taken.content).hexdigest()}" == kept
        assert taken.content == results.content_of(kept)
    assert get(year.chen, f"/weighings/{weighing.pk}/files/other.json").status_code == 404
    (listed,) = told(year.chen, "/weighings")["weighings"]
    assert listed == {name: found[name] for name in listed}


def test_a_refused_weighing_says_why_and_is_started_again(year: Year) -> None:
    weighing = carry_out(weighing=frozen(year, c440700="不详").pk, now=timezone.now)
    found = told(year.chen, f"/weighings/{weighing.pk}")
    assert (found["state"], found["ranking"], found["files"]) == ("refused", [], [])
    assert found["faults"][0]["zh"] != found["faults"][0]["en"]
    again = done(year.chen, "/weighings", seen=weighing.pk)
    assert (again["state"], again["asked_by"]) == ("asked", "陈主任")


def test_while_one_runs_another_is_not_started(year: Year) -> None:
    weighing = frozen(year)
    answer = post(year.chen, "/weighings", seen=weighing.pk)
    assert answer.status_code == 409


def test_those_who_are_assessed_see_no_weighing(year: Year) -> None:
    weighing = frozen(year)
    for who in (year.tan, year.sun, account("外人")):
        assert get(who, "/weighings").status_code == 404
        assert get(who, f"/weighings/{weighing.pk}").status_code == 404
        assert get(who, f"/weighings/{weighing.pk}/files/result.json").status_code == 404
    assert refused(post(year.tan, "/weighings")) == (403, ["not_allowed"])


# --- the live standing ------------------------------------------------------------------------


def test_a_city_reads_where_it_would_stand_and_nobody_else_does(year: Year) -> None:
    year.at(Stage.COLLECTING)
    path = f"/submissions/{year.assessment.submissions.get(unit=year.jiangmen).pk}/items/"
    figures = {"closed_in_time": "96%"}
    done(year.tan, f"{path}A1", seen=0, self_score="40", figures=figures)
    done(year.tan, f"{path}B2", seen=0, self_score="8.5")
    found = told(year.tan, "/standing/440700")
    assert (found["is_estimated"], found["full"], found["rivals"]) == (True, "100", None)
    assert found["now"] == {"score": "48.5", "rank": None, "grade": None}
    assert (found["worst"]["score"], found["best"]["score"]) == ("48.5", "98.5")
    assert {one["code"]: one["points"] for one in found["items"]}["A1"] == "40"
    assert "no-store" in get(year.huang, "/standing/440700").headers["Cache-Control"]
    for who in (year.liang, year.chen, year.zhao, account("外人")):
        assert get(who, "/standing/440700").status_code == 404
    assert get(year.tan, "/standing/440100").status_code == 404


def test_before_the_collection_there_is_no_standing(year: Year) -> None:
    year.at(Stage.ISSUED)
    assert as_(year.tan).get("/api/assessments/2021/standing/440700").status_code == 404
