"""Bring an indicator onto a common scale (handbook, step 5). More is better in the result.

``column`` is as treated. Where less is better it is turned over first (x becomes −x, as do goalposts
and targets), so that every method below may take more for better; ratios take the quotient the other
way round instead. Missing stays missing. Equal values get equal scores.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Direction, Normalise
from steelyard.weighing.index.columns import Array, Cannot, is_constant, known, without_noise


class CannotNormalise(Cannot):
    """The column has no such scale: it is constant, or its reference is 0 or not given."""


@dataclass(frozen=True, slots=True)
class Aims:
    """What an indicator brings along for its normalisation, in the unit of the column.

    ``goalposts`` are [smaller, larger] whatever the direction; ``units`` are the codes of the rows.
    """

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
    """x as it is (−x where less is better)."""
    return column


def _min_max(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """(x − min) ÷ (max − min)."""
    values = _differing(column)
    return _onto((column - values.min()) / np.ptp(values), how, (0.0, 100.0))


def _z_score(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """(x − mean) ÷ standard deviation, the sample's (n − 1) unless ``per`` says units (n)."""
    values = _differing(column)
    spread = float(values.std(ddof=0 if how.per == "units" else 1))
    mean, width = (0.0, 1.0) if how.onto is None else (float(how.onto[0]), float(how.onto[1]))
    return np.asarray(mean + width * (column - values.mean()) / spread)


def _differing(column: Array) -> Array:
    """The known values, which must not be all the same."""
    values = known(column)
    if is_constant(values):
        raise CannotNormalise(_ALL_EQUAL, _LEAVE_OUT)
    return values


def _ranks(column: Array) -> Array:
    """1 for the smallest; equals share the lowest of their ranks."""
    told_apart = without_noise(column)
    ranks = np.searchsorted(np.sort(known(told_apart)), told_apart, side="left") + 1.0
    return np.where(np.isnan(column), np.nan, ranks)


def _rank(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """1 for the worst unit; equals share the lowest of their ranks."""
    return _ranks(column)


def _percentile_rank(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """(rank − 1) ÷ (n − 1), or rank ÷ n if ``per`` says units."""
    n = known(column).size
    if how.per == "units":
        return _onto(_ranks(column) / n, how, (0.0, 100.0))
    if n < 2:
        raise CannotNormalise(Text("只有一个单位有数值", "only one unit has a value"), _LEAVE_OUT)
    return _onto((_ranks(column) - 1) / (n - 1), how, (0.0, 100.0))


def _borda(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """How many units are worse; a unit that is equal counts a half."""
    told_apart = without_noise(column)
    values = np.sort(known(told_apart))
    below = np.searchsorted(values, told_apart, side="left")
    not_above = np.searchsorted(values, told_apart, side="right")
    return np.where(np.isnan(column), np.nan, (below + not_above - 1) / 2)


def _goalposts(column: Array, how: Normalise, aims: Aims) -> Array:
    """(x − low post) ÷ (high post − low post), held to the ends of the scale if ``trim``."""
    if aims.goalposts is None:
        raise CannotNormalise(
            Text("没有goalposts", "it has no goalposts"),
            Text("请在指标上写 goalposts = [低, 高]", "write goalposts = [low, high] on the indicator"),
        )  # fmt: skip
    low, high = aims.goalposts
    share = (column - low) / (high - low)
    return _onto(np.clip(share, 0.0, 1.0) if how.trim else share, how, (0.0, 100.0))


def _distance_to_target(column: Array, how: Normalise, aims: Aims) -> Array:
    """Distance to the indicator's target; what is beyond it counts as there if ``trim``."""
    if aims.target is None:
        raise CannotNormalise(
            Text("没有target", "it has no target"),
            Text("请在指标上写 target = 数值", "write target = … on the indicator"),
        )  # fmt: skip
    return _distance(column, aims.target, how, aims, trim=how.trim)


def _distance_to_maximum(column: Array, how: Normalise, aims: Aims) -> Array:
    """Distance to the best value."""
    return _distance(column, float(known(column).max()), how, aims)


def _distance_to_reference(column: Array, how: Normalise, aims: Aims) -> Array:
    """Distance to the mean, the best, the worst, or the value of a named unit."""
    return _distance(column, _reference(column, how, aims), how, aims)


def _reference(column: Array, how: Normalise, aims: Aims) -> float:
    values = known(column)
    match how.reference:
        case "mean":
            return float(values.mean())
        case "best":
            return float(values.max())
        case "worst":
            return float(values.min())
    value = _value_of(column, how.reference, aims.units)
    if np.isnan(value):
        raise CannotNormalise(
            Text(f"参照单位“{how.reference}”没有数值", f"its reference {how.reference!r} has no value"),
            Text("请换一个参照，或补报数据", "choose another reference, or deliver the value"),
        )  # fmt: skip
    return value


def _value_of(column: Array, unit: str, units: Sequence[str]) -> float:
    if unit not in units:
        raise CannotNormalise(
            Text(f"参照“{unit}”不是参加计算的单位", f"its reference {unit!r} is no unit that takes part"),
            Text("请写mean、best、worst或单位编码", "write mean, best, worst or a unit's code"),
        )  # fmt: skip
    return float(column[list(units).index(unit)])


def _distance(column: Array, to: float, how: Normalise, aims: Aims, *, trim: bool = False) -> Array:
    """Scaled: (x − worst) ÷ (to − worst). Ratio: x ÷ to. Difference: (x − to) ÷ |to|."""
    match how.as_:
        case "scaled":
            share = _scaled(column, to)
        case "ratio":
            share = _ratio(column, to, aims)
        case "difference":
            share = _difference(column, to)
    most = 0.0 if how.as_ == "difference" else 1.0
    return _onto(np.minimum(share, most) if trim else share, how, (0.0, 1.0))


def _scaled(column: Array, to: float) -> Array:
    low = float(known(column).min())
    if to - low <= 1e-12 * max(abs(to), abs(low)):
        raise CannotNormalise(
            Text("最差的数值不比参照值差", "its worst value is not worse than what it is measured against"),
            Text("请核对目标或参照；或写 as = \"ratio\"", 'check the target or reference, or write as = "ratio"'),
        )  # fmt: skip
    return (column - low) / (to - low)


def _ratio(column: Array, to: float, aims: Aims) -> Array:
    """x ÷ reference; where less is better (both are turned over) reference ÷ x."""
    if aims.direction == "higher":
        return column / _above_zero(to)
    _above_zero(min(-to, -float(known(column).max())))
    return to / column


def _difference(column: Array, to: float) -> Array:
    if to == 0:
        raise CannotNormalise(
            Text("参照值为0", "what it is measured against is 0"),
            Text("请换一个参照", "choose another reference"),
        )
    return (column - to) / abs(to)


def _fraction_of_maximum(column: Array, how: Normalise, aims: Aims) -> Array:
    """x ÷ max; where less is better min ÷ x, which needs values above 0."""
    return _onto(_ratio(column, float(known(column).max()), aims), how, (0.0, 1.0))


def _above_or_below_mean(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """1 above the mean by more than the margin, −1 below it by more, 0 between (handbook, p = 20%)."""
    mean = float(known(column).mean())
    band = float(how.margin) * abs(mean) * (1 + 1e-12)
    side = np.where(column - mean > band, 1.0, np.where(column - mean < -band, -1.0, 0.0))
    return np.where(np.isnan(column), np.nan, side)


def _categorical(column: Array, how: Normalise, aims: Aims) -> Array:  # noqa: ARG001
    """The score of the first band whose edge is not below the unit's percentile rank, rank ÷ n."""
    if not how.bands:
        raise CannotNormalise(
            Text("没有bands", "it has no bands"),
            Text("请写 bands = [[百分位, 得分], …]", "write bands = [[percentile, score], …]"),
        )  # fmt: skip
    share = _ranks(column) / known(column).size
    edges = np.array([float(edge) for edge, _ in how.bands])
    scores = np.array([float(score) for _, score in how.bands])
    place = np.minimum(np.searchsorted(edges, share - 1e-12, side="left"), len(scores) - 1)
    return np.where(np.isnan(column), np.nan, scores[place])


def _above_zero(size: float) -> float:
    if size <= 0:
        raise CannotNormalise(
            Text("比值的分母不大于0", "a ratio needs what it divides by to be above 0"),
            Text("请改用min_max或z_score", "normalise it by min_max or z_score"),
        )  # fmt: skip
    return size


_ALL_EQUAL = Text("各单位数值都相同", "all its values are equal")
_LEAVE_OUT = Text(
    "请换一种方法，或去掉这项指标", "choose another method, or leave the indicator out"
)
_METHODS: dict[str, Callable[[Array, Normalise, Aims], Array]] = {
    "none": _none, "min_max": _min_max, "z_score": _z_score, "rank": _rank,
    "percentile_rank": _percentile_rank, "borda": _borda, "goalposts": _goalposts,
    "distance_to_target": _distance_to_target, "distance_to_maximum": _distance_to_maximum,
    "distance_to_reference": _distance_to_reference, "fraction_of_maximum": _fraction_of_maximum,
    "above_or_below_mean": _above_or_below_mean, "categorical": _categorical,
}  # fmt: skip
