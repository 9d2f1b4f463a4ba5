"""What goes wrong: material is suspected to be forged, its unit heard, and it is so; another suspicion is cleared."""

from __future__ import annotations

import pytest
from django.utils import timezone

from steelyard.assessment.models import Score
from steelyard.notices.models import Notice
from tests.assessment.scored import Scored, plan
from tests.journeys.speaking import IN_BOTH_LANGUAGES, Person, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOME = "/assessments/2021/"


@IN_BOTH_LANGUAGES
def test_forged_material_counts_for_nothing_and_stays_visible(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    year.score("B2", jiangmen=plan("9", "1 缺年度计划"))
    for person in (year.chen, year.zhao, year.sun, year.tan, year.huang):
        assert person.pk
    with somebody(live_server, language, width, "forged") as one:
        _suspects(one, year, "B2", "公章与备案不符")
        _hears(one, year, "系扫描错误")
        _decides(one, year, "Find it forged", "经核对原件，系伪造")
        assert Notice.objects.filter(account=year.huang).exists()

        one.signs_in(year.tan)
        one.opens(HOME)
        one.follows("Forged material")
        one.follows(one.called(year.jiangmen))
        one.sees("经核对原件，系伪造")
        for person in (year.sun, year.chen):
            one.signs_in(person)
            one.opens(f"{HOME}scoring/B2/440700/")
            one.sees("The material was found to be forged: the item counts as such.")
            assert one.page.locator("tbody tr").first.inner_text().count("0 / 10") == 1
            one.follows("The material was found to be forged: the item counts as such.")
            one.sees("经核对原件，系伪造")
        one.signs_in(year.sun)
        one.opens(f"{HOME}scoring/B2/")
        one.sees("forged")


@IN_BOTH_LANGUAGES
def test_a_suspicion_that_is_cleared_takes_nothing(
    live_server: object, language: str, width: int
) -> None:
    year = Scored()
    year.scoring()
    year.score("B2", jiangmen=plan("9", "1 缺年度计划"))
    for person in (year.chen, year.zhao, year.sun, year.tan, year.huang):
        assert person.pk
    with somebody(live_server, language, width, "cleared") as one:
        _suspects(one, year, "B2", "公章与备案不符")
        _hears(one, year, "系扫描错误，附原件")
        _decides(one, year, "Clear it", "原件属实")
        one.signs_in(year.chen)
        one.opens(f"{HOME}scoring/B2/440700/")
        one.sees("A suspicion of forged material was cleared.")
        assert one.page.locator("tbody tr").first.inner_text().count("9 / 10") == 1
        assert Score.objects.get(item="B2", unit=year.jiangmen).state == "scored"


def _suspects(one: Person, year: Scored, item: str, grounds: str) -> None:
    one.signs_in(year.sun)
    one.opens(f"{HOME}scoring/{item}/")
    one.follows(one.called(year.jiangmen))
    one.follows("Suspect forged material")
    one.field("What is doubted").select_option(label="工作方案")
    one.fills("Grounds", grounds)
    one.presses("Raise the suspicion")
    one.sees(grounds)


def _hears(one: Person, year: Scored, hearing: str) -> None:
    """The unit is told, states its case, and the office writes down what it says."""
    one.signs_in(year.tan)
    one.opens("/notices/")
    one.opens(f"{HOME}suspicions/")
    one.follows(one.called(year.jiangmen))
    one.follows("State your case")
    one.fills("Statement of the unit", hearing)
    one.presses("State your case")
    one.sees(hearing)
    one.signs_in(year.chen)
    one.opens(f"{HOME}suspicions/")
    one.follows(one.called(year.jiangmen))
    one.follows("Write down what the unit said")
    one.fills("Heard on", timezone.localdate().isoformat())
    one.fills("What the unit said", hearing)
    one.presses("Write down what the unit said")
    one.sees(hearing)


def _decides(one: Person, year: Scored, how: str, reasons: str) -> None:
    one.signs_in(year.zhao)
    one.opens(f"{HOME}suspicions/")
    one.follows(one.called(year.jiangmen))
    one.follows(how)
    one.fills("Reasons", reasons)
    one.presses(how)
    one.sees(reasons)
