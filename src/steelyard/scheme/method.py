"""How an index is made, step by step, as a scheme states it.

screen → denominate → transform → impute → treat → normalise → weigh → aggregate → rank; what each
method does is in :mod:`steelyard.weighing.index`, and in ``docs/reference/index_methods.md``. Read
by :mod:`steelyard.scheme.reading.methods`. No NumPy here: reading a scheme stays quick.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from steelyard.kernel.bilingual import Text

Direction = Literal["higher", "lower"]
Transform = Literal["log10", "ln", "sqrt"]
ImputeBy = Literal["none", "mean", "median", "group_mean", "group_median", "previous"]
TreatBy = Literal["none", "winsorise", "log", "box_cox"]
Then = Literal["none", "log", "box_cox"]
NormaliseBy = Literal[
    "none", "min_max", "z_score", "rank", "percentile_rank", "borda", "goalposts",
    "distance_to_target", "distance_to_maximum", "distance_to_reference", "fraction_of_maximum",
    "above_or_below_mean", "categorical",
]  # fmt: skip
DistanceAs = Literal["scaled", "ratio", "difference"]
WeighBy = Literal["given", "equal", "pca", "equal_influence", "ahp"]
AggregateBy = Literal[
    "arithmetic", "geometric", "harmonic", "generalised", "owa", "copeland", "mazziotta_pareto",
    "adjusted_mazziotta_pareto", "benefit_of_the_doubt",
]  # fmt: skip
MissingBy = Literal["reweight", "refuse", "missing", "worst"]


@dataclass(frozen=True, slots=True)
class Screen:
    """Leave out indicators, then units, of which too few values are known (0 keeps all).

    Both bounds are shares of the raw values, and inclusive: 65% known is enough for 65%.
    """

    units_at_least: Fraction = Fraction(0)
    indicators_at_least: Fraction = Fraction(0)


@dataclass(frozen=True, slots=True)
class Impute:
    """Fill missing values, after the transformation, so that means are of what is compared.

    ``group`` names a text input; without it the peer group is meant.
    """

    by: ImputeBy = "none"
    group: str = ""


@dataclass(frozen=True, slots=True)
class Treat:
    """Tame outliers where |skewness| and kurtosis both exceed their bounds.

    Winsorise at most ``at_most`` points; if that is not enough, undo it and do ``then``, or, where
    ``then`` is ``none``, leave it winsorised. ``kurtosis`` is excess kurtosis: 0 of a normal
    distribution.
    """

    by: TreatBy = "none"
    skew: Fraction = Fraction(2)
    kurtosis: Fraction = Fraction(7, 2)
    at_most: int = 5
    then: Then = "none"


@dataclass(frozen=True, slots=True)
class Normalise:
    """Bring indicators onto one scale. ``onto`` is [least, most], of z-scores [mean, sd].

    ``reference`` is ``mean``, ``best``, ``worst`` or a unit's code, and ``as_`` how the distance to
    it is told. ``per`` is the divisor of percentile ranks (the other units, n − 1, or all units, n)
    and of the variance of z-scores. ``trim`` holds goalposts and targets to the ends of the scale.
    ``bands`` are [upper percentile, score] of categories, from the lowest up. ``margin`` is how far
    from the mean, as a share of it, still counts as at the mean.
    """

    by: NormaliseBy = "min_max"
    onto: tuple[Fraction, Fraction] | None = None
    reference: str = "best"
    as_: DistanceAs = "scaled"
    per: Literal["others", "units"] = "others"
    trim: bool = True
    bands: tuple[tuple[Fraction, Fraction], ...] = ()
    margin: Fraction = Fraction(1, 5)


@dataclass(frozen=True, slots=True)
class Weigh:
    """Where weights come from.

    PCA keeps components whose eigenvalue is above ``eigenvalue_above``: 1 is Kaiser's rule; a tenth
    of the number of indicators keeps those that explain more than 10% of the variance. AHP takes
    ``judgements`` on groups, and refuses a consistency ratio above ``consistency_at_most``.
    """

    by: WeighBy = "given"
    eigenvalue_above: Fraction = Fraction(1)
    consistency_at_most: Fraction = Fraction(1, 10)


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Join the children of a group, and say what a missing child leads to.

    ``power`` of the generalised mean; ``order_weights`` of the OWA, from the best value down;
    ``penalty`` of Mazziotta–Pareto, ``-1`` where more is better; ``least_share``, ``most_share``
    bound each child's share of the sum of weights in the benefit of the doubt.
    """

    by: AggregateBy = "arithmetic"
    missing: MissingBy = "reweight"
    power: Fraction = Fraction(1)
    order_weights: tuple[Fraction, ...] = ()
    penalty: Literal[-1, 1] = -1
    least_share: Fraction = Fraction(0)
    most_share: Fraction = Fraction(1)


@dataclass(frozen=True, slots=True)
class Method:
    """The whole method. ``aggregate`` holds one entry per level, from the leaves up; the last one
    serves all levels above."""

    screen: Screen = field(default_factory=Screen)
    impute: Impute = field(default_factory=Impute)
    treat: Treat = field(default_factory=Treat)
    normalise: Normalise = field(default_factory=Normalise)
    weigh: Weigh = field(default_factory=Weigh)
    aggregate: tuple[Aggregate, ...] = (Aggregate(),)


@dataclass(frozen=True, slots=True)
class ItemMethod:
    """What one indicator or group says for itself; None is "as the method says".

    ``per`` scales a denominated value: per 10,000 inhabitants is ``per = 10000``. ``goalposts`` (the
    smaller number first, whatever the direction) and ``target`` are in the unit of the denominated
    value; a ``transform`` applies to them too, so that income may run from 100 to 75000 under ``ln``.
    """

    direction: Direction = "higher"
    denominator: str = ""
    per: Fraction = Fraction(1)
    transform: Transform | None = None
    goalposts: tuple[Fraction, Fraction] | None = None
    target: Fraction | None = None
    impute: Impute | None = None
    treat: Treat | None = None
    normalise: Normalise | None = None
    aggregate: Aggregate | None = None
    judgements: tuple[tuple[Fraction, ...], ...] = ()


FAVOURS: Mapping[ImputeBy | MissingBy, Text] = {
    "none": Text(
        "不插补：缺项由合成步骤处理。",
        "Nothing is filled in: aggregation deals with what is missing.",
    ),
    "mean": Text(
        "以全体均值填补：有利于实际低于均值而未报的单位。",
        "The mean of all: favours units that are below it and did not report.",
    ),
    "median": Text(
        "以全体中位数填补：有利于实际处于后一半而未报的单位。",
        "The median of all: favours units of the lower half that did not report.",
    ),
    "group_mean": Text(
        "以同组均值填补：有利于同组中低于均值而未报的单位，并使同组单位更接近。",
        "The mean of the group: favours its units below that mean that did not report, and draws the "
        "group together.",
    ),
    "group_median": Text(
        "以同组中位数填补：有利于同组中后一半而未报的单位，并使同组单位更接近。",
        "The median of the group: favours its lower half that did not report, and draws the group "
        "together.",
    ),
    "previous": Text(
        "以上期数值填补：有利于本期退步而未报的单位。",
        "Last period's value: favours units that fell back and did not report.",
    ),
    "reweight": Text(
        "按已有各项重新赋权：相当于缺项取其余各项的平均水平，有利于在缺项上较弱的单位。",
        "The others are weighted anew: as if the missing one were their mean; favours units weak on it.",
    ),
    "refuse": Text(
        "有缺项即不出结果：对谁都不利，促使补报。", "No result until it is known: favours nobody."
    ),
    "missing": Text(
        "有缺项的上级也作缺失：该单位没有这一项，也可能没有总分和名次；有利于名次因此前移的其他单位。",
        "What lacks a part is missing itself, so that the unit may have no score and no rank: favours "
        "the others, who move up.",
    ),
    "worst": Text(
        "缺项按各单位中的最低得分计：有利于如实报送的单位，不利于缺数据的单位。",
        "The missing one counts as the lowest score of any unit: favours those who reported.",
    ),
}
