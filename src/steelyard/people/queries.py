"""Reads: the tree of organisations on a day, who holds what, and what may be seen of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.db import connection
from django.db.models import Prefetch, Q, QuerySet

from steelyard.kernel.periods import Days
from steelyard.people.models import Account, Holding, Organisation, Placement
from steelyard.people.rules.posts import Post
from steelyard.people.rules.reach import Held, without_second_factor
from steelyard.people.rules.roles import SECOND_FACTOR, Role
from steelyard.people.rules.tree import Known, Node, Placed, Tree

HELD = """
SELECT * FROM (
    WITH RECURSIVE held AS (
        SELECT * FROM people_holding
        WHERE account_id = %(account)s AND daterange(starts, ends) @> %(day)s::date
            AND EXISTS (SELECT FROM people_account WHERE id = %(account)s AND is_active)
    ), below (top, organisation) AS (
        SELECT DISTINCT organisation_id, organisation_id FROM held
      UNION
        SELECT below.top, placement.organisation_id
        FROM below
        JOIN people_placement placement ON placement.parent_id = below.organisation
        JOIN people_organisation child ON child.id = placement.organisation_id
        CROSS JOIN LATERAL (
            SELECT least(greatest(%(day)s::date, child.starts), coalesce(child.ends - 1, 'infinity'))
        ) AS counts (day)
        WHERE placement.starts <= counts.day AND (placement.ends IS NULL OR counts.day < placement.ends)
    )
    SELECT role, organisation_id, starts, ends, stands_in,
        ARRAY(
            SELECT organisation FROM below
            WHERE top = held.organisation_id AND organisation <> held.organisation_id
        ),
        EXISTS (SELECT FROM mfa_authenticator WHERE user_id = %(account)s)
    FROM held ORDER BY id
) AS told
"""
"""One question of the database: what an account holds on a day, each with all organisations below.

An organisation that does not yet exist or no longer does counts where it will first or did last
stand, so that whoever opens or closes it does not lose sight of it. It begins with SELECT: below that no WITH
can write, so no transaction is opened to name an actor to the trail.
"""


def load_held(account: int | None, on: date) -> tuple[Held, ...] | None:
    """The roles that count for an account on a day; None for the system itself."""
    if account is None:
        return None
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"account": account, "day": on})
        rows = cursor.fetchall()
    held = tuple(
        Held(Role(role), organisation, starts, ends, frozenset(below), stands_in)
        for role, organisation, starts, ends, stands_in, below, _ in rows
    )
    has_factor = any(row[-1] for row in rows)
    return without_second_factor(held) if _is_required() and not has_factor else held


def _is_required() -> bool:
    return settings.SECOND_FACTOR_REQUIRED


def lacks_second_factor(account: int, on: date) -> bool:
    """Whether a role of the account waits for a second factor before it counts."""
    from allauth.mfa.models import Authenticator

    if not _is_required() or Authenticator.objects.filter(user_id=account).exists():
        return False
    return Holding.objects.filter(on_day(on), account=account, role__in=SECOND_FACTOR).exists()


def load_tree(on: date) -> Tree:
    """The organisations that exist on a day, and who stands below whom."""
    nodes = {
        one.pk: Node(one.pk, one.code, one.name, one.kind)
        for one in Organisation.objects.filter(on_day(on))
    }
    pairs = Placement.objects.filter(on_day(on)).values_list("organisation_id", "parent_id")
    return Tree(nodes, {child: parent for child, parent in pairs if child in nodes})


ABOVE_EVER = """
WITH RECURSIVE above (organisation) AS (
    SELECT %s::bigint
  UNION
    SELECT placement.parent_id FROM people_placement placement
    JOIN above ON placement.organisation_id = above.organisation
)
SELECT organisation FROM above
"""
"""An organisation, and all that it ever stood or will stand below, by way of others too."""


ABOVE_ON = """
WITH RECURSIVE above (organisation) AS (
    SELECT unnest(%(organisations)s::bigint[])
  UNION
    SELECT placement.parent_id FROM people_placement placement
    JOIN above ON placement.organisation_id = above.organisation
    WHERE daterange(placement.starts, placement.ends) @> %(day)s::date
)
SELECT organisation FROM above
"""


def load_above(organisations: Iterable[int], on: date) -> frozenset[int]:
    """These organisations and all that they stand below on a day."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE_ON, {"organisations": sorted(organisations), "day": on})
        return frozenset(number for (number,) in cursor.fetchall())


BELOW_ON = """
WITH RECURSIVE below (organisation) AS (
    SELECT %(organisation)s::bigint
  UNION
    SELECT placement.organisation_id FROM people_placement placement
    JOIN below ON placement.parent_id = below.organisation
    WHERE daterange(placement.starts, placement.ends) @> %(day)s::date
)
SELECT organisation FROM below
"""


def load_below(organisation: int, on: date) -> frozenset[int]:
    """An organisation and all that stands below it on a day."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW_ON, {"organisation": organisation, "day": on})
        return frozenset(number for (number,) in cursor.fetchall())


def load_known(organisation: int, parent: int) -> Known:
    """What is asked when an organisation is placed below another: its own placements, and those of
    the parent and of all above that one; no more, for a region has thousands."""
    with connection.cursor() as cursor:
        cursor.execute(ABOVE_EVER, (parent,))
        above = [number for (number,) in cursor.fetchall()]
    asked = Organisation.objects.filter(pk__in=(organisation, parent))
    return Known(
        _placed(Q(organisation__in=[organisation, *above])),
        {one.pk: Days(one.starts, one.ends) for one in asked},
    )


def load_placed_around(organisation: int) -> list[Placed]:
    """Where an organisation stands, and who stands directly below it, on whatever days."""
    return _placed(Q(organisation=organisation) | Q(parent=organisation))


def _placed(which: Q) -> list[Placed]:
    return [
        Placed(one.organisation_id, one.parent_id, Days(one.starts, one.ends))
        for one in Placement.objects.filter(which).order_by("pk")
    ]


def post_of(holding: Holding) -> Post:
    return Post(
        holding.account_id,
        holding.organisation_id,
        Role(holding.role),
        Days(holding.starts, holding.ends),
        holding.stands_in,
    )


def load_posts(*, account: int | None = None, organisation: int | None = None) -> list[Post]:
    """What an account ever held, or who ever held what in an organisation."""
    given = {"account": account, "organisation": organisation}
    asked = {name: number for name, number in given.items() if number is not None}
    return [post_of(one) for one in Holding.objects.filter(**asked).order_by("pk")]


def organisations_within(numbers: Iterable[int]) -> QuerySet[Organisation]:
    return Organisation.objects.filter(pk__in=list(numbers))


def found_organisations(
    numbers: Iterable[int], *, words: str = "", kind: str = "", state: str = "", on: date
) -> QuerySet[Organisation]:
    """Those among ``numbers`` whose code or name holds all the words."""
    found = organisations_within(numbers)
    for word in words.split():
        found = found.filter(
            Q(code__icontains=word) | Q(name_zh__icontains=word) | Q(name_en__icontains=word)
        )
    if kind:
        found = found.filter(kind=kind)
    if state:
        found = found.filter(on_day(on)) if state == "open" else found.exclude(on_day(on))
    return found


def accounts_within(numbers: Iterable[int]) -> QuerySet[Account]:
    """The accounts that hold or held a role in one of the organisations, or were to."""
    holders = Holding.objects.filter(organisation__in=list(numbers)).values("account")
    return Account.objects.filter(pk__in=holders)


def found_accounts(
    numbers: Iterable[int], *, words: str = "", role: str = "", state: str = "", on: date
) -> QuerySet[Account]:
    """Accounts within the organisations, each with the roles it holds in them on the day.

    Search and filter look at nothing outside ``numbers``: a role held elsewhere is not found.
    """
    numbers = list(numbers)
    here = Holding.objects.filter(on_day(on), organisation__in=numbers)
    found = accounts_within(numbers)
    for word in words.split():
        in_organisation = Holding.objects.filter(
            Q(organisation__name_zh__icontains=word) | Q(organisation__name_en__icontains=word),
            organisation__in=numbers,
        ).values("account")
        found = found.filter(
            Q(username__icontains=word) | Q(name__icontains=word) | Q(pk__in=in_organisation)
        )
    if role:
        found = found.filter(pk__in=here.filter(role=role).values("account"))
    if state:
        found = found.filter(is_active=state == "open")
    return found.prefetch_related(
        Prefetch("holdings", here.select_related("organisation").order_by("pk"), "held_here")
    )


def on_day(day: date) -> Q:
    """Of rows with days: those that hold the day."""
    return Q(starts__lte=day) & (Q(ends__isnull=True) | Q(ends__gt=day))
