"""The office freezes and weighs, and reads how far it is and what came out; a city sees where it would stand."""

from __future__ import annotations

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Submission
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
from tests.assessment.frozen_year import scored
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_the_frozen_year_is_weighed_while_the_office_looks_on(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    scored(year)
    with somebody(live_server, language, width, "weighing") as one:
        one.signs_in(year.chen)
        one.opens("/assessments/2021/")
        one.presses(ASSESSMENT.moves[StageMove.FREEZE])
        weighing = year.assessment.weighings.get()
        one.opens(f"/assessments/2021/weighings/{weighing.pk}/")
        expect(one.page.get_by_role("progressbar")).to_be_visible()
        weighing = carry_out(weighing=weighing.pk, now=timezone.now)
        expect(one.page.get_by_role("progressbar")).to_have_count(0)  # it asked again by itself
        one.looks()
        one.sees(weighing.result_hash)
        one.sees("96.5")
        with one.page.expect_download() as taken:
            one.page.get_by_role("link", name=one.words("Report"), exact=True).press("Enter")
        assert taken.value.suggested_filename.endswith(".html")


@IN_BOTH_LANGUAGES
def test_a_city_sees_where_it_would_stand_and_nobody_else_does(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    own = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    assert year.liang.pk
    with somebody(live_server, language, width, "standing") as one:
        one.signs_in(year.tan)
        one.opens(f"{own}items/B2/")
        one.fills("Self-score", "8.5")
        one.presses("Save, back to the list")
        one.opens("/assessments/2021/")
        one.follows("Where we would stand today")
        one.sees("This is an estimate of our own, not a result.")
        one.sees("Items at risk")
        one.sees("The cheapest way up")
        expect(one.page.locator("#score")).to_have_text("8.50 / 100")
        here = one.page.url
        for other in (year.chen, year.liang):
            one.signs_in(other)
            answer = one.page.goto(here)
            assert answer is not None
            assert answer.status == 404
