"""A body scores 21 cities side by side by keyboard alone, with a reason for every deduction; not its own city."""

from __future__ import annotations

import pytest

from steelyard.assessment.models import SchemeVersion, Score
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Holding, Organisation
from steelyard.people.rules.roles import Role
from tests.assessment.year import Year, scheme
from tests.journeys.speaking import IN_BOTH_LANGUAGES, Person, somebody
from tests.supply.office import LONG_AGO, organisation

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OTHERS = (
    "440200", "440300", "440400", "440500", "440600", "440800", "440900", "441200", "441300",
    "441400", "441500", "441600", "441700", "441800", "441900", "442000", "445100", "445200",
    "445300",
)  # fmt: skip
"""Of Guangdong's cities, those that the year of tests has not."""


class Province(Year):
    """All 21 cities of it are assessed."""

    def drafted(self, _: object = None) -> SchemeVersion:
        known = list(Organisation.objects.filter(kind="city").order_by("code"))
        others = [organisation(code, f"样本市{code}", "city", self.province) for code in OTHERS]
        units = [
            {"code": one.code, "title": {"zh": one.name_zh, "en": one.name_en}}
            for one in sorted([*known, *others], key=lambda one: one.code)
        ]
        return super().drafted({**scheme().document, "units": units})


@IN_BOTH_LANGUAGES
def test_twenty_one_cities_are_scored_by_keyboard_alone(
    live_server: object, language: str, width: int
) -> None:
    year = Province()
    year.at(Stage.SCORING)
    Holding.objects.create(  # she works in Jiangmen too
        account=year.sun, organisation=year.jiangmen, role=Role.CITY_OFFICER, starts=LONG_AGO
    )
    scores = Score.objects.filter(item="B2")
    assert scores.count() == 21
    with somebody(live_server, language, width, "scoring") as one:
        one.signs_in(year.sun)
        one.opens("/")
        one.opens("/assessments/2021/scoring/B2/")
        one.sees("your own unit: somebody else scores it")
        _types_down_the_page(one, rows=20)
        assert one.button("Save").get_attribute("accesskey") == "s"  # which Playwright cannot press
        _tabs_to(one, "save")
        with one.page.expect_navigation():
            one.page.keyboard.press("Enter")
        one.looks()
    judged = {one.unit.code: one for one in scores.select_related("unit")}
    assert judged.pop("440700").state == "open"
    assert {one.state for one in judged.values()} == {"scored"}
    assert {one.scored_by for one in judged.values()} == {year.sun}
    assert [judged[code].judged["plan_points"] for code in sorted(judged)] == [
        "8.5" if at % 2 else "10" for at in range(20)
    ]
    reasons = [[one.reason for one in judged[code].deductions.all()] for code in sorted(judged)]
    assert reasons == [["无年度安排"] if at % 2 else [] for at in range(20)]


def _types_down_the_page(one: Person, rows: int) -> None:
    """All points downwards, from the first field, in which she stands; then, upwards, a deduction where they
    are not full."""
    keyboard = one.page.keyboard
    _stands_in(one, "-f-")
    for at in range(rows):
        keyboard.type("8.5" if at % 2 else "10")
        if at < rows - 1:
            keyboard.press("Enter")
    keyboard.press("Tab")
    for at in reversed(range(rows)):
        _stands_in(one, "-deductions")
        if at % 2:
            keyboard.type("1.5 无年度安排")
        keyboard.press("Alt+ArrowUp")


def _stands_in(one: Person, name: str) -> None:
    assert name in str(one.page.evaluate("document.activeElement.name"))


def _tabs_to(one: Person, name: str) -> None:
    """All that lies between is passed."""
    for _ in range(200):
        one.page.keyboard.press("Tab")
        if name in str(one.page.evaluate("document.activeElement.name")):
            return
    raise AssertionError(f"the keyboard does not come to {name}")
