"""Do a delivery's rows belong to the places that it says it covers, and does anybody know those?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where
from steelyard.records.catalogue.model import PLACES, Catalogue
from steelyard.records.intake import names
from steelyard.records.intake.checks import union
from steelyard.records.intake.delivery import Delivery
from steelyard.records.intake.staged import MOST_LISTED, Staged

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def beyond_covers(
    connection: DuckDBPyConnection, listed: Sequence[Staged],
    tables: Mapping[str, Sequence[Staged]], catalogue: Catalogue,
) -> Iterator[Fault]:  # fmt: skip
    """A row of a place that its delivery does not cover: one of the two is wrong."""
    if not tables.get(PLACES):
        return
    known = catalogue.tables[PLACES]
    places, parent = union(known, tables[PLACES]), "parent" if "parent" in known.field else "NULL"
    for one in listed:
        place = names.name(one.table.place) if one.table.place else ""
        if not one.delivery.covers or not place:
            continue
        rows = connection.execute(
            f"WITH RECURSIVE known AS (SELECT code, {parent} AS parent FROM ({places})),"
            f" covered AS (SELECT code FROM known WHERE code IN {names.texts(one.delivery.covers)}"
            f" UNION SELECT known.code FROM known JOIN covered ON known.parent = covered.code)"
            f" SELECT _row, {place} FROM {one.view} WHERE {place} IS NOT NULL"
            f" AND {place} NOT IN (SELECT code FROM covered) ORDER BY _row LIMIT {MOST_LISTED}"
        ).fetchall()
        for row, said in rows:
            what = Text(
                f"“{said}”不在本次报送覆盖的地区内",
                f"{said!r} is not among the places that the delivery covers",
            )
            mend = Text(
                "请核对这一行，或清单中的覆盖地区",
                "check the row, or what the cover list says under covers",
            )
            yield Fault("beyond-covers", what, mend, one.where(row, one.table.place))


def unknown_covers(
    connection: DuckDBPyConnection, deliveries: Sequence[Delivery],
    tables: Mapping[str, Sequence[Staged]],
) -> Iterator[Fault]:  # fmt: skip
    """A place that nobody knows covers nothing, and the place that was meant would count as missing."""
    places = tables.get(PLACES, ())
    if not places:
        return
    known: set[str] = set()
    for one in places:
        known.update(
            row[0] for row in connection.execute(f"SELECT code FROM {one.view}").fetchall()
        )
    for delivery in deliveries:
        for code in sorted(set(delivery.covers) - known):
            what = Text(
                f"报送“{delivery.id}”覆盖的地区“{code}”不在places表中",
                f"delivery {delivery.id!r} covers {code!r}, which is not in the table of places",
            )
            mend = Text("请核对清单中的覆盖地区", "see what the cover list says under covers")
            yield Fault("unknown-place", what, mend, Where(file=delivery.file))
