"""What do listed rows come to? Added up one by one, without SQL: the second, obvious computation.

``steelyard records`` says it below its list, and the tests hold it against the figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from steelyard.records.listing import Listing
from steelyard.records.tally.figures import estimated

Row = dict[str, Any]


def come_to(listing: Listing) -> Fraction | None:
    """The figure of the listed rows, before it is told per anything; None where there is none."""
    if listing.lacking:
        return None
    now = _figure(listing, listing.rows)
    if not listing.indicator.tally.growth:
        return now
    then = _figure(listing, listing.earlier)
    return None if now is None or not then else now / then - 1


def _figure(listing: Listing, rows: Sequence[tuple[Any, ...]]) -> Fraction | None:
    named = [dict(zip(listing.given, row, strict=False)) for row in rows]
    kind = listing.indicator.tally.of
    match kind:
        case "count":
            return Fraction(len(named))
        case "sum":
            return sum(_values(named), Fraction(0))
        case "mean":
            return _mean(_values(named))
        case "median":
            return _median(sorted(_values(named)))
        case "share" | "ratio":
            return _divided(named)
        case "latest":
            return _latest(named)
        case _:
            return _sampled(listing, named)


def _values(rows: Sequence[Row]) -> list[Fraction]:
    return [Fraction(row["value"]) for row in rows if row["value"] is not None]


def _mean(values: list[Fraction]) -> Fraction | None:
    return sum(values, Fraction(0)) / len(values) if values else None


def _median(values: list[Fraction]) -> Fraction | None:
    if not values:
        return None
    return (values[(len(values) - 1) // 2] + values[len(values) // 2]) / 2


def _divided(rows: Sequence[Row]) -> Fraction | None:
    if rows and "value" in rows[0]:
        return _mean([Fraction(bool(row["value"])) for row in rows if row["value"] is not None])
    parts = [(row["numerator"], row["denominator"]) for row in rows]
    known = [(Fraction(a), Fraction(b)) for a, b in parts if a is not None and b is not None]
    below = sum((b for _, b in known), Fraction(0))
    return sum((a for a, _ in known), Fraction(0)) / below if below else None


def _latest(rows: Sequence[Row]) -> Fraction | None:
    known = [row for row in rows if row["value"] is not None and row["day"] is not None]
    last = max(known, key=lambda row: row["day"], default=None)
    return None if last is None else Fraction(last["value"])


def _sampled(listing: Listing, rows: Sequence[Row]) -> Fraction | None:
    names = [n for n in ("value", "weight", "numerator", "denominator") if n in listing.given]
    held = [(row.get("stratum") or "", *(row[name] for name in names)) for row in rows]
    estimate = estimated(listing.indicator, [row for row in held if None not in row])
    give = listing.indicator.tally.give
    if estimate is None:
        return None
    return Fraction(estimate.sample) if give == "sample" else getattr(estimate, give)
