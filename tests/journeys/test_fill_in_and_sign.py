"""A city fills in its items, which save themselves; two take one item; its head signs, and the office reads."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from steelyard.assessment.models import Answer, Submission
from steelyard.assessment.rules.states import SUBMISSION, Stage, SubmissionMove, SubmissionState
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_a_city_fills_in_its_items_and_signs(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    home = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    with somebody(live_server, language, width, "fill_in") as one:
        one.signs_in(year.tan)
        one.opens("/assessments/2021/")
        one.follows("Submission")
        one.follows_to("A1")
        one.fills("Self-score", "50")
        expect(one.page.locator("#saved")).to_contain_text(
            one.words("Not saved yet; what you typed is still here.")
        )
        one.looks()
        one.fills("Self-score", "38.5")
        expect(one.page.locator("#id_version")).to_have_value("1")
        one.fills("Statement", "按期办结率持续提高。")
        expect(one.page.locator("#id_version")).to_have_value("2")
        answer = Answer.objects.get(item="A1")
        assert (answer.self_score, answer.statement) == (38.5, "按期办结率持续提高。")
        Answer.objects.filter(item="A1").update(statement="同事改过")
        one.fills("Statement", "按期办结率提高了。")
        expect(one.page.locator("#saved .note-warning")).to_be_visible()
        one.presses("Save")
        expect(one.page.get_by_text("同事改过").first).to_be_visible()
        one.page.get_by_label("按期办结率提高了。").check()
        one.presses("Save what is chosen")
        for page in ("departments/", "bring/", "material/", "figures/trained/"):
            one.opens(f"{home}{page}")
        one.opens(home)
        one.presses(SUBMISSION.moves[SubmissionMove.PUT_UP])

        one.signs_in(year.huang)
        one.opens("/")
        one.follows_to(one.called(year.jiangmen))
        one.presses("Approve it, as it is here")
        one.sees(SUBMISSION.states[SubmissionState.LOCKED])

        one.signs_in(year.chen)
        one.opens("/assessments/2021/submissions/")
        one.opens(f"{home}items/A1/")
        one.sees("按期办结率提高了。")
