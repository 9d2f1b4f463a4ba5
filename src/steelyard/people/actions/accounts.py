"""Open, correct, close and reopen an account; its link and its language."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection

from steelyard.kernel.bilingual import Text
from steelyard.kernel.names import against_names
from steelyard.kernel.periods import Days
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people.actions.roles import give
from steelyard.people.actions.steps import may_not_manage, may_not_manage_account, saved, taken
from steelyard.people.models import Account
from steelyard.people.rules.posts import Post
from steelyard.people.rules.roles import Role
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


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
    wanted = Account(username=username, name=name, email=email, language=language, is_demo=is_demo)
    with acting("open_account", by=by):
        refuse_if_any(may_not_manage([organisation], by, now))
        refuse_if_any(against_names(username=username, name=name))
        _hold_name(username)
        first = {"organisation": organisation, "role": role.value, "starts": starts, "ends": ends,
                 "stands_in": stands_in}  # fmt: skip
        there = _just_so(wanted, first)
        if there is not None and not may_not_manage_account(there.pk, by, now):
            return there
        is_taken = Account.objects.filter(username__iexact=username).exists()
        refuse_if_any([taken("username")] if is_taken else [])
        wanted.set_password(password)
        wanted.save()
        give(Post(wanted.pk, organisation, role, Days(starts, ends), stands_in), by, now)
    return wanted


def _just_so(wanted: Account, first: dict[str, object]) -> Account | None:
    """The account that a first click opened, with just this role."""
    held = {f"holdings__{name}": value for name, value in first.items()}
    same = {name: getattr(wanted, name) for name in ("username", "name", "email")}
    return Account.objects.filter(**same, **held).first()


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
        refuse_if_any(may_not_manage_account(account, by, now))
        refuse_if_any(against_names(name=name))
        found = Account.objects.get(pk=account)
        found.name, found.email = name, email
        return saved(found, seen_version)


def close_account(
    *, account: int, seen_version: int | None = None, by: int | None, now: datetime
) -> Account:
    """Nobody signs in with it any more, and whoever is signed in is not from now on.

    Raises:
        Refused: it is one's own, or it is not for ``by`` to say.
        ChangedMeanwhile: somebody changed it since it had the version ``seen_version``.
    """
    with acting("close_account", by=by):
        refuse_if_any(may_not_manage_account(account, by, now))
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
        refuse_if_any(may_not_manage_account(account, by, now))
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
        refuse_if_any(may_not_manage_account(account, by, now))
        found = Account.objects.select_for_update().get(pk=account)
        refuse_if_changed(found, seen_version)
        found.link_given_at = now
        found.save(update_fields=["link_given_at"])
    return found


def choose_language(*, language: str, by: int, now: datetime) -> None:  # noqa: ARG001
    """The language in which an account reads its pages and mails."""
    with acting("choose_language", by=by):
        Account.objects.filter(pk=by).exclude(language=language).update(language=language)


def _hold_name(username: str) -> None:
    """Until the end of this transaction nobody else opens an account of this user name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(lower(%s)))", [username])


def _set_active(account: int, seen_version: int | None, *, is_active: bool) -> Account:
    found = Account.objects.select_for_update().get(pk=account)
    refuse_if_changed(found, seen_version)
    found.is_active = is_active
    found.save(update_fields=["is_active"])
    return found


_OWN_ACCOUNT = Refusal("own_account", Text("不能停用自己的账号", "nobody closes their own account"))
