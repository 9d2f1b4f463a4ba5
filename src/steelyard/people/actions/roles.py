"""Give a role, and end one."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone

from steelyard.kernel.periods import Days
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people import permissions
from steelyard.people.actions.steps import ONE_DAY, may_not_manage
from steelyard.people.models import Holding, Organisation
from steelyard.people.queries import load_held, load_posts, post_of
from steelyard.people.rules import ending, posts
from steelyard.people.rules.posts import Asked, Post
from steelyard.people.rules.roles import Role
from steelyard.people.telling import Change, tell_of
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed


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
        refuse_if_any(may_not_manage([organisation], by, now))
        refuse_if_any(_may_not_see_account(account, by, now))
        return give(Post(account, organisation, role, Days(starts, ends), stands_in), by, now)


def end_role(
    *, holding: int, ends: date, seen_version: int | None = None, by: int | None, now: datetime
) -> Holding:
    """The last day is the one before ``ends``. A role that has not begun by then is withdrawn: its row
    stays and holds no day, or an account without any other role would be nobody's to find.

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
        refuse_if_any(may_not_manage([found.organisation_id], by, now))
        if found.is_withdrawn:
            return found
        refuse_if_changed(found, seen_version, ends=ends)
        refuse_if_any(ending.against(post_of(found), ends, timezone.localdate(now)))
        found.ends = max(ends, found.starts)
        found.save()
        if found.is_withdrawn:
            tell_of(found, Change.WITHDRAWN, found.starts, by=by, now=now)
        else:
            tell_of(found, Change.ENDS, ends - ONE_DAY, by=by, now=now)
    return found


def give(wanted: Post, by: int | None, now: datetime) -> Holding:
    organisation = Organisation.objects.select_for_update().get(pk=wanted.organisation)
    there = Holding.objects.filter(
        account=wanted.account, organisation=organisation, role=wanted.role.value,
        starts=wanted.days.starts, ends=wanted.days.ends, stands_in=wanted.stands_in,
    ).first()  # fmt: skip
    if there is not None and not there.is_withdrawn:
        return there
    asked = Asked(
        by,
        timezone.localdate(now),
        Days(organisation.starts, organisation.ends),
        load_posts(organisation=wanted.organisation),
    )
    refuse_if_any(posts.against(wanted, asked))
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


def _may_not_see_account(account: int, by: int | None, now: datetime) -> tuple[Refusal, ...]:
    today = timezone.localdate(now)
    held = load_held(by, today)
    return permissions.may_not_see_account(held, load_posts(account=account), today)
