"""The office settles gaps one after the other, by keyboard; while one is open the scoring does not open."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from steelyard.assessment.models import Difference
from steelyard.assessment.rules.differences.settling import TAKEN, Taken
from steelyard.assessment.rules.states import ASSESSMENT, DIFFERENCE, Stage, StageMove
from tests.assessment.reported import reports, supplied
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_gaps_are_settled_one_by_one_before_the_scoring_opens(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    reports(year, year.guangzhou, {"closed_in_time": "0.95"})
    reports(year, year.jiangmen, {"closed_in_time": "0.9"})
    supplied(year, "94%", "85%")
    year.move(StageMove.COMPARE)
    opens_the_scoring = ASSESSMENT.moves[StageMove.SCORE]
    with somebody(live_server, language, width, "differences") as one:
        one.signs_in(year.chen)
        one.opens("/assessments/2021/")
        expect(one.button(opens_the_scoring)).to_be_disabled()
        one.follows("Differences")
        one.follows("Settle one after the other")
        keyboard = one.page.keyboard
        keyboard.press("Space")  # the keyboard is at the first choice already
        keyboard.press("Tab")
        keyboard.press("Tab")
        keyboard.type("以来源单位数据为准")
        with one.page.expect_navigation():
            keyboard.press("Enter")
        one.looks()
        keyboard.press("ArrowDown")  # the second choice
        keyboard.press("Tab")
        keyboard.press("Tab")
        keyboard.type("经核对台账，以自报数为准")
        with one.page.expect_navigation():
            keyboard.press("Enter")
        one.looks()
        settled = Difference.objects.order_by("pk").values_list("taken", "reason", "settled_by")
        assert list(settled) == [
            (Taken.SUPPLIED, "以来源单位数据为准", year.chen.pk),
            (Taken.REPORTED, "经核对台账，以自报数为准", year.chen.pk),
        ]

        one.opens("/assessments/2021/differences/")
        one.sees(DIFFERENCE.states["settled"])
        one.signs_in(year.tan)
        one.opens("/assessments/2021/differences/")
        one.sees("经核对台账，以自报数为准")
        one.sees(TAKEN[Taken.REPORTED])
        one.sees_no("以来源单位数据为准")  # which is of Guangzhou

        one.signs_in(year.chen)
        one.opens("/assessments/2021/")
        one.presses(opens_the_scoring)
        one.sees(ASSESSMENT.states[Stage.SCORING])
