"""What did each unit hand in for each item? Titles alone: who may be asked about it stays inside."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.tally.tally import unit_of_places
from steelyard.scheme.model import Scheme

TABLE = "supporting_material"


def material_titles(
    scheme: Scheme, snapshot: Snapshot
) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Titles of supporting material by unit and item of the scheme, sorted; what belongs to neither stays out."""
    if TABLE not in snapshot.files:
        return {}
    units, found = unit_of_places(scheme, snapshot), dict[tuple[str, str], list[str]]()
    for row in snapshot.table(TABLE).select(["place", "item", "title"]).to_pylist():
        if row["place"] in units and row["item"] in scheme.item:
            found.setdefault((units[row["place"]], row["item"]), []).append(row["title"])
    return {key: tuple(sorted(titles)) for key, titles in sorted(found.items())}
