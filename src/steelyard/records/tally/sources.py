"""Which deliveries does a scheme read? Their being a sample makes a result one; what lies beside them does not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import PLACES
from steelyard.records.collected import TABLES as COLLECTED
from steelyard.records.intake.delivery import Delivery
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.indicators import Indicator, indicators_of
from steelyard.records.tally.periods import earlier_asked, earlier_periods
from steelyard.records.tally.undelivered import periods_needed
from steelyard.scheme.model import Scheme


def samples_read(
    scheme: Scheme, snapshot: Snapshot, indicators: Sequence[Indicator] | None = None
) -> tuple[Delivery, ...]:
    """The deliveries of a sample that a scheme reads, in the order of the cover list."""
    if not snapshot.sample:
        return ()
    if indicators is None:
        indicators = indicators_of(scheme, snapshot.catalogue)
    return tuple(one for one in deliveries_read(scheme, snapshot, indicators) if one.sample)


def deliveries_read(
    scheme: Scheme, snapshot: Snapshot, indicators: Iterable[Indicator]
) -> tuple[Delivery, ...]:
    """Of a table that a query reads those of a period that its figures need; of what was collected those of
    the scheme's own or an earlier period; and the places, by which rows are rolled up, if anything is counted."""
    wanted = _wanted(scheme, indicators)
    return tuple(
        one
        for one in snapshot.standing.values()
        if one.table in wanted and _is_read(one, snapshot, wanted)
    )


def _wanted(scheme: Scheme, indicators: Iterable[Indicator]) -> Mapping[str, set[Period]]:
    """Table → the periods of which its rows count."""
    back = earlier_asked(scheme)
    own = {scheme.period, *(period for _, period in earlier_periods(scheme))}
    found: dict[str, set[Period]] = dict.fromkeys(COLLECTED, own)
    for one in indicators:
        needed = periods_needed(scheme, one, back.get(one.code, 0))
        for table in (*one.query.tables, PLACES):
            found[table] = found.get(table, set()) | {*needed}
    return found


def _is_read(one: Delivery, snapshot: Snapshot, wanted: Mapping[str, set[Period]]) -> bool:
    """Of a table without days every delivery speaks, whenever it was."""
    if not snapshot.catalogue.tables[one.table].dated and one.table not in COLLECTED:
        return True
    return any(
        one.period.starts < of.ends and of.starts < one.period.ends for of in wanted[one.table]
    )
