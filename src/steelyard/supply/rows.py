"""The rows of a delivery by their record: which does a correction leave as they were, and what does it change?"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from steelyard.kernel.periods import Period
from steelyard.records.intake import delivery as records
from steelyard.supply import kept
from steelyard.supply.checking import Sheet, typed_rows
from steelyard.supply.models import Delivery
from steelyard.supply.queries import as_record, load_catalogue, period
from steelyard.supply.rules.comparing import Change, Row, changes


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


def changes_of(correction: Delivery, before: Delivery, record: str) -> tuple[Change, ...] | None:
    """What a signed correction changes in a record, without what is personal; None if it leaves it out."""
    now, then = _row_of(correction, record), _row_of(before, record)
    if now is None:
        return None
    fields = load_catalogue().tables[before.table_code].field
    found = changes((record,), then or {}, now)
    return tuple(one for one in found if not fields[one.field].personal)


def _row_of(found: Delivery, record: str) -> Row | None:
    return _kept_row(
        found.file_name, found.file_hash, found.table_code, period(found), found.cut_off, record
    )


@lru_cache(maxsize=256)
def _kept_row(
    name: str, file_hash: str, table: str, of: Period, cut_off: date, record: str
) -> Row | None:
    """A file is kept by its hash, and never changes: read once in a process."""
    catalogue = load_catalogue()
    sheet = Sheet(name, kept.content_of(file_hash), table, of, cut_off)
    return next(iter(typed_rows(sheet, catalogue, only=[record]) or ()), None)


@contextmanager
def as_delivered(found: Iterable[Delivery]) -> Iterator[list[records.Delivery]]:
    """Each as a line of the cover list, its file in a folder that goes afterwards."""
    with tempfile.TemporaryDirectory(prefix="steelyard-") as folder:
        listed = [replace(as_record(one), folder=Path(folder)) for one in found]
        for one in listed:
            one.path.write_bytes(kept.content_of(one.hash))
        yield listed
