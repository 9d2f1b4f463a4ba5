"""The administrator opens an account for a city's officer, who then sees what that role opens, until it ends."""

from __future__ import annotations

import pytest
from django.utils import timezone

from steelyard.assessment.models import Submission
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account, Holding
from steelyard.people.rules.roles import ROLES, Role
from tests.assessment.year import Year
from tests.journeys.speaking import IN_BOTH_LANGUAGES, somebody
from tests.supply.office import LONG_AGO, account

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@IN_BOTH_LANGUAGES
def test_the_administrator_lets_somebody_in_and_out_again(
    live_server: object, language: str, width: int
) -> None:
    year = Year()
    year.at(Stage.COLLECTING)
    own = f"/assessments/2021/submissions/{Submission.objects.get(unit=year.jiangmen).pk}/"
    keeper = account("管理员", keeps=(Role.ADMINISTRATOR, year.province))
    with somebody(live_server, language, width, "accounts") as one:
        one.signs_in(keeper)
        one.opens("/accounts/")
        one.follows("Open an account")
        one.fills("User name", "tang")
        one.fills("Name", "汤科长")
        one.field("Role").select_option(label=one.words(ROLES[Role.CITY_OFFICER]))
        one.field("Organisation").select_option(str(year.jiangmen.pk))
        one.fills("From", f"{timezone.localdate():%Y-%m-%d}")
        one.presses("Open an account")
        one.sees("The account is opened. Hand over a link, so that a password can be set.")
        opened = one.page.url
        one.presses("Link to set a password")
        one.sees(
            "It is shown only now. Hand it to the person themselves; it works once, for three days."
        )
        answer = one.page.goto(own)
        assert answer is not None
        assert answer.status == 404  # whoever lets people in has no part in what they fill in

        tang = Account.objects.get(username="tang")
        one.signs_in(tang)
        one.opens(own)
        one.follows_to("A1")
        Holding.objects.filter(account=tang).update(starts=LONG_AGO)  # a year goes by

        one.signs_in(keeper)
        one.opens(opened)
        one.goes(one.page.locator("a[href$='/end/']"))
        one.presses("End the role")
        one.sees("The role ends on that day.")

        one.signs_in(tang)
        answer = one.page.goto(own)
        assert answer is not None
        assert answer.status == 404
