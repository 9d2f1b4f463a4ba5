"""Who is in the office of a demonstration? The organisations of the sample region, one account a role.

Loaded once into an office that is not production. The password is known to everyone, which is why
production refuses to start while one of these accounts can sign in.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import ROLES, Role
from steelyard.regions import GUANGDONG_PLACES, SAMPLED

PASSWORD = "steelyard-demo"
SINCE = date(2020, 1, 1)
"""The first year that the sample is assessed in."""

PROVINCE = "440000"
CITY_DEPARTMENT = ("440700-market", "江门市市场监督管理局", "Jiangmen Market Regulation Bureau")
"""A department inside a city, which answers for items of the city's submission."""
EXPERT_PANEL = ("expert_panel", "专家组", "Expert Panel")
"""It scores items of the sample assessment; no records come from it."""
POSTS: dict[Role, str] = {
    Role.ASSESSING_OFFICE: PROVINCE,
    Role.OFFICE_HEAD: PROVINCE,
    Role.SUPPLYING_BODY: "market_regulator",
    Role.SCORING_BODY: "assessment_team",
    Role.CITY_OFFICER: "440700",
    Role.CITY_HEAD: "440700",
    Role.DEPARTMENT_OFFICER: CITY_DEPARTMENT[0],
    Role.EXPERT: "review_panel",
    Role.CLERK: "high_court",
    Role.EDITOR: PROVINCE,
    Role.MODERATOR: PROVINCE,
    Role.AUDITOR: PROVINCE,
    Role.ADMINISTRATOR: PROVINCE,
}
"""In which organisation each role's demo account holds it."""

_KINDS = {"high_court": "court", "review_panel": "experts"}
_HOME = SAMPLED["guangdong"]


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation of the sample region, and the code of the one above it."""

    code: str
    zh: str
    en: str
    kind: str
    above: str = PROVINCE
    place: str = ""


def organisations() -> Iterator[Place]:
    """Those of the sample region, each after the one it stands below.

    >>> [one.zh for one in organisations() if one.code in ("440000", "440700", "440703", "customs")]
    ['广东省', '江门市', '蓬江区', '海关']
    """
    yield Place(PROVINCE, "广东省", "Guangdong", "province", "", PROVINCE)
    with GUANGDONG_PLACES.open(encoding="utf-8", newline="") as file:
        named = {row["code"]: row for row in csv.DictReader(file)}
    with (_HOME / "units.csv").open(encoding="utf-8", newline="") as file:
        for unit in csv.DictReader(file):
            code, above = unit["code"], unit["parent"]
            kind = "district" if above else "city"
            name = named[code]
            yield Place(code, name["zh"], name["en"], kind, above or PROVINCE, code)
    mixes = tomllib.loads((_HOME / "sample_mixes.toml").read_text(encoding="utf-8"))
    for code, (zh, en) in mixes["bodies"].items():
        yield Place(code, zh, en, _KINDS.get(code, "department"))
    code, zh, en = EXPERT_PANEL
    yield Place(code, zh, en, "experts")
    code, zh, en = CITY_DEPARTMENT
    yield Place(code, zh, en, "department", above=POSTS[Role.CITY_OFFICER])


def load_demo(*, now: datetime) -> list[tuple[str, Text]]:
    """Load what is not there yet; the new accounts, each with its organisation.

    Nobody acts: in the trail these rows come from the system.
    """
    known = _load_organisations(now)
    return [
        (role.value, known[POSTS[role]].name)
        for role in Role
        if _load_account(role, known[POSTS[role]].pk, now)
    ]


def _load_organisations(now: datetime) -> dict[str, Any]:
    """All of them by code, those that are missing opened."""
    from steelyard.people.actions import open_organisation
    from steelyard.people.models import Organisation

    known = {one.code: one for one in Organisation.objects.all()}
    for one in organisations():
        if one.code not in known:
            parent = known[one.above].pk if one.above else None
            known[one.code] = open_organisation(
                code=one.code, name_zh=one.zh, name_en=one.en, kind=one.kind, place=one.place,
                starts=SINCE, parent=parent, by=None, now=now,
            )  # fmt: skip
    return known


def _load_account(role: Role, organisation: int, now: datetime) -> bool:
    """Whether it was missing, and is opened."""
    from steelyard.people.actions import open_account
    from steelyard.people.models import Account

    if Account.objects.filter(username=role.value).exists():
        return False
    name = f"{ROLES[role].zh}（演示） / {ROLES[role].en} (demo)"
    open_account(
        username=role.value, name=name, role=role, organisation=organisation, starts=SINCE,
        is_demo=True, by=None, now=now,
    )  # fmt: skip
    return True


def let_in() -> int:
    """Set the password of all demo accounts that have none; how many those were.

    To hash a password takes long, by design; here one hash does for all.
    """
    from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

    from steelyard.people.models import Account
    from steelyard.trail.acting import acting

    with acting("set_demo_password"):
        new = Account.objects.filter(is_demo=True, password__startswith=UNUSABLE_PASSWORD_PREFIX)
        return new.update(password=make_password(PASSWORD))
