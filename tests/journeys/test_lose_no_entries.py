"""A sitting's entries outlive a network that goes, a session that ends and a colleague who was faster."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, expect

from steelyard.assessment.models import Answer, FileReview, Score, Submission
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.files import drawn, received
from tests.assessment.scored import Scored, plan
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, Person, somebody
from tests.journeys.walking import let_in
from tests.supply.office import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HERE = "/assessments/2021/scoring/B2/"
NOT_REACHED = "Not saved: the office cannot be reached. What you entered is still here; save it again in a while."
SIGNED_OUT = "Not saved: you are not signed in any more. What you typed is still here."
MOVED = "The figures moved since you entered this. “As it stands” is not ticked any more; look at the figures of now before you save:"
NOT_PUT_BACK = "Changed by somebody or closed meanwhile, so not put back; you had entered:"


@IN_BOTH_LANGUAGES
def test_what_is_entered_to_score_is_kept_until_it_is_saved(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    score = year.score_of("B2", year.guangzhou)
    with somebody(live_server, language, width, "entries") as one:
        one.signs_in(year.sun)
        one.opens(HERE)
        _enters(one, score, "8.5", "1.5 无年度安排")
        one.page.context.set_offline(True)
        one.button("Save").press("Enter")
        _is_told(one, NOT_REACHED)
        one.page.context.set_offline(False)
        one.page.context.clear_cookies(name="sessionid")
        one.button("Save").press("Enter")
        _is_told(one, SIGNED_OUT)
        _has_entered(one, score, "8.5", "1.5 无年度安排")
        one.looks()

        asked = _leaves(one, year.sun)
        assert asked == ["beforeunload"]
        one.opens(HERE)
        _has_entered(one, score, "8.5", "1.5 无年度安排")
        expect(one.page.locator("#saved .back")).to_be_visible()
        expect(one.page.locator("#saved .apart")).to_be_hidden()
        one.presses("Save")
        score.refresh_from_db()
        assert (score.judged, score.state) == ({"plan_points": "8.5"}, "scored")
        assert not _kept(one)


@IN_BOTH_LANGUAGES
def test_what_was_entered_beside_a_colleague_who_was_faster_is_shown(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    score = year.score_of("B2", year.guangzhou)
    with somebody(live_server, language, width, "entries_apart") as one:
        one.signs_in(year.sun)
        one.opens(HERE)
        _enters(one, score, "8.5", "1.5 无年度安排")
        one.button("Save").focus()
        year.score("B2", guangzhou=plan("10"))
        one.page.once("dialog", lambda dialog: dialog.accept())
        one.opens(HERE)
        _is_told(one, NOT_PUT_BACK)
        expect(one.page.locator("#saved")).to_contain_text("1.5 无年度安排")
        one.looks()
        one.page.once("dialog", lambda dialog: dialog.accept())
        one.presses("Discard what I entered")
        expect(one.page.locator("#saved")).to_be_empty()


@IN_BOTH_LANGUAGES
def test_what_was_entered_is_discarded_only_when_one_says_so_twice(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    score = year.score_of("B2", year.guangzhou)
    with somebody(live_server, language, width, "entries_discarded") as one:
        one.signs_in(year.sun)
        one.opens(HERE)
        _enters(one, score, "8.5", "1.5 无年度安排")
        one.page.once("dialog", lambda dialog: dialog.accept())
        one.opens(HERE)
        assert one.page.locator("form .actions button:visible").all_inner_texts() == [
            one.words(text) for text in ("Save", "Save and next item", "Discard what I entered")
        ]
        asked: list[str] = []

        def think_better(dialog: Dialog) -> None:
            asked.append(dialog.message)
            dialog.dismiss()

        one.page.once("dialog", think_better)
        one.button("Discard what I entered").press("Enter")
        assert asked == [one.words("What you entered here and did not save is lost. Discard it?")]
        _has_entered(one, score, "8.5", "1.5 无年度安排")
        assert _kept(one)
        one.page.once("dialog", lambda dialog: dialog.accept())
        one.presses("Discard what I entered")
        _has_entered(one, score, "", "")
        expect(one.button("Discard what I entered")).to_be_hidden()
        assert not _kept(one)


@IN_BOTH_LANGUAGES
def test_whoever_signed_in_again_in_another_window_saves_at_the_first_press(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    score = year.score_of("B2", year.guangzhou)
    with somebody(live_server, language, width, "entries_renewed") as one:
        one.signs_in(year.sun)
        one.opens(HERE)
        _enters(one, score, "8.5", "1.5 无年度安排")
        _signs_in_elsewhere(one, year.sun)
        one.presses("Save")
        score.refresh_from_db()
        assert (score.judged, score.state) == ({"plan_points": "8.5"}, "scored")
        assert not _kept(one)


def test_what_one_entered_is_not_saved_in_the_name_of_another(live_server: object) -> None:
    year = Scored()
    year.scoring()
    score = year.score_of("B2", year.guangzhou)
    with somebody(live_server, "en", 1280, "entries_of_another") as one:
        one.signs_in(year.sun)
        one.opens(HERE)
        _enters(one, score, "8.5", "1.5 无年度安排")
        colleague = account("周评分员", body=(Role.SCORING_BODY, year.team))
        _signs_in_elsewhere(one, colleague)
        one.button("Save").press("Enter")
        _is_told(one, SIGNED_OUT)
        score.refresh_from_db()
        assert (score.judged, score.state) == ({}, "open")


@IN_BOTH_LANGUAGES
def test_what_was_ticked_by_a_figure_that_moved_meanwhile_is_not_ticked_any_more(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    score = year.score_of("A1", year.jiangmen)
    with somebody(live_server, language, width, "entries_moved") as one:
        one.signs_in(year.sun)
        one.opens("/assessments/2021/scoring/A1/")
        tick, reason = (one.page.locator(f"[name=s{score.pk}-{name}]") for name in ("ok", "reason"))
        other = one.page.locator(f"[name=s{year.score_of('A1', year.guangzhou).pk}-ok]")
        for box in (tick, other):
            box.check()
        reason.fill("与台账一致")
        reason.press("Tab")
        year.signed("closed_in_time", {"440100": "0.97", "440700": "0.65"}, "口径有误")
        _leaves(one, year.sun)
        one.opens("/assessments/2021/scoring/A1/")
        expect(reason).to_have_value("与台账一致")
        expect(other).to_be_checked()
        expect(tick).not_to_be_checked()
        _is_told(one, MOVED)
        expect(one.page.locator("#saved .moved li").first).to_contain_text(
            one.called(year.jiangmen)
        )
        one.looks()
        one.button("Save").press("Enter")
        expect(one.page.locator(".faults")).to_contain_text("65%")
        score.refresh_from_db()
        assert score.state == "open"
        expect(reason).to_have_value("与台账一致")
        one.presses("Save")
        score.refresh_from_db()
        assert (score.state, score.reason) == ("scored", "与台账一致")


@IN_BOTH_LANGUAGES
def test_ones_own_version_is_still_there_after_going_back_from_both(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    submission = Submission.objects.get(unit=year.jiangmen)
    with somebody(live_server, language, width, "entries_both") as one:
        one.signs_in(year.tan)
        one.opens(f"/assessments/2021/submissions/{submission.pk}/items/A1/")
        one.fills("Self-score", "30")
        expect(one.page.locator("#id_version")).to_have_value("1")
        Answer.objects.filter(item="A1").update(statement="同事改过")
        one.fills("Statement", "我自己写的一整段")
        expect(one.page.locator("#saved .note-warning")).to_be_visible()
        one.presses("Save")
        one.goes(one.page.get_by_role("link", name=one.words("Leave it as it now is")))
        expect(one.field("Statement")).to_have_value("同事改过")
        _is_told(one, NOT_PUT_BACK)
        expect(one.page.locator("#saved")).to_contain_text("我自己写的一整段")
        one.looks()


@IN_BOTH_LANGUAGES
def test_marks_of_a_file_are_kept_until_they_are_saved(
    live_server: object, language: str, width: int, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = Year()
    year.at(Stage.SCORING)
    received(year, drawn(year))
    review = FileReview.objects.order_by("pk")[0]
    here = f"/assessments/2021/reviews/mine/{review.pk}/"
    who = Account.objects.get(pk=review.reviewer_id)
    with somebody(live_server, language, width, "entries_marks") as one:
        one.signs_in(who)
        one.opens(here)
        times, note = (one.page.locator(f"[name={name}_late]") for name in ("times", "note"))
        times.fill("2")
        times.press("Tab")
        note.fill("第3页")
        one.page.context.clear_cookies(name="sessionid")
        one.button("Save").press("Enter")
        _is_told(one, SIGNED_OUT)
        assert _leaves(one, who) == ["beforeunload"]
        one.opens(here)
        expect(times).to_have_value("2")
        expect(note).to_have_value("第3页")
        one.looks()
        one.presses("Save")
        assert [(mark.times, mark.note) for mark in review.marks.all()] == [(2, "第3页")]
        assert not _kept(one)


def _boxes(one: Person, score: Score) -> Any:
    names = (f"s{score.pk}-f-plan_points", f"s{score.pk}-deductions")
    return [one.page.locator(f"[name={name}]") for name in names]


def _enters(one: Person, score: Score, *told: str) -> None:
    for box, text in zip(_boxes(one, score), told, strict=True):
        box.fill(text)


def _has_entered(one: Person, score: Score, *told: str) -> None:
    for box, text in zip(_boxes(one, score), told, strict=True):
        expect(box).to_have_value(text)


def _is_told(one: Person, text: str) -> None:
    expect(one.page.locator("#saved")).to_contain_text(one.words(text))


def _leaves(one: Person, account: Account) -> list[str]:
    """To leave for another page, signed in again in the same window; what the browser asks about that."""
    asked: list[str] = []

    def agree(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    one.page.on("dialog", agree)
    one.signs_in(account)
    one.opens("/")
    return asked


def _signs_in_elsewhere(one: Person, account: Account) -> None:
    """As in another window: what a form was given before is refused from now on."""
    let_in(one.page, account)
    one.page.context.add_cookies(
        [{"name": "csrftoken", "value": "k" * 32, "domain": "localhost", "path": "/"}]
    )


def _kept(one: Person) -> list[str]:
    """Under which names this tab still keeps entries."""
    names: list[str] = one.page.evaluate("Object.keys(sessionStorage)")
    return [name for name in names if name.startswith("entries of")]
