"""What must be known of a case to tell its court?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal, get_args

from steelyard.courts.rules.jurisdiction.causes import Cause
from steelyard.courts.rules.jurisdiction.levels import Parties
from steelyard.courts.rules.jurisdiction.places import Place
from steelyard.courts.rules.jurisdiction.setting import Body

Reconsidered = Literal["no", "upheld", "changed", "silent"]
RECONSIDERED: tuple[Reconsidered, ...] = get_args(Reconsidered)
"""What a reconsideration (行政复议) did: there was none; it upheld the act; it changed it; it did
not decide in time."""

TriedBy = Literal["basic", "intermediate", "ip_court", "high", "beijing_ip_court"]
TRIED_BY: tuple[TriedBy, ...] = get_args(TriedBy)

Connection = Literal[
    "defendant",
    "act",
    "result",
    "storage",
    "network_plaintiff",
    "performance",
    "agreed",
    "plaintiff",
    "agency",
    "reviewer",
]
CONNECTIONS: tuple[Connection, ...] = get_args(Connection)
"""Why the place: where the defendant lives, where the act was done, where its result came about,
where infringing goods are stored or seized, where the victim of an act on the network lives, where
a contract is performed, the place agreed on, where the plaintiff lives, the seat of the agency
that acted, of the one that reconsidered."""


@dataclass(frozen=True, slots=True)
class Case:
    """One case as told at the counter.

    ``causes``: one, or several for mixed claims. ``amount``: in yuan, of all claims together; None
    where none is claimed. ``place``: that which connects the case with a court, ``connection``
    says how, None where that was not said. ``well_known``: a well-known mark must be recognised.
    ``body``, ``reconsidered`` and ``reviewer``: of administrative cases. ``judged``: the day of
    the judgment of first instance, None where there is none yet. ``tried_by``: the kind of court
    that judged, None where it follows from the rules.
    """

    causes: tuple[Cause, ...]
    place: Place
    filed: date
    amount: Fraction | None = None
    parties: Parties | None = None
    well_known: bool = False
    connection: Connection | None = None
    body: Body | None = None
    reconsidered: Reconsidered = "no"
    reviewer: Body | None = None
    judged: date | None = None
    tried_by: TriedBy | None = None
