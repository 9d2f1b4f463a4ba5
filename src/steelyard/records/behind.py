"""How many records stand behind each unit's result? Each counted once, in however many figures it counts."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.faults import Where
from steelyard.records.intake import names
from steelyard.records.query.engine import Limits, refusing
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.indicators import filled, indicators_of
from steelyard.records.tally.tally import unit_of_places
from steelyard.scheme.model import Scheme


def records_behind(
    scheme: Scheme, snapshot: Snapshot, *, limits: Limits | None = None
) -> Mapping[str, int]:
    """The number of different records behind the figures of each assessed unit, in the scheme's period."""
    indicators = indicators_of(scheme, snapshot.catalogue)
    if not indicators:
        return {}
    parts = []
    for one in indicators:
        kind = one.origin.table if one.origin else one.code
        sql = filled(scheme, one.query, scheme.period)
        parts.append(
            f"SELECT {names.text(kind)} AS kind, unit, CAST(record AS VARCHAR) AS record FROM ({sql})"
        )
    units = unit_of_places(scheme, snapshot)
    places = ", ".join(
        f"({names.text(place)}, {names.text(unit)})" for place, unit in sorted(units.items())
    )
    query = (
        f"SELECT m.unit, count(*) FROM ({' UNION '.join(parts)}) AS r"
        f" JOIN (VALUES {places}) AS m(place, unit) ON r.unit = m.place GROUP BY m.unit"
    )
    asked = limits or Limits()
    tables = {table for one in indicators for table in one.query.tables}
    with snapshot.reading(asked, tables=tables) as connection, refusing(asked, Where(key="inputs")):
        found = dict(connection.execute(query).fetchall())
    return {unit.code: found.get(unit.code, 0) for unit in scheme.assessed}
