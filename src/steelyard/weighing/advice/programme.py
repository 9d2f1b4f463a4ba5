"""The mixed-integer programme: one option a component, the target as linear rows, the least cost.

Where a rule is not linear the rows say *less* than it does, never more: the optimum of the programme
is then no dearer than the true one, and weighing decides. Solved by HiGHS (Huangfu and Hall 2018)
through ``scipy.optimize.milp``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import inf, isfinite, lcm
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from steelyard.weighing.advice.problem import Clamp, Plan, Problem

if TYPE_CHECKING:  # SciPy takes a second to load: whoever serves pages does it when it is asked
    from scipy.optimize import LinearConstraint

Array = NDArray[np.float64]
Terms = dict[int, float]
_LARGEST_COST = 1_000_000
_SAFE = 3e-6
"""By how much every row is loosened, so that rounding cuts nothing off."""


@dataclass(frozen=True, slots=True)
class Sum:
    """A constant and terms by column, with the range that it may have."""

    at: float
    terms: Terms
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Solved:
    """The plan found, None if none; whether it is the best there is; and what none can undercut."""

    plan: Plan | None
    is_proven: bool
    bound: float
    is_infeasible: bool = False


@dataclass
class Programme:
    """Columns with costs and bounds, rows with bounds; built up, then solved, cut and solved again."""

    problem: Problem
    costs: list[float] = field(default_factory=list)
    lows: list[float] = field(default_factory=list)
    highs: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)
    column: dict[tuple[int, int], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.scale = _scale(self.problem)
        for c, component in enumerate(self.problem.components):
            columns = []
            for o, option in enumerate(component.options):
                self.column[c, o] = self.binary(float(option.cost * self.scale))
                columns.append(self.column[c, o])
            self.row(dict.fromkeys(columns, 1.0), 1.0, 1.0)
        self.clamped: dict[tuple[str, str], int] = {}
        for clamp in reversed(self.problem.clamps):
            self._clamp(clamp)

    # --- building -----------------------------------------------------------------------------

    def binary(self, cost: float = 0.0) -> int:
        return self.number(0.0, 1.0, cost, whole=True)

    def number(self, low: float, high: float, cost: float = 0.0, *, whole: bool = False) -> int:
        self.costs.append(cost)
        self.lows.append(low)
        self.highs.append(high)
        self.whole.append(int(whole))
        return len(self.costs) - 1

    def row(self, terms: Terms, low: float = -inf, high: float = inf) -> None:
        self.rows.append((terms, low, high))

    def sum_of(self, sink: str, unit: str, at: float = 0.0) -> Sum:
        """``at`` and all that the options and the clamps below add to a sink of a unit."""
        terms: Terms = {}
        low = high = at
        for c, component in enumerate(self.problem.components):
            adds = [float(option.adds.get((sink, unit), 0)) for option in component.options]
            low, high = low + min(adds), high + max(adds)
            terms |= {self.column[c, o]: add for o, add in enumerate(adds) if add}
        for clamp in self.problem.clamps:
            if clamp.into == sink and clamp.unit == unit:
                column, slope = self.clamped[clamp.item, unit], float(clamp.slope)
                now = float(clamp.now)
                terms[column] = terms.get(column, 0.0) + slope
                at -= slope * now
                low += slope * (self.lows[column] - now)
                high += slope * (self.highs[column] - now)
        return Sum(at, terms, low, high)

    def _clamp(self, clamp: Clamp) -> None:
        """Of the unit itself at most what the bounds allow, of a rival at least; both exactly there."""
        inner = self.sum_of(clamp.item, clamp.unit, float(clamp.inner))
        low = inner.low if clamp.low is None else max(inner.low, float(clamp.low))
        high = inner.high if clamp.low is None else max(inner.high, float(clamp.low))
        if clamp.high is not None:
            low, high = min(low, float(clamp.high)), min(high, float(clamp.high))
        column = self.number(low - _SAFE, high + _SAFE)
        self.clamped[clamp.item, clamp.unit] = column
        if clamp.unit == self.problem.unit:
            self._at_most_inner(column, inner, low, high)
        else:
            self._at_least_inner(column, inner, low, high)

    def _at_most_inner(self, column: int, inner: Sum, low: float, high: float) -> None:
        """y ≤ the sum, or y ≤ the lower bound where the sum is below it."""
        terms = {column: 1.0} | {k: -v for k, v in inner.terms.items()}
        below = low - inner.low
        if below > _SAFE:
            under = self.binary()
            terms[under] = -below
            self.row({column: 1.0, under: high - low}, high=high + _SAFE)
        self.row(terms, high=inner.at + _SAFE)

    def _at_least_inner(self, column: int, inner: Sum, low: float, high: float) -> None:
        """y ≥ the sum, or y ≥ the upper bound where the sum is above it."""
        terms = {column: 1.0} | {k: -v for k, v in inner.terms.items()}
        above = inner.high - high
        if above > _SAFE:
            over = self.binary()
            terms[over] = above
            self.row({column: 1.0, over: -(high - low)}, low=low - _SAFE)
        self.row(terms, low=inner.at - _SAFE)

    def forbid(self, plan: Plan) -> None:
        """Never this plan again."""
        terms = {self.column[c, o]: 1.0 for c, o in enumerate(plan)}
        self.row(terms, high=len(plan) - 1.0)

    # --- solving ------------------------------------------------------------------------------

    def solve(self, limits: Mapping[str, float], costs: list[float] | None = None) -> Solved:
        """The cheapest choice; with other ``costs``, the best by them."""
        if not self.problem.components:
            return Solved(None, True, inf, is_infeasible=True)
        from scipy.optimize import Bounds, milp

        found = milp(
            np.array(self.costs if costs is None else costs),
            integrality=np.array(self.whole),
            bounds=Bounds(np.array(self.lows), np.array(self.highs)),
            constraints=self._constraints(),
            options=cast("Any", {"mip_rel_gap": 0.0, **limits}),
        )
        if found.status == 2:
            return Solved(None, True, inf, is_infeasible=True)
        plan = None if found.x is None else self._plan(found.x)
        bound = found.mip_dual_bound
        known = bound if bound is not None and isfinite(bound) else 0.0
        return Solved(plan, found.status == 0, known / self.scale)

    def _constraints(self) -> LinearConstraint:
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        data: list[float] = []
        at: list[int] = []
        of: list[int] = []
        for number, (terms, _, _) in enumerate(self.rows):
            data += terms.values()
            at += terms.keys()
            of += [number] * len(terms)
        shape = (len(self.rows), len(self.costs))
        matrix = csr_array((data, (of, at)), shape=shape)
        lows, highs = (np.array([row[side] for row in self.rows]) for side in (1, 2))
        return LinearConstraint(matrix, lows, highs)

    def _plan(self, x: Array) -> Plan:
        chosen = []
        for c, component in enumerate(self.problem.components):
            sizes = [x[self.column[c, o]] for o in range(len(component.options))]
            chosen.append(int(np.argmax(sizes)))
        return tuple(chosen)


def _scale(problem: Problem) -> float:
    """What makes costs whole numbers, if they stay of a size that floats tell apart."""
    costs = [option.cost for component in problem.components for option in component.options]
    common = lcm(*(cost.denominator for cost in costs)) if costs else 1
    largest = max(costs, default=Fraction(0)) or Fraction(1)
    return float(common) if common * largest <= _LARGEST_COST else _LARGEST_COST / float(largest)
