"""Which figures will be missing, since nobody delivered a table that they need? Asked without reading any row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice

from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake.delivery import Delivery
from steelyard.records.tally.coverage import Coverage
from steelyard.records.tally.indicators import Indicator
from steelyard.records.tally.periods import before, earlier_asked, earlier_periods
from steelyard.scheme.model import Scheme


@dataclass(frozen=True, slots=True)
class Announced:
    """Deliveries that would be frozen together, by their names, without the replaced ones; ``parents``: each
    place and the one above it."""

    standing: Mapping[str, Delivery]
    catalogue: Catalogue
    parents: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A table that nobody delivered for a unit and the whole of a period."""

    table: str
    period: Period


Key = tuple[str, str]


def undelivered(
    scheme: Scheme, indicators: Iterable[Indicator], announced: Announced
) -> dict[Key, tuple[Undelivered, ...]]:
    """(unit, input) → what its figure lacks, of this period, of one before it that a formula asks for, or of
    the one that growth is counted from."""
    coverage, back = Coverage(announced), earlier_asked(scheme)
    found: dict[Key, tuple[Undelivered, ...]] = {}
    for one in indicators:
        periods = periods_needed(scheme, one, back.get(one.code, 0))
        for unit in scheme.assessed:
            lacks = tuple(
                Undelivered(table, period)
                for period in periods
                for table in coverage.lacks(one.query.tables, period, unit.code)
            )
            if lacks:
                found[unit.code, one.code] = lacks
    return found


def periods_needed(scheme: Scheme, indicator: Indicator, back: int) -> tuple[Period, ...]:
    """The scheme's own period, as many before it as its formulas ask, and the one that growth starts from."""
    own = [scheme.period, *(period for _, period in islice(earlier_periods(scheme), back))]
    return (*own, before(own[-1])) if indicator.tally.growth else tuple(own)
