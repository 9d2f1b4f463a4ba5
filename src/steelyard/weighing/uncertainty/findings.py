"""What is found of a result's uncertainty: intervals, probabilities, doubtful pairs.

Plain values, so that papers can show them and ``result.json`` can hold them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.kernel.bilingual import Text


@dataclass(frozen=True, slots=True)
class Interval:
    """From ``low`` to ``high``, both inclusive.

    ``low_error`` and ``high_error`` say by how much another seed could move each end.
    """

    low: float
    high: float
    low_error: float = 0.0
    high_error: float = 0.0


@dataclass(frozen=True, slots=True)
class UnitDoubt:
    """How sure one unit's place is.

    ``rank`` is the official one (None if not ranked). ``ranks`` is its interval, None for a unit that
    is never ranked; ``scores`` likewise. ``rank_shares`` is the share of replications at each place
    that occurred, a shared place counting as the better whole one; with ``unranked``, the share
    without a rank, they sum to 1. ``grade_shares`` by grade code (``""`` for none) sum to 1.
    """

    unit: str
    rank: Fraction | None
    ranks: Interval | None
    median_rank: float | None
    scores: Interval | None
    rank_shares: Mapping[int, float]
    unranked: float
    grade: str
    grade_shares: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Swap:
    """The smallest change of weights that puts the one behind level with the one ahead.

    ``moved`` is the share of all weight (or of the full points) that changes place, from 0 to 1.
    ``changes`` are (item, from, to), as shares of the whole.
    """

    moved: float
    changes: tuple[tuple[str, float, float], ...]


@dataclass(frozen=True, slots=True)
class PairDoubt:
    """Two neighbours of the ranking with different ranks.

    ``probability`` is the share of replications in which ``ahead`` is better, equals counting a half;
    ``error`` its standard error. ``swap`` is None where no change of weights swaps them, and
    ``why_no_swap`` says why.
    """

    ahead: str
    behind: str
    probability: float
    error: float
    swap: Swap | None = None
    why_no_swap: Text = field(default_factory=Text)

    @property
    def is_doubtful(self) -> bool:
        """The order is not true in at least nine of ten replications."""
        return self.probability < 0.9


@dataclass(frozen=True, slots=True)
class HowSure:
    """The whole finding, with its recipe.

    ``factors`` are the choices that varied, by name. ``covers`` and ``omits`` say in sentences that a
    mayor understands what the intervals cover and what they do not.
    """

    replications: int
    seed: int
    confidence: Fraction
    factors: Mapping[str, Text]
    units: tuple[UnitDoubt, ...]
    pairs: tuple[PairDoubt, ...]
    covers: Text
    omits: Text


@dataclass(frozen=True, slots=True)
class Index:
    """One Sobol index with the half-width of its confidence interval."""

    value: float
    error: float


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Which choice moves the ranking: first-order and total indices by factor.

    ``shift`` is of the mean absolute shift of ranks from the official ones (Saisana, Saltelli and
    Tarantola 2005), which sums the whole ranking up; ``by_unit`` of each unit's rank. A quantity that
    never varies has indices 0. ``base`` is the base sample, ``runs`` how often the model was run.
    """

    base: int
    runs: int
    seed: int
    confidence: Fraction
    factors: Mapping[str, Text]
    shift_first: Mapping[str, Index]
    shift_total: Mapping[str, Index]
    by_unit_first: Mapping[str, Mapping[str, Index]]
    by_unit_total: Mapping[str, Mapping[str, Index]]
    says: Text


@dataclass(frozen=True, slots=True)
class LeafAudit:
    """One leaf looked at: shares known, spread, outliers (unit codes), influence against its weight.

    ``known`` is the share of the units to which the leaf applies whose score rests on data. ``nominal``
    is the leaf's share of all weight (or points; 0 of a bonus or a deduction, which are beside them);
    ``effective`` its share of the variance of the totals (Paruolo, Saisana and Saltelli 2013: squared
    correlation, scaled to sum to 1); ``with_total`` that correlation itself. None where it cannot be
    said.
    """

    item: str
    known: float
    skewness: float | None
    kurtosis: float | None
    outliers: tuple[str, ...]
    nominal: float
    effective: float | None
    with_total: float | None = None

    @property
    def misleads(self) -> bool:
        """The nominal weight is more than twice, or less than half, the effective one."""
        if self.effective is None or not self.nominal:
            return False
        return self.effective > 2 * self.nominal or 2 * self.effective < self.nominal


@dataclass(frozen=True, slots=True)
class CorrelationFlag:
    """A correlation that calls for a look: ``redundant``, ``opposed`` or ``weak``.

    Of two children of a group; or, as ``other``, of the group itself (``""`` is the total): what is
    weak or opposed there has little to do with what it is counted towards.
    """

    item: str
    other: str
    correlation: float
    kind: str


@dataclass(frozen=True, slots=True)
class GroupAudit:
    """A group's inner consistency: Cronbach's alpha, and the principal components of its children.

    ``children`` are those whose scores vary. ``alpha`` is the standardised one. ``explained`` are the
    components' shares of the variance, the largest first; ``kept`` how many have an eigenvalue above
    1. None or empty where there are too few units or children.
    """

    group: str
    children: tuple[str, ...]
    alpha: float | None
    explained: tuple[float, ...]
    kept: int

    @property
    def eigenvalues(self) -> tuple[float, ...]:
        """Of the children's correlation matrix; they sum to the number of children."""
        return tuple(share * len(self.explained) for share in self.explained)


@dataclass(frozen=True, slots=True)
class Audit:
    """The index itself, looked at before anything varies."""

    leaves: tuple[LeafAudit, ...]
    flags: tuple[CorrelationFlag, ...]
    groups: tuple[GroupAudit, ...]
    notes: tuple[Text, ...]
