"""The office plans a visit, prints its sheet, reports; it takes a lead in, and the head opens the seal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from steelyard.assessment.models import Lead, Visit
from tests.assessment.visits import NAME, collecting, found_on, lead, planned
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_the_office_visits_a_city(
    live_server: object, language: str, width: int, settings: Any, tmp_path: Path
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = collecting()
    found_on(year, planned(year, unannounced=True))
    lead(year)
    home = "/assessments/2021/"
    visit = f"{home}visits/{Visit.objects.get().pk}/"
    with somebody(live_server, language, width, "visit") as one:
        one.signs_in(year.chen)
        for address in (
            home, f"{home}visits/", f"{home}visits/plan/", visit, f"{visit}sheet/",
            f"{visit}findings/", f"{home}leads/", f"{home}leads/receive/",
        ):  # fmt: skip
            one.opens(address)
        one.opens(f"{visit}report/")
        one.fills("Summary", "总体较好。", "of a visit")
        one.presses("Hand the report in")
        one.sees("总体较好。")

        one.signs_in(year.zhao)
        one.opens(f"{home}leads/{Lead.objects.get().pk}/")
        one.fills("Why you open it", "需要回访。")
        one.presses("Open the seal")
        one.sees(NAME)
