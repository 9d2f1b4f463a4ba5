"""Was a table delivered for a place and a period? What was not delivered is missing, not zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import PLACES
from steelyard.records.intake.delivery import Delivery
from steelyard.records.snapshot.snapshot import Snapshot


@dataclass
class Coverage:
    """What the deliveries of a snapshot speak for."""

    snapshot: Snapshot
    _known: dict[tuple[str, Period, str], bool] = field(default_factory=dict)

    def lacks(self, tables: Iterable[str], period: Period, unit: str) -> tuple[str, ...]:
        """Those of the tables that nobody delivered for the unit and the whole period."""
        return tuple(
            table for table in tables if table != PLACES and not self.has(table, period, unit)
        )

    def has(self, table: str, period: Period, unit: str) -> bool:
        key = (table, period, unit)
        if key not in self._known:
            own = [one for one in self.snapshot.standing.values() if one.table == table]
            speaking = [one for one in own if self._speaks_for(one, unit)]
            is_dated = bool(self.snapshot.catalogue.tables[table].dated) if own else True
            self._known[key] = _cover(speaking, period) if is_dated else bool(speaking)
        return self._known[key]

    def _speaks_for(self, delivery: Delivery, unit: str) -> bool:
        """Whether it covers the place: itself, one above it, or every one below it."""
        return not delivery.covers or self._is_in(unit, frozenset(delivery.covers))

    def _is_in(self, place: str, covered: frozenset[str]) -> bool:
        parents = self.snapshot.parents
        here, seen = place, 0
        while here and seen < 10:
            if here in covered:
                return True
            here, seen = parents.get(here, ""), seen + 1
        return self._all_below(place, covered, 0)

    def _all_below(self, place: str, covered: frozenset[str], depth: int) -> bool:
        below = self._children.get(place, ())
        return (
            depth < 10
            and bool(below)
            and all(one in covered or self._all_below(one, covered, depth + 1) for one in below)
        )

    @property
    def _children(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for place, parent in self.snapshot.parents.items():
            found.setdefault(parent, []).append(place)
        return found


def _cover(deliveries: Iterable[Delivery], period: Period) -> bool:
    """Whether the periods together leave no day of ``period`` out."""
    reached: date = period.starts
    for one in sorted(deliveries, key=lambda one: one.period):
        if one.period.starts <= reached < one.period.ends:
            reached = one.period.ends
    return reached >= period.ends
