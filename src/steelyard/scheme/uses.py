"""Every name and item that a scheme's formulas use, with the place of each in the document."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.scheme.formula import Formula
from steelyard.scheme.model import Grade, Item, Quantity, Scheme, Veto
from steelyard.scheme.names import Found, Scope, in_condition, in_formula, in_part
from steelyard.scheme.parts import AnyPart, formulas_of, walk_parts
from steelyard.scheme.uncertainty import SamplingError


def found_in(scheme: Scheme) -> Iterator[Found]:
    """All of them, in the order of the file."""
    yield from found_in_rules(scheme)
    for index, error in enumerate(scheme.uncertainty.errors if scheme.uncertainty else ()):
        yield from in_error(error, f"uncertainty.errors[{index}]")


def found_in_rules(scheme: Scheme) -> Iterator[Found]:
    """Those that a score, a rank or a grade depends on."""
    for index, quantity in enumerate(scheme.quantities.values()):
        yield from in_quantity(quantity, f"quantities[{index}]")
    for index, item in enumerate(scheme.items):
        yield from in_item(item, f"items[{index}]")
    yield from in_item(scheme.root, "total")
    for index, formula in enumerate(scheme.ranking.tie_break):
        yield from in_formula(formula, Scope(f"ranking.tie_break[{index}]", has_total=True))
    for index, grade in enumerate(scheme.grades):
        yield from in_grade(grade, f"grades[{index}]")
    for index, veto in enumerate(scheme.vetoes):
        yield from in_veto(veto, f"vetoes[{index}]")


def formulas_in(scheme: Scheme) -> Iterator[Formula]:
    """Every formula that stands on its own, those of quantities too."""
    for quantity in scheme.quantities.values():
        yield from formulas_of_quantity(quantity)
    for item in scheme.in_order:
        yield from formulas_of_item(item)
    yield from scheme.ranking.tie_break
    yield from (grade.requires for grade in scheme.grades if grade.requires is not None)
    yield from (veto.when for veto in scheme.vetoes)


def formulas_of_item(item: Item) -> Iterator[Formula]:
    for part in (*([item.rule] if item.rule else ()), *item.adjust):
        yield from _formulas_of_part(part)
    asked = (item.not_applicable_if, item.zero_if, item.full_if, item.cap, item.floor)
    yield from (one for one in asked if one is not None and one != "none")


def formulas_of_quantity(quantity: Quantity) -> Iterator[Formula]:
    if quantity.formula is not None:
        yield quantity.formula
    if quantity.rule is not None:
        yield from _formulas_of_part(quantity.rule)


def _formulas_of_part(part: AnyPart) -> Iterator[Formula]:
    for inner in walk_parts(part):
        yield from formulas_of(inner)


def in_quantity(quantity: Quantity, key: str) -> Iterator[Found]:
    if quantity.formula is not None:
        yield from in_formula(quantity.formula, Scope(f"{key}.formula"))
    if quantity.rule is not None:
        yield from in_part(quantity.rule, Scope(f"{key}.rule"))


def in_item(item: Item, key: str) -> Iterator[Found]:
    """What an item's rule, adjustments, conditions and bounds use."""
    if item.rule is not None:
        yield from in_part(item.rule, Scope(f"{key}.rule", has_full=True))
    for index, part in enumerate(item.adjust):
        yield from in_part(part, Scope(f"{key}.adjust[{index}]", has_full=True))
    for name in ("not_applicable_if", "zero_if", "full_if"):
        condition: Formula | None = getattr(item, name)
        if condition is not None:
            yield from in_condition(condition, Scope(f"{key}.{name}", has_full=True))
    for name, bound in (("cap", item.cap), ("floor", item.floor)):
        if bound is not None and bound != "none":
            yield from in_formula(bound, Scope(f"{key}.{name}", has_full=True))


def in_grade(grade: Grade, key: str) -> Iterator[Found]:
    if grade.requires is not None:
        yield from in_condition(grade.requires, Scope(f"{key}.requires", has_total=True))


def in_veto(veto: Veto, key: str) -> Iterator[Found]:
    yield from in_condition(veto.when, Scope(f"{key}.when", has_total=True))


def in_error(error: SamplingError, key: str) -> Iterator[Found]:
    for name in ("standard_error", "sample", "population"):
        formula: Formula | None = getattr(error, name)
        if formula is not None:
            yield from in_formula(formula, Scope(f"{key}.{name}"))
