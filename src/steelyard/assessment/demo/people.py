"""Who acts in a demonstration, and a number that is for ever the same."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.contrib.auth.hashers import make_password

from steelyard.people.actions import open_account
from steelyard.people.models import Account, Holding, Organisation
from steelyard.people.rules.roles import ROLES, Role
from steelyard.trail.acting import acting

SINCE = date(2020, 1, 1)


def pick(among: int, *of: object) -> int:
    """A number below ``among``, for ever the same for the same things."""
    told = "·".join(map(str, of)).encode()
    return int.from_bytes(hashlib.sha256(told).digest()[:8]) % among


def _called(role: Role, where: Organisation) -> str:
    """A unit's officer is called by the name of the unit."""
    zh, en = ROLES[role].zh.removeprefix("单位"), ROLES[role].en
    return f"{where.name_zh}{zh}（演示） / {en}, {where.name.say('en')} (demo)"


def _numbered(role: Role, at: int) -> str:
    return f"{ROLES[role].zh}{at}（演示） / {ROLES[role].en} {at} (demo)"


@dataclass
class People:
    """Who acts. Where a body or city has nobody yet, an account is opened that nobody can sign in with."""

    now: datetime
    _found: dict[tuple[Role, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        posts = Holding.objects.filter(account__is_demo=True)
        for role, organisation, account in posts.values_list("role", "organisation", "account"):
            self._found[Role(role), organisation] = account
        named = {
            one.account.username: one.organisation
            for one in posts.select_related("account", "organisation")
        }
        self.office = named[Role.ASSESSING_OFFICE.value]
        self.city = named[Role.CITY_OFFICER.value]
        self.department = named[Role.DEPARTMENT_OFFICER.value]
        self.numbers = dict(Account.objects.values_list("username", "pk"))
        self.homes = {name: one.pk for name, one in named.items()}

    def one(self, role: Role) -> int:
        """The demonstration's account of a role."""
        return self.numbers[role.value]

    def experts(self) -> list[int]:
        """The demonstration's expert and two more, who review files together."""
        expert = self.one(Role.EXPERT)
        panel = self.homes[Role.EXPERT.value]
        names = ("expert_2", "expert_3")
        if names[0] not in self.numbers:
            for at, username in enumerate(names, 2):
                self.numbers[username] = open_account(
                    username=username, name=_numbered(Role.EXPERT, at), role=Role.EXPERT,
                    organisation=panel, starts=SINCE, is_demo=True, by=None, now=self.now,
                ).pk  # fmt: skip
        return [expert, *(self.numbers[name] for name in names)]

    def take_posts(self, posts: Iterable[tuple[Role, Organisation]]) -> None:
        """Open an account for each post that nobody holds, all at once, as ``open_account`` would."""
        vacant = {
            (role, one.pk): Account(
                username=f"{role.value}_{one.code}", name=_called(role, one),
                is_demo=True, password=make_password(None),
            )
            for role, one in posts
            if (role, one.pk) not in self._found
        }  # fmt: skip
        with acting("open_account"):
            Account.objects.bulk_create(vacant.values())
            Holding.objects.bulk_create(
                Holding(account=account, organisation_id=where, role=role.value, starts=SINCE)
                for (role, where), account in vacant.items()
            )
        self._found |= {post: account.pk for post, account in vacant.items()}

    def at(self, role: Role, organisation: int) -> int:
        """Who holds a post."""
        return self._found[role, organisation]
