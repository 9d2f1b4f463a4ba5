"""Results that were announced, as records with their source: shown beside computed ones, never merged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from steelyard.records.snapshot.snapshot import Snapshot

TABLE = "announced_results"


@dataclass(frozen=True, slots=True)
class Announced:
    """What an assessment announced of a place for a period. None or empty where it did not say."""

    place: str
    assessment: str
    period: str
    rank: int | None
    score: Fraction | None
    grade: str
    source: str


def announced(snapshot: Snapshot, period: str) -> tuple[Announced, ...]:
    """Announced results of a period, by assessment and place."""
    if TABLE not in snapshot.files:
        return ()
    rows = snapshot.table(TABLE).to_pylist()
    found = [_announced(row) for row in rows if str(row["period"]) == period]
    return tuple(sorted(found, key=lambda one: (one.assessment, one.place)))


def _announced(row: Mapping[str, Any]) -> Announced:
    return Announced(
        place=row["place"],
        assessment=row["assessment_title"] or row["assessment"],
        period=str(row["period"]),
        rank=row["rank"],
        score=None if row["score"] is None else Fraction(row["score"]),
        grade=row["grade"] or "",
        source=row["source"] or "",
    )
