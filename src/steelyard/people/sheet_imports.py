"""Writes: keep a sheet to look at, and carry it out: all of it or nothing, in a few statements.

The rules are asked by the plan of the sheet, once without locks to know what to hold, and again when
nobody else can change it. So a sheet holds what it concerns for as long as the database writes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import IntegrityError, models

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.actions import hold_tree
from steelyard.people.models import Account, BroughtSheet, Holding, Organisation, Placement
from steelyard.people.rules import organisation_sheets, people_sheets
from steelyard.people.sheets import Brought, known_organisations, known_people
from steelyard.trail.acting import acting

A_BATCH = 1000

C = TypeVar("C", organisation_sheets.Change, people_sheets.Change)


KEPT_FOR = timedelta(days=1)


def keep_sheet(*, sort: str, brought: Brought, by: int, now: datetime) -> None:
    """Keep a sheet while it is looked at; one that was kept before goes."""
    with acting("keep_sheet", by=by):
        told = {"name": brought.name, "content": brought.content, "brought_at": now}
        BroughtSheet.objects.update_or_create(account_id=by, sort=sort, defaults=told)


def drop_sheet(*, sort: str, by: int, now: datetime) -> None:  # noqa: ARG001
    with acting("drop_sheet", by=by):
        BroughtSheet.objects.filter(account=by, sort=sort).delete()


def sweep_sheets(now: datetime) -> int:
    """Drop those that nobody came back to; how many."""
    return BroughtSheet.objects.filter(brought_at__lt=now - KEPT_FOR).delete()[0]


def import_organisations(*, brought: Brought, by: int | None, now: datetime) -> int:
    """Open and correct organisations. How many rows changed something.

    Raises:
        Faulty: the sheet has faults.
    """
    sheet = brought.read()

    def plan() -> list[organisation_sheets.Change]:
        return _sound(organisation_sheets.plan(sheet, known_organisations(by, now)))

    with acting("import_organisations", by=by):
        hold_tree()
        _hold(Organisation, (change.number for change in plan() if change.verb == "correct"))
        changes = plan()
        _open_organisations([change for change in changes if change.verb == "open"])
        _correct_organisations([change for change in changes if change.verb == "correct"])
    return sum(change.verb != "same" for change in changes)


def import_people(*, brought: Brought, by: int | None, now: datetime) -> int:
    """Open accounts, with which nobody can sign in before a password is set, and give roles. How
    many rows changed something.

    Raises:
        Faulty: the sheet has faults.
        Refused: somebody else took one of its user names at this very moment.
    """
    sheet = brought.read()

    def plan() -> list[people_sheets.Change]:
        changes = _sound(people_sheets.plan(sheet, known_people(by, now)))
        return [change for change in changes if change.verb != "same"]

    with _or_somebody_was_quicker(), acting("import_people", by=by):
        _hold(Organisation, (change.post.organisation for change in plan()))
        changes = plan()
        _give_roles(changes, _open_accounts(changes))
    return len(changes)


@contextmanager
def _or_somebody_was_quicker() -> Iterator[None]:
    """What somebody wrote since it was planned, a user name say, is told by the database."""
    try:
        yield
    except IntegrityError as error:
        raise Refused([_CHANGED]) from error


def _sound(planned: tuple[list[C], list[Fault]]) -> list[C]:
    changes, faults = planned
    if faults:
        raise Faulty(faults)
    return changes


def _hold(model: type[models.Model], numbers: Iterable[int | None]) -> None:
    """Nobody else changes these; in one order, so that two sheets do not wait for each other."""
    held = model._base_manager.filter(pk__in=set(numbers)).order_by("pk")
    list(held.select_for_update().values_list("pk"))


def _open_organisations(changes: Sequence[organisation_sheets.Change]) -> None:
    entries = [change.entry for change in changes]
    opened = Organisation.objects.bulk_create(
        [
            Organisation(
                code=entry["code"],
                starts=entry["starts"],
                **{key: entry[key] or "" for key in organisation_sheets.CORRECTED},
            )
            for entry in entries
        ],
        A_BATCH,
    )
    parents = {entry["parent"] for entry in entries}
    numbers = dict(Organisation.objects.filter(code__in=parents).values_list("code", "pk"))
    Placement.objects.bulk_create(
        [
            Placement(organisation=one, parent_id=numbers[entry["parent"]], starts=entry["starts"])
            for one, entry in zip(opened, entries, strict=True)
        ],
        A_BATCH,
    )


def _correct_organisations(changes: Sequence[organisation_sheets.Change]) -> None:
    """What the sheet does not change stays as it is."""
    rows = Organisation.objects.in_bulk([change.number for change in changes])
    for change in changes:
        for key, _before in change.changed:
            setattr(rows[change.number], key, change.entry[key] or "")
    Organisation.objects.bulk_update(rows.values(), organisation_sheets.CORRECTED, A_BATCH)


def _open_accounts(changes: Sequence[people_sheets.Change]) -> dict[int, int]:
    """The number in the plan → the account that was opened."""
    opening = [change for change in changes if change.verb == "open"]
    accounts = [_account(change.entry) for change in opening]
    opened = Account.objects.bulk_create(accounts, A_BATCH)
    return {change.post.account: one.pk for change, one in zip(opening, opened, strict=True)}


def _account(entry: people_sheets.Entry) -> Account:
    account = Account(
        username=entry["username"], name=entry["name"], email=entry["email"] or "",
        language="zh-hans",
    )  # fmt: skip
    account.set_unusable_password()
    return account


def _give_roles(changes: Sequence[people_sheets.Change], opened: dict[int, int]) -> None:
    Holding.objects.bulk_create(
        [
            Holding(
                account_id=opened.get(change.post.account, change.post.account),
                organisation_id=change.post.organisation,
                role=change.post.role.value,
                starts=change.post.days.starts,
                ends=change.post.days.ends,
                stands_in=change.post.stands_in,
            )
            for change in changes
        ],
        A_BATCH,
    )


_CHANGED = Refusal(
    "changed_meanwhile",
    Text("同一内容刚刚有人改动，请重新查看", "somebody else was quicker; look at it again"),
)
