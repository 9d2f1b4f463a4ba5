"""What is reported of a visit after an item was scored: the score is open again, and says what came since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from steelyard.assessment.actions.visits.report_corrections import correct_report
from steelyard.assessment.models import Visit
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.states import ScoreState
from steelyard.notices.models import Notice
from tests.assessment.api.asking import as_, told
from tests.assessment.scored import Scored, plan
from tests.assessment.visits import found_on, planned, reported
from tests.once import World, world_of

pytestmark = pytest.mark.django_db

PAGE = "/assessments/2021/scoring/B2/"
SINCE = "reported since it was scored"


def all_scored() -> Scored:
    found = Scored()
    assert found.sun
    found.scoring()
    found.score("B2", guangzhou=plan("10"), jiangmen=plan("10"))
    return found


standing = world_of(all_scored)


@pytest.fixture
def year(standing: World[Scored]) -> Scored:
    return standing.copy()


def states(year: Scored) -> tuple[str, str]:
    return tuple(year.score_of("B2", unit).state for unit in (year.guangzhou, year.jiangmen))


def report(year: Scored, item: str = "B2") -> Visit:
    year.now += timedelta(minutes=5)
    one = planned(year, unannounced=True)
    found_on(year, one, "方案没有落实", item=item)
    return reported(year, one)


def page(year: Scored, path: str = PAGE) -> str:
    return as_(year.sun).get(path, headers={"accept-language": "en"}).content.decode()


def test_a_defect_reported_after_scoring_opens_that_score_alone_and_its_body_is_told(
    year: Scored,
) -> None:
    before = load_state(year.assessment, year.today).unscored
    report(year)
    assert states(year) == (ScoreState.SCORED, ScoreState.OPEN)
    assert load_state(year.assessment, year.today).unscored == before + 1
    notice = Notice.objects.get(account=year.sun, kind="scores_reopened")
    assert "江门" in notice.words["units"]["zh"]
    assert page(year).count(SINCE) == 1
    assert SINCE in page(year, f"{PAGE}440700/")
    scores = told(year.sun, "/scoring/B2")["scores"]
    assert [[one["since_scored"] for one in row["findings"]] for row in scores] == [[], [True]]


def test_scored_again_with_the_defect_in_sight_it_is_marked_no_longer(year: Scored) -> None:
    report(year)
    year.now += timedelta(minutes=5)
    year.score("B2", jiangmen=plan("8", "-2 方案没有落实"))
    assert states(year) == (ScoreState.SCORED, ScoreState.SCORED)
    assert SINCE not in page(year)
    assert "方案没有落实" in page(year)


def test_what_is_found_of_another_item_opens_nothing(year: Scored) -> None:
    report(year, item="A1")
    assert states(year) == (ScoreState.SCORED, ScoreState.SCORED)


def test_a_report_corrected_after_scoring_opens_what_it_is_about(year: Scored) -> None:
    one = report(year)
    year.now += timedelta(minutes=5)
    year.score("B2", jiangmen=plan("8", "-2 方案没有落实"))
    year.now += timedelta(minutes=5)
    correct_report(
        visit=one.pk, visited_on=one.visited_on, summary="总体较好，方案已补", reason="漏记一处",
        by=year.chen.pk, now=year.now,
    )  # fmt: skip
    assert states(year) == (ScoreState.SCORED, ScoreState.OPEN)
    assert page(year).count(SINCE) == 1
