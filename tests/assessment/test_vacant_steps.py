"""A step of approval that nobody can take is told when the scheme is put up, to those who can mend it."""

from __future__ import annotations

import pytest
from django.test import Client

from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.stages import Asked, against
from steelyard.assessment.rules.states import Stage, StageMove
from steelyard.notices.models import Notice
from steelyard.people.models import Account, Holding
from steelyard.people.rules.roles import Role
from tests.assessment.year import Year
from tests.supply.office import LONG_AGO, account

pytestmark = pytest.mark.django_db
APPROVAL = "/assessments/2021/scheme/approval/"
OFFICE = "/organisations/"


def put_up(year: Year) -> Account:
    """By an office whose head has left; who hands out its roles."""
    administrator = account("管理员", there=(Role.ADMINISTRATOR, year.province))
    assert year.qian.pk
    year.at(Stage.CHECKED)
    return administrator


def told() -> dict[str, str]:
    return {
        one.account.name: one.path
        for one in Notice.objects.filter(kind="step_vacant").select_related("account")
    }


def test_the_administrator_and_the_office_are_told_each_where_they_can_do_something() -> None:
    year = Year()
    administrator = put_up(year)
    found = told()
    assert set(found) == {"管理员", "陈主任", "钱科长"}
    assert found["陈主任"] == APPROVAL
    words = Notice.objects.filter(account=administrator, kind="step_vacant").get().words
    assert words["role"]["zh"] == "考核办负责人"
    for name, path in found.items():
        client = Client()
        client.force_login(Account.objects.get(name=name))
        assert client.get(path).status_code == 200


def test_nobody_is_told_of_steps_that_somebody_can_take() -> None:
    year = Year()
    assert year.zhao.pk
    put_up(year)
    assert told() == {}
    assert load_state(year.assessment, year.today).vacant_steps == ()


@pytest.mark.parametrize(
    ("lang", "step", "what_to_do"),
    [("zh", "（考核办负责人空缺）", "广东省知识产权局无人担任考核办负责人：请管理员指派人员或者安排代理"),
     ("en", "(no head of the assessing office)", "is head of the assessing office: an administrator appoints")],
)  # fmt: skip
def test_the_pages_say_which_step_waits_for_nobody(lang: str, step: str, what_to_do: str) -> None:
    year = Year()
    put_up(year)
    client = Client(headers={"accept-language": lang})
    client.force_login(year.chen)
    assert step in client.get("/assessments/2021/").text
    assert what_to_do in client.get(APPROVAL).text


def test_once_somebody_is_appointed_nothing_is_said_any_more() -> None:
    year = Year()
    put_up(year)
    asked = Asked(move=StageMove.ISSUE, on=year.today)
    codes = {one.code for one in against(load_state(year.assessment, year.today), asked)}
    assert {"not_approved", "vacant_steps"} <= codes
    Holding.objects.create(
        account=year.qian, organisation=year.province, role=Role.OFFICE_HEAD, starts=LONG_AGO
    )
    codes = {one.code for one in against(load_state(year.assessment, year.today), asked)}
    assert "vacant_steps" not in codes
