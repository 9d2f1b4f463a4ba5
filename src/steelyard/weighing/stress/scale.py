"""Does a rule grow with the size of a place? Told from its form, before there are data.

If a place were twice as large and otherwise the same, its counts would double and its rates would
not. ``degree`` follows that through a formula, as one follows units of measure: 1 for what doubles,
0 for what does not, −1 for what halves.
"""

from __future__ import annotations

from collections.abc import Set

from steelyard.scheme.formula import (
    ACROSS,
    OVER_LISTS,
    Binary,
    Call,
    Choice,
    Formula,
    Literal,
    Name,
    Negative,
    walk,
)
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.parts import (
    AnyPart,
    Each,
    ForEach,
    Ladder,
    Matrix,
    Points,
    Proportion,
    Several,
    Table,
    main_formulas,
    walk_parts,
)


def rewards_size(scheme: Scheme, item: Item, counts: Set[str]) -> bool:
    """Whether more points go to a place only for being larger. Deductions are not rewards."""
    if item.rule is None or item.kind == "deduction":
        return False
    return _of_part(scheme, item.rule, counts) > 0


def rewards_growth(scheme: Scheme, item: Item, counts: Set[str]) -> bool:
    """Whether more points go to a place for more than it had before: the past does not count as size."""
    return rewards_size(scheme, item, counts) or _asks_growth(scheme, item, counts)


def _asks_growth(scheme: Scheme, item: Item, counts: Set[str]) -> bool:
    if item.rule is None or item.kind == "deduction":
        return False
    formulas = [f for part in walk_parts(item.rule) for f in main_formulas(part)]
    return any(_is_growth(scheme, formula, counts) for formula in formulas)


def _is_growth(scheme: Scheme, formula: Formula, counts: Set[str]) -> bool:
    """A count now over or minus the same count before, perhaps behind the name of a quantity."""
    for node in walk(formula):
        if isinstance(node, Name) and node.code in scheme.quantities:
            behind = scheme.quantities[node.code].formula
            if behind is not None and _is_growth(scheme, behind, counts):
                return True
        if isinstance(node, Call) and node.function == "growth":
            return degree(scheme, node.arguments[0], counts) > 0
        if isinstance(node, Binary) and node.sign in "/-":
            now, before = _direct(node.left), _past(node.right)
            if now & before & counts:
                return True
    return False


def _direct(formula: Formula) -> set[str]:
    return {node.code for node in walk(formula) if isinstance(node, Name)}


def _past(formula: Formula) -> set[str]:
    calls = [node for node in walk(formula) if isinstance(node, Call)]
    return set().union(
        *(_direct(c) for c in calls if c.function in ("last", "mean_of_last")), set()
    )


def counted(scheme: Scheme) -> frozenset[str]:
    """The inputs that are declared as counts."""
    return frozenset(code for code, one in scheme.inputs.items() if one.type == "count")


def _of_part(scheme: Scheme, part: AnyPart, counts: Set[str]) -> int:
    match part:
        case Points(points=of) | Ladder(of=of) | Table(of=of):
            return degree(scheme, of, counts)
        case Matrix(of=(first, second)):
            return max(degree(scheme, first, counts), degree(scheme, second, counts))
        case Each(taken=True):
            return 0
        case Each(of=of, per=by) | Proportion(of=of, target=by):
            return degree(scheme, of, counts) - degree(scheme, by, counts)
        case Several(parts=parts):
            return max(_of_part(scheme, one, counts) for one in parts)
        case ForEach(keep=keep, score=score):
            rows = int(keep == "sum" and not (isinstance(score, Each) and score.taken))
            return rows if not part.once_per else 0


def degree(scheme: Scheme, formula: Formula, counts: Set[str]) -> int:
    """The power of a place's size with which the formula grows; of a sum, its largest part's."""
    match formula:
        case Name(code) | Call("value", (Literal(code),)):
            return _of_name(scheme, code, counts)
        case Negative():
            return 0
        case Binary("-", left, right):
            # What is taken away rewards smallness; only a place in a ranking is better when smaller.
            return max(degree(scheme, left, counts), _of_place(scheme, right, counts))
        case Binary(sign, left, right):
            one, other = degree(scheme, left, counts), degree(scheme, right, counts)
            return {"*": one + other, "/": one - other}.get(sign, max(one, other))
        case Choice(_, then, otherwise):
            return max(degree(scheme, then, counts), degree(scheme, otherwise, counts))
        case Call():
            return _of_call(scheme, formula, counts)
        case _:
            return 0


def _of_name(scheme: Scheme, code: str, counts: Set[str]) -> int:
    if code in counts:
        return 1
    if code not in scheme.quantities:
        return 0
    quantity = scheme.quantities[code]
    if quantity.formula is not None:
        return degree(scheme, quantity.formula, counts)
    return 0 if quantity.rule is None else _of_part(scheme, quantity.rule, counts)


def _of_place(scheme: Scheme, formula: Formula, counts: Set[str]) -> int:
    """Of a rank among units, perhaps behind the name of a quantity; 0 of anything else."""
    if isinstance(formula, Name) and formula.code in scheme.quantities:
        behind = scheme.quantities[formula.code].formula
        return 0 if behind is None else _of_place(scheme, behind, counts)
    if isinstance(formula, Call) and formula.function in ("all_rank", "group_rank"):
        return degree(scheme, formula, counts)
    return 0


def _of_call(scheme: Scheme, call: Call, counts: Set[str]) -> int:
    if call.function in OVER_LISTS:
        return int(call.function in ("count_of", "sum_of"))
    if call.function in ("all_rank", "group_rank"):
        return abs(degree(scheme, call.arguments[0], counts))
    if call.function in ACROSS or call.function == "growth":
        return 0
    if call.function in ("last", "mean_of_last", "abs", "floor", "ceil", "round"):
        return degree(scheme, call.arguments[0], counts)
    if call.function in ("min", "max"):
        return max(degree(scheme, one, counts) for one in call.arguments)
    return 0
