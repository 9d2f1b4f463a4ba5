"""What a rule looks at: which inputs, which other units, which other items.

Everything is followed through quantities and, for scores of other items, through their rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from steelyard.scheme.formula import (
    ACROSS,
    IN_TREE,
    OVER_LISTS,
    Call,
    Formula,
    Literal,
    Name,
    walk,
)
from steelyard.scheme.model import ROOT, UNBOUNDED, Item, Scheme
from steelyard.scheme.parts import AnyPart, ForEach, formulas_of, walk_parts


@dataclass(slots=True)
class Sees:
    """Codes of inputs, lists and quantities; the functions that compare units; items asked about."""

    inputs: set[str] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    quantities: set[str] = field(default_factory=set)
    across: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)


def seen_by(scheme: Scheme, item: Item) -> Sees:
    """What the item's rule, adjustments, conditions and bounds look at."""
    found = Sees()
    for part in _parts(item):
        _take_part(scheme, part, found)
    for formula in _conditions(item):
        _take(scheme, formula, found)
    return found


def seen_by_formula(scheme: Scheme, formula: Formula) -> Sees:
    found = Sees()
    _take(scheme, formula, found)
    return found


def compares_units(scheme: Scheme) -> frozenset[str]:
    """The items whose score depends on other units, by themselves or through another's score.

    A group above such an item depends on it too, but only through its children: it is not named.
    """
    found = {item.code for item in scheme.in_order if _compares(scheme, item)}
    while True:
        more = {
            item.code
            for item in scheme.in_order
            if item.code not in found and seen_by(scheme, item).items & found
        }
        if not more:
            return frozenset(found)
        found |= more


def _compares(scheme: Scheme, item: Item) -> bool:
    if seen_by(scheme, item).across:
        return True
    if scheme.children[item.code] and item.when_not_applicable == "mean_of_others":
        return True
    return "mean_of_others" in set(_outcomes(scheme, item))


def _outcomes(scheme: Scheme, item: Item) -> Iterator[str]:
    """What unknown states may lead to: as the item says, or a group above it, or the scheme."""
    yield from scheme.on.values()
    while item.code != ROOT:
        yield from item.on.values()
        item = scheme.item[item.parent]


def order_compares(scheme: Scheme) -> bool:
    """Whether a tie-break, or a veto that moves totals or places, looks at other units by itself."""
    asked = [*scheme.ranking.tie_break]
    asked += [veto.when for veto in scheme.vetoes if veto.rank or veto.score is not None]
    return any(seen_by_formula(scheme, formula).across for formula in asked)


def _parts(item: Item) -> Iterator[AnyPart]:
    if item.rule is not None:
        yield from walk_parts(item.rule)
    for part in item.adjust:
        yield from walk_parts(part)


def _conditions(item: Item) -> Iterator[Formula]:
    for formula in (item.not_applicable_if, item.zero_if, item.full_if):
        if formula is not None:
            yield formula
    for bound in (item.cap, item.floor):
        if bound is not None and bound != UNBOUNDED:
            yield bound


def _take_part(scheme: Scheme, part: AnyPart, found: Sees) -> None:
    if isinstance(part, ForEach):
        found.lists.add(part.list)
    for formula in formulas_of(part):
        _take(scheme, formula, found)


def _take(scheme: Scheme, formula: Formula, found: Sees) -> None:
    for node in walk(formula):
        if isinstance(node, Name):
            _take_name(scheme, node.code, found)
        elif isinstance(node, Call):
            _take_call(scheme, node, found)


def _take_name(scheme: Scheme, code: str, found: Sees) -> None:
    if code in scheme.inputs:
        found.inputs.add(code)
    elif code in scheme.quantities and code not in found.quantities:
        found.quantities.add(code)
        quantity = scheme.quantities[code]
        if quantity.formula is not None:
            _take(scheme, quantity.formula, found)
        if quantity.rule is not None:
            for part in walk_parts(quantity.rule):
                _take_part(scheme, part, found)


def _take_call(scheme: Scheme, call: Call, found: Sees) -> None:
    first = call.arguments[0]
    if call.function in ACROSS:  # all_total(1), the number of units, changes too when one leaves
        found.across.add(call.function)
    elif call.function in OVER_LISTS and isinstance(first, Name):
        found.lists.add(first.code)
    elif isinstance(first, Literal) and call.function == "value":
        _take_name(scheme, first.value, found)
    elif isinstance(first, Literal) and call.function in IN_TREE and call.function != "full":
        found.items.add(first.value)
