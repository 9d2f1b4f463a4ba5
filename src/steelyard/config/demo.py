"""Who is in the office of a demonstration? The organisations of the sample region, one account a role.

Loaded once into an office that is not production. The password is known to everyone, which is why
production refuses to start while one of these accounts can sign in.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import ROLES, Role
from steelyard.regions import GUANGDONG_PLACES, SAMPLED

if TYPE_CHECKING:
    from steelyard.people.models import Organisation

PASSWORD = "steelyard-demo"
SINCE = date(2020, 1, 1)
"""The first year of the sample records."""

PROVINCE = "440000"
POSTS: dict[Role, str] = {
    Role.ASSESSING_OFFICE: PROVINCE,
    Role.SUPPLYING_BODY: "market_regulator",
    Role.SCORING_BODY: "assessment_team",
    Role.CITY_OFFICER: "440700",
    Role.DEPARTMENT_OFFICER: "ip_office",
    Role.EXPERT: "review_panel",
    Role.CLERK: "high_court",
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


def load_demo() -> list[tuple[str, Text]]:
    """Load what is not there yet; the new accounts, each with its organisation.

    Nobody acts: in the trail these rows come from the system.
    """
    from steelyard.people.models import Organisation, Placement
    from steelyard.trail.acting import acting

    with acting("load_demo"):
        known = {one.code: one for one in Organisation.objects.all()}
        for one in organisations():
            if one.code in known:
                continue
            made = Organisation.objects.create(
                code=one.code, name_zh=one.zh, name_en=one.en, kind=one.kind, place=one.place,
                starts=SINCE,
            )  # fmt: skip
            known[one.code] = made
            if one.above:
                Placement.objects.create(organisation=made, parent=known[one.above], starts=SINCE)
        return [made for role in Role if (made := _open_account(role, known[POSTS[role]]))]


def _open_account(role: Role, organisation: Organisation) -> tuple[str, Text] | None:
    from steelyard.people.models import Account, Holding

    if Account.objects.filter(username=role.value).exists():
        return None
    account = Account(username=role.value, name=f"{ROLES[role].zh}（演示）", is_demo=True)
    account.password = _hashed()
    account.save()
    Holding.objects.create(account=account, organisation=organisation, role=role, starts=SINCE)
    return account.username, Text(organisation.name_zh, organisation.name_en)


@cache
def _hashed() -> str:
    """One slow hash for all: everyone knows the password anyway."""
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)
