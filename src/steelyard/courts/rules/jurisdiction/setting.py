"""What of a case decides its court? One setting is one cell of the decision space."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

PlaceKind = Literal["seat", "carve_out", "rest", "elsewhere"]
PLACE_KINDS: tuple[PlaceKind, ...] = get_args(PlaceKind)
"""The city where the IP court sits; a city outside its reach; the rest of the province; beyond."""

Level = Literal["basic", "intermediate", "high", "open", "open_high"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The level of court that the amount points to; ``open`` between basic and intermediate,
``open_high`` between intermediate and high, where the facts or the texts do not settle it."""

Body = Literal["department", "government", "state_council", "customs"]
BODIES: tuple[Body, ...] = get_args(Body)
"""Whose act is sued over: a department of a government, a government at county level or above, a
department of the State Council, customs."""

Role = Literal[
    "basic",
    "intermediate",
    "ip_court",
    "high",
    "beijing_ip_court",
    "beijing_high",
    "tribunal",
    "supreme",
]
ROLES: tuple[Role, ...] = get_args(Role)
"""What kind of court; ``tribunal`` is the IP Tribunal of the Supreme People's Court."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One claim as the table sees it. ``body`` is None in civil cases, which know no defendant
    agency; ``level`` is ``basic`` in administrative ones, which know no amount."""

    filed: date
    track: str
    matter: str
    relation: str
    well_known: bool
    place: PlaceKind
    level: Level = "basic"
    body: Body | None = None


def holds_on(starts: date | None, ends: date | None, day: date) -> bool:
    return (starts is None or starts <= day) and (ends is None or day < ends)


def as_role(name: str) -> Role:
    """The role of a name.

    Raises:
        ValueError: no court has this role.
    """
    for role in ROLES:
        if role == name:
            return role
    raise ValueError(f"no court has the role {name!r}; there are {', '.join(ROLES)}")
