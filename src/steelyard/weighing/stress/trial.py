"""The scheme on trial, and what last year's data say of it: what every test looks at.

Everything is computed once, when a test first asks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.scheme.checks.interval import Reach
from steelyard.scheme.formula import Name
from steelyard.scheme.model import ROOT, UNBOUNDED, Item, Scheme
from steelyard.scheme.parts import Points, walk_parts
from steelyard.weighing.result import Result
from steelyard.weighing.stress import scale
from steelyard.weighing.stress.sees import Sees, compares_units, seen_by
from steelyard.weighing.stress.wording import listed, number, percent

if TYPE_CHECKING:
    from steelyard.weighing.stress.departures import Departures
    from steelyard.weighing.stress.policies import Policy

Score = Fraction | float
Scores = Mapping[str, Mapping[str, Score]]
FEWEST_UNITS = 5


@dataclass(frozen=True)
class Trial:
    """What is tested: the scheme, and its result on last year's data if there are any.

    ``could_not`` says why data that were given could not be weighed as the scheme asks; the result is
    then that of a scheme that lets missing items pass. ``in_the_way`` says the same, a line a figure.
    ``policies`` is None where no list was given.
    ``size`` names the input that measures how large a unit is, if the asker named one.
    """

    scheme: Scheme
    result: Result | None = None
    policies: Sequence[Policy] | None = None
    size: str = ""
    seed: int = 1
    could_not: Sequence[Text] = ()
    in_the_way: Sequence[Text] = ()

    # --- the scheme ---------------------------------------------------------------------------

    @cached_property
    def leaves(self) -> tuple[Item, ...]:
        """The leaves inside the full points: bonuses and deductions stand beside them."""
        return tuple(leaf for leaf in self.scheme.leaves if not self._is_beside(leaf))

    def _is_beside(self, item: Item) -> bool:
        here = item
        while here.code != ROOT:
            if here.kind != "item":
                return True
            here = self.scheme.item[here.parent]
        return False

    @cached_property
    def is_index(self) -> bool:
        return self.scheme.family == "index"

    @cached_property
    def share(self) -> Mapping[str, Fraction]:
        """Each item's share of the whole, as the tree gives it; of one leaf in a best-of, a part."""
        found = {ROOT: Fraction(1)}
        for item in self.scheme.in_order:
            children = [c for c in self.scheme.children[item.code] if c.kind == "item"]
            for child, part in zip(children, self._parts_of(item, children), strict=True):
                found[child.code] = found.get(item.code, Fraction(0)) * part
        return {item.code: found.get(item.code, Fraction(0)) for item in self.scheme.in_order}

    def _parts_of(self, group: Item, children: Sequence[Item]) -> list[Fraction]:
        sizes = [self._size_in(group, child) for child in children]
        whole = sum(sizes, Fraction(0))
        return [size / whole if whole else Fraction(0) for size in sizes]

    def _size_in(self, group: Item, child: Item) -> Fraction:
        if self.is_index:
            return self._weight(group, child)
        if group.rule is not None or group.combine == "sum":
            return self.scheme.full[child.code]
        return child.weight if group.combine == "weighted_mean" else Fraction(1)

    def _weight(self, group: Item, child: Item) -> Fraction:
        """The weight used, once data were weighed; else the one that is written."""
        composed = None if self.result is None else self.result.composed
        if composed is None or group.code not in composed.weights:
            return child.weight
        return Fraction(composed.weights[group.code].get(child.code, 0.0))

    @cached_property
    def full(self) -> Fraction:
        """What the whole can give: 100 for an index, and for a total read in per cent."""
        if self.is_index or self.scheme.total.as_ == "percent":
            return Fraction(100)
        return self.scheme.full[ROOT]

    def worth(self, code: str) -> Fraction:
        """The points of the total that an item holds."""
        return self.share[code] * self.full

    def is_open(self, item: Item) -> bool:
        """A leaf that can give points without bound: by its own cap, its rule, and the groups above."""
        if item.kind == "deduction" or self.is_index or item.rule is None:
            return False
        here = item
        while here.code != ROOT:
            if self._is_bounded(here):
                return False
            here = self.scheme.item[here.parent]
        return Reach(self.scheme, self.scheme.full[item.code]).of_part(item.rule).high is None

    def _is_bounded(self, item: Item) -> bool:
        if item.cap is not None:
            return item.cap != UNBOUNDED
        if item.kind == "bonus":
            return item.points is not None
        return item.kind == "item" and not self.scheme.children[item.code]

    @cached_property
    def open_items(self) -> tuple[str, ...]:
        return tuple(leaf.code for leaf in self.scheme.leaves if self.is_open(leaf))

    def called(self, code: str) -> Text:
        """Code and title, as a person looks an item up."""
        title = self.scheme.item[code].title
        return Text(f"{code}“{title.say('zh')}”", f"{code} ({title.say('en')})")

    def names(self, items: Sequence[str]) -> Text:
        return listed([self.called(code) for code in items])

    def input_named(self, code: str) -> Text:
        title = self.scheme.inputs[code].title
        return Text(title.say("zh") or code, title.say("en") or code)

    def holding(self, items: Sequence[str]) -> Text:
        """``12 points, 12% of the whole``; of an index ``12% of the weight``."""
        share = self.share_of(items)
        together = "合计" if len(items) > 1 else ""
        if self.is_index:
            return Text(f"{together}占权重的{percent(share)}", f"{percent(share)} of the weight")
        if not share:
            return Text("不在满分之内", "outside the full points")
        points = share * self.full
        if points == 100 * share:
            return Text(f"{together}{number(points)}分", f"{number(points)} of 100 points")
        return Text(
            f"{together}{number(points)}分，占总分的{percent(share)}",
            f"{number(points)} points, {percent(share)} of the whole",
        )

    def share_of(self, items: Sequence[str]) -> Fraction:
        return sum((self.share[code] for code in items), Fraction(0))

    @cached_property
    def sees(self) -> Mapping[str, Sees]:
        """What each item looks at; an indicator of an index looks at its own column."""
        found = {item.code: seen_by(self.scheme, item) for item in self.scheme.in_order}
        if self.is_index:
            for leaf in self.scheme.leaves:
                found[leaf.code].inputs.add(leaf.code)
        return found

    @cached_property
    def comparing(self) -> frozenset[str]:
        """Items whose points depend on other units."""
        return compares_units(self.scheme)

    @cached_property
    def counts(self) -> frozenset[str]:
        """Inputs that count things, declared so or seen to be whole, large and without an upper bound."""
        return scale.counted(self.scheme) | {
            code for code in self.scheme.inputs if self._looks_like_a_count(code)
        }

    def _looks_like_a_count(self, code: str) -> bool:
        one = self.scheme.inputs[code]
        if one.type != "number" or one.most is not None or code in self._marks:
            return False
        values = list(self.latest(code).values())
        whole = all(value.denominator == 1 for value in values)
        return bool(values) and whole and max(values) >= 20

    @cached_property
    def _marks(self) -> frozenset[str]:
        """Inputs that are themselves the points: marks, not counts."""
        rules = [leaf.rule for leaf in self.scheme.leaves if leaf.rule is not None]
        parts = [part for rule in rules for part in walk_parts(rule) if isinstance(part, Points)]
        return frozenset(part.points.code for part in parts if isinstance(part.points, Name))

    # --- last year's data -----------------------------------------------------------------------

    @property
    def has_data(self) -> bool:
        return self.result is not None

    @property
    def got(self) -> Result:
        assert self.result is not None, "a test of data asks has_data first"
        return self.result

    @cached_property
    def units(self) -> tuple[str, ...]:
        return tuple(unit.code for unit in self.scheme.assessed)

    def unit(self, code: str) -> Text:
        title = self.scheme.unit[code].title
        return Text(title.say("zh") or code, title.say("en") or code)

    def units_named(self, units: Sequence[str], most: int = 5) -> Text:
        return listed([self.unit(code) for code in units], most)

    @cached_property
    def scores(self) -> Scores:
        """The points (of an index, the normalised score) of every leaf, of the units that have any."""
        if self.result is None:
            return {}
        if self.result.composed is not None:
            whole = self.result.composed.leaf_scores()
            return {
                code: {unit: score for unit, score in column.items() if score is not None}
                for code, column in whole.items()
            }
        return {
            leaf.code: {
                unit: score.points
                for unit, score in self.result.items[leaf.code].items()
                if score.points is not None
            }
            for leaf in self.scheme.leaves
        }

    def is_blind(self, code: str) -> bool:
        """Too few units have points on a leaf: that a test finds nothing there says nothing."""
        return len(self.scores.get(code, {})) < FEWEST_UNITS

    @cached_property
    def totals(self) -> Mapping[str, Score]:
        """Totals of the units that are ranked."""
        return {
            one.unit.code: one.score
            for one in self.got.standings
            if one.score is not None and one.rank is not None
        }

    def column(self, code: str, period: str = "") -> Mapping[str, Fraction]:
        """The values of an input in a period, by default the one that is weighed; numbers only."""
        if self.result is None:
            return {}
        cells = self.result.values.cells.get((code, period or self.scheme.period_label), {})
        known = {unit: cells[unit].value for unit in self.units if unit in cells}
        return {unit: value for unit, value in known.items() if isinstance(value, Fraction)}

    def latest(self, code: str) -> Mapping[str, Fraction]:
        """The values of an input in the latest period that has any."""
        for period in (self.scheme.period_label, *self.scheme.earlier):
            found = self.column(code, period)
            if found:
                return found
        return {}

    @cached_property
    def departures(self) -> Departures:
        """The field without each unit in turn."""
        from steelyard.weighing.stress.departures import departures

        return departures(self.got, self.seed)

    @cached_property
    def per_point(self) -> Mapping[str, float]:
        """Points of the total for one point (of an index, one unit of score) of each leaf."""
        return {leaf.code: self._per_point(leaf) for leaf in self.scheme.leaves}

    def _per_point(self, leaf: Item) -> float:
        if self.is_index:
            return float(self.share[leaf.code])
        full = self.scheme.full[leaf.code]
        return float(self.worth(leaf.code) / full) if full and self.share[leaf.code] else 1.0
