"""The oracle: what a tally of rows is, in plain Python over the rows as they were delivered. No SQL."""

from collections import defaultdict
from datetime import date
from fractions import Fraction
from math import sqrt
from statistics import NormalDist, median

from tests.records.snapshots import DISTRICTS


def unit_of(place, units):
    """The assessed unit of a place: itself, or the city of a district."""
    if place in units:
        return place
    city = DISTRICTS.get(place)
    return city if city in units else None


def in_period(row, year):
    return row["filed"].startswith(str(year))


def figure(kind, rows, unit, *, give="value", confidence=Fraction(95, 100)):
    """The figure of the rows of one unit, each with the columns that the tally asks for."""
    values = [as_fraction(row.get("value")) for row in rows if row.get("value") is not None]
    parts = [
        (as_fraction(row["numerator"]), as_fraction(row["denominator"]))
        for row in rows
        if row.get("numerator") is not None and row.get("denominator") is not None
    ]
    match kind:
        case "count":
            return Fraction(len(rows))
        case "sum":
            return sum(values, Fraction(0))
        case "mean":
            return sum(values) / len(values) if values else None
        case "median":
            return Fraction(median(values)) if values else None
        case "share" | "ratio" if parts:
            below = sum(b for _, b in parts)
            return sum(a for a, _ in parts) / below if below else None
        case "share":
            return sum(values) / len(values) if values else None
        case "latest":
            own = [r for r in rows if r["unit"] == unit and r["value"] is not None]
            return as_fraction(max(own, key=lambda r: r["day"])["value"]) if own else None
        case "survey_mean":
            return mean_of_survey(rows, give, confidence)
        case "defect_rate" if any("numerator" in row for row in rows):
            return lost_points(parts, give, confidence)
        case "defect_rate":
            return sum(values) / len(values) if values and give == "value" else None
    return None


def as_fraction(value):
    return None if value is None else Fraction(value)


def mean_of_survey(rows, give, confidence):
    known = [
        (r.get("stratum") or "", Fraction(r["value"]), Fraction(r["weight"]))
        for r in rows
        if r["value"] is not None and r["weight"] is not None
    ]
    total = sum(w for _, _, w in known)
    if not known or total <= 0:
        return None
    mean = sum(v * w for _, v, w in known) / total
    errors = [(s, w * (v - mean) / total) for s, v, w in known]
    return told(give, mean, len(known), errors, confidence, bounded=False)


def lost_points(parts, give, confidence):
    possible = sum(b for _, b in parts)
    if not possible:
        return None
    share = sum(a for a, _ in parts) / possible
    errors = [("", (a - share * b) / possible) for a, b in parts]
    return told(give, share, len(parts), errors, confidence, bounded=True)


def told(give, value, sample, errors, confidence, bounded):
    if give in ("value", "sample"):
        return value if give == "value" else Fraction(sample)
    strata = defaultdict(list)
    for stratum, error in errors:
        strata[stratum].append(error)
    variance = 0.0
    for held in strata.values():
        n = len(held)
        if n < 2:
            return None
        middle = sum(held) / n
        variance += float(Fraction(n, n - 1) * sum((e - middle) ** 2 for e in held))
    error = sqrt(variance)
    if give == "standard_error":
        return error
    half = NormalDist().inv_cdf(0.5 + float(confidence) / 2) * error
    end = float(value) - half if give == "low" else float(value) + half
    return min(max(end, 0.0), 1.0) if bounded else end


def days(first, last):
    return (date.fromisoformat(last) - date.fromisoformat(first)).days
