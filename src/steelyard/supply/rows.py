"""The rows of a delivery by their record: which of them does a correction leave as they were?"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from steelyard.supply import kept
from steelyard.supply.checking import Sheet, typed_rows
from steelyard.supply.models import Delivery
from steelyard.supply.queries import load_catalogue, period


def sheet_of(found: Delivery) -> Sheet:
    """The file as it was sent."""
    return Sheet(
        found.file_name, kept.content_of(found.file_hash), found.table_code, period(found),
        found.cut_off,
    )  # fmt: skip


def left_as_they_were(
    correction: Delivery, before: Delivery, records: Iterable[str]
) -> tuple[str, ...]:
    """Those of the records that read in both deliveries alike."""
    wanted = sorted(set(records))
    if not wanted or correction.file_hash == before.file_hash:
        return tuple(wanted)
    now, then = _by_record(correction, wanted), _by_record(before, wanted)
    return tuple(one for one in wanted if now.get(one) == then.get(one))


def _by_record(found: Delivery, records: Collection[str]) -> dict[str, dict[str, str]]:
    catalogue = load_catalogue()
    rows = typed_rows(sheet_of(found), catalogue, only=records) or []
    key = catalogue.tables[found.table_code].key[0]
    return {row[key]: row for row in rows}
