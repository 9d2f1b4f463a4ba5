"""May this person hold this role there from a day to a day?

Several may hold one role in an organisation at the same time. Someone stands in only while nobody
holds it, and alone; whoever stands in ends before another begins.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.periods import Days
from steelyard.kernel.refusals import Refusal
from steelyard.people.rules.roles import Role


@dataclass(frozen=True, slots=True)
class Post:
    """A role in an organisation, held by an account on these days; on none, if it was withdrawn."""

    account: int
    organisation: int
    role: Role
    days: Days
    stands_in: bool = False

    def is_held_from_on(self, day: date) -> bool:
        """Whether it is held on the day or will be."""
        return self.days.meets(Days(day))

    def is_the_post_of(self, other: Post) -> bool:
        return (self.organisation, self.role) == (other.organisation, other.role)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is known when a role is to be given.

    ``by``: the account that gives it, None for the system itself. ``exists``: the organisation's
    days.
    """

    by: int | None
    today: date
    exists: Days
    others: Sequence[Post]


Limit = Callable[[Post, Asked], Refusal | None]


def has_days(wanted: Post, _asked: Asked) -> Refusal | None:
    if not wanted.days.is_empty:
        return None
    return Refusal("no_days", Text("止日应晚于起日", "it must end after it starts"), "ends")


def organisation_exists(wanted: Post, asked: Asked) -> Refusal | None:
    if asked.exists.holds(wanted.days):
        return None
    said = Text(
        f"超出机构的存续期（{asked.exists.say()}）",
        f"the organisation exists {asked.exists.say()} only",
    )
    return Refusal("outside_days_of_organisation", said, "starts")


def is_not_given_to_oneself(wanted: Post, asked: Asked) -> Refusal | None:
    if asked.by is None or asked.by != wanted.account:
        return None
    said = Text(
        "不能给自己授予角色，请由其他管理员办理",
        "nobody gives a role to themselves; ask another administrator",
    )
    return Refusal("given_to_oneself", said, "account")


def does_not_begin_in_the_past(wanted: Post, asked: Asked) -> Refusal | None:
    if asked.by is None or wanted.days.starts >= asked.today:
        return None
    said = Text("起日不能早于今天", "a role cannot begin before today")
    return Refusal("begins_in_the_past", said, "starts")


def is_not_held_already(wanted: Post, asked: Asked) -> Refusal | None:
    met = _met(wanted, asked, lambda other: other.account == wanted.account)
    if met is None:
        return None
    said = Text(
        f"此人在该时段（{met.days.say()}）已有这一角色",
        f"they hold this role already, {met.days.say()}",
    )
    return Refusal("held_already", said, "starts")


def post_is_vacant(wanted: Post, asked: Asked) -> Refusal | None:
    """To stand in, the post must be vacant on all the days."""
    met = _met(wanted, asked, lambda other: other.account != wanted.account)
    if not wanted.stands_in or met is None:
        return None
    said = Text(
        f"该岗位在{met.days.say()}有人任职或者代理，只有空缺时才能代理",
        f"somebody holds the post, {met.days.say()}; one stands in only while it is vacant",
    )
    return Refusal("not_vacant", said, "stands_in")


def nobody_stands_in(wanted: Post, asked: Asked) -> Refusal | None:
    met = _met(wanted, asked, lambda other: other.stands_in and other.account != wanted.account)
    if wanted.stands_in or met is None:
        return None
    said = Text(
        f"该岗位在{met.days.say()}有人代理，请先结束代理",
        f"somebody stands in, {met.days.say()}; end that first",
    )
    return Refusal("stood_in_for", said, "starts")


LIMITS: tuple[Limit, ...] = (
    has_days,
    organisation_exists,
    is_not_given_to_oneself,
    does_not_begin_in_the_past,
    is_not_held_already,
    post_is_vacant,
    nobody_stands_in,
)


def against(wanted: Post, asked: Asked) -> tuple[Refusal, ...]:
    """Everything against giving the role."""
    return tuple(found for limit in LIMITS if (found := limit(wanted, asked)) is not None)


def _met(wanted: Post, asked: Asked, which: Callable[[Post], bool]) -> Post | None:
    """The first of the others in this post, on some of the same days, of whom it is true."""
    return next(
        (
            other
            for other in asked.others
            if other.is_the_post_of(wanted) and other.days.meets(wanted.days) and which(other)
        ),
        None,
    )
