"""``advice = advise(scheme, values, unit, target)``: the cheapest improvements, confirmed by weighing."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.capped import capped
from steelyard.weighing.advice.findings import Advice, Change, Outcome
from steelyard.weighing.advice.levers import Cost, Lever, levers_of, value_now
from steelyard.weighing.advice.problem import Ceiling, Plan, Problem
from steelyard.weighing.advice.search import Found, Limits, Search, most_ambitious
from steelyard.weighing.advice.targets import Target, checked, reaches
from steelyard.weighing.advice.trials import changed_values
from steelyard.weighing.advice.wording import named
from steelyard.weighing.result import Result, Score
from steelyard.weighing.values import Value, Values
from steelyard.weighing.weigh import weigh
from steelyard.weighing.what_if import find_unit

AS_PUBLISHED = Text(
    "其他单位按所给数据（最近公布值）计",
    "the other units are taken as in the data, as last published",
)


def advise(
    scheme: Scheme,
    values: Values,
    unit: str,
    target: Target,
    *,
    costs: Sequence[Cost] | None = None,
    fixed: Collection[str] = (),
    rivals: Text = AS_PUBLISHED,
    limits: Limits = Limits(),  # noqa: B008  (frozen)
) -> Advice:
    """The cheapest set of improvements of a unit's own inputs that reaches the target.

    Args:
        unit: its code or title.
        target: a rank, a grade or points; see :mod:`steelyard.weighing.advice.targets`.
        costs: what may be changed, in which steps and range, and what it costs; without it each input
            up to the best value of any unit, in effort points.
        fixed: inputs that are not changed, where there is no cost table of a points scheme.
        rivals: a sentence that says where the others' values come from.
        limits: when to stop early.

    Raises:
        Faulty: no such unit or target; a step of an index's method stands in the way; inputs meet in
            too many combinations; the values themselves are refused.
    """
    code = find_unit(scheme, unit)
    target = checked(target, scheme)
    today = weigh(scheme, values)
    if scheme.family == "index":
        from steelyard.weighing.advice.index_problem import refuse_unfit

        refuse_unfit(scheme, today)
    asked = _Asked(today, code, target, costs, rivals, limits, fixed=frozenset(fixed))
    if reaches(today, code, target):
        return asked.answer("nothing_to_do", today)
    return asked.sought()


@dataclass
class _Asked:
    """One question, and the results of the plans that have been weighed for it."""

    today: Result
    unit: str
    target: Target
    costs: Sequence[Cost] | None
    rivals: Text
    limits: Limits
    fixed: frozenset[str] = frozenset()
    weighed: dict[Plan, Result | None] = field(default_factory=dict)
    levers: tuple[Lever, ...] = ()
    left_out: tuple[str, ...] = ()
    beyond: Mapping[str, Value] = field(default_factory=dict)

    def sought(self) -> Advice:
        self.levers = self._levers()
        self.problem = self._problem()
        found = self._search().run()
        if found.plan is not None:
            return self._reached(found)
        most = self._weigh(most_ambitious(self.problem)) or self.today
        if not found.is_proven:
            answer = self.answer("stopped", most)
            return replace(answer, bound=Fraction(found.bound), is_proven=False)
        from steelyard.weighing.advice.obstacles import reasons

        why = reasons(most, self.unit, self.target, self.levers)
        no_best = tuple(self.beyond) if self._reaches_beyond() else ()
        answer = self.answer("unknown" if no_best else "cannot", most)
        return replace(answer, reasons=why, no_best=no_best)

    def _levers(self) -> tuple[Lever, ...]:
        if self.costs is not None:
            return levers_of(self.today.scheme, self.today.values, self.unit, self.costs)
        if self.today.scheme.family == "index":
            from steelyard.weighing.advice.usual_index import usual_index_levers

            return usual_index_levers(self.today, self.unit)
        from steelyard.weighing.advice.usual import usual_levers

        usual = usual_levers(self.today, self.unit, self.fixed)
        self.left_out, self.beyond = usual.left_out, usual.beyond
        return usual.levers

    def _problem(self) -> Problem:
        if self.today.scheme.family == "index":
            from steelyard.weighing.advice.index_problem import index_problem

            return index_problem(self.today, self.unit, self.levers, self.target)
        from steelyard.weighing.advice.points_problem import points_problem

        return points_problem(self.today, self.unit, self.levers, self.target)

    def _search(self) -> Search:
        return Search(
            self.problem, self.today, self.target,
            frozenset(lever.input for lever in self.levers),
            self._reaches, self._sharpen, self.limits,
        )  # fmt: skip

    # --- confirming ---------------------------------------------------------------------------

    def _weigh(self, plan: Plan) -> Result | None:
        if plan not in self.weighed:
            self.weighed[plan] = self._with(self.problem.values_of(plan))
        return self.weighed[plan]

    def _with(self, new: dict[str, Value]) -> Result | None:
        """The result with other values; None where the scheme refuses them."""
        values = changed_values(self.today.values, self.today.scheme, self.unit, new)
        try:
            return weigh(self.today.scheme, values)
        except Faulty:
            return None

    def _reaches(self, plan: Plan) -> bool:
        result = self._weigh(plan)
        return result is not None and reaches(result, self.unit, self.target)

    def _reaches_beyond(self) -> bool:
        """Whether it would be reached with far more of what has no best value that is known."""
        best = self.problem.values_of(most_ambitious(self.problem))
        result = self._with({**best, **self.beyond}) if self.beyond else None
        return result is not None and reaches(result, self.unit, self.target)

    def _sharpen(self, plan: Plan) -> Ceiling | None:
        result = self._weigh(plan)
        if result is None or result.composed is None:
            return None
        from steelyard.weighing.advice.tangents import tangent

        return tangent(self.problem, self.today, result)

    # --- the answer ---------------------------------------------------------------------------

    def _reached(self, found: Found) -> Advice:
        assert found.plan is not None
        after = self._weigh(found.plan)
        assert after is not None
        cost = self.problem.cost_of(found.plan)
        return replace(
            self.answer("reached", after), changes=self._changes(found.plan, after), cost=cost,
            bound=cost if found.is_proven else Fraction(found.bound), is_proven=found.is_proven,
        )  # fmt: skip

    def _changes(self, plan: Plan, after: Result) -> tuple[Change, ...]:
        new = self.problem.values_of(plan)
        costs = {
            (lever.input, choice.value): choice.cost
            for lever in self.levers
            for choice in lever.choices
        }
        made = [self._change(code, costs[code, value], new, after) for code, value in new.items()]
        return tuple(sorted(made, key=_by_weight))

    def _change(self, code: str, cost: Fraction, new: dict[str, Value], after: Result) -> Change:
        """One step, and what all the others come to without it."""
        without = self._with({one: value for one, value in new.items() if one != code})
        change = Change(code, self._now(code), new[code], cost, None)
        if without is None:
            return change
        now, then, less = (r.standing[self.unit] for r in (self.today, after, without))
        return replace(
            change,
            worth=_less(then.score, less.score),
            lifts_veto=bool(set(now.vetoes) & set(less.vetoes) - set(then.vetoes)),
            is_needed=not reaches(without, self.unit, self.target),
        )

    def _now(self, code: str) -> Value:
        now = value_now(self.today.scheme, self.today.values, self.unit, code)
        assert now is not None
        return now

    def answer(self, outcome: Outcome, after: Result) -> Advice:
        is_there = outcome in ("reached", "nothing_to_do")
        caps = capped(after, self.unit, self.target) if is_there else ()
        return Advice(
            self.unit, self.target, outcome, self.today, after,
            has_costs=self.costs is not None, levers=self.levers, rivals=self.rivals,
            notes=(*self._notes(self.levers), *caps),
        )  # fmt: skip

    def _notes(self, levers: Sequence[Lever]) -> tuple[Text, ...]:
        """Inputs of the cost table that have no value to improve from; lists that are no levers."""
        notes = []
        held = {lever.input for lever in levers}
        own = [cost for cost in self.costs or () if cost.unit in ("", self.unit)]
        without = sorted({cost.input for cost in own} - held) if levers else []
        if without:
            names = [named(self.today.scheme, code) for code in without]
            zh, en = "、".join(n.zh for n in names), ", ".join(n.en for n in names)
            notes.append(
                Text(f"没有数值、无从改进的数据项：{zh}", f"without a value to improve on: {en}")
            )
        if self.left_out:
            names = [named(self.today.scheme, code) for code in self.left_out]
            zh, en = "、".join(n.zh for n in names), ", ".join(n.en for n in names)
            notes.append(Text(f"与其他数据项同在一条规则、组合太多而没有看的：{zh}",
                              f"left out, since too many inputs meet in one rule: {en}"))  # fmt: skip
        if self.today.scheme.lists and levers:
            lists = "、".join(self.today.scheme.lists)
            notes.append(Text(f"清单中的各行（{lists}）不作为可改进项",
                              f"rows of lists ({lists.replace('、', ', ')}) are no levers"))  # fmt: skip
        return tuple(notes)


def _less(total: Score | None, other: Score | None) -> Score | None:
    return None if total is None or other is None else total - other


def _by_weight(change: Change) -> tuple[bool, bool, float, str]:
    """What lifts a veto first, then what is needed without giving points, then by points."""
    worth = float(change.worth or 0)
    return not change.lifts_veto, not (change.is_needed and worth <= 0), -worth, change.input
