"""Results that were announced, as records with their source: shown beside computed ones, never merged."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from steelyard.records.snapshot.snapshot import Snapshot

TABLE = "announced_results"


@dataclass(frozen=True, slots=True)
class Announced:
    """What was announced of a place for a period. None or empty where it was not."""

    place: str
    period: str
    rank: int | None
    score: Fraction | None
    grade: str
    source: str


def announced(snapshot: Snapshot, period: str) -> dict[str, Announced]:
    """Announced results of a period by place."""
    if TABLE not in snapshot.files:
        return {}
    found = {}
    for row in snapshot.table(TABLE).to_pylist():
        if str(row["period"]) == period:
            score = None if row["score"] is None else Fraction(row["score"])
            found[row["place"]] = Announced(
                row["place"], period, row["rank"], score, row["grade"] or "", row["source"] or ""
            )
    return found
