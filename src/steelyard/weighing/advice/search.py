"""The cheapest plan that weighing confirms: solve, weigh, forbid, solve again; few plans one by one.

Every programme allows at least what the scheme allows, so its optimum is never dearer than the true
one; the first plan that weighing confirms is therefore the cheapest on the grid of steps. Where the
own total is only bounded from above (an index of geometric means of arithmetic ones), each plan that
fails brings a tighter bound (outer approximation: Duran and Grossmann 1986).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from math import inf, prod

from steelyard.weighing.advice.aims import Aim
from steelyard.weighing.advice.problem import Ceiling, Option, Plan, Problem
from steelyard.weighing.advice.programme import Programme
from steelyard.weighing.advice.targets import Target
from steelyard.weighing.result import Result

Weigh = Callable[[Plan], Result | None]
"""The result that a plan leads to; None if it could not be weighed."""
Sharpen = Callable[[Plan], Ceiling | None]

_PATIENCE = 20
"""So many plans fail before all are looked at one by one, if they are few."""
_FEW = 2000


@dataclass(frozen=True, slots=True)
class Limits:
    """When to stop: so many seconds by the clock that is passed in, or so many nodes of a tree.

    Without a clock each solving has all the seconds for itself.
    """

    seconds: float = 60.0
    nodes: int | None = None
    clock: Callable[[], float] | None = None
    plans: int = 2000


@dataclass(frozen=True, slots=True)
class Found:
    """The best plan that reaches the target, and what no plan can undercut."""

    plan: Plan | None
    bound: float
    is_proven: bool


@dataclass
class Search:
    """One target of one unit, looked for until it is found, excluded, or time is up."""

    problem: Problem
    today: Result
    target: Target
    movable: frozenset[str]
    reaches: Callable[[Plan], bool]
    sharpen: Sharpen
    limits: Limits

    def run(self) -> Found:
        started = self._now()
        programme, aim = self._stated()
        if aim.impossible:
            return Found(None, inf, is_proven=True)
        bound = 0.0
        for tried in range(self.limits.plans):
            if tried == _PATIENCE and self._count() <= _FEW:
                return self._one_by_one(bound, started)
            solved = programme.solve(self._left(started))
            if solved.is_infeasible:
                return Found(None, inf, is_proven=True)
            bound = max(bound, solved.bound)
            if not solved.is_proven:
                return self._stopped(solved.plan, bound)
            assert solved.plan is not None
            if self.reaches(solved.plan):
                return Found(solved.plan, bound, is_proven=True)
            self._exclude(programme, aim, solved.plan)
            if self._is_over(started):
                break
        return self._stopped(None, bound)

    def _stated(self) -> tuple[Programme, Aim]:
        programme = Programme(self.problem)
        aim = Aim(programme, self.today, self.target, self.movable)
        aim.state()
        return programme, aim

    def _exclude(self, programme: Programme, aim: Aim, plan: Plan) -> None:
        programme.forbid(plan)
        ceiling = self.sharpen(plan)
        if ceiling is not None:
            aim.below(ceiling, aim.own, aim.lifts)

    # --- few plans --------------------------------------------------------------------------------

    def _count(self) -> int:
        return prod(len(component.options) for component in self.problem.components)

    def _one_by_one(self, bound: float, started: float) -> Found:
        """Every plan by its cost, where the rows say too little to exclude more than one at a time."""
        options = [range(len(component.options)) for component in self.problem.components]
        cheaper = bound * (1 - 1e-6) - 1e-6
        for plan in sorted(product(*options), key=self.problem.cost_of):
            cost = float(self.problem.cost_of(plan))
            if cost < cheaper:
                continue
            bound = max(bound, cost)
            if self._is_over(started):
                return self._stopped(None, bound)
            if self.reaches(plan):
                return Found(plan, bound, is_proven=True)
        return Found(None, inf, is_proven=True)

    # --- time ---------------------------------------------------------------------------------

    def _now(self) -> float:
        return 0.0 if self.limits.clock is None else self.limits.clock()

    def _left(self, started: float) -> Mapping[str, float]:
        left = max(self.limits.seconds - (self._now() - started), 0.0)
        nodes = {} if self.limits.nodes is None else {"node_limit": self.limits.nodes}
        return {"time_limit": left, **nodes}

    def _is_over(self, started: float) -> bool:
        return self._now() - started > self.limits.seconds

    # --- stopped early --------------------------------------------------------------------------

    def _stopped(self, plan: Plan | None, bound: float) -> Found:
        """The best plan at hand: the one the solver held, else the most ambitious, thinned out."""
        if plan is not None and self.reaches(plan):
            return Found(plan, bound, is_proven=False)
        most = most_ambitious(self.problem)
        if not self.reaches(most):
            return Found(None, bound, is_proven=False)
        return Found(self._thinned(most), bound, is_proven=False)

    def _thinned(self, plan: Plan) -> Plan:
        """Each component set to its cheapest option that still reaches the target, the dearest first."""
        options = [component.options for component in self.problem.components]
        order = sorted(range(len(plan)), key=lambda c: -options[c][plan[c]].cost)
        for c in order:
            for o in sorted(range(len(options[c])), key=lambda o: options[c][o].cost)[:3]:
                tried = (*plan[:c], o, *plan[c + 1 :])
                if options[c][o].cost < options[c][plan[c]].cost and self.reaches(tried):
                    plan = tried
                    break
        return plan


def most_ambitious(problem: Problem) -> Plan:
    """Everything that raises the unit's own total, whatever it costs."""
    slopes = {sink for ceiling in problem.ceilings for sink in ceiling.slopes}
    sinks = slopes | {clamp.item for clamp in problem.clamps}

    def merit(option: Option) -> tuple[bool, float, float]:
        gain = sum(float(add) for (sink, unit), add in option.adds.items()
                   if unit == problem.unit and sink in sinks)  # fmt: skip
        return (
            not any(name.startswith("veto:") for name in option.holding),
            gain,
            -float(option.cost),
        )

    return tuple(
        max(range(len(component.options)), key=lambda o: merit(component.options[o]))
        for component in problem.components
    )
