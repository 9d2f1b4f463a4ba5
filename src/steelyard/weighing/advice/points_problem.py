"""A points scheme as a problem: every component tried, every gain followed to the total.

The engine scores the combinations (``trials``), and says what a point of an item is worth further up
(``shape``); here the two are put together. Fractions throughout.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import ROOT, Scheme
from steelyard.weighing.advice.differences import (
    changes,
    changes_of_total,
    come_and_go,
    grain,
    varies,
)  # fmt: skip
from steelyard.weighing.advice.joining import joined_sets
from steelyard.weighing.advice.levers import Lever
from steelyard.weighing.advice.needs import Reader
from steelyard.weighing.advice.problem import (
    Amount,
    Ceiling,
    Clamp,
    Component,
    Option,
    Place,
    Problem,
)  # fmt: skip
from steelyard.weighing.advice.pruning import Merits, pruned
from steelyard.weighing.advice.shape import Shape
from steelyard.weighing.advice.targets import Target, ToGrade
from steelyard.weighing.advice.trials import Asked, Indivisible, Laboratory, Trial, combinations
from steelyard.weighing.points.board import Board
from steelyard.weighing.result import Result
from steelyard.weighing.standings import items_of

MOST_COMBINATIONS = 40_000
_MOST_SCORES = 1_500_000
_MOST_FOR_CONDITIONS = 4_000
_ZERO = Fraction(0)


def points_problem(today: Result, unit: str, levers: tuple[Lever, ...], target: Target) -> Problem:
    """The problem of a unit.

    Raises:
        Faulty: inputs meet in one rule in too many combinations; the rule is named.
    """
    assert today.board is not None
    lumped: frozenset[str] = frozenset()
    while True:
        shape = Shape(
            today.board, Reader(today.scheme), unit, frozenset(one.input for one in levers), lumped
        )
        try:
            return _Builder(today, unit, levers, target, shape).problem()
        except Indivisible as error:
            lumped |= {error.item}


@dataclass
class _Builder:
    today: Result
    unit: str
    levers: tuple[Lever, ...]
    target: Target
    shape: Shape
    factor: dict[str, Fraction] = field(default_factory=dict)
    vanishing: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        self.scheme: Scheme = self.today.scheme
        self.board: Board = self.shape.board
        self.laboratory = Laboratory(self.board, self.unit)
        self.lever = {lever.input: lever for lever in self.levers}
        self.conditions = dict(conditions_of_scheme(self.scheme))
        self.keys = {f"key:{i}": key for i, key in enumerate(self.scheme.ranking.tie_break)}
        self.asked_about = self.conditions | self.keys
        self.needs = {
            name: self.shape.reader.formula(formula) for name, formula in self.asked_about.items()
        }
        for code, score in self.board.item(ROOT).items():
            percent = self.scheme.total.as_ == "percent" and score.possible
            self.factor[code] = Fraction(100) / score.possible if percent else Fraction(1)

    # --- the whole ----------------------------------------------------------------------------

    def problem(self) -> Problem:
        sets = self._sets()
        components = tuple(filter(None, (self._component(one) for one in sets)))
        affected = {place for c in components for o in c.options for place in o.adds}
        clamps = tuple(
            self.shape.clamp(item, unit)
            for item in self.shape.clamps
            for unit in self.board.units
            if self._is_reached(item, unit, affected)
        )
        clamps = tuple(self._in_total(clamp) for clamp in clamps)
        totals = {
            unit: score.points * self.factor[unit]
            for unit, score in self.board.item(ROOT).items()
            if score.points is not None
        }
        return Problem(
            self.unit, components, totals,
            (Ceiling(totals.get(self.unit, _ZERO), {ROOT: Fraction(1)}),),
            clamps=clamps, watched=self._watched(), unclear=self._unclear(affected),
            slack=self._slack(), grain=grain(totals, components, clamps, self._set_scores()),
        )  # fmt: skip

    def _is_reached(self, item: str, unit: str, affected: set[Place]) -> bool:
        """Whether an option changes something below the clamp, for the unit."""
        return any(
            unit == whose and sink != ROOT and ":" not in sink and self.shape.is_within(sink, item)
            for sink, whose in affected
        )

    def _in_total(self, clamp: Clamp) -> Clamp:
        if clamp.into != ROOT:
            return clamp
        return replace(clamp, slope=clamp.slope * self.factor[clamp.unit])

    def _set_scores(self) -> list[Fraction]:
        """Numbers that the scheme itself compares totals with."""
        sizes = [veto.score for veto in self.scheme.vetoes]
        sizes += [edge for grade in self.scheme.grades for edge in (grade.at_least, grade.above)]
        return [size for size in sizes if size is not None]

    def _slack(self) -> float:
        places = self.scheme.total.rounded_to
        return 0.0 if places is None else 0.5 * 10.0**-places

    # --- which inputs are tried together -------------------------------------------------------

    def _sets(self) -> list[frozenset[str]]:
        sets = joined_sets(self.shape.moved(block) for block in self.shape.blocks)
        for one in sets:
            self._check_size(one)
        for needs in self.needs.values():
            wanted = needs.inputs & self.shape.movable
            merged = joined_sets([*sets, wanted])
            if wanted and not needs.asks_total and self._is_small(merged, wanted):
                sets = merged
        asked = frozenset().union(*(needs.inputs for needs in self.needs.values()))
        return joined_sets([*sets, *(frozenset({code}) for code in asked & self.shape.movable)])

    def _is_small(self, sets: list[frozenset[str]], wanted: frozenset[str]) -> bool:
        inside = next(one for one in sets if one & wanted)
        return combinations(self._levers(inside)) <= _MOST_FOR_CONDITIONS or inside in joined_sets(
            self.shape.moved(block) for block in self.shape.blocks
        )

    def _levers(self, inputs: Iterable[str]) -> tuple[Lever, ...]:
        return tuple(self.lever[code] for code in sorted(inputs))

    def _check_size(self, inputs: frozenset[str]) -> None:
        count = combinations(self._levers(inputs))
        blocks = [b for b in self.shape.blocks if self.shape.moved(b) & inputs]
        items = sum(len(self.shape.below(block)) for block in blocks)
        units = len(self.board.units) if any(map(self.shape.looks_across, blocks)) else 1
        if count > MOST_COMBINATIONS or count * items * units > _MOST_SCORES:
            raise Faulty(
                [_too_many(self.scheme, [*map(self.shape.item_of, blocks)], inputs, count)]
            )

    def _tracked(self, inputs: frozenset[str], among: Mapping[str, Formula]) -> dict[str, Formula]:
        """The conditions (or keys) whose moving inputs all lie in the component."""
        found = {}
        for name, formula in among.items():
            wanted = self.needs[name].inputs & self.shape.movable
            if wanted and wanted <= inputs and not self.needs[name].asks_total:
                found[name] = formula
        return found

    # --- one component ------------------------------------------------------------------------

    def _component(self, inputs: frozenset[str]) -> Component | None:
        levers = self._levers(inputs)
        asked = self._asked(inputs)
        trials = list(self.laboratory.trials(levers, asked))
        if not trials or trials[0].cost or trials[0].values != tuple(one.now for one in levers):
            return None
        self._check_steady(trials, asked)
        self.vanishing |= come_and_go(trials) - {self.unit}
        trials = [trials[0], *(trial for trial in trials[1:] if self._has_total(trial))]
        options = [self._option(trial, trials[0], inputs) for trial in trials]
        kept = pruned(options, self._merits(inputs, options))
        return Component(tuple(one.input for one in levers), kept) if len(kept) > 1 else None

    def _asked(self, inputs: frozenset[str]) -> Asked:
        blocks = [b for b in self.shape.blocks if self.shape.moved(b) & inputs]
        touched = frozenset(
            item.code for item in self.scheme.in_order if self.shape.moved(item.code) & inputs
        )
        conditions, keys = (
            self._tracked(inputs, self.conditions), self._tracked(inputs, self.keys)
        )  # fmt: skip
        across = any(self.shape.looks_across(block) for block in blocks)
        across = across or any(self.needs[name].looks_across for name in (*conditions, *keys))
        watched = [
            code for code in self._floors() if code in touched and self._is_direct(code, inputs)
        ]
        parts = {
            b: (self.shape.item_of(b), self.shape.parts[b]) for b in blocks if b in self.shape.parts
        }
        items = tuple(dict.fromkeys([*(b for b in blocks if b not in parts), *watched]))
        return Asked(items, touched, conditions, keys, parts, across)

    def _is_direct(self, code: str, inputs: frozenset[str]) -> bool:
        """Whether the component alone moves the item, so that it can be read off the trials."""
        return self.shape.moved(code) <= inputs

    def _check_steady(self, trials: list[Trial], asked: Asked) -> None:
        """What a block leaves possible must not change, or the group above is more than a sum."""
        for block in asked.items:
            if block == ROOT or block not in self.shape.blocks:
                continue
            first = trials[0].scores[block]
            if any(varies(first, trial.scores[block]) for trial in trials):
                raise Indivisible(self.scheme.item[block].parent)

    def _has_total(self, trial: Trial) -> bool:
        return ROOT not in trial.scores or trial.scores[ROOT][self.unit].points is not None

    def _option(self, trial: Trial, today: Trial, inputs: frozenset[str]) -> Option:
        adds: dict[Place, Amount] = {}
        for block in self.shape.blocks:
            if self.shape.moved(block) & inputs:
                self._follow(block, trial, today, adds)
        for code in self._floors():
            self._watch(code, trial, today, inputs, adds)
        for name, size in trial.keys.items():
            adds[name, self.unit] = size - today.keys[name]
        holding = trial.holding if self._has_total(trial) else trial.holding | {"no total"}
        return Option(trial.values, trial.cost, {k: v for k, v in adds.items() if v}, holding)

    def _follow(self, block: str, trial: Trial, today: Trial, adds: dict[Place, Amount]) -> None:
        found = changes_of_total(trial, today) if block == ROOT else changes(block, trial, today)
        for unit, change in found:
            if block == ROOT:
                sink, slope = ROOT, Fraction(1)
            else:
                sink, slope = self.shape.way_up(block, unit)
            worth = change * slope * (self.factor[unit] if sink == ROOT else 1)
            adds[sink, unit] = adds.get((sink, unit), _ZERO) + worth

    def _watch(
        self, code: str, trial: Trial, today: Trial, inputs: frozenset[str],
        adds: dict[Place, Amount],
    ) -> None:  # fmt: skip
        """What the option adds to an item that a grade's floor is about."""
        if code in trial.scores and self._is_direct(code, inputs):
            change = dict(changes(code, trial, today)).get(self.unit, _ZERO)
            adds[f"item:{code}", self.unit] = change
            return
        if not self._is_plain_sum(code):
            return
        for block in self.shape.blocks:
            if self.shape.moved(block) & inputs and self.shape.is_within(block, code):
                change = dict(changes(block, trial, today)).get(self.unit, _ZERO)
                _, slope = self.shape.way_up(block, self.unit, to=code)
                place = (f"item:{code}", self.unit)
                adds[place] = adds.get(place, _ZERO) + change * slope

    def _is_plain_sum(self, code: str) -> bool:
        below = [b for b in self.shape.blocks if self.shape.is_within(b, code)]
        return bool(below) and not any(self.shape.is_clamped_between(b, code) for b in below)

    def _floors(self) -> list[str]:
        """The items asked about by floors whose points can be followed."""
        return [code for code in self._floored() if not self._may_not_apply(code)]

    def _floored(self) -> list[str]:
        """The items that floors of the wanted grades, and better ones, are about."""
        if not isinstance(self.target, ToGrade):
            return []
        found: dict[str, None] = {}
        for grade in self.scheme.grades:
            for floor in grade.floors:
                found |= dict.fromkeys(items_of(self.scheme, grade, floor))
            if grade.code == self.target.grade:
                break
        return [code for code in found if self.shape.moved(code)]

    def _may_not_apply(self, code: str) -> bool:
        """Whether the levers decide if the item, or a part of it, applies: a floor asks less then."""
        if "not_applicable" in self.scheme.on.values():
            return True
        return any(
            "not_applicable" in item.on.values()
            or (
                item.not_applicable_if is not None
                and self.shape.reader.formula(item.not_applicable_if).inputs & self.shape.movable
            )
            for item in self.scheme.items
            if self.shape.is_within(item.code, code) or self.shape.is_within(code, item.code)
        )

    def _watched(self) -> dict[Place, Amount]:
        """Today's points of the watched items that could be followed, and today's keys."""
        found: dict[Place, Amount] = {}
        for code in self._floors():
            score = self.board.item(code)[self.unit]
            followed = self._is_plain_sum(code) or any(
                self._is_direct(code, one) for one in self._sets()
            )
            if followed and score.points is not None:
                found[f"item:{code}", self.unit] = score.points
        return found

    # --- what counts when options are compared ---------------------------------------------------

    def _merits(self, inputs: frozenset[str], options: list[Option]) -> Merits:
        """More for the unit is better, less for a rival too, unless a rule may think otherwise."""
        unclear = [
            needs for name, needs in self.needs.items() if not self._is_tracked(name, inputs)
        ]
        # A condition that looks across units may hold for a rival, or cease to, through these values.
        across = [needs for needs in self.needs.values() if needs.looks_across]
        keeps_values = any(needs.inputs & inputs for needs in (*unclear, *across))
        keeps_values |= any(
            self._may_not_apply(code) and self.shape.moved(code) & inputs
            for code in self._floored()
        )
        keeps_total = any(needs.asks_total for needs in unclear)
        keeps_rivals = self._rivals_matter()
        places = sorted({place for option in options for place in option.adds})
        own = [place for place in places if place[1] == self.unit]
        rivals = [place for place in places if place[1] != self.unit]

        def merits(option: Option) -> tuple[object, tuple[Amount, ...]]:
            mine = tuple(option.adds.get(place, _ZERO) for place in own)
            theirs = tuple(-option.adds.get(place, _ZERO) for place in rivals)
            alike: list[object] = [option.holding]
            alike += [option.values] if keeps_values else []
            alike += [mine] if keeps_total else []
            alike += [theirs] if keeps_rivals else []
            return tuple(alike), mine + theirs

        return merits

    def _is_tracked(self, name: str, inputs: frozenset[str]) -> bool:
        needs = self.needs[name]
        wanted = needs.inputs & self.shape.movable
        if needs.asks_total:
            return False
        return not wanted & inputs or wanted <= inputs

    def _rivals_matter(self) -> bool:
        """Whether it may hurt that a rival loses points: shared places, quotas, vetoes, keys."""
        quotas = isinstance(self.target, ToGrade) and any(g.quota for g in self.scheme.grades)
        return bool(
            quotas or self.scheme.ranking.ties != "shared" or self.scheme.vetoes or self.keys
        )

    def _unclear(self, affected: set[Place]) -> frozenset[str]:
        """Rivals whose vetoes or requirements may change with what the unit does."""
        rivals = frozenset(self.board.units) - {self.unit}
        moved = frozenset(unit for _, unit in affected) - {self.unit}
        found = self.vanishing
        for name in self.conditions:
            if not name.startswith("veto:"):
                continue
            needs = self.needs[name]
            if needs.looks_across and needs.inputs & self.shape.movable:
                return rivals
            if needs.asks_total or needs.items:
                found |= moved
        return found


def conditions_of_scheme(scheme: Scheme) -> Iterator[tuple[str, Formula]]:
    """Its vetoes and the requirements of its grades, by name."""
    for veto in scheme.vetoes:
        yield f"veto:{veto.code}", veto.when
    for grade in scheme.grades:
        if grade.requires is not None:
            yield f"requires:{grade.code}", grade.requires


def _too_many(scheme: Scheme, blocks: list[str], inputs: frozenset[str], count: int) -> Fault:
    named = "、".join(scheme.item[b].title.say("zh") or b or "总分" for b in blocks[:3])
    named_en = ", ".join(scheme.item[b].title.say("en") or b or "the total" for b in blocks[:3])
    listed = ", ".join(sorted(inputs)[:8])
    return Fault(
        "too-many-combinations",
        Text(f"“{named}”同时取决于{listed}，共有{count}种组合，太多",
             f"{named_en} depends on {listed} together: {count} combinations are too many"),
        Text("请在成本表中把步长写大些、范围写窄些，或少列几个数据项",
             "state larger steps or narrower ranges in the cost table, or fewer inputs"),
        Where(file="--costs"),
    )  # fmt: skip
