"""What would be frozen now, or is, and have those records been counted?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import (
    scheme_of,
    snapshot_that_counts,
)
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.periods import Period
from steelyard.records.tally.indicators import Indicator, indicators_of
from steelyard.supply.models import Delivery, Snapshot
from steelyard.supply.queries import load_catalogue, load_to_freeze
from steelyard.supply.rules.snapshots import up_to


@dataclass(frozen=True, slots=True)
class Accepted:
    """What would be frozen now, or is; the cut-off; and the tables of which a delivery that is accepted comes
    after it."""

    counted: list[Delivery]
    cut_off: date
    too_late: frozenset[str]


def load_frozen_today(assessment: Assessment, on: date) -> list[Delivery]:
    """What would go into the snapshot of an assessment on this day, but for what it collected itself."""
    return load_accepted(assessment, on).counted


def load_accepted(assessment: Assessment, on: date) -> Accepted:
    cut_off = assessment.cut_off or assessment.last_day
    wanted = Period(assessment.starts, assessment.ends)
    found = load_to_freeze(assessment.office, wanted, on)
    late = frozenset(one.table_code for one in found if one.cut_off > cut_off)
    snapshot = snapshot_that_counts(assessment) if assessment.stage == Stage.FROZEN else None
    if snapshot is not None:
        return Accepted(list(snapshot.deliveries.filter(collection="")), cut_off, late)
    return Accepted(up_to(found, cut_off), cut_off, late)


def indicators_for(version: SchemeVersion) -> tuple[Indicator, ...]:
    return _indicators(version.content_hash, version.pk)


@lru_cache(maxsize=8)
def _indicators(content_hash: str, number: int) -> tuple[Indicator, ...]:
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    return indicators_of(scheme, load_catalogue())


def tables_of(indicators: Iterable[Indicator]) -> frozenset[str]:
    return frozenset(table for one in indicators for table in one.query.tables)


def counted_with(
    assessment: Assessment, delivered: Collection[Delivery], tables: Collection[str]
) -> Snapshot | None:
    """The newest snapshot, if it holds of these tables what would be frozen now."""
    snapshot = snapshot_that_counts(assessment)
    if snapshot is None:
        return None
    listed = snapshot.deliveries.filter(table_code__in=tables, collection="")
    now = {one.pk for one in delivered if one.table_code in tables}
    return snapshot if set(listed.values_list("pk", flat=True)) == now else None


def are_counted_for(assessment: Assessment, version: SchemeVersion, on: date) -> bool:
    """Whether nothing that the scheme asks of the records is still to be counted."""
    tables = tables_of(indicators_for(version))
    if not tables:
        return True
    return counted_with(assessment, load_accepted(assessment, on).counted, tables) is not None
