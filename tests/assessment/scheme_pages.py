"""The pages of a scheme, asked for and sent to; and worlds in which there is one."""

from __future__ import annotations

from django.test import Client

from steelyard.assessment.models import SchemeVersion
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Account
from tests.assessment.year import Year, year_at

OF = "/assessments/2021/scheme/"


def opened() -> Year:
    return year_at(Stage.DRAFTING)


def with_a_draft() -> Year:
    found = opened()
    found.drafted()
    return found


def page(who: Account, address: str = "", **told: object) -> str:
    answer = as_(who).get(f"{OF}{address}", told)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def as_(who: Account) -> Client:
    client = Client()
    client.force_login(who)
    return client


def post(who: Account, address: str, status: int = 302, **told: object) -> str:
    answer = as_(who).post(f"{OF}{address}", told)
    said = answer.content.decode()
    assert answer.status_code == status, (answer.status_code, faults_shown(said))
    return said


def faults_shown(page: str) -> str:
    at = page.find('class="faults"')
    return page[at : at + 1500] if at >= 0 else page[-1500:]


def draft_of(year: Year) -> SchemeVersion:
    found = under_way(year.assessment)
    assert found is not None
    return found


ITEM = {
    "code": "A1", "title_zh": "按期办结", "title_en": "Closed in time", "parent": "A", "kind": "",
    "points": "40", "supplying_body": "market", "scoring_body": "team", "material_zh": "案件台账",
    "material_en": "register of cases", "beside": "",
}  # fmt: skip
