"""Reads: the region's calendar, open deadlines and whose they are, notices, the worker's pulse."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from steelyard.kernel.working_days import WorkingDays, read_working_days
from steelyard.notices.models import Deadline, Mail, Notice
from steelyard.notices.rules.digests import Mode, Told
from steelyard.notices.rules.mails import State
from steelyard.people.models import Account, Holding
from steelyard.people.queries import on_day
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, Role, may, may_below
from steelyard.regions import HOLIDAYS

SEEN_WITHIN = timedelta(seconds=60)
"""A worker tells every 10 seconds that it lives."""

LAST_SIGN_OF_LIFE = "SELECT max(last_heartbeat) FROM procrastinate_workers"


def is_alive(seen_at: datetime | None, now: datetime) -> bool:
    """Whether a worker lives, by the last sign of any."""
    return seen_at is not None and now - seen_at < SEEN_WITHIN


@cache
def load_calendar() -> WorkingDays:
    """The region's working days; read once, for it changes with a release only."""
    with HOLIDAYS.open(encoding="utf-8", newline="") as lines:
        return read_working_days(lines, file=HOLIDAYS.name)


def load_holders(
    wanted: Collection[tuple[int, str]], day: date
) -> Mapping[tuple[int, str], tuple[int, ...]]:
    """(organisation, role) → the accounts that hold it on a day and can sign in."""
    found: dict[tuple[int, str], list[int]] = {}
    rows = (
        Holding.objects.filter(on_day(day), account__is_active=True)
        .filter(
            organisation__in={number for number, _ in wanted}, role__in={role for _, role in wanted}
        )
        .values_list("organisation_id", "role", "account_id")
        .order_by("account_id")
        .distinct()
    )
    for organisation, role, account in rows:
        found.setdefault((organisation, role), []).append(account)
    return {pair: tuple(found.get(pair, ())) for pair in wanted}


ABOVE = """
WITH RECURSIVE above (own, organisation) AS (
    SELECT one, one FROM unnest(%(organisations)s::bigint[]) AS one
  UNION
    SELECT above.own, placement.parent_id FROM people_placement placement
    JOIN above ON placement.organisation_id = above.organisation
    WHERE daterange(placement.starts, placement.ends) @> %(day)s::date
)
SELECT own, organisation FROM above
"""
"""Organisations, each with all that it stands below on a day, and itself."""


def who_may(action: Action, towards: int, day: date) -> tuple[int, ...]:
    """The accounts to whom a role allows an action towards an organisation on a day."""
    return who_may_each(action, [towards], day)[towards]


def who_may_each(
    action: Action, towards: Collection[int], day: date
) -> Mapping[int, tuple[int, ...]]:
    """As :func:`who_may`, of several organisations at once."""
    here = [role.value for role in Role if may(role, action)]
    from_above = [role.value for role in Role if may_below(role, action)]
    above = _above(towards, day) if from_above else {one: {one} for one in towards}
    held = Holding.objects.filter(
        on_day(day),
        Q(organisation__in=list(towards), role__in=here)
        | Q(organisation__in=set().union(*above.values()), role__in=from_above),
        account__is_active=True,
    )
    there: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    for organisation, role, account in held.values_list("organisation", "role", "account_id"):
        there[organisation].append((account, role))
    return {
        one: tuple(sorted({
            account
            for organisation in above[one]
            for account, role in there[organisation]
            if organisation == one or role in from_above
        }))
        for one in towards
    }  # fmt: skip


def _above(organisations: Collection[int], day: date) -> Mapping[int, set[int]]:
    found: dict[int, set[int]] = {one: set() for one in organisations}
    with connection.cursor() as cursor:
        cursor.execute(ABOVE, {"organisations": list(organisations), "day": day})
        for own, organisation in cursor.fetchall():
            found[own].add(organisation)
    return found


def load_whose(deadlines: Iterable[Deadline], day: date) -> Mapping[int, tuple[int, ...]]:
    """Deadline → the accounts whose it is on a day."""
    listed = list(deadlines)
    roles = {(one.organisation_id, one.role) for one in listed if one.role}
    holders = load_holders(roles, day) if roles else {}
    return {
        one.pk: holders[one.organisation_id, one.role] if one.role else (one.account_id,)
        for one in listed
    }


def those_vacant(day: date) -> QuerySet[Deadline]:
    """The open deadlines of a role that nobody holds on a day."""
    holders = Holding.objects.filter(
        on_day(day), organisation=OuterRef("organisation"), role=OuterRef("role"),
        account__is_active=True,
    )  # fmt: skip
    return Deadline.objects.filter(~Q(role=""), ~Exists(holders), ended_on__isnull=True)


def deadlines_of(account: int, held: Iterable[Held], today: date) -> QuerySet[Deadline]:
    """The open deadlines that are this account's: its own, and those of the roles it holds."""
    mine = Q(account=account)
    for one in held:
        if one.is_held_on(today):
            mine |= Q(organisation=one.organisation, role=one.role.value)
    return Deadline.objects.filter(mine, ended_on__isnull=True)


def deadlines_seen_by(account: int, held: Iterable[Held], today: date) -> QuerySet[Deadline]:
    """The open ones that are this account's, and those of the organisations that it looks after."""
    held = tuple(held)
    own = deadlines_of(account, held, today).values("pk")
    seen = reach(held, Action.SEE_DEADLINE, today)
    found = Deadline.objects.filter(Q(pk__in=own) | Q(organisation__in=seen, ended_on__isnull=True))
    return found.select_related("organisation").prefetch_related("extensions")


def notices_of(account: int) -> QuerySet[Notice]:
    return Notice.objects.filter(account=account)


def mails_that_failed(organisations: Collection[int]) -> QuerySet[Mail]:
    """Mails that did not go out, or perhaps not, of people who hold a role in these organisations
    or did. Once all that a mail told of was read on the page, nothing is left to do about it."""
    unread = Notice.objects.filter(mail=OuterRef("pk"), read_at__isnull=True)
    theirs = Holding.objects.filter(
        account=OuterRef("account"), organisation__in=list(organisations)
    )
    failed = Mail.objects.filter(state__in=[State.UNSURE.value, State.GIVEN_UP.value])
    return failed.filter(Exists(unread), Exists(theirs)).order_by("-ended_at", "-pk")


def unpacked(mode: Mode) -> QuerySet[Notice]:
    """Notices that no mail was made of yet, of accounts that want mail in this way."""
    waiting = Notice.objects.filter(packed_at__isnull=True).order_by("id")
    wants_digest = Q(account__notice_preference__mode=Mode.DIGEST.value)
    return waiting.filter(wants_digest) if mode is Mode.DIGEST else waiting.exclude(wants_digest)


def load_told(notices: QuerySet[Notice], mode: Mode) -> tuple[Told, ...]:
    rows = notices.values_list(
        "id", "account_id", "account__email", "account__is_active", "read_at"
    )
    return tuple(
        Told(
            notice,
            account,
            mode,
            has_address=settings.MAIL.is_on and bool(email) and active,
            is_read=read_at is not None,
        )
        for notice, account, email, active, read_at in rows
    )


def load_mode(account: Account) -> Mode:
    preference = getattr(account, "notice_preference", None)
    return Mode(preference.mode) if preference else Mode.AT_ONCE


def load_chosen(account: Account) -> dict[str, str | int]:
    """What the form of the preference begins with: the mode, and in which version it was seen."""
    preference = getattr(account, "notice_preference", None)
    return {"mode": load_mode(account).value, "version": preference.version if preference else 0}


@dataclass(frozen=True, slots=True)
class Pulse:
    """Is a worker alive, and is it keeping up? ``seen_at``: its last sign of life, None if none.

    ``oldest_seconds``: how long the oldest job that could run has waited.
    """

    is_alive: bool
    seen_at: datetime | None
    waiting: int
    oldest_seconds: float
    failed: int
    mails: Mapping[str, int]


PULSE = f"""
SELECT ({LAST_SIGN_OF_LIFE}),
    count(*) FILTER (WHERE status = 'todo' AND (scheduled_at IS NULL OR scheduled_at <= %(now)s)),
    count(*) FILTER (WHERE status = 'failed'),
    (SELECT min(COALESCE(job.scheduled_at, event.at)) FROM procrastinate_jobs job
        JOIN procrastinate_events event ON event.job_id = job.id AND event.type = 'deferred'
        WHERE job.status = 'todo' AND (job.scheduled_at IS NULL OR job.scheduled_at <= %(now)s)),
    (SELECT jsonb_object_agg(state, number) FROM
        (SELECT state, count(*) AS number FROM notices_mail
            WHERE state <> 'sent' GROUP BY state) AS by_state)
FROM procrastinate_jobs
"""


def load_pulse(now: datetime) -> Pulse:
    """One question of the database."""
    with connection.cursor() as cursor:
        cursor.execute(PULSE, {"now": now})
        seen_at, waiting, failed, oldest, mails = cursor.fetchone()
    waited = max((now - oldest).total_seconds(), 0.0) if oldest else 0.0
    return Pulse(is_alive(seen_at, now), seen_at, waiting, waited, failed, _counts(mails))


def _counts(mails: object) -> Mapping[str, int]:
    import json

    return json.loads(mails) if isinstance(mails, str) else dict(mails or {})
