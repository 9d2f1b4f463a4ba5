"""In a browser that runs no scripts an item is filled in and signed, a sheet supplied, a gap settled, an item scored."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import Answer, Difference, Score, Sheet, Submission
from steelyard.assessment.rules.differences.settling import TAKEN, Taken
from steelyard.assessment.rules.states import (
    ASSESSMENT,
    SUBMISSION,
    Stage,
    StageMove,
    SubmissionMove,
    SubmissionState,
)
from tests.assessment.reported import reports
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, Person, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

IN_TIME = {"zh-hans": "按期办结率", "en": "Cases closed in time"}


@IN_BOTH_LANGUAGES
def test_an_assessment_is_walked_without_scripts(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    reports(year, year.guangzhou, {"closed_in_time": "0.95"})
    with somebody(live_server, language, width, "without_scripts", scripts=False) as one:
        _fills_in(one, year)
        _signs(one, year)
        _supplies(one, year)
        year.move(StageMove.COMPARE)
        _settles(one, year)
        _scores(one, year)


def _fills_in(one: Person, year: Year) -> None:
    one.signs_in(year.tan)
    one.opens("/assessments/2021/")
    one.follows("Submission")
    one.follows_to("A1")
    one.fills(IN_TIME[one.language], "90%")
    for item, points in (("A1", "38.5"), ("A2", "20"), ("B1", "30"), ("B2", "9")):
        one.sees(item)
        one.fills("Self-score", points)
        one.fills("Statement", f"{item}已完成。")
        one.presses("Save, back to the list" if item == "B2" else "Save, next item")
    answers = Answer.objects.filter(submission__unit=year.jiangmen)
    assert dict(answers.values_list("item", "self_score")) == {
        "A1": 38.5, "A2": 20, "B1": 30, "B2": 9,
    }  # fmt: skip
    assert answers.get(item="A1").figures == {"closed_in_time": "0.9"}
    one.presses(SUBMISSION.moves[SubmissionMove.PUT_UP])


def _signs(one: Person, year: Year) -> None:
    one.signs_in(year.huang)
    one.opens("/")
    one.follows_to(one.called(year.jiangmen))
    one.presses("Sign and file it, as it is here")
    one.sees(SUBMISSION.states[SubmissionState.LOCKED])
    assert Submission.objects.get(unit=year.jiangmen).signed_by == year.huang


def _supplies(one: Person, year: Year) -> None:
    one.signs_in(year.li)
    one.opens("/")
    one.follows_to(IN_TIME[one.language])
    for city, figure in ((year.guangzhou, "95%"), (year.jiangmen, "85%")):
        one.page.get_by_label(f"{one.called(city)}: {one.words('Figure', 'of a unit')}").fill(
            figure
        )
    one.presses("Save the draft")
    one.presses("Sign", "a sheet")
    assert Sheet.objects.get(input_code="closed_in_time").state == "signed"


def _settles(one: Person, year: Year) -> None:
    one.signs_in(year.chen)
    one.opens("/assessments/2021/")
    one.follows("Differences")
    one.follows("Settle one after the other")
    one.page.get_by_label(one.words(TAKEN[Taken.SUPPLIED])).check()
    one.fills("Reason", "以来源单位数据为准")
    one.presses("Settle, and on to the next")
    settled = Difference.objects.get()
    assert (settled.unit, settled.taken, settled.settled_by) == (
        year.jiangmen, Taken.SUPPLIED, year.chen,
    )  # fmt: skip
    one.opens("/assessments/2021/")
    one.presses(ASSESSMENT.moves[StageMove.SCORE])


def _scores(one: Person, year: Year) -> None:
    one.signs_in(year.sun)
    one.opens("/assessments/2021/")
    one.follows("Scoring")
    one.follows_to("B2")
    row = one.page.get_by_role("row").filter(has_text=one.called(year.jiangmen))
    row.locator("input:not([type=hidden], [type=checkbox])").fill("8.5")
    row.locator("textarea").first.fill("1.5 无年度安排")
    one.presses("Save")
    score = Score.objects.get(item="B2", unit=year.jiangmen)
    assert (score.state, score.scored_by, score.judged["plan_points"]) == (
        "scored", year.sun, "8.5",
    )  # fmt: skip
    assert [each.reason for each in score.deductions.all()] == ["无年度安排"]
