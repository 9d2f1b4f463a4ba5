"""Who may see and manage organisations and accounts: values in, refusals out.

``held`` None is the system itself, which may do everything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.people.rules.posts import Post
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action

NOT_YOURS = "not_yours"
"""The code of a refusal that a page answers like an unknown address."""

UNKNOWN = Refusal(NOT_YOURS, Text("没有这一对象", "there is no such thing"))
NOT_MANAGED = Refusal(
    NOT_ALLOWED,
    Text("您可以查看，但不能管理该机构的人员和账号", "you may see this, but not manage it"),
)


def seen(held: Iterable[Held], today: date) -> frozenset[int]:
    """The organisations whose people one may see."""
    return reach(held, Action.SEE_PEOPLE, today)


def managed(held: Iterable[Held], today: date) -> frozenset[int]:
    """The organisations whose people one may manage."""
    return reach(held, Action.MANAGE_PEOPLE, today)


def may_not_manage(
    held: Iterable[Held] | None, organisations: Iterable[int | None], today: date
) -> tuple[Refusal, ...]:
    """Against managing all of these organisations."""
    if held is None or managed(held, today).issuperset(organisations):
        return ()
    return (UNKNOWN,)


def may_not_see_account(
    held: Iterable[Held] | None, posts: Iterable[Post], today: date
) -> tuple[Refusal, ...]:
    """An account is seen by whoever sees an organisation in which it holds or held a role, or was to."""
    if held is None:
        return ()
    organisations = seen(held, today)
    return () if any(post.organisation in organisations for post in posts) else (UNKNOWN,)


def may_not_manage_account(
    held: Iterable[Held] | None, posts: Iterable[Post], today: date
) -> tuple[Refusal, ...]:
    """Against managing an account itself: its name, its address, its way in.

    Whoever can change where the mail goes can become that person. So all organisations in which
    the account holds a role, or will, must be managed; past and withdrawn ones count where there are
    no others.
    """
    posts = list(posts)
    to_come = [post for post in posts if post.is_held_from_on(today)]
    counted = {post.organisation for post in to_come or posts}
    return may_not_manage(held, counted, today) if counted or held is None else (UNKNOWN,)
