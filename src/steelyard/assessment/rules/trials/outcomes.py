"""What would a whole draft have given each unit on last year's values, beside what last year gave?

The engine weighs both; this sets them side by side, item by item by its code, and unit by unit. A value
that last year does not have is missing: it is named, wherever something rests on it, and is never 0.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import ROOT, Grade, Item, Scheme, Unit, Veto
from steelyard.weighing.explain import Explanation, explain, why_no_better
from steelyard.weighing.explain.clauses import held_by_bounds
from steelyard.weighing.points.board import ItemScore, Scope, Unknown
from steelyard.weighing.points.formulas import holds
from steelyard.weighing.points.tree import before_bounds, inputs_of
from steelyard.weighing.result import Result, Score, Standing
from steelyard.weighing.stress.fitness import weighed
from steelyard.weighing.values import Values


@dataclass(frozen=True, slots=True)
class Given:
    """What a unit would have got on an item, or a group of them.

    ``points`` None: it does not apply, or cannot be told. ``before``: what last year gave under this
    code, None if it gave nothing. ``lacks``: the figures that last year does not have. ``held``: what
    the cap, or the floor, of a group took off. ``why``: of a leaf, the engine's sentence.
    """

    points: Fraction | None
    before: Fraction | None = None
    lacks: tuple[Text, ...] = ()
    held: Text = field(default_factory=Text)
    why: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Tried:
    """An item as it would have been scored, every unit in the order of the scheme.

    ``full_before``: its full points last year; None if last year had no such item. ``called``: its
    title then, if it was another.
    """

    item: Item
    full: Fraction
    given: Mapping[str, Given]
    full_before: Fraction | None = None
    called: Text = field(default_factory=Text)
    children: tuple[Tried, ...] = ()

    @property
    def known(self) -> tuple[Fraction, ...]:
        return tuple(one.points for one in self.given.values() if one.points is not None)

    @property
    def least(self) -> Fraction | None:
        return min(self.known, default=None)

    @property
    def most(self) -> Fraction | None:
        return max(self.known, default=None)

    @property
    def mean(self) -> Fraction | None:
        return sum(self.known, Fraction(0)) / len(self.known) if self.known else None

    @property
    def all_full(self) -> int:
        return sum(one == self.full for one in self.known)

    @property
    def none(self) -> int:
        return sum(one == 0 for one in self.known)

    @property
    def lacking(self) -> int:
        """Of how many units last year lacks a figure."""
        return sum(bool(one.lacks) for one in self.given.values())

    @property
    def changed(self) -> int:
        """How many would have got other points than last year."""
        return sum(is_other(one) for one in self.given.values()) if self.is_old else 0

    @property
    def is_old(self) -> bool:
        return self.full_before is not None


def is_other(one: Given) -> bool:
    return one.points != one.before


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands: in the draft, or last year. ``unvetoed``: its total before the vetoes."""

    score: Score | None = None
    unvetoed: Score | None = None
    rank: Fraction | None = None
    grade: Text = field(default_factory=Text)
    vetoes: tuple[Veto, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A unit under the whole draft. ``before`` None: it was not weighed last year.

    ``no_better``: the best grade that it missed, and what stood in the way. ``lacks``: the items whose
    figures last year does not have; the total is then that of the rest, or what the scheme makes of it.
    """

    unit: Unit
    now: Place
    before: Place | None = None
    no_better: tuple[Grade, Text] | None = None
    lacks: tuple[Item, ...] = ()

    @property
    def is_other(self) -> bool:
        """Whether its total, rank, grade or vetoes are other than last year's."""
        if self.before is None:
            return False
        return (self.now.score, self.now.rank, self.now.grade) != (
            self.before.score, self.before.rank, self.before.grade,
        ) or [one.code for one in self.now.vetoes] != [one.code for one in self.before.vetoes]  # fmt: skip


# --- units ----------------------------------------------------------------------------------------


def outcomes_of(result: Result, last: Result | None) -> tuple[Outcome, ...]:
    """Every unit, in the order of the ranking."""
    lacking = lacking_of(result)
    return tuple(
        Outcome(
            one.unit, _place(result, one), _place_before(last, one.unit.code),
            next(iter(why_no_better(result, one.unit.code)), None),
            tuple(item for item in result.scheme.leaves if one.unit.code in lacking[item.code]),
        )
        for one in result.standings
    )  # fmt: skip


def _place(result: Result, one: Standing) -> Place:
    scheme = result.scheme
    grades = {grade.code: grade.title for grade in scheme.grades}
    held = tuple(veto for veto in scheme.vetoes if veto.code in one.vetoes)
    return Place(one.score, one.before, one.rank, grades.get(one.grade, Text()), held)


def _place_before(last: Result | None, unit: str) -> Place | None:
    found = last.standing.get(unit) if last is not None else None
    return _place(last, found) if last is not None and found is not None else None


# --- items ----------------------------------------------------------------------------------------


def items_of(result: Result, last: Result | None) -> tuple[Tried, ...]:
    """The tree of a points scheme from its dimensions down; of an index see ``components.py``."""
    if result.composed is not None:
        return ()
    lacking, said = lacking_of(result), dict(sentences_of(result))
    tell = _Telling(
        result, last if last is not None and last.composed is None else None, lacking, said
    )
    return tuple(tell.item(one) for one in result.scheme.children[ROOT])


@dataclass(frozen=True, slots=True)
class _Telling:
    result: Result
    last: Result | None
    lacking: Mapping[str, Mapping[str, tuple[Text, ...]]]
    said: Mapping[tuple[str, str], Text]

    def item(self, item: Item) -> Tried:
        scheme = self.result.scheme
        before = self.last.scheme if self.last is not None else None
        is_old = before is not None and item.code in before.item
        title = before.item[item.code].title if before is not None and is_old else item.title
        return Tried(
            item, scheme.full[item.code],
            {unit.code: self._given(item, unit.code) for unit in scheme.assessed},
            before.full[item.code] if before is not None and is_old else None,
            title if title != item.title else Text(),
            tuple(self.item(child) for child in scheme.children[item.code]),
        )  # fmt: skip

    def _given(self, item: Item, unit: str) -> Given:
        points = self.result.items[item.code][unit].points
        lacks = self.lacking.get(item.code, {}).get(unit, ())
        return Given(
            points, self._before(item.code, unit), lacks, self._held(item, unit, points),
            self.said.get((item.code, unit), Text()),
        )  # fmt: skip

    def _before(self, item: str, unit: str) -> Fraction | None:
        scores: Mapping[str, ItemScore] = self.last.items.get(item, {}) if self.last else {}
        return scores[unit].points if unit in scores else None

    def _held(self, item: Item, unit: str, points: Fraction | None) -> Text:
        """Of a group: what its cap or floor made of the sum of its items."""
        if points is None or not self.result.scheme.children[item.code]:
            return Text()
        assert self.result.board is not None
        raw = before_bounds(self.result.board, item, unit)
        return Text() if raw is None else held_by_bounds(raw, points)


def sentences_of(result: Result) -> Iterator[tuple[tuple[str, str], Text]]:
    """(item, unit) → what the engine says of it."""
    for unit in result.scheme.assessed:
        for leaf in _leaves(explain(result, unit.code)):
            yield (leaf.code, unit.code), leaf.sentence


def _leaves(one: Explanation) -> Iterator[Explanation]:
    if not one.children:
        yield one
    for child in one.children:
        yield from _leaves(child)


def lacking_of(result: Result) -> dict[str, dict[str, tuple[Text, ...]]]:
    """Leaf → unit → the figures of the period that its rule asks for and the values do not have."""
    scheme, values = result.scheme, result.values
    found: dict[str, dict[str, tuple[Text, ...]]] = {}
    for leaf in scheme.leaves:
        codes = _figures_of(result, leaf)
        found[leaf.code] = {
            unit.code: titles
            for unit in scheme.assessed
            if (titles := tuple(
                _title_of(scheme, code) for code in codes if _is_missing(values, scheme, code, unit)
            ))
        }  # fmt: skip
    return found


def _figures_of(result: Result, leaf: Item) -> tuple[str, ...]:
    """What an item's rule names; of an index, the indicator's own figure and what it is divided by."""
    assert result.board is not None
    if result.composed is None:
        return inputs_of(result.board, leaf)
    divisor = leaf.method.denominator if leaf.method is not None else ""
    return (leaf.code, divisor) if divisor else (leaf.code,)


def _title_of(scheme: Scheme, code: str) -> Text:
    rows = scheme.inputs if code in scheme.inputs else scheme.item
    title = rows[code].title if code in rows else Text()
    return title if title else Text(code, code)


def _is_missing(values: Values, scheme: Scheme, code: str, unit: Unit) -> bool:
    cell = values.cell(code, scheme.period_label, unit.code)
    return cell is None or (cell.value is None and cell.status in ("", "missing"))


# --- vetoes that cannot be told -------------------------------------------------------------------


def with_knowable_vetoes(scheme: Scheme, values: Values) -> tuple[Scheme, tuple[Veto, ...]]:
    """The scheme without the vetoes for which last year has no values, and those.

    Raises:
        Faulty: something else keeps the draft from being weighed.
    """
    try:
        weighed(scheme, values)
    except Faulty:
        bare, _ = weighed(replace(scheme, vetoes=()), values)
        unknown = tuple(veto for veto in scheme.vetoes if not _is_told(bare, veto))
        if not unknown:
            raise
        return replace(scheme, vetoes=tuple(v for v in scheme.vetoes if v not in unknown)), unknown
    return scheme, ()


def _is_told(result: Result, veto: Veto) -> bool:
    """Whether it can be said of every unit that the veto holds, or does not."""
    assert result.board is not None
    totals: Sequence[tuple[str, Score | None]] = [(s.unit.code, s.score) for s in result.standings]
    try:
        for unit, total in totals:
            holds(
                veto.when,
                Scope(result.board, unit, total=None if total is None else Fraction(total)),
            )
    except Unknown:
        return False
    return True
