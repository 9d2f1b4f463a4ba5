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

from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import ROLES, Role
from steelyard.regions import GUANGDONG_PLACES, SAMPLED

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


def load_demo(*, now: datetime) -> list[tuple[str, Text]]:
    """Load what is not there yet; the new accounts, each with its organisation.

    Nobody acts: in the trail these rows come from the system.
    """
    from django.contrib.auth.hashers import make_password

    from steelyard.people.actions import open_account, open_organisation
    from steelyard.people.models import Account, Organisation
    from steelyard.trail.acting import acting

    known = {one.code: one for one in Organisation.objects.all()}
    for one in organisations():
        if one.code not in known:
            known[one.code] = open_organisation(
                code=one.code,
                name_zh=one.zh,
                name_en=one.en,
                kind=one.kind,
                place=one.place,
                starts=SINCE,
                parent=known[one.above].pk if one.above else None,
                by=None,
                now=now,
            )
    opened = []
    for role in Role:
        post = known[POSTS[role]]
        if not Account.objects.filter(username=role.value).exists():
            open_account(
                username=role.value,
                name=f"{ROLES[role].zh}（演示）",
                role=role,
                organisation=post.pk,
                starts=SINCE,
                is_demo=True,
                by=None,
                now=now,
            )
            opened.append((role.value, Text(post.name_zh, post.name_en)))
    if opened:
        # To hash a password takes long, by design; here one hash does for all.
        with acting("set_demo_password"):
            new = Account.objects.filter(username__in=[username for username, _ in opened])
            new.update(password=make_password(PASSWORD))
    return opened
