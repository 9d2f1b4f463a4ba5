"""Each place and the one above it, as deliveries say it that are not frozen yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import PLACES
from steelyard.supply import kept
from steelyard.supply.checking import Sheet, typed_rows
from steelyard.supply.models import Delivery
from steelyard.supply.queries.deliveries import load_catalogue, period


def load_parents(listed: Iterable[Delivery]) -> Mapping[str, str]:
    """Of all tables of places among these deliveries."""
    found: dict[str, str] = {}
    for one in listed:
        if one.table_code == PLACES:
            found |= _parents_in(one.file_hash, one.file_name, period(one), one.cut_off)
    return found


@lru_cache(maxsize=8)
def _parents_in(file_hash: str, name: str, of: Period, cut_off: date) -> Mapping[str, str]:
    """What is kept under a hash never changes: read once in a process."""
    sheet = Sheet(name, kept.content_of(file_hash), PLACES, of, cut_off)
    return {row["code"]: row["parent"] for row in typed_rows(sheet, load_catalogue()) or ()}
