"""Writes: what a person does with organisations, accounts and roles. Each leaves its trace.

``by``: the account that acts, None for the system itself. ``now``: when.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import connection
from django.utils import timezone

from steelyard.kernel.bilingual import Text
from steelyard.kernel.names import against_names
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people import permissions
from steelyard.people.models import Account, Holding, Organisation, Placement
from steelyard.people.queries import (
    load_held,
    load_known,
    load_placed_around,
    load_posts,
    post_of,
)
from steelyard.people.rules import closing, posts, tree
from steelyard.people.rules.days import Days
from steelyard.people.rules.posts import Asked, Post
from steelyard.people.rules.roles import Role
from steelyard.people.rules.tree import Placed
from steelyard.people.telling import Change, tell_of
from steelyard.trail.acting import acting
from steelyard.trail.versions import (
    ChangedMeanwhile,
    refuse_if_changed,
    row_of,
    save_unless_changed,
)

ONE_DAY = timedelta(days=1)


def open_organisation(
    *,
    code: str,
    name_zh: str,
    kind: str,
    starts: date,
    parent: int | None,
    name_en: str = "",
    place: str = "",
    by: int | None,
    now: datetime,
) -> Organisation:
    """A new organisation, standing below another from its first day; only the system opens one
    that stands below none. The same again gives the one that is there.

    Raises:
        Refused: the code is taken, it may not stand there, or it is not for ``by`` to say.
    """
    with acting("open_organisation", by=by):
        hold_tree()
        refuse_if_any(_manage([parent], by, now))
        refuse_if_any(against_names(name_zh=name_zh, name_en=name_en))
        there = Organisation.objects.filter(
            code=code, name_zh=name_zh, name_en=name_en, kind=kind, place=place, starts=starts,
            placements__parent=parent, placements__starts=starts,
        ).first()  # fmt: skip
        if there is not None and not _manage([there.pk], by, now):
            return there
        refuse_if_any([_taken("code")] if Organisation.objects.filter(code=code).exists() else [])
        organisation = Organisation.objects.create(
            code=code, name_zh=name_zh, name_en=name_en, kind=kind, place=place, starts=starts
        )
        if parent is not None:
            _place(organisation, parent, starts)
    return organisation


def correct_organisation(
    *,
    organisation: int,
    name_zh: str,
    name_en: str,
    kind: str,
    place: str,
    seen_version: int | None = None,
    by: int | None,
    now: datetime,
) -> Organisation:
    """What an organisation is called. Its code and its days stay.

    Raises:
        Refused: it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("correct_organisation", by=by):
        refuse_if_any(_manage([organisation], by, now))
        refuse_if_any(against_names(name_zh=name_zh, name_en=name_en))
        found = Organisation.objects.get(pk=organisation)
        found.name_zh, found.name_en = name_zh, name_en
        found.kind, found.place = kind, place
        return _save(found, seen_version)


def place_organisation(
    *,
    organisation: int,
    parent: int,
    starts: date,
    seen_version: int | None = None,
    by: int | None,
    now: datetime,
) -> Placement:
    """Put an organisation below another from a day on; where it stood ends on that day.

    ``seen_version``: the number of its last placement, as it was seen.

    Raises:
        Refused: it may not stand there, or it is not for ``by`` to say.
        ChangedMeanwhile: somebody placed it since.
    """
    with acting("place_organisation", by=by):
        hold_tree()
        refuse_if_any(_manage([organisation, parent], by, now))
        there = Placement.objects.filter(organisation=organisation, parent=parent, starts=starts)
        if (same := there.first()) is not None:
            return same
        _refuse_if_placed(organisation, seen_version, {"parent_id": parent, "starts": starts})
        return _place(Organisation.objects.get(pk=organisation), parent, starts)


def close_organisation(
    *,
    organisation: int,
    ends: date,
    seen_version: int | None = None,
    by: int | None,
    now: datetime,
) -> Organisation:
    """The last day is the one before ``ends``. Roles held in it, and its place, end with it.

    Raises:
        Refused: others still stand below it, something begins later, or it is not for ``by``.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("close_organisation", by=by):
        hold_tree()
        refuse_if_any(_manage([organisation], by, now))
        found = Organisation.objects.select_for_update().get(pk=organisation)
        refuse_if_changed(found, seen_version, ends=ends)
        wanted = closing.Closing(
            organisation, Days(found.starts, found.ends), ends, timezone.localdate(now)
        )
        refuse_if_any(
            closing.refusals(
                wanted, load_placed_around(organisation), load_posts(organisation=organisation)
            )
        )
        _end_after(Placement.objects.filter(organisation=organisation), ends)
        held = Holding.objects.filter(organisation=organisation).exclude(ends__lte=ends)
        ending = list(held.select_related("organisation"))
        _end_after(Holding.objects.filter(organisation=organisation), ends)
        for one in ending:
            tell_of(one, Change.ENDS, ends - ONE_DAY, by=by, now=now)
        found.ends = ends
        found.save()
    return found


def open_account(
    *,
    username: str,
    name: str,
    role: Role,
    organisation: int,
    starts: date,
    ends: date | None = None,
    stands_in: bool = False,
    email: str = "",
    language: str = "zh-hans",
    is_demo: bool = False,
    password: str | None = None,
    by: int | None,
    now: datetime,
) -> Account:
    """An account with its first role. Without a password nobody can sign in until one is set.

    The same again gives the one that is there.

    Raises:
        Refused: the user name is taken, the role may not be given, or it is not for ``by`` to say.
    """
    with acting("open_account", by=by):
        refuse_if_any(_manage([organisation], by, now))
        refuse_if_any(against_names(username=username, name=name))
        _hold_name(username)
        post = {"organisation": organisation, "role": role.value, "starts": starts, "ends": ends,
                "stands_in": stands_in}  # fmt: skip
        held = Holding.objects.filter(**post, account__username=username, account__name=name)
        there = held.filter(account__email=email).select_related("account").first()
        if there is not None and not _manage_account(there.account_id, by, now):
            return there.account
        taken = Account.objects.filter(username__iexact=username).exists()
        refuse_if_any([_taken("username")] if taken else [])
        account = Account(
            username=username, name=name, email=email, language=language, is_demo=is_demo
        )
        account.set_password(password)
        account.save()
        _give(Post(account.pk, organisation, role, Days(starts, ends), stands_in), by, now)
    return account


def correct_account(
    *,
    account: int,
    name: str,
    email: str,
    seen_version: int | None = None,
    by: int | None,
    now: datetime,
) -> Account:
    """A person's name and address.

    Raises:
        Refused: it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("correct_account", by=by):
        refuse_if_any(_manage_account(account, by, now))
        refuse_if_any(against_names(name=name))
        found = Account.objects.get(pk=account)
        found.name, found.email = name, email
        return _save(found, seen_version)


def close_account(
    *, account: int, seen_version: int | None = None, by: int | None, now: datetime
) -> Account:
    """Nobody signs in with it any more, and whoever is signed in is not from now on.

    Raises:
        Refused: it is one's own, or it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("close_account", by=by):
        refuse_if_any(_manage_account(account, by, now))
        refuse_if_any([_OWN_ACCOUNT] if account == by else [])
        return _set_active(account, seen_version, is_active=False)


def reopen_account(
    *, account: int, seen_version: int | None = None, by: int | None, now: datetime
) -> Account:
    """
    Raises:
        Refused: it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("reopen_account", by=by):
        refuse_if_any(_manage_account(account, by, now))
        return _set_active(account, seen_version, is_active=True)


def give_link(
    *, account: int, seen_version: int | None = None, by: int | None, now: datetime
) -> Account:
    """Note that a link to set a new password was given; the page makes the link itself.

    Raises:
        Refused: it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("give_link", by=by):
        refuse_if_any(_manage_account(account, by, now))
        found = Account.objects.select_for_update().get(pk=account)
        refuse_if_changed(found, seen_version)
        found.link_given_at = now
        found.save(update_fields=["link_given_at"])
    return found


def choose_language(*, language: str, by: int, now: datetime) -> None:  # noqa: ARG001
    """The language in which an account reads its pages and mails."""
    with acting("choose_language", by=by):
        Account.objects.filter(pk=by).exclude(language=language).update(language=language)


def give_role(
    *,
    account: int,
    organisation: int,
    role: Role,
    starts: date,
    ends: date | None = None,
    stands_in: bool = False,
    by: int | None,
    now: datetime,
) -> Holding:
    """Give a role. The same again gives the one that is there.

    Raises:
        Refused: everything against it; the account is unknown to ``by``, or the organisation is.
    """
    with acting("give_role", by=by):
        refuse_if_any(_manage([organisation], by, now))
        refuse_if_any(_see_account(account, by, now))
        return _give(Post(account, organisation, role, Days(starts, ends), stands_in), by, now)


def end_role(
    *, holding: int, ends: date, seen_version: int | None = None, by: int | None, now: datetime
) -> Holding | None:
    """The last day is the one before ``ends``. A role that has not begun is withdrawn: None.

    Raises:
        Refused: it would end in the past or later than it does, or it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("end_role", by=by):
        found = (
            Holding.objects.select_for_update(of=("self",))
            .select_related("organisation")
            .get(pk=holding)
        )
        refuse_if_any(_manage([found.organisation_id], by, now))
        refuse_if_changed(found, seen_version, ends=ends)
        refuse_if_any(posts.against_ending(post_of(found), ends, timezone.localdate(now)))
        if ends <= found.starts:
            tell_of(found, Change.WITHDRAWN, found.starts, by=by, now=now)
            found.delete()
            return None
        found.ends = ends
        found.save()
        tell_of(found, Change.ENDS, ends - ONE_DAY, by=by, now=now)
    return found


def _place(organisation: Organisation, parent: int, starts: date) -> Placement:
    """The rules are asked as if where it stands now ended on the day."""
    known = load_known(organisation.pk, parent)
    wanted = Placed(organisation.pk, parent, Days(starts, known.exist[organisation.pk].ends))
    placed = [tree.ended(one, starts, organisation.pk) for one in known.placed]
    refuse_if_any(tree.refusals(wanted, tree.Known(placed, known.exist)))
    now_open = Placement.objects.filter(organisation=organisation, starts__lt=starts)
    _end_after(now_open, starts)
    return Placement.objects.create(
        organisation=organisation, parent_id=parent, starts=starts, ends=wanted.days.ends
    )


def _give(wanted: Post, by: int | None, now: datetime) -> Holding:
    organisation = Organisation.objects.select_for_update().get(pk=wanted.organisation)
    there = Holding.objects.filter(
        account=wanted.account, organisation=organisation, role=wanted.role.value,
        starts=wanted.days.starts, ends=wanted.days.ends, stands_in=wanted.stands_in,
    ).first()  # fmt: skip
    if there is not None:
        return there
    asked = Asked(
        by,
        timezone.localdate(now),
        Days(organisation.starts, organisation.ends),
        load_posts(organisation=wanted.organisation),
    )
    refuse_if_any(posts.refusals(wanted, asked))
    given = Holding.objects.create(
        account_id=wanted.account,
        organisation=organisation,
        role=wanted.role.value,
        starts=wanted.days.starts,
        ends=wanted.days.ends,
        stands_in=wanted.stands_in,
    )
    tell_of(given, Change.GIVEN, given.starts, by=by, now=now)
    return given


def hold_tree() -> None:
    """Whoever changes the tree does so alone: a circle can close between two who look at once."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE people_placement IN SHARE ROW EXCLUSIVE MODE")


def _hold_name(username: str) -> None:
    """Until the end of this transaction nobody else opens an account of this user name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(lower(%s)))", [username])


def _end_after(rows, ends: date) -> None:
    """Rows with days end on a day, unless they end before."""
    rows.exclude(ends__lte=ends).update(ends=ends)


def _save(row, seen_version: int | None):
    return save_unless_changed(row, row.version if seen_version is None else seen_version)


def _refuse_if_placed(organisation: int, seen: int | None, mine: dict[str, object]) -> None:
    """Each placing is a row of its own: what was seen is the number of the last one."""
    last = Placement.objects.filter(organisation=organisation).order_by("pk").last()
    if seen is None or (last.pk if last else 0) == seen:
        return
    before = Placement.objects.filter(organisation=organisation, pk=seen).first()
    told = row_of(before) if before else {}
    raise ChangedMeanwhile(Placement, last.pk, told, row_of(last), mine, last.pk)


def _set_active(account: int, seen_version: int | None, *, is_active: bool) -> Account:
    found = Account.objects.select_for_update().get(pk=account)
    refuse_if_changed(found, seen_version)
    found.is_active = is_active
    found.save(update_fields=["is_active"])
    return found


def _manage(organisations: Sequence[int | None], by: int | None, now: datetime) -> list[Refusal]:
    today = timezone.localdate(now)
    return permissions.manage(load_held(by, today), organisations, today)


def _manage_account(account: int, by: int | None, now: datetime) -> list[Refusal]:
    today = timezone.localdate(now)
    return permissions.manage_account(load_held(by, today), load_posts(account=account), today)


def _see_account(account: int, by: int | None, now: datetime) -> list[Refusal]:
    today = timezone.localdate(now)
    held = load_held(by, today)
    return permissions.see_account(held, load_posts(account=account), today)


def _taken(field: str) -> Refusal:
    said = {
        "code": Text("这个代码已有机构使用", "another organisation has this code"),
        "username": Text("这个用户名已有人使用", "another account has this user name"),
    }
    return Refusal(f"{field}_taken", said[field], field)


_OWN_ACCOUNT = Refusal("own_account", Text("不能停用自己的账号", "nobody closes their own account"))
