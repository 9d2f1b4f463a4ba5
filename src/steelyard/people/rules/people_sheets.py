"""A sheet of people: who gets an account, who gets a role; or every fault.

A row is one role of one person. A user name that is known is that person; names and addresses of
those are not changed by a sheet. A role that is held just so already changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault
from steelyard.people.rules import posts
from steelyard.people.rules.days import Days
from steelyard.people.rules.posts import Asked, Post
from steelyard.people.rules.roles import ROLES, Role
from steelyard.people.rules.sheets import (
    Column,
    Entry,
    at_most,
    day,
    entries,
    matching,
    one_of,
    short_text,
)
from steelyard.tables import cells
from steelyard.tables.sheet import Sheet

_username = matching(
    r"[\w.@+-]+",
    Text("用户名只能用文字、数字和@ . + - _", "a user name has letters, digits and @ . + - _"),
    Text("请改正用户名", "mend the user name"),
)
_email = matching(
    r"[^@\s]+@[^@\s]+\.[^@\s.]+",
    Text("不是电子邮箱", "is no e-mail address"),
    Text("请改正或者留空", "mend it or leave it empty"),
)
_organisation = matching(
    r"\S+", Text("不是机构代码", "is no code"), Text("请填机构代码", "write the code")
)
COLUMNS: tuple[Column, ...] = (
    Column(
        "username",
        Text("用户名", "User name"),
        Text(
            "用于登录，设定后不再改变；一人多个角色的，每个角色一行",
            "to sign in with; one row for each role",
        ),
        _username,
    ),
    Column(
        "name",
        Text("姓名", "Name"),
        Text("新账号必填", "needed for a new account"),
        short_text(100),
        required=False,
    ),
    Column(
        "email", Text("电子邮箱", "E-mail"), Text("可不填", "may be empty"), _email, required=False
    ),
    Column(
        "role",
        Text("角色", "Role"),
        Text("、".join(t.zh for t in ROLES.values()), ", ".join(t.en for t in ROLES.values())),
        one_of({role.value: text for role, text in ROLES.items()}),
    ),
    Column(
        "organisation",
        Text("机构代码", "Code of the organisation"),
        Text("已有机构的代码", "of one that exists"),
        _organisation,
    ),
    Column(
        "starts",
        Text("起日", "From"),
        Text("不早于今天，例如2026-12-01", "from today on; for instance 2026-12-01"),
        day,
    ),
    Column(
        "ends",
        Text("止日", "Until"),
        Text("可不填；从这一天起不再担任", "may be empty; the first day without the role"),
        day,
        required=False,
    ),
    Column(
        "stands_in",
        Text("代理", "Stands in"),
        Text("是或者否，可不填", "yes or no; may be empty"),
        cells.yes_no,
        required=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Person:
    """An account as it is; ``is_seen``: whether the one who brings the sheet knows of it."""

    number: int
    name: str
    email: str
    is_seen: bool


@dataclass(frozen=True, slots=True)
class Known:
    """``people`` by user name in lower case; ``organisations`` that may be managed, by code."""

    by: int | None
    today: date
    people: Mapping[str, Person]
    organisations: Mapping[str, tuple[int, Days]]
    held: frozenset[Post]


@dataclass(frozen=True, slots=True)
class Change:
    """``verb``: ``open`` an account with its first role, ``give`` a role, or ``same``."""

    entry: Entry
    verb: str
    post: Post


class HeldPosts:
    """Who holds what, found by what a limit can meet, so that thousands are not compared with all."""

    def __init__(self, posts: Iterable[Post]) -> None:
        self.all: defaultdict[object, list[Post]] = defaultdict(list)
        for post in posts:
            self.add(post)

    def add(self, post: Post) -> None:
        whole = (post.organisation, post.role)
        self.all[whole].append(post)
        self.all[(*whole, post.account)].append(post)
        if post.stands_in:
            self.all[(*whole, "stands in")].append(post)

    def around(self, post: Post) -> Sequence[Post]:
        """Those that can be met: by one who stands in anyone; else oneself and who stands in."""
        whole = (post.organisation, post.role)
        if post.stands_in:
            return self.all[whole]
        return [*self.all[(*whole, post.account)], *self.all[(*whole, "stands in")]]


def plan(sheet: Sheet, known: Known) -> tuple[list[Change], list[Fault]]:
    """What the sheet would change, in its order; or all its faults."""
    read, faults = entries(sheet, COLUMNS)
    changes: list[Change] = []
    new: dict[str, int] = {}
    held = HeldPosts(known.held)
    mentioned: set[str] = set()
    for entry in read:
        faults += (wrong := _against(entry, known, mentioned))
        mentioned.add(_username_of(entry))
        if wrong or entry.wrong & POST:
            continue
        change = _change(entry, known, new)
        if change.verb != "same":
            wrong = _against_post(change.post, entry, known, held.around(change.post))
            faults += wrong
        if not wrong:
            changes.append(change)
            held.add(change.post)
    return ([], at_most(faults)) if faults else (changes, [])


POST = frozenset({"username", "role", "organisation", "starts", "ends", "stands_in"})
"""What has to be read before it can be said whether the role may be given."""


def _username_of(entry: Entry) -> str:
    return (entry["username"] or "").casefold()


def _against(entry: Entry, known: Known, mentioned: Collection[str]) -> list[Fault]:
    """``mentioned``: the people of the rows above."""
    faults = []
    person = known.people.get(_username_of(entry))
    if person is not None and not person.is_seen:
        what = Text("这个用户名已有人使用", "another account has this user name")
        faults.append(
            entry.fault("username", "username_taken", what, Text("请换一个用户名", "take another"))
        )
    elif person is not None:
        faults += [
            entry.fault(key, f"{key}-differs", *_ON_THEIR_PAGE)
            for key, now in (("name", person.name), ("email", person.email))
            if entry[key] is not None and entry[key] != now
        ]
    elif (
        entry["name"] is None
        and not entry.wrong & {"username", "name"}
        and _username_of(entry) not in mentioned
    ):
        what = Text("新账号没有填姓名", "a new account has no name")
        faults.append(entry.fault("name", "no-name", what, Text("请填写姓名", "fill it in")))
    if "organisation" not in entry.wrong and entry["organisation"] not in known.organisations:
        what = Text(
            f"没有代码为“{entry['organisation']}”的机构",
            f"there is no organisation “{entry['organisation']}”",
        )
        faults.append(
            entry.fault(
                "organisation",
                "unknown-organisation",
                what,
                Text("请填已有机构的代码", "write the code of one that exists"),
            )
        )
    return faults


def _change(entry: Entry, known: Known, new: dict[str, int]) -> Change:
    """New people are numbered below zero until they have an account."""
    username = _username_of(entry)
    person = known.people.get(username)
    verb = "open" if person is None and username not in new else "give"
    number = person.number if person else new.setdefault(username, -1 - len(new))
    organisation, _ = known.organisations[entry["organisation"]]
    days = Days(entry["starts"], entry["ends"])
    post = Post(number, organisation, Role(entry["role"]), days, bool(entry["stands_in"]))
    return Change(entry, "same" if post in known.held else verb, post)


def _against_post(post: Post, entry: Entry, known: Known, held: Sequence[Post]) -> list[Fault]:
    _, exists = known.organisations[entry["organisation"]]
    found = posts.refusals(post, Asked(known.by, known.today, exists, held))
    column = {"account": "username"}
    return [
        entry.fault(column.get(one.field, one.field), one.code, one.text, _MEND) for one in found
    ]


_MEND = Text("请改正后重新上传", "put it right and upload the sheet again")
_ON_THEIR_PAGE = (
    Text(
        "与系统中的不同，不能用表格更改",
        "differs from what is recorded, and is not changed by a sheet",
    ),
    Text("请留空，在该账号的页面上更正", "leave it empty and correct it on the account's page"),
)
