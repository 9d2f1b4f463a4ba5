"""From roles to Wagtail's groups: who holds a role today is in its group, and nobody else.

Wagtail asks the groups of the database. They follow the roles at every request to ``/editors/``, so
that a role which ended yesterday gives nothing today; whoever holds none does not get in at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.models import Group, Permission

from steelyard.people.models import Account
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, Role
from steelyard.trail.acting import acting

GROUPS: Mapping[Role, str] = {Role.EDITOR: "Editors", Role.MODERATOR: "Moderators"}
"""Role → the group of Wagtail, which its migrations make and give rights to pages."""


def may_enter(held: Iterable[Held], today: date) -> bool:
    return bool(reach(held, Action.EDIT_PROSE, today))


def may_publish(held: Iterable[Held], today: date) -> bool:
    return bool(reach(held, Action.PUBLISH_PROSE, today))


def names_of(held: Iterable[Held], today: date) -> frozenset[str]:
    """The groups that the roles held on a day stand for."""
    return frozenset(
        GROUPS[one.role] for one in held if one.role in GROUPS and one.is_held_on(today)
    )


def follow_roles(account: Account, held: Iterable[Held], today: date) -> None:
    """Put an account into the groups of its roles and out of the others; writes only what differs."""
    wanted = names_of(held, today)
    groups = account.groups.filter(name__in=GROUPS.values())
    has = frozenset(groups.values_list("name", flat=True))
    if has == wanted:
        return
    with acting("follow_roles"):
        account.groups.remove(*Group.objects.filter(name__in=has - wanted))
        account.groups.add(*Group.objects.filter(name__in=wanted - has))
    for kept in ("_user_perm_cache", "_group_perm_cache", "_perm_cache"):
        account.__dict__.pop(kept, None)


def give_groups_their_rights() -> None:
    """Both groups may copy a page into the other language's tree; Wagtail gives them the rest."""
    right = Permission.objects.get(codename="submit_translation")
    for group in Group.objects.filter(name__in=GROUPS.values()).exclude(permissions=right):
        group.permissions.add(right)
