"""Which inputs a rule needs, whether it looks at other units, which items it asks about.

Two inputs that meet in one rule must be varied together; an item that looks across units must be
scored for all of them. Both are read off the formulas: too much is harmless, too little is not, so
whatever is named counts as needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import reduce

from steelyard.scheme.formula import ACROSS, IN_TREE, Call, Formula, Literal, Name, walk
from steelyard.scheme.model import ROOT, Item, Scheme
from steelyard.scheme.parts import AnyPart, formulas_of, walk_parts


@dataclass(frozen=True, slots=True)
class Needs:
    """The inputs, whether other units count, whether the total does, which items are asked about."""

    inputs: frozenset[str] = frozenset()
    looks_across: bool = False
    asks_total: bool = False
    items: frozenset[str] = frozenset()

    def __or__(self, other: Needs) -> Needs:
        return Needs(
            self.inputs | other.inputs,
            self.looks_across or other.looks_across,
            self.asks_total or other.asks_total,
            self.items | other.items,
        )


@dataclass
class Reader:
    """The needs of the items and conditions of one scheme, each found once."""

    scheme: Scheme
    _items: dict[str, Needs] = field(default_factory=dict)
    _quantities: dict[str, Needs] = field(default_factory=dict)

    def item(self, code: str) -> Needs:
        """All that the points of an item depend on, through its children and what it asks about."""
        if code not in self._items:
            self._items[code] = Needs()  # a scheme without circles never meets this
            own = self.own(code) | joined(self.applying(code))
            below = joined(self.item(child.code) for child in self.scheme.children[code])
            self._items[code] = own | below
        return self._items[code]

    def own(self, code: str) -> Needs:
        """What an item's own rule, adjustments, conditions and bounds need."""
        item = self.scheme.item[code]
        found = joined(self.formula(formula) for formula in _formulas(item))
        return found | Needs(looks_across=_takes_a_mean(self.scheme, item))

    def part(self, part: AnyPart) -> Needs:
        return joined(self.formula(formula) for formula in _in_part(part))

    def formula(self, formula: Formula) -> Needs:
        return joined(self._node(node) for node in walk(formula))

    def applying(self, code: str) -> Iterator[Needs]:
        """An item below a group that does not apply does not apply either."""
        here = self.scheme.item[code]
        while here.code != ROOT:
            here = self.scheme.item[here.parent]
            if here.not_applicable_if is not None:
                yield self.formula(here.not_applicable_if)

    def _node(self, node: Formula) -> Needs:
        match node:
            case Name("total"):
                return Needs(asks_total=True)
            case Name(code) | Call("value", (Literal(code), *_)):
                return self._named(code)
            case Call(function, (Literal(code), *_)) if function in IN_TREE:
                return self.item(code) | Needs(items=frozenset({code}))
            case Call(function) if function in ACROSS:
                return Needs(looks_across=True)
            case _:
                return Needs()

    def _named(self, code: str) -> Needs:
        if code in self.scheme.quantities:
            return self._quantity(code)
        return Needs(frozenset({code} & self.scheme.inputs.keys()))

    def _quantity(self, code: str) -> Needs:
        if code not in self._quantities:
            quantity = self.scheme.quantities[code]
            formulas = [] if quantity.formula is None else [quantity.formula]
            formulas += [] if quantity.rule is None else list(_in_part(quantity.rule))
            self._quantities[code] = joined(self.formula(one) for one in formulas)
        return self._quantities[code]


def joined(needs: Iterable[Needs]) -> Needs:
    return reduce(Needs.__or__, needs, Needs())


def _in_part(part: AnyPart) -> Iterator[Formula]:
    for one in walk_parts(part):
        yield from formulas_of(one)


def parts_of(item: Item) -> tuple[AnyPart, ...]:
    return (*(() if item.rule is None else (item.rule,)), *item.adjust)


def conditions_of(item: Item) -> list[Formula]:
    return [c for c in (item.not_applicable_if, item.zero_if, item.full_if) if c is not None]


def bounds_of(item: Item) -> list[Formula]:
    return [b for b in (item.cap, item.floor) if b is not None and b != "none"]


def _formulas(item: Item) -> Iterator[Formula]:
    for part in parts_of(item):
        yield from _in_part(part)
    yield from conditions_of(item)
    yield from bounds_of(item)


def _takes_a_mean(scheme: Scheme, item: Item) -> bool:
    """Whether a state of the data, or a child that does not apply, may lead to others' mean."""
    if item.when_not_applicable == "mean_of_others" and scheme.children[item.code]:
        return True
    here, said = item, list(scheme.on.values())
    while True:
        said += here.on.values()
        if here.code == ROOT:
            return "mean_of_others" in said
        here = scheme.item[here.parent]
