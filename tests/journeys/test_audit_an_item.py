"""The auditor reads an item's figures, points and reasons side by side, and by its history who, when and why."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from steelyard.people.rules.roles import Role
from tests.assessment.scored import Scored, plan
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody
from tests.supply.office import account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_the_auditor_reads_who_gave_which_points_when_and_why(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    year.score("B2", jiangmen=plan("8.5", "1.5 无年度安排"))
    zheng = account("郑审计", audit=(Role.AUDITOR, year.province))
    with somebody(live_server, language, width, "audit") as one:
        one.signs_in(zheng)
        one.opens("/assessments/")
        one.follows_to("2021")
        one.follows("Scoring")
        one.follows_to("B2")
        one.follows(one.called(year.jiangmen))
        for told in ("自评B2", "8.5 / 10", "无年度安排", "工作方案"):
            expect(one.page.locator("main")).to_contain_text(told)
        expect(one.button("Score again")).to_have_count(0)
        one.goes(one.page.locator("main a[href^='/history/']").last)
        expect(one.page.locator("main")).to_contain_text("孙组长")
        expect(one.page.locator("main")).to_contain_text("8.5")
