"""From roles to Wagtail's groups: who holds a role today is in its group, and nobody else.

Wagtail asks the groups of the database. They follow the roles at every request to ``/editors/``, so
that a role which ended yesterday gives nothing today; whoever holds none does not get in at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Locale,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

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


PAGE_RIGHTS: Mapping[str, tuple[str, ...]] = {
    "Editors": ("add_page", "change_page"),
    "Moderators": ("add_page", "change_page", "publish_page"),
}
COLLECTION_RIGHTS = ("add_image", "change_image", "choose_image", "add_document", "change_document",
                     "choose_document")  # fmt: skip


def give_groups_their_rights() -> None:
    """Both groups write, translate and bring pictures; moderators approve what others wrote, and take down.

    Wagtail's migrations give most of it. Here it is said again, so that it is so whatever came between.
    """
    root, collection = _roots()
    for name, rights in PAGE_RIGHTS.items():
        group = Group.objects.get_or_create(name=name)[0]
        group.permissions.add(
            *Permission.objects.filter(codename__in=("access_admin", "submit_translation"))
        )
        for right in Permission.objects.filter(
            content_type__app_label="wagtailcore", codename__in=rights
        ):
            GroupPagePermission.objects.get_or_create(group=group, page=root, permission=right)
        for right in Permission.objects.filter(
            content_type__app_label__in=("wagtailimages", "wagtaildocs"),
            codename__in=COLLECTION_RIGHTS,
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=group, collection=collection, permission=right
            )
    if not WorkflowPage.objects.filter(page=root).exists():
        task = GroupApprovalTask.objects.create(name=APPROVAL)
        task.groups.set(Group.objects.filter(name="Moderators"))
        workflow = Workflow.objects.create(name=APPROVAL)
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
        WorkflowPage.objects.create(workflow=workflow, page=root)


APPROVAL = "Moderators approval"


def _roots() -> tuple[Page, Collection]:
    chinese = Locale.objects.get_or_create(language_code="zh-hans")[0]
    root = Page.objects.filter(depth=1).first() or Page.add_root(
        title="Root", slug="root", locale=chinese
    )
    return root, Collection.objects.filter(depth=1).first() or Collection.add_root(name="Root")
