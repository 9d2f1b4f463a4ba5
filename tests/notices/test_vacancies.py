"""Posts that nobody holds, many at once: told of together, to each who may fill them, once a reminder."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from steelyard.kernel.bilingual import Text
from steelyard.notices import actions
from steelyard.notices.models import Deadline, Notice
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import Role
from tests.notices.test_actions import MONDAY, at
from tests.notices.test_roles_and_posts import titles
from tests.people.builders import Region, opened, person, region, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def guangdong() -> Region:
    return region()


@pytest.fixture
def office(guangdong: Region) -> Account:
    return person("office", Role.ASSESSING_OFFICE, guangdong.guangdong)


@pytest.fixture
def administrator(guangdong: Region) -> Account:
    return person("admin", Role.ADMINISTRATOR, guangdong.guangdong)


def towns(there: Region, many: int) -> list[Organisation]:
    return [
        opened(f"4401{at}", f"第{at}镇", "district", there.guangzhou, f"Town {at}")
        for at in range(10, 10 + many)
    ]


def due_of(towns: list[Organisation]) -> list[Deadline]:
    """Due on 16 March, of the officer of each."""
    dues = [
        actions.Due(one.pk, Text("报送自评材料", "Submit"), "/", one.pk, Role.CITY_OFFICER)
        for one in towns
    ]
    return actions.start_deadlines(
        area="assessment", task="submit", dues=dues, working_days=10, by=None, now=MONDAY
    )


def vacancies(account: Account) -> list[str]:
    """What they read of posts that nobody holds, in Chinese."""
    return [one for one in titles(account) if "空缺" in one]


def test_many_alike_are_one_notice_that_leads_to_them_all(
    guangdong: Region, office: Account, administrator: Account
) -> None:
    due_of(towns(guangdong, 4))
    for account in (office, administrator):
        assert vacancies(account) == [
            "第10镇、第11镇、第12镇等4个单位的单位经办人空缺，2026-03-16前应完成“报送自评材料”："
            "请指派人员或者安排代理"
        ]
        page = signed_in(account).get(Notice.objects.get(account=account).path)
        assert page.status_code == 200
        assert [page.content.decode().count(f"Town {at}<") for at in range(10, 14)] == [1] * 4


def test_who_may_fill_some_of_them_hears_of_those_alone(
    guangdong: Region, administrator: Account
) -> None:
    of_shenzhen = person("shen", Role.ADMINISTRATOR, guangdong.shenzhen)
    due_of([guangdong.yuexiu, guangdong.shenzhen])
    assert vacancies(of_shenzhen) == [
        "深圳市的单位经办人空缺，2026-03-16前应完成“报送自评材料”：请指派人员或者安排代理"
    ]
    assert len(vacancies(administrator)) == 1
    page = signed_in(of_shenzhen).get("/deadlines/vacant/").content.decode()
    assert "Shenzhen" in page
    assert "Yuexiu" not in page


def test_each_is_told_of_once_a_reminder_also_while_posts_are_filled_and_fall_vacant(
    guangdong: Region, administrator: Account
) -> None:
    there = towns(guangdong, 4)
    she = person("she", Role.CITY_OFFICER, there[3])
    due_of(there)
    actions.remind(now=at("2026-03-16"))
    before = len(vacancies(administrator))
    assert before == 2  # as they began, and on the day
    person("he", Role.CITY_OFFICER, there[0])
    actions.remind(now=at("2026-03-16", "10:00"))
    assert len(vacancies(administrator)) == before
    Account.objects.filter(pk=she.pk).update(is_active=False)
    actions.remind(now=at("2026-03-16", "11:00"))
    assert vacancies(administrator)[before:] == [
        "第13镇的单位经办人空缺，2026-03-16前应完成“报送自评材料”：请指派人员或者安排代理"
    ]
    actions.remind(now=at("2026-03-16", "11:00") + timedelta(minutes=10))
    assert len(vacancies(administrator)) == before + 1


def test_of_a_post_that_is_filled_the_page_says_nothing_any_more(
    guangdong: Region, administrator: Account
) -> None:
    there = towns(guangdong, 2)
    due_of(there)
    person("he", Role.CITY_OFFICER, there[0])
    page = signed_in(administrator).get("/deadlines/vacant/").content.decode()
    assert "Town 10" not in page
    assert "Town 11" in page


@pytest.mark.parametrize("many", [2, 12])
def test_starting_and_reminding_of_them_asks_as_often_for_two_as_for_twelve(
    guangdong: Region, office: Account, administrator: Account, many: int
) -> None:
    there = towns(guangdong, many)
    with CaptureQueriesContext(connection) as asked:
        due_of(there)
    assert len(asked) == 13
    with CaptureQueriesContext(connection) as asked:
        actions.remind(now=at("2026-03-16"))
    assert len(asked) == 20
