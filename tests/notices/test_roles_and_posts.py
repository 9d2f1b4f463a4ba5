"""Who is given a role hears of it; a post that nobody holds is told to who may fill it; failed mail."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from steelyard.notices import actions as notices
from steelyard.notices.models import Mail, Notice
from steelyard.notices.rules.texts import Kind, title
from steelyard.people import actions
from steelyard.people.models import Account, Holding
from steelyard.people.rules.roles import Role
from tests.notices.test_actions import MONDAY, at, keys, started
from tests.people.builders import NOW, Region, day, person, region, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def guangdong() -> Region:
    return region()


@pytest.fixture
def administrator(guangdong: Region) -> Account:
    return person("admin", Role.ADMINISTRATOR, guangdong.guangdong, "管理员")


def titles(account: Account) -> list[str]:
    """What they read in Chinese."""
    told = Notice.objects.filter(account=account).order_by("id")
    return [title(Kind(one.kind), one.words, "zh") for one in told]


def test_a_role_that_is_given_ends_or_is_withdrawn_is_told_to_its_person(
    guangdong: Region, administrator: Account
) -> None:
    he = person("he", Role.CLERK, guangdong.yuexiu, "何静")
    told = {
        "account": he.pk,
        "organisation": guangdong.shenzhen.pk,
        "by": administrator.pk,
        "now": NOW,
    }
    given = actions.give_role(role=Role.EXPERT, starts=day(0), **told)
    later = actions.give_role(role=Role.CLERK, starts=day(9), **told)
    actions.end_role(holding=given.pk, ends=day(5), by=administrator.pk, now=NOW)
    actions.end_role(holding=later.pk, ends=day(9), by=administrator.pk, now=NOW)
    assert titles(he) == [
        f"您自{day(0)}起任评审专家（深圳市）",
        f"您自{day(9)}起任诉讼服务处书记员（深圳市）",
        f"您任评审专家（深圳市）的最后一天是{day(4)}",
        f"原定您自{day(9)}起任诉讼服务处书记员（深圳市），现已撤回",
    ]
    assert signed_in(he).get("/notices/").content.decode().count("people and organisations") == 4


def test_roles_that_end_with_their_organisation_are_told_and_the_system_is_silent(
    guangdong: Region, administrator: Account
) -> None:
    he = person("he", Role.CLERK, guangdong.yuexiu)
    assert titles(he) == []
    actions.close_organisation(
        organisation=guangdong.yuexiu.pk, ends=day(3), by=administrator.pk, now=NOW
    )
    assert titles(he) == [f"您任诉讼服务处书记员（越秀区）的最后一天是{day(2)}"]


def vacant() -> list[str]:
    return [key for key in keys() if key.startswith("vacant:")]


def test_a_post_that_nobody_holds_is_told_to_who_may_fill_it_once_a_reminder(
    guangdong: Region, administrator: Account
) -> None:
    office = person("office", Role.ASSESSING_OFFICE, guangdong.guangdong)
    elsewhere = person("other", Role.ADMINISTRATOR, guangdong.hunan)
    deadline = started(guangdong.guangzhou)  # due on 16 March
    assert titles(administrator) == [
        "广州市的数据来源单位空缺，2026-03-16前应完成“报送海关备案数据”：请指派人员或者安排代理"
    ]
    for number in range(40):
        for hours in (0, 1, 8):
            notices.remind(now=MONDAY + timedelta(days=number, hours=hours))
    codes = ["started", "5_before", "1_before", "on_the_day", "1_after", "5_after"]
    assert [key.split(":")[2] for key in vacant() if key.endswith(f":{office.pk}")] == codes
    assert [key.split(":")[2] for key in vacant() if key.endswith(f":{administrator.pk}")] == codes
    assert titles(elsewhere) == []
    paths = {one.account: one.path for one in Notice.objects.filter(kind="post_vacant")}
    for account in (office, administrator):  # each is led where they may go
        assert signed_in(account).get(paths[account]).status_code == 200
    assert paths[office] == f"/deadlines/{deadline.pk}/"


def test_a_post_that_is_filled_is_not_told_of_any_more(
    guangdong: Region, administrator: Account
) -> None:
    started(guangdong.guangzhou)
    person("li", Role.SUPPLYING_BODY, guangdong.guangzhou)
    before = len(vacant())
    notices.remind(now=at("2026-03-16"))
    assert len(vacant()) == before
    assert Notice.objects.filter(key__startswith="remind:").count() == 1


def failed(to: Account, state: str, read: datetime | None = None) -> Mail:
    now = timezone.now()
    mail = Mail.objects.create(
        key=f"m{Mail.objects.count()}", account=to, state=state, tries=6, created_at=now,
        next_at=now, tried_at=now, ended_at=now, trouble="SMTPServerDisconnected",
    )  # fmt: skip
    Notice.objects.create(
        account=to, kind="delivery_returned", area="supply", object_id=1, path="/deliveries/1/",
        words={"what": {"zh": "秘密的表"}, "reason": {"zh": "缺页"}}, key=mail.key, created_at=now,
        packed_at=now, mail=mail, read_at=read,
    )  # fmt: skip
    return mail


def page_of(account: Account) -> str:
    return signed_in(account).get("/mails/").content.decode()


def test_an_administrator_sees_which_mail_did_not_arrive_and_what_to_do_but_not_what_it_was(
    guangdong: Region, administrator: Account
) -> None:
    he = person("he", Role.CLERK, guangdong.yuexiu, "何静", email="he@example.org")
    assert "All mail went out" in page_of(administrator)
    failed(he, "unsure")
    failed(he, "given_up")
    failed(he, "sent")
    failed(person("xie", Role.CLERK, guangdong.hunan, "谢芳"), "unsure")
    page = page_of(administrator)
    assert page.count("he@example.org") == 2
    assert "not sent again" in page
    assert "refused after 6 tries" in page
    assert "谢芳" not in page
    assert "秘密的表" not in page
    Notice.objects.update(read_at=timezone.now())
    assert "All mail went out" in page_of(administrator)


@pytest.mark.parametrize("mails", [1, 3])
def test_the_list_of_mails_asks_the_database_as_often_for_one_as_for_three(
    guangdong: Region, administrator: Account, mails: int
) -> None:
    he = person("he", Role.CLERK, guangdong.yuexiu)
    for _ in range(mails):
        failed(he, "unsure")
    client: Client = signed_in(administrator)
    with CaptureQueriesContext(connection) as asked:
        client.get("/mails/")
    assert len(asked) == 5


def test_a_stand_in_sees_what_the_post_sees_for_those_days_and_no_others(
    guangdong: Region, administrator: Account
) -> None:
    he = person("he", Role.CLERK, guangdong.yuexiu, "何静")
    his, hers = signed_in(he), signed_in(administrator, "zh-hans")
    assert his.get("/deadlines/").status_code == 404
    told = {
        "organisation": guangdong.guangzhou.pk, "role": "assessing_office", "starts": day(0),
        "ends": day(3), "stands_in": "on",
    }  # fmt: skip
    assert hers.post(f"/accounts/{he.pk}/roles/", told).status_code == 302
    started(guangdong.yuexiu, now=timezone.now())
    page = his.get("/deadlines/")
    assert page.status_code == 200
    assert "Yuexiu" in page.content.decode()
    assert "assessing office" in his.get("/account/").content.decode()
    assert titles(he)[0] == f"您自{day(0)}起任考核办（广州市）"
    assert "越秀区的数据来源单位空缺" in titles(he)[1], "what the post is told, a stand-in is told"
    holding = Holding.objects.get(account=he, role="assessing_office")
    assert holding.stands_in
    Holding.objects.filter(pk=holding.pk).update(starts=day(-5), ends=day(0))  # the days are over
    assert his.get("/deadlines/").status_code == 404
