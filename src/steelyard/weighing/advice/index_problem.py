"""An index scheme as a problem: every column tried, every gain followed to the index.

The engine's own steps are asked, one indicator at a time: an indicator's normalised column depends on
its own values and denominator alone, whatever the method (min–max, z-scores, winsorising, imputation),
so that what a change does to the *other* units is found exactly. Up the tree, arithmetic means are
linear in the scores and geometric ones in their logarithms. Where both occur the index is a concave
function of the scores and lies below each of its tangents (``tangents``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from math import log

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, Scheme
from steelyard.weighing.advice.joining import joined_sets
from steelyard.weighing.advice.levers import Lever
from steelyard.weighing.advice.needs import Reader
from steelyard.weighing.advice.points_problem import MOST_COMBINATIONS, conditions_of_scheme
from steelyard.weighing.advice.problem import Amount, Ceiling, Component, Option, Place, Problem
from steelyard.weighing.advice.pruning import Merits, pruned
from steelyard.weighing.advice.tangents import tangent_slopes
from steelyard.weighing.advice.targets import Target, ToGrade
from steelyard.weighing.advice.trials import Asked, Laboratory, Trial, changed_values, combinations
from steelyard.weighing.index import called, leaves
from steelyard.weighing.index.columns import Array
from steelyard.weighing.index.composed import Composed
from steelyard.weighing.index.log import Log
from steelyard.weighing.index.spec import Spec
from steelyard.weighing.index.tree import join
from steelyard.weighing.index_scheme import spec_of
from steelyard.weighing.result import Result

_FIXED = ("given", "equal", "ahp")
_MEANS = ("arithmetic", "geometric")
_SLACK = 1e-8


def refuse_unfit(scheme: Scheme, today: Result) -> None:
    """
    Raises:
        Faulty: a step of the method stands in the way; each is named.
    """
    spec = spec_of(scheme, today.values)
    faults = []
    if spec.method.weigh.by not in _FIXED:
        by = called.WEIGH[spec.method.weigh.by]
        faults.append(_unfit(
            "method.weigh",
            Text(f"权重按{by.zh}由数据算出，数据一改权重就变", f"weights by {by.en} depend on the data"),
            Text("请在weigh中改用given（给定）或equal（等权）", "advise needs given or equal weights"),
        ))  # fmt: skip
    for group in spec.groups_from_below():
        how = spec.aggregate(group)
        title = scheme.item[group].title
        name = Text(title.say("zh") or "总指数", title.say("en") or "the index")
        if how.by not in _MEANS:
            by = called.AGGREGATE[how.by]
            faults.append(_unfit(
                f"items.{group}.aggregate" if group else "method.aggregate",
                Text(f"“{name.zh}”按{by.zh}合成", f"{name.en} is aggregated by {by.en}"),
                Text("advise只算算术平均和几何平均", "advise needs arithmetic or geometric means"),
            ))  # fmt: skip
        elif how.missing == "worst" and _has_gaps(today, spec.children[group]):
            faults.append(_unfit(
                f"items.{group}.aggregate" if group else "method.aggregate",
                Text(f"“{name.zh}”的缺项按各单位中的最低得分计",
                     f"what {name.en} lacks counts as the worst score of any unit"),
                Text("请补报数据，或改用missing = \"reweight\"",
                     'deliver the values, or write missing = "reweight"'),
            ))  # fmt: skip
    if faults:
        raise Faulty(faults)


def _unfit(key: str, what: Text, mend: Text) -> Fault:
    return Fault("advise-cannot", what, mend, Where(key=key))


def _has_gaps(today: Result, children: tuple[str, ...]) -> bool:
    assert today.composed is not None
    scores = today.composed.scores
    return any(bool(np.isnan(scores[code]).any()) for code in children if code in scores)


# --- the problem -----------------------------------------------------------------------------


def index_problem(today: Result, unit: str, levers: tuple[Lever, ...], target: Target) -> Problem:
    """The problem of a unit in an index.

    Raises:
        Faulty: indicators share a denominator that may move, in too many combinations.
    """
    return _Builder(today, unit, levers, target).problem()


@dataclass
class _Builder:
    today: Result
    unit: str
    levers: tuple[Lever, ...]
    target: Target

    def __post_init__(self) -> None:
        self.scheme = self.today.scheme
        assert self.today.composed is not None
        self.composed: Composed = self.today.composed
        self.spec = spec_of(self.scheme, self.today.values)
        self.lever = {lever.input: lever for lever in self.levers}
        self.movable = frozenset(self.lever)
        self.reader = Reader(self.scheme)
        self.conditions = dict(conditions_of_scheme(self.scheme))
        self.needs = {n: self.reader.formula(f) for n, f in self.conditions.items()}
        self.row = {code: i for i, code in enumerate(self.spec.units)}
        hows = {self.spec.aggregate(group).by for group in self.spec.groups_from_below()}
        self.in_logs = hows == {"geometric"}
        self.is_mixed = len(hows) > 1
        self.lowest = {code: c.copy() for code, c in self.composed.steps["normalised"].items()}
        self.gradient = {code: tangent_slopes(self.today, code) for code in self.spec.units}

    def problem(self) -> Problem:
        components = tuple(filter(None, map(self._component, self._sets())))
        totals = {
            code: log(total) if self.in_logs else total
            for code in self.spec.units
            if (total := self.composed.total(code)) is not None
        }
        own = totals.get(self.unit, 0.0)
        totals |= self._at_least() if self.is_mixed else {}
        slopes: Mapping[str, Amount] = self.gradient[self.unit] if self.is_mixed else {ROOT: 1.0}
        return Problem(
            self.unit, components, totals, (Ceiling(own, slopes),),
            unclear=self._unclear(components), in_logs=self.in_logs,
            slack=_SLACK * max(1.0, *(abs(total) for total in totals.values())),
        )  # fmt: skip

    def _sets(self) -> list[frozenset[str]]:
        sets = [self._inputs(code) & self.movable for code in self.spec.columns]
        for needs in self.needs.values():
            moved = needs.inputs & self.movable
            sets += [frozenset({code}) for code in moved] if needs.asks_total else [moved]
        return joined_sets(sets)

    def _inputs(self, leaf: str) -> frozenset[str]:
        return frozenset({leaf, self.spec.item(leaf).denominator} - {""})

    def _component(self, inputs: frozenset[str]) -> Component | None:
        levers = tuple(self.lever[code] for code in sorted(inputs))
        if combinations(levers) > MOST_COMBINATIONS:
            raise Faulty([_too_many(sorted(inputs), combinations(levers))])
        touched = [
            code for code in self.composed.steps["normalised"] if self._inputs(code) & inputs
        ]
        options = [option for trial in self._trials(levers, inputs)
                   if (option := self._option(trial, inputs, touched)) is not None]  # fmt: skip
        if not options or options[0].cost:
            return None
        kept = pruned(options, self._merits(options, inputs))
        return Component(tuple(one.input for one in levers), kept) if len(kept) > 1 else None

    def _trials(self, levers: tuple[Lever, ...], inputs: frozenset[str]) -> Iterator[Trial]:
        """Every combination, with the conditions that then hold."""
        assert self.today.board is not None
        asked: dict[str, Formula] = {
            name: formula
            for name, formula in self.conditions.items()
            if self._is_tracked(name, inputs)
        }
        across = any(self.needs[name].looks_across for name in asked)
        laboratory = Laboratory(self.today.board, self.unit, holds_items=False)
        yield from laboratory.trials(levers, Asked((), frozenset(), asked, everybody=across))

    def _is_tracked(self, name: str, inputs: frozenset[str]) -> bool:
        needs = self.needs[name]
        return bool(needs.inputs & inputs) and not needs.asks_total and not needs.items

    def _option(self, trial: Trial, inputs: frozenset[str], touched: list[str]) -> Option | None:
        new = dict(zip(sorted(inputs), trial.values, strict=True))
        values = changed_values(self.today.values, self.scheme, self.unit, new)
        changed = spec_of(self.scheme, values) if self._is_grouping(inputs) else self._spec(new)
        adds: dict[Place, Amount] = {}
        for leaf in touched:
            column = normalised_column(changed, self.composed, leaf)
            before = self.composed.steps["normalised"][leaf]
            if column is None or (np.isnan(column) != np.isnan(before)).any():
                return None
            if self._must_be_above_zero(leaf) and not (column[~np.isnan(column)] > 0).all():
                return None
            self._add(leaf, before, column, adds)
        return Option(trial.values, trial.cost, adds, trial.holding)

    def _is_grouping(self, inputs: frozenset[str]) -> bool:
        return bool(inputs & self.spec.groups.keys())

    def _spec(self, new: Mapping[str, object]) -> Spec:
        """The spec with some of the unit's columns and denominators changed."""
        row = self.row[self.unit]
        columns, divisors = dict(self.spec.columns), dict(self.spec.denominators)
        for code, value in new.items():
            for one in (columns, divisors):
                if code in one and isinstance(value, Fraction):
                    column = one[code].copy()
                    column[row] = float(value)
                    one[code] = column
        return replace(self.spec, columns=columns, denominators=divisors)

    def _must_be_above_zero(self, leaf: str) -> bool:
        here = leaf
        while here != ROOT:
            here = self.scheme.item[here].parent
            if self.spec.aggregate(here).by == "geometric":
                return True
        return False

    def _add(self, leaf: str, before: Array, after: Array, adds: dict[Place, Amount]) -> None:
        self.lowest[leaf] = np.fmin(self.lowest[leaf], after)
        for code, row in self.row.items():
            if np.isnan(before[row]) or before[row] == after[row]:
                continue
            slope = self.gradient[code].get(leaf, 0.0)
            change = float(after[row] - before[row])
            if self.in_logs:
                change = log(after[row] / before[row])
            if self.is_mixed and code == self.unit:
                adds[leaf, code] = change
            elif self.is_mixed:
                adds[f"seen:{leaf}", code] = change
            else:
                adds[ROOT, code] = adds.get((ROOT, code), 0.0) + slope * change

    def _merits(self, options: list[Option], inputs: frozenset[str]) -> Merits:
        quotas = isinstance(self.target, ToGrade) and any(g.quota for g in self.scheme.grades)
        keeps_rivals = bool(quotas or self.scheme.ranking.ties != "shared" or self.scheme.vetoes)
        keeps_values = any(
            needs.inputs & inputs and (needs.looks_across or not self._is_tracked(name, inputs))
            for name, needs in self.needs.items()
        )
        keeps_total = any(needs.asks_total for needs in self.needs.values())
        keeps_floors = any(grade.floors for grade in self.scheme.grades)
        places = sorted({place for option in options for place in option.adds})
        own = [place for place in places if place[1] == self.unit]
        rivals = [place for place in places if place[1] != self.unit]

        def merits(option: Option) -> tuple[object, tuple[Amount, ...]]:
            mine = tuple(option.adds.get(place, 0.0) for place in own)
            theirs = tuple(-option.adds.get(place, 0.0) for place in rivals)
            alike: list[object] = [option.holding]
            alike += [option.values] if keeps_values else []
            alike += [mine] if keeps_total or keeps_floors else []
            alike += [theirs] if keeps_rivals else []
            return tuple(alike), mine + theirs

        return merits

    def _unclear(self, components: tuple[Component, ...]) -> frozenset[str]:
        """Rivals whose vetoes may change with what the unit does."""
        moved = frozenset(u for c in components for o in c.options for _, u in o.adds)
        rivals = frozenset(self.spec.units) - {self.unit}
        across = any(
            needs.looks_across and needs.inputs & self.movable
            for name, needs in self.needs.items()
            if name.startswith("veto:")
        )
        if across:
            return rivals
        asks = any(needs.asks_total for n, needs in self.needs.items() if n.startswith("veto:"))
        return moved & rivals if asks else frozenset()

    def _at_least(self) -> dict[str, float]:
        """In a mixed tree, what each rival has at least: its index of its lowest scores."""
        kept = self.composed.kept
        inner = self.spec.only(list(self.lowest), kept)
        lowest = {code: column[kept] for code, column in self.lowest.items()}
        scores = join(inner, Log(inner.names), lowest).scores[ROOT]
        found = zip(inner.units, scores, strict=True)
        return {code: float(score) for code, score in found if not np.isnan(score)}


def _too_many(inputs: list[str], count: int) -> Fault:
    listed = ", ".join(inputs)
    return Fault(
        "too-many-combinations",
        Text(f"{listed}一同起作用，共有{count}种组合，超过{MOST_COMBINATIONS}种",
             f"{listed} act together: {count} combinations, more than {MOST_COMBINATIONS}"),
        Text("请在成本表中把步长写大些，或少列几个数据项",
             "state larger steps in the cost table, or fewer inputs"),
        Where(file="--costs"),
    )  # fmt: skip


def normalised_column(spec: Spec, composed: Composed, leaf: str) -> Array | None:
    """What the engine's steps make of one indicator, for all units; None if a step refuses it."""
    kept = composed.kept
    inner = spec.only([leaf], kept)
    notes = Log(inner.names)
    with np.errstate(all="ignore"):
        columns = leaves.denominated_all(inner, notes, inner.columns)
        columns = leaves.transformed_all(inner, notes, columns)
        columns = leaves.imputed_all(inner, notes, columns)
        tamed = {
            code: one.column for code, one in leaves.treated_all(inner, notes, columns).items()
        }
        found = leaves.normalised_all(inner, notes, tamed)[leaf]
    if notes.broken:
        return None
    whole = np.full(kept.shape, np.nan)
    whole[kept] = found
    return whole
