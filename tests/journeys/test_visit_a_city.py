"""The office plans a visit, prints its sheet, reports; it takes a lead in, and the head opens the seal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from steelyard.assessment.models import Lead, Visit
from tests.assessment.visits import NAME, collecting, found_on, lead, planned
from tests.journeys.walking import looked_at, sign_in, window, with_password

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [1280, 390])
def test_the_office_visits_a_city(
    live_server: object, width: int, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = collecting()
    found_on(year, planned(year, unannounced=True))
    lead(year)
    chen, zhao = with_password(year.chen), with_password(year.zhao)
    visit = f"/assessments/2021/visits/{Visit.objects.get().pk}/"
    with window(str(live_server), width=width) as page:
        sign_in(page, chen)
        for address, name in (
            ("/assessments/2021/", "assessment_office"), ("/assessments/2021/visits/", "visits"),
            ("/assessments/2021/visits/plan/", "plan"), (visit, "visit"), (f"{visit}sheet/", "sheet"),
            (f"{visit}findings/", "finding"), ("/assessments/2021/leads/", "leads"),
            ("/assessments/2021/leads/receive/", "receive"),
        ):  # fmt: skip
            page.goto(address)
            looked_at(page, f"visits_{name}_{width}")
        page.goto(f"{visit}report/")
        page.get_by_label("检查情况综述").fill("总体较好。")
        page.get_by_role("button", name="提交", exact=True).press("Enter")
        expect(page.get_by_text("总体较好。")).to_be_visible()
    with window(str(live_server), width=width) as page:
        sign_in(page, zhao)
        page.goto(f"/assessments/2021/leads/{Lead.objects.get().pk}/")
        looked_at(page, f"visits_lead_{width}")
        page.get_by_label("查阅理由").fill("需要回访。")
        page.get_by_role("button", name="查阅举报人信息").press("Enter")
        expect(page.get_by_text(NAME)).to_be_visible()
        looked_at(page, f"visits_opened_{width}")
