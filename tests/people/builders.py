"""A small Guangdong with people in it, for tests: what each test needs is what it says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.test import Client
from django.utils import timezone

from steelyard.people import actions
from steelyard.people.models import Account, Organisation
from steelyard.people.rules.roles import Role

NOW = datetime.now(ZoneInfo("Asia/Shanghai"))
TODAY = NOW.date()
FOUNDED = date(2000, 1, 1)


def day(distance: int) -> date:
    """So far from the day that pages see: it may have become another one since the run began."""
    return timezone.localdate() + timedelta(distance)


@dataclass
class Region:
    """Guangdong over Guangzhou and Shenzhen, Guangzhou over Yuexiu; Hunan beside it."""

    guangdong: Organisation
    guangzhou: Organisation
    yuexiu: Organisation
    shenzhen: Organisation
    hunan: Organisation


def opened(code: str, name_zh: str, kind: str, above: Organisation | None, en: str) -> Organisation:
    return actions.open_organisation(
        code=code,
        name_zh=name_zh,
        name_en=en,
        kind=kind,
        starts=FOUNDED,
        parent=above.pk if above else None,
        by=None,
        now=NOW,
    )


def region() -> Region:
    guangdong = opened("440000", "广东省", "province", None, "Guangdong")
    guangzhou = opened("440100", "广州市", "city", guangdong, "Guangzhou")
    return Region(
        guangdong,
        guangzhou,
        opened("440104", "越秀区", "district", guangzhou, "Yuexiu"),
        opened("440300", "深圳市", "city", guangdong, "Shenzhen"),
        opened("430000", "湖南省", "province", None, "Hunan"),
    )


def person(
    username: str, role: Role, organisation: Organisation, name: str = "", **told: object
) -> Account:
    return actions.open_account(
        username=username,
        name=name or username,
        role=role,
        organisation=organisation.pk,
        starts=told.pop("starts", FOUNDED),
        by=None,
        now=NOW,
        **told,
    )


def signed_in(account: Account, language: str = "en") -> Client:
    client = Client()
    client.force_login(account)
    client.cookies["django_language"] = language
    return client
