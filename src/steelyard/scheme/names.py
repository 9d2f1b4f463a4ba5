"""Which names a scheme uses, where, and so what each must be.

An undeclared name is an input. Its type shows in its use: compared with a text it is a text, used as a
condition it is yes or no, compared with a date it is a date. Inside a list (``for_each``, ``sum_of``) an
undeclared name is a column of that list.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from steelyard.kernel.exact import exact
from steelyard.scheme.formula import (
    OVER_LISTS,
    AllOf,
    AnyOf,
    Binary,
    Call,
    Choice,
    Comparison,
    Formula,
    Literal,
    Name,
    Not,
    OneOf,
    children,
)
from steelyard.scheme.model import InputType
from steelyard.scheme.parts import AnyPart, ForEach, Ladder, Table, inner, main_formulas, modifiers

RESERVED = frozenset({"full", "x", "total", "yes", "no", "True", "False", "None"})


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a formula stands: the key of the document, the list it walks, what it may name."""

    key: str
    list: str = ""
    has_full: bool = False
    has_x: bool = False
    has_total: bool = False

    def names(self) -> frozenset[str]:
        """The names that mean something of their own here."""
        found = {"full"} if self.has_full else set()
        return frozenset(
            found | ({"x"} if self.has_x else set()) | ({"total"} if self.has_total else set())
        )


@dataclass(frozen=True, slots=True)
class Use:
    """One use of a name, and the type that it shows, if it does."""

    name: str
    scope: Scope
    type: InputType | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """One item that a formula asks about, as in ``score("A")``."""

    item: str
    scope: Scope
    function: str


Found = Use | Mention


def in_part(part: AnyPart, scope: Scope) -> Iterator[Found]:
    """Every name and item that a part uses, with the parts in it."""
    if part.when is not None:
        yield from in_condition(part.when, scope)
    for formula in modifiers(part):
        yield from in_formula(formula, scope)
    match part:
        case ForEach():
            yield from _in_for_each(part, replace(scope, list=part.list))
        case Table():
            yield from _in_table(part, scope)
        case Ladder(of=of, steps=steps):
            yield from in_formula(of, scope)
            for _, points in steps:
                yield from in_formula(points, replace(scope, has_x=True))
        case _:
            for formula in main_formulas(part):
                yield from in_formula(formula, scope)
            for child in inner(part):
                yield from in_part(child, scope)


def _in_for_each(part: ForEach, scope: Scope) -> Iterator[Found]:
    yield Use("", scope)
    yield from (Use(column, scope, "text") for column in part.once_per)
    if part.where is not None:
        yield from in_condition(part.where, scope)
    yield from in_part(part.score, scope)


def _in_table(part: Table, scope: Scope) -> Iterator[Found]:
    keys = {key for key, _ in part.rows}
    shown: InputType | None = "text"
    if keys <= {"yes", "no"}:
        shown = "yes_no"
    elif all(_is_number(key) for key in keys):
        shown = None
    yield from _typed(part.of, shown, scope)
    for _, points in part.rows:
        yield from in_formula(points, scope)


def _is_number(text: str) -> bool:
    try:
        exact(text)
    except ValueError:
        return False
    return True


def in_condition(formula: Formula, scope: Scope) -> Iterator[Found]:
    """The names of a formula that must be true or false."""
    match formula:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from in_condition(part, scope)
        case Not(of):
            yield from in_condition(of, scope)
        case _:
            yield from _typed(formula, "yes_no", scope)


def in_formula(formula: Formula, scope: Scope) -> Iterator[Found]:
    """The names and items of any formula."""
    match formula:
        case Name(code):
            yield Use(code, scope)
        case AllOf() | AnyOf() | Not():
            yield from in_condition(formula, scope)
        case Choice(when, then, otherwise):
            yield from in_condition(when, scope)
            yield from in_formula(then, scope)
            yield from in_formula(otherwise, scope)
        case Comparison(first, _, others):
            yield from _alike((first, *others), scope)
        case OneOf(of, choices, _):
            yield from _alike((of, *choices), scope)
        case Binary("-", left, right):
            yield from _alike((left, right), scope)
        case Call():
            yield from _in_call(formula, scope)
        case _:
            for child in children(formula):
                yield from in_formula(child, scope)


def _alike(sides: Iterable[Formula], scope: Scope) -> Iterator[Found]:
    """Sides of one comparison: if one shows its type, the others have it too."""
    sides = tuple(sides)
    shown: InputType | None = None
    if any(isinstance(side, Literal) for side in sides):
        shown = "text"
    elif any(isinstance(side, Call) and side.function == "date" for side in sides):
        shown = "date"
    for side in sides:
        yield from _typed(side, shown, scope)


def _typed(formula: Formula, shown: InputType | None, scope: Scope) -> Iterator[Found]:
    match formula:
        case Name(code):
            yield Use(code, scope, shown)
        case Call("value", (Literal(code),)):
            yield Use(code, replace(scope, list=""), shown)
        case Call("last", (of, *_)):
            yield from _typed(of, shown, scope)
        case _:
            yield from in_formula(formula, scope)


def _in_call(call: Call, scope: Scope) -> Iterator[Found]:
    function, arguments = call.function, call.arguments
    if function in OVER_LISTS:
        yield from _over_list(call, scope)
    elif function in ("score", "possible", "full", "applies"):
        if isinstance(arguments[0], Literal):
            yield Mention(arguments[0].value, scope, function)
    elif function == "value":
        yield from _typed(call, None, scope)
    elif function == "at_least":
        yield from in_formula(arguments[0], scope)
        for argument in arguments[1:]:
            yield from in_condition(argument, scope)
    else:
        for child in children(call):
            yield from in_formula(child, scope)


def _over_list(call: Call, scope: Scope) -> Iterator[Found]:
    name = call.arguments[0]
    inside = replace(scope, list=name.code if isinstance(name, Name) else "")
    where = call.option("where")
    if where is not None:
        yield from in_condition(where, inside)
    for argument in call.arguments[1:]:
        if call.function == "count_of":
            yield from in_condition(argument, inside)
        else:
            yield from in_formula(argument, inside)
    yield Use("", inside)
