"""A sheet of figures is overdue and urged; its body fills it in, signs late, and corrects it; the office sees all."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from steelyard.assessment.models import Sheet
from steelyard.assessment.rules.states import Stage
from steelyard.assessment.rules.supplied.limits import STANDINGS, Standing
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_a_body_supplies_late_when_urged_and_corrects(
    live_server: object, language: str, width: int
) -> None:
    year = Year(now=timezone.now() - timedelta(60))
    year.at(Stage.COLLECTING)
    chen, li = year.chen, year.li
    title = {"zh-hans": "按期办结率", "en": "Cases closed in time"}[language]
    with somebody(live_server, language, width, "supply") as one:
        one.signs_in(chen)
        one.opens("/assessments/2021/")
        one.follows("Supplied figures")
        one.sees(STANDINGS[Standing.MISSING])
        one.follows_to(title)
        one.presses("Urge")
        one.sees("Urged. Whoever supplies there has been told.")

        one.signs_in(li)
        one.opens("/")
        one.follows_to(title)
        guangzhou, jiangmen = (
            one.page.get_by_label(f"{one.called(city)}: {one.words('Figure', 'of a unit')}")
            for city in (year.guangzhou, year.jiangmen)
        )
        guangzhou.fill("96%")
        jiangmen.fill("九成")
        one.presses("Save the draft")
        assert jiangmen.get_attribute("aria-invalid") == "true"
        jiangmen.fill("84%")
        one.presses("Save the draft")
        one.presses("Sign", "a sheet")
        sheet = Sheet.objects.get(input_code="closed_in_time")
        assert sheet.state == "signed"
        assert sheet.versions.get().days_late > 20

        one.signs_in(chen)
        one.opens("/assessments/2021/sheets/")
        one.sees(STANDINGS[Standing.LATE])

        one.signs_in(li)
        one.opens(f"/assessments/2021/sheets/{sheet.pk}/")
        one.follows("Correct", "a sheet")
        one.fills("Reason of the correction", "统计口径有误")
        one.presses("Begin the correction")
        jiangmen.fill("85%")
        one.presses("Sign the correction")

        one.signs_in(chen)
        one.opens("/assessments/2021/sheets/")
        one.sees(STANDINGS[Standing.CORRECTED])
        one.follows_to(title)
        one.sees("统计口径有误")
        one.sees("changed")
        one.follows_to(one.words("Version %(number)s") % {"number": 1})
        one.sees("84%")
