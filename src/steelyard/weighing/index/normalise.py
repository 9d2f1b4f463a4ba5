"""Bring an indicator onto a common scale (handbook, step 5). Higher is better in the result.

``column`` is as treated; where less is better it is turned over first, so that every method below
may take more for better. Missing stays missing. Equal values get equal scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.scheme.method import Direction, Normalise
from steelyard.weighing.index.columns import Array, known


class CannotNormalise(ValueError):
    """The column has no such scale: it is constant, or its reference is 0 or not given."""


@dataclass(frozen=True, slots=True)
class Aims:
    """What an indicator brings along for its normalisation."""

    direction: Direction = "higher"
    goalposts: tuple[float, float] | None = None
    target: float | None = None
    units: Sequence[str] = ()


def normalised(column: Array, how: Normalise, aims: Aims) -> Array:
    """The column on its new scale.

    Raises:
        CannotNormalise: with the reason.
    """
    if not known(column).size:
        return column
    if aims.direction == "lower":
        column, aims = -column, _turned(aims)
    return _METHODS[how.by](column, how, aims)


def _turned(aims: Aims) -> Aims:
    posts = None if aims.goalposts is None else (-aims.goalposts[1], -aims.goalposts[0])
    target = None if aims.target is None else -aims.target
    return Aims("lower", posts, target, aims.units)


def _onto(share: Array, how: Normalise, usual: tuple[float, float]) -> Array:
    """A share of 0 to 1 onto the scale that is asked for."""
    low, high = usual if how.onto is None else (float(how.onto[0]), float(how.onto[1]))
    return low + share * (high - low)


def _none(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    return column


def _min_max(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """(x − min) ÷ (max − min)."""
    values = known(column)
    span = _above_zero(float(np.ptp(values)), "all its values are equal")
    return _onto((column - values.min()) / span, how, (0.0, 100.0))


def _z_score(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """(x − mean) ÷ standard deviation, the sample's (n − 1) unless ``per`` says units (n)."""
    values = known(column)
    ddof = 0 if how.per == "units" else 1
    sd = float(values.std(ddof=ddof)) if values.size > ddof else 0.0
    spread = _above_zero(sd, "all its values are equal")
    mean, width = (0.0, 1.0) if how.onto is None else (float(how.onto[0]), float(how.onto[1]))
    return mean + width * (column - values.mean()) / spread


def _ranks(column: Array) -> Array:
    """1 for the smallest; equals share the lowest of their ranks."""
    values = np.sort(known(column))
    ranks = np.searchsorted(values, column, side="left").astype(float) + 1
    return np.where(np.isnan(column), np.nan, ranks)


def _rank(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    return _ranks(column)


def _percentile_rank(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """(rank − 1) ÷ (n − 1), or rank ÷ n if ``per`` says units."""
    n = known(column).size
    if how.per == "units":
        return _onto(_ranks(column) / n, how, (0.0, 100.0))
    others = _above_zero(n - 1, "only one unit has a value")
    return _onto((_ranks(column) - 1) / others, how, (0.0, 100.0))


def _borda(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """How many units are below; a unit that is equal counts a half."""
    values = np.sort(known(column))
    below = np.searchsorted(values, column, side="left")
    not_above = np.searchsorted(values, column, side="right")
    return np.where(np.isnan(column), np.nan, (below + not_above - 1) / 2)


def _goalposts(column: Array, how: Normalise, aims: Aims) -> Array:
    """(x − low post) ÷ (high post − low post), held to the ends of the scale if ``trim``."""
    if aims.goalposts is None:
        raise CannotNormalise("it has no goalposts = [low, high]")
    low, high = aims.goalposts
    return _onto(_trimmed((column - low) / (high - low), how), how, (0.0, 100.0))


def _trimmed(share: Array, how: Normalise) -> Array:
    return np.clip(share, 0.0, 1.0) if how.trim else share


def _distance_to_target(column: Array, how: Normalise, aims: Aims) -> Array:
    if aims.target is None:
        raise CannotNormalise("it has no target")
    return _distance(column, aims.target, how, trim=how.trim)


def _distance_to_maximum(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    return _distance(column, float(known(column).max()), how, trim=False)


def _distance_to_reference(column: Array, how: Normalise, aims: Aims) -> Array:
    return _distance(column, _reference(column, how, aims), how, trim=False)


def _reference(column: Array, how: Normalise, aims: Aims) -> float:
    values = known(column)
    if how.reference in ("mean", "best", "worst"):
        pick: dict[str, Callable[[], float]] = {
            "mean": values.mean, "best": values.max, "worst": values.min,
        }  # fmt: skip
        return float(pick[how.reference]())
    if how.reference not in aims.units:
        raise CannotNormalise(f"its reference {how.reference!r} is no unit")
    value = float(column[list(aims.units).index(how.reference)])
    if np.isnan(value):
        raise CannotNormalise(f"its reference {how.reference!r} has no value")
    return value


def _distance(column: Array, to: float, how: Normalise, *, trim: bool) -> Array:
    """Scaled: (x − min) ÷ (to − min). Ratio: x ÷ to. Difference: (x − to) ÷ to."""
    if how.as_ == "scaled":
        low = float(known(column).min())
        span = _above_zero(to - low, "its lowest value is not below what it is measured against")
        share = (column - low) / span
        return _onto(np.minimum(share, 1.0) if trim else share, how, (0.0, 1.0))
    if to == 0:
        raise CannotNormalise("what it is measured against is 0")
    if how.as_ == "ratio":
        return _onto(column / to, how, (0.0, 1.0))
    return _onto((column - to) / abs(to), how, (0.0, 1.0))


def _fraction_of_maximum(column: Array, how: Normalise, aims: Aims) -> Array:
    """x ÷ max; where less is better min ÷ x, which needs values above 0."""
    values = known(column)
    if aims.direction == "lower":
        if float(values.max()) >= 0:
            raise CannotNormalise("min ÷ x needs every value above 0")
        return _onto(float(values.max()) / column, how, (0.0, 1.0))
    most = _above_zero(float(values.max()), "its largest value is not above 0")
    return _onto(column / most, how, (0.0, 1.0))


def _categorical(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """The score of the band that holds the unit's percentile rank, rank ÷ n."""
    if not how.bands:
        raise CannotNormalise("it has no bands = [[percentile, score], …]")
    share = _ranks(column) / known(column).size
    edges = np.array([float(edge) for edge, _ in how.bands])
    scores = np.array([float(score) for _, score in how.bands])
    place = np.minimum(np.searchsorted(edges, share - 1e-12, side="left"), len(scores) - 1)
    return np.where(np.isnan(column), np.nan, scores[place])


def _above_zero(size: float, why: str) -> float:
    if size <= 0:
        raise CannotNormalise(why)
    return size


_METHODS: dict[str, Callable[[Array, Normalise, Aims], Array]] = {
    "none": _none, "min_max": _min_max, "z_score": _z_score, "rank": _rank,
    "percentile_rank": _percentile_rank, "borda": _borda, "goalposts": _goalposts,
    "distance_to_target": _distance_to_target, "distance_to_maximum": _distance_to_maximum,
    "distance_to_reference": _distance_to_reference, "fraction_of_maximum": _fraction_of_maximum,
    "categorical": _categorical,
}  # fmt: skip
