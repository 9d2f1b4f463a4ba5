"""Every list of an assessment: for programs it exists for those for whom its page does, empty or not."""

from __future__ import annotations

import pytest

from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from tests.assessment.api.asking import HERE, as_
from tests.assessment.year import Year
from tests.supply.office import account

pytestmark = pytest.mark.django_db

LISTS = {
    "objections": "objections/", "scheme/comments": "scheme/comments/", "scheme/versions": "scheme/",
    "submissions": "submissions/", "sheets": "sheets/", "missing-figures": "missing/",
    "differences": "differences/", "scoring": "scoring/", "reviews/draws": "reviews/",
    "visits": "visits/", "leads": "leads/", "suspicions": "suspicions/", "weighings": "weighings/",
}  # fmt: skip
"""For programs → its page."""


def everybody(year: Year) -> dict[str, Account]:
    elsewhere = {
        f"{role.value} elsewhere": account(f"{role.value}别处", x=(role, year.guangzhou))
        for role in Role
    }
    named = ("chen", "zhao", "li", "sun", "gu", "tan", "huang", "liang")
    return elsewhere | {name: getattr(year, name) for name in named}


def answers(year: Year) -> dict[tuple[str, str], tuple[int, int]]:
    found = {}
    for name, one in everybody(year).items():
        client = as_(one)
        for listed, page in LISTS.items():
            found[name, listed] = (
                client.get(f"{HERE}/{listed}").status_code,
                client.get(f"/assessments/2021/{page}").status_code,
            )
    return found


@pytest.mark.parametrize("stage", [Stage.DRAFTING, Stage.COLLECTING])
def test_a_list_exists_for_programs_where_its_page_does(stage: Stage) -> None:
    year = Year()
    year.drafted() if stage is Stage.DRAFTING else year.at(stage)
    found = answers(year)
    assert {key: told for key, told in found.items() if told[0] != told[1]} == {}
    assert {told[0] for told in found.values()} == {200, 404}


def test_who_reviews_no_files_has_no_list_of_their_own(year_of_experts: Year) -> None:
    year = year_of_experts
    expert = account("评查员", x=(Role.EXPERT, year.province))
    assert as_(expert).get(f"{HERE}/reviews/mine").status_code == 200
    for who in (year.li, year.tan, year.chen):
        assert as_(who).get(f"{HERE}/reviews/mine").status_code == 404


@pytest.fixture
def year_of_experts() -> Year:
    year = Year()
    year.at(Stage.COLLECTING)
    return year
