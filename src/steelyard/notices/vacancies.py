"""Something is due of a post that nobody holds: who hears of it?

The administrators and the assessing offices above, each where they can do something, and each once a reminder,
however many of their organisations want an officer for the same: those are told of together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from steelyard.kernel.bilingual import Text, same
from steelyard.notices.models import Deadline, Notice
from steelyard.notices.queries import who_may_each
from steelyard.notices.rules.texts import Kind
from steelyard.notices.telling import notices, write_notices
from steelyard.people.models import Organisation
from steelyard.people.rules.roles import ROLES, Action, Role

NAMED = 3
"""Of the organisations that are told of together, so many are named; the page has them all."""

Vacant = tuple[Deadline, str]
"""A deadline of a role that nobody holds, and the code of the reminder that is due."""


def tell_of_vacant(vacant: Sequence[Vacant], today: date, now: datetime) -> None:
    """Tell of each of them, unless that was done. Part of what starts deadlines or reminds of them."""
    told = _told(vacant)
    fresh = [(one, code) for one, code in vacant if (one.pk, _reminder(one, code)) not in told]
    if not fresh:
        return
    names = _names(one for one, _ in fresh)
    written: dict[str, Notice] = {}
    for action in (Action.MANAGE_PEOPLE, Action.EXTEND_DEADLINE):
        for account, theirs in _theirs(fresh, action, today).items():
            for group in _groups(theirs):
                notice = _notice(group, action, account, names, now)
                written.setdefault(notice.key, notice)
    write_notices([*written.values()])


def _reminder(deadline: Deadline, code: str) -> str:
    """Under which it is told of: put off, it is told of anew."""
    return f"vacant:{deadline.due}:{code}"


def _told(vacant: Sequence[Vacant]) -> set[tuple[int, str]]:
    """The deadlines that somebody was told of, each with its reminder."""
    reminders = {_reminder(one, code) for one, code in vacant}
    if not reminders:
        return set()
    such = Q()
    for reminder in reminders:
        such |= Q(key__startswith=f"{reminder}:")
    return {
        (number, ":".join(key.split(":")[:3]))
        for key, numbers in Notice.objects.filter(such).values_list("key", "deadlines")
        for number in numbers
    }


def _theirs(vacant: Sequence[Vacant], action: Action, today: date) -> dict[int, list[Vacant]]:
    """Account → what it hears of, by what it may do towards whose it would be."""
    who = who_may_each(action, {one.organisation_id for one, _ in vacant}, today)
    found: defaultdict[int, list[Vacant]] = defaultdict(list)
    for one, code in vacant:
        for account in who[one.organisation_id]:
            found[account].append((one, code))
    return found


def _groups(vacant: Sequence[Vacant]) -> list[list[Vacant]]:
    """Those alike but for the organisation, in the order of their numbers."""
    found: defaultdict[tuple[object, ...], list[Vacant]] = defaultdict(list)
    for one, code in sorted(vacant, key=lambda each: each[0].pk):
        found[one.area, one.what_zh, one.due, one.role, code].append((one, code))
    return [*found.values()]


def _names(those: Iterable[Deadline]) -> dict[int, Text]:
    numbers = {one.organisation_id for one in those}
    return {one.pk: one.name for one in Organisation.objects.filter(pk__in=numbers)}


def _notice(
    group: Sequence[Vacant], action: Action, account: int, names: dict[int, Text], now: datetime
) -> Notice:
    (first, code), several = group[0], len(group) > 1
    words = {
        "what": first.what,
        "due": same(str(first.due)),
        "role": ROLES[Role(first.role)],
        "who": _who([names[one.organisation_id] for one, _ in group]),
        **({"number": same(str(len(group)))} if several else {}),
    }
    (found,) = notices(
        Kind.POSTS_VACANT if several else Kind.POST_VACANT, [account], first.area, first.object_id,
        reverse("notices:vacant") if several else _where(first, action), words,
        f"{_reminder(first, code)}:{first.pk}", now,
    )  # fmt: skip
    found.deadlines = [one.pk for one, _ in group]
    return found


def _where(deadline: Deadline, action: Action) -> str:
    """Each is led where they may go."""
    if action is Action.MANAGE_PEOPLE:
        return reverse("people:organisation", args=[deadline.organisation_id])
    return reverse("notices:deadline", args=[deadline.pk])


def _who(named: Sequence[Text]) -> Text:
    """The first of them, and that there are more."""
    first, more = named[:NAMED], len(named) > NAMED
    return Text(
        "、".join(one.say("zh") for one in first),
        ", ".join(one.say("en") for one in first) + (", …" if more else ""),
    )
