"""Who sees what was found of a unit that is assessed: those who answer for it, not those who score for it elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.assessment.permissions import units_seen
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Role
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db
DAY = date(2022, 3, 1)


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.CITY_OFFICER, True),
        (Role.CITY_HEAD, True),
        (Role.ASSESSING_OFFICE, True),
        (Role.AUDITOR, True),
        (Role.SCORING_BODY, False),
        (Role.SUPPLYING_BODY, False),
        (Role.EXPERT, False),
    ],
)
def test_what_the_province_found_of_a_city_is_for_those_who_answer_for_the_city(
    role: Role, sees: bool
) -> None:
    jiangmen = Year().jiangmen
    held = load_held(account("某人", one=(role, jiangmen)).pk, DAY) or ()
    assert (jiangmen.pk in units_seen(held, DAY)) is sees
