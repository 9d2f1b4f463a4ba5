"""What came to stand beside a row after its page was opened: whoever scores sees it first."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from steelyard.assessment.actions.forgery import decide, hear, raise_suspicion, state_case
from steelyard.assessment.actions.missing import let_count_as_missing
from steelyard.assessment.rules.forgery import About
from steelyard.assessment.rules.states import ScoreState, SuspicionMove
from steelyard.people.models import Account
from tests.assessment.api.asking import as_, at_fields, done, post, refused, told
from tests.assessment.files import both, drawn, received
from tests.assessment.frozen_year import PLACES, TRAININGS, accepted
from tests.assessment.lacking import KEY, WHY, admitting
from tests.assessment.scored import Scored, plan
from tests.assessment.test_missing import scoring as without_a_figure
from tests.assessment.visits import found_on, later, planned, reported

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


def a_year() -> Scored:
    year = Scored()
    assert year.sun
    year.scoring()
    return year


Move = Callable[[], object]


def a_report() -> tuple[Scored, Account, str, Move, str]:
    year = a_year()
    visit = planned(year, unannounced=True)
    found_on(year, visit, "方案没有落实", item="B2")
    return year, year.sun, "B2", lambda: reported(year, visit), "what was found on visits"


def a_forgery() -> tuple[Scored, Account, str, Move, str]:
    year = a_year()
    one = raise_suspicion(
        assessment=year.assessment.pk, unit="440700", item="B2", grounds="样本：章是假的",
        about=About.STATEMENT, material=None, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    one = state_case(
        suspicion=one.pk, statement="样本：可供核对", seen=one.version, by=year.tan.pk, now=year.now
    )
    one = hear(
        suspicion=one.pk, hearing="样本：承认", heard_on=timezone.localdate(year.now),
        seen=one.version, by=year.chen.pk, now=year.now,
    )  # fmt: skip
    confirm = lambda: decide(  # noqa: E731
        suspicion=one.pk, move=SuspicionMove.CONFIRM, decision="样本：认定", seen=one.version,
        by=year.zhao.pk, now=year.now,
    )  # fmt: skip
    return year, year.sun, "B2", confirm, "whether it was found to be forged"


def a_decision() -> tuple[Scored, Account, str, Move, str]:
    year = Scored(document=admitting())
    without_a_figure(year)
    decided = lambda: let_count_as_missing(  # noqa: E731
        assessment=year.assessment.pk, figures=[KEY], reason=WHY, by=year.chen.pk, now=year.now
    )
    return year, year.sun, "A1", decided, "what was decided about missing figures"


def form(page: str) -> dict[str, str]:
    sent = dict(re.findall(r'type="hidden" name="(s[^"]+)" value="([^"]*)"', page))
    return {name: html.unescape(value) for name, value in sent.items()} | {"all": "1"}


@pytest.mark.parametrize("case", [a_report, a_forgery, a_decision])
def test_a_form_opened_before_is_refused_and_names_what_came(case: Callable[[], tuple]) -> None:
    """On rows that were never scored: nothing is opened again, and their version is the same."""
    year, by, item, move, what = case()
    client = as_(by)
    at, lang = f"/assessments/2021/scoring/{item}/", {"accept-language": "en"}
    sent = form(client.get(at, headers=lang).text)
    later(year)
    move()
    answer = client.post(at, sent, headers=lang)
    assert answer.status_code == 422
    faults = re.findall(r'<li><a href="#s\d+-row">(.*?)</a></li>', answer.text)
    assert any(f"{what} changed since you looked" in one for one in faults)
    assert not year.assessment.scores.filter(item=item, state=ScoreState.SCORED).exists()
    again = client.post(at, form(answer.text), headers=lang)
    assert "changed since you looked" not in again.text


def test_what_case_files_gave_after_the_page_was_opened_is_shown_before_it_is_scored() -> None:
    """The figure is put into the row: what was typed on it before stands beside it."""
    year = a_year()
    files = received(year, drawn(year))
    client, at, lang = (
        as_(year.gu),
        "/assessments/2021/scoring/A2/",
        {"accept-language": "en"},
    )
    sent = form(client.get(at, headers=lang).text)
    here = {row["unit"]: row["beside"] for row in told(year.gu, "/scoring/A2")["scores"]}
    sent[f"s{year.score_of('A2', year.guangzhou).pk}-f-file_points"] = "100"
    for file in files[:2]:
        both(year, file, {"late": 1})
    answer = client.post(at, sent, headers=lang)
    assert answer.status_code == 409
    assert "It changed since you looked. Now it says: 85. You typed: 100." in answer.text
    now = {row["unit"]: row["beside"] for row in told(year.gu, "/scoring/A2")["scores"]}
    assert [unit for unit in here if here[unit] != now[unit]] == ["440100"]


def test_a_program_says_what_it_saw_beside_a_score() -> None:
    year, by, item, move, _ = a_report()
    row = next(one for one in told(by, f"/scoring/{item}")["scores"] if one["unit"] == "440700")
    said = {
        "unit": "440700", "seen": row["version"], "rests": row["rests"], "beside": row["beside"],
        "judged": {"plan_points": "10"},
    }  # fmt: skip
    later(year)
    move()
    answer = post(by, f"/scoring/{item}", scores=[said])
    assert (refused(answer), at_fields(answer)[1]) == ((409, ["beside_moved"]), ["440700"])
    blind = {name: one for name, one in said.items() if name != "beside"}
    assert at_fields(post(by, f"/scoring/{item}", scores=[blind])) == (422, ["scores[0].beside"])
    now = said | {"beside": told(by, f"/scoring/{item}/440700")["beside"]}
    assert done(by, f"/scoring/{item}", scores=[now])["written"] == 1


def test_what_moves_beside_another_unit_or_item_refuses_nothing() -> None:
    _, by, _, move, _ = a_report()
    at = "/assessments/2021/scoring/A1/"
    sent = form(as_(by).get(at).text)
    here = {row["unit"]: row["beside"] for row in told(by, "/scoring/B2")["scores"]}
    move()
    assert as_(by).post(at, sent).status_code == 302
    now = {row["unit"]: row["beside"] for row in told(by, "/scoring/B2")["scores"]}
    assert [unit for unit in here if here[unit] != now[unit]] == ["440700"]


def test_a_form_without_the_mark_was_seen_by_nobody() -> None:
    year = a_year()
    at = "/assessments/2021/scoring/A1/"
    sent = {
        name: value
        for name, value in form(as_(year.sun).get(at).text).items()
        if not name.endswith("beside")
    }
    assert as_(year.sun).post(at, sent).status_code == 422


def test_a_figure_from_records_that_nobody_delivered_waits_for_the_office() -> None:
    """Nobody confirms that it is lacking before the office has decided so; the refusal says who delivers it."""
    year = Scored(document=admitting())
    assert year.sun
    year.scoring()
    at = "/assessments/2021/scoring/B1/"
    client, lang = as_(year.sun), {"accept-language": "en"}
    answer = client.post(at, form(client.get(at, headers=lang).text), headers=lang)
    assert answer.status_code == 422
    assert "“Persons trained” is missing, and the office has not decided about it" in answer.text
    assert "wait for Market regulator to deliver it, or for the office to decide" in answer.text
    assert not year.assessment.scores.filter(item="B1", state=ScoreState.SCORED).exists()
    both_units = [(unit, "trained") for unit in ("440100", "440700")]
    let_count_as_missing(
        assessment=year.assessment.pk, figures=both_units, reason=WHY, by=year.chen.pk, now=year.now
    )
    assert client.post(at, form(client.get(at).text)).status_code == 302
    assert year.assessment.scores.filter(item="B1", state=ScoreState.SCORED).count() == 2


def test_a_figure_from_records_that_is_delivered_but_not_counted_keeps_nobody() -> None:
    year = a_year()
    accepted(year, "places", PLACES)
    accepted(year, "trainings", TRAININGS)
    at = "/assessments/2021/scoring/B1/"
    assert as_(year.sun).post(at, form(as_(year.sun).get(at).text)).status_code == 302


def test_where_a_status_stands_in_the_place_of_the_rule_no_record_is_needed() -> None:
    year = a_year()
    of = plan("", status="unreliable", reason="记录不实")
    assert year.score("B1", jiangmen=replace(of, judged={})) == 1
