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
        one.fills("Why items are left open", "其余各项本年没有内容。")
        one.presses(SUBMISSION.moves[SubmissionMove.PUT_UP])

        one.signs_in(year.huang)
        one.opens("/")
        one.follows_to(one.called(year.jiangmen))
        one.presses("Sign and file it, as it is here")
        one.sees(SUBMISSION.states[SubmissionState.LOCKED])

        one.signs_in(year.chen)
        one.opens("/assessments/2021/submissions/")
        one.opens(f"{home}items/A1/")
        one.sees("按期办结率提高了。")


@IN_BOTH_LANGUAGES
def test_what_cannot_be_saved_is_said_and_kept(
    live_server: object, language: str, width: int
) -> None:
    """The network goes, the session ends: the page says so and keeps what was typed; without a network it saves it afterwards."""
    year = Year()
    year.at(Stage.COLLECTING)
    item = (
        f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/items/A1/"
    )
    with somebody(live_server, language, width, "not_saved") as one:
        one.signs_in(year.tan)
        one.opens(item)
        line, version = one.page.locator("#saved"), one.page.locator("#id_version")
        one.page.context.set_offline(True)
        one.fills("Statement", "没有网络时写的")
        expect(line).to_contain_text(one.words(
            "Not saved: the office cannot be reached. What you typed is still here, and is sent again by itself."
        ))  # fmt: skip
        one.page.context.set_offline(False)
        expect(version).to_have_value("1")
        one.page.context.clear_cookies(name="sessionid")
        one.fills("Statement", "退出登录后写的")
        gone = "Not saved: you are not signed in any more. What you typed is still here."
        expect(line).to_contain_text(one.words(gone))
        one.looks()
        one.button("Save").press("Enter")
        expect(line).to_contain_text(one.words(gone))
        expect(one.field("Statement")).to_have_value("退出登录后写的")
