"""Was a table delivered for a place and a period? What was not delivered is missing, not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Protocol

from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import PLACES, Catalogue
from steelyard.records.intake.delivery import Delivery

_DAY = timedelta(days=1)
_DEEPEST = 10
"""Levels of places: a circle among them must not lead round and round."""


class Delivered(Protocol):
    """What was delivered, frozen already or not: by whom, of which tables, for which places."""

    @property
    def standing(self) -> Mapping[str, Delivery]:
        """The deliveries whose rows count, by name."""

    @property
    def catalogue(self) -> Catalogue: ...

    @property
    def parents(self) -> Mapping[str, str]:
        """Each place and the place above it."""


@dataclass
class Coverage:
    """What deliveries speak for."""

    delivered: Delivered
    _known: dict[tuple[str, Period, str], bool] = field(default_factory=dict)

    def lacks(self, tables: Iterable[str], period: Period, unit: str) -> tuple[str, ...]:
        """Those of the tables that nobody delivered for the unit and the whole period."""
        return tuple(
            table for table in tables if table != PLACES and not self.has(table, period, unit)
        )

    def has(self, table: str, period: Period, unit: str) -> bool:
        """Whether it was, for the place itself, with one above it, or for every one below it."""
        key = (table, period, unit)
        if key not in self._known:
            own = [one for one in self.delivered.standing.values() if one.table == table]
            self._known[key] = bool(own) and self._is_covered(own, period, unit, 0)
        return self._known[key]

    def _is_covered(
        self, deliveries: Sequence[Delivery], period: Period, place: str, depth: int
    ) -> bool:
        speaking = [one for one in deliveries if self._speaks_for(one, place)]
        if speaking and (self._is_undated(speaking[0].table) or reach_through(speaking, period)):
            return True
        below = self._children.get(place, ())
        return (
            depth < _DEEPEST
            and bool(below)
            and all(self._is_covered(deliveries, period, one, depth + 1) for one in below)
        )

    def _is_undated(self, table: str) -> bool:
        return not self.delivered.catalogue.tables[table].dated

    def _speaks_for(self, delivery: Delivery, place: str) -> bool:
        """Whether it covers the place itself or one above it."""
        if not delivery.covers:
            return True
        here, seen = place, 0
        while here and seen < _DEEPEST:
            if here in delivery.covers:
                return True
            here, seen = self.delivered.parents.get(here, ""), seen + 1
        return False

    @cached_property
    def _children(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for place, parent in self.delivered.parents.items():
            found.setdefault(parent, []).append(place)
        return found


def reach_through(deliveries: Iterable[Delivery], period: Period) -> bool:
    """Whether the periods together, each up to its cut-off, leave no day of ``period`` out."""
    reached: date = period.starts
    for one in sorted(deliveries, key=lambda one: one.period):
        known_to = min(one.period.ends - _DAY, one.cut_off) + _DAY
        if one.period.starts <= reached < known_to:
            reached = known_to
    return reached >= period.ends
