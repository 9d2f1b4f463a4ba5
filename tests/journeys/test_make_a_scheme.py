"""The office opens a year, imports its table, tries it, hears a city on it, has it approved twice, and opens the collection."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
from steelyard.people.models import Account
from steelyard.scheme.office import export_xlsx
from tests.assessment.frozen_year import frozen
from tests.assessment.year import Year, scheme
from tests.journeys.speaking import IN_BOTH_LANGUAGES, Person, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
HOME = "/assessments/2022/"


@IN_BOTH_LANGUAGES
def test_a_scheme_is_made_discussed_approved_and_issued(
    live_server: object, language: str, width: int, tmp_path: Path
) -> None:
    year = Year()
    carry_out(weighing=frozen(year).pk, now=timezone.now)  # the year before
    table = tmp_path / "scheme.xlsx"
    table.write_bytes(export_xlsx(scheme().document, "zh"))
    for person in (year.chen, year.qian, year.zhao, year.tan, year.liang, year.gu):
        assert person.pk
    with somebody(live_server, language, width, "scheme") as one:
        _opens(one, year)
        _imports(one, table)
        one.follows("Try it on last year's values")
        one.sees("Is it fit to issue?")
        one.sees("What each rule would have given")
        _moves(one, StageMove.SEND_OUT)
        _comments(one, year)
        _answers(one, year)
        _moves(one, StageMove.CLOSE_COMMENTS)
        for approver in (year.qian, year.zhao):
            _approves(one, approver)
        one.signs_in(year.chen)
        _moves(one, StageMove.ISSUE)
        one.page.fill("input[name=cut_off]", "2023-01-10")
        one.presses(ASSESSMENT.moves[StageMove.COLLECT])
        one.sees(ASSESSMENT.states[Stage.COLLECTING])
        made = Assessment.objects.get(code="2022")
        assert (made.stage, made.submissions.count(), made.sheets.count()) == ("collecting", 2, 1)


def _opens(one: Person, year: Year) -> None:
    one.signs_in(year.chen)
    one.opens("/assessments/")
    one.follows("Open an assessment")
    one.page.locator("select[name=office]").select_option(str(year.province.pk))
    for name, told in (
        ("code", "2022"), ("title_zh", "样本：2022年度考核"), ("title_en", "Sample: assessment of 2022"),
        ("starts", "2022-01-01"), ("ends", "2023-01-01"),
    ):  # fmt: skip
        one.page.fill(f"input[name={name}]", told)
    one.goes(one.page.locator("main form button.primary"))


def _imports(one: Person, table: Path) -> None:
    one.opens(f"{HOME}scheme/")
    one.follows("Begin the draft")
    one.page.set_input_files("input[type=file]", table)
    one.presses("Read it")
    one.opens(f"{HOME}scheme/")
    one.follows_to({"zh-hans": "按期办结", "en": "Closed in time"}[one.language])
    one.page.fill("input[name=points]", "400")  # the ladder of this item gives 40 at most
    one.presses("Save")
    expect(one.page.locator(".note-error")).to_be_visible()  # and the fault stands at its item
    one.follows_to({"zh-hans": "按期办结", "en": "Closed in time"}[one.language])
    one.page.fill("input[name=points]", "40")
    one.presses("Save")
    expect(one.page.locator(".note-error")).to_have_count(0)


def _moves(one: Person, move: StageMove) -> None:
    one.opens(HOME)
    one.presses(ASSESSMENT.moves[move])


def _comments(one: Person, year: Year) -> None:
    one.signs_in(year.tan)
    one.opens(f"{HOME}scheme/")
    for item, text in (("A1", "分值偏高，建议降低"), ("B2", "建议明确格式")):
        one.opens(f"{HOME}scheme/comments/new/?item={item}")
        one.fills("Comment", text)
        one.presses("Send it", "a comment")
    for silent in (year.liang, year.li, year.sun, year.gu):
        one.signs_in(silent)
        one.opens(f"{HOME}scheme/comments/")
        one.presses("We have no comments")


def _answers(one: Person, year: Year) -> None:
    """One is adopted, one is not; each with a reason. As long as one is open the round does not close."""
    one.signs_in(year.chen)
    one.opens(HOME)
    expect(one.button(ASSESSMENT.moves[StageMove.CLOSE_COMMENTS])).to_be_disabled()
    for item, answer, reason in (("A1", "no", "分值与上年一致"), ("B2", "yes", "已补充格式要求")):
        one.opens(f"{HOME}scheme/comments/?item={item}")
        one.goes(one.page.locator("tbody th a").first)
        one.page.locator(f"input[name=adopted][value={answer}]").check()
        one.fills("Reason", reason)
        one.goes(one.page.locator("section[aria-labelledby=answer] button.primary"))
        one.opens(f"{HOME}scheme/comments/")
        one.sees(reason)
    one.opens(HOME)
    expect(one.button(ASSESSMENT.moves[StageMove.CLOSE_COMMENTS])).to_be_disabled()
    one.opens(f"{HOME}scheme/comments/?item=B2")
    one.goes(one.page.locator("tbody th a").first)
    one.fills("Where it is carried out, or why it is not", "格式要求写入填报说明")
    one.goes(one.page.locator("section[aria-labelledby=carried-out] button.primary"))


def _approves(one: Person, approver: Account) -> None:
    one.signs_in(approver)
    one.opens("/")
    one.opens(f"{HOME}scheme/approval/")
    one.page.locator("input[name=decision][value=approved]").check()
    one.presses("Decide")
