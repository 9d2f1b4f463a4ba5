"""A value as people read it: 92.3% (48 of 52), 12 cases, yes."""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.exact import percent, shown
from steelyard.scheme.bands import AnyBand, Exactly
from steelyard.scheme.formula import Binary, Call, Formula, Name, Negative, walk
from steelyard.scheme.model import Item, Scheme
from steelyard.weighing.points.board import Scope, Unknown
from steelyard.weighing.points.formulas import evaluate
from steelyard.weighing.values import Day, Value

_SHARES_IN_SHARES_OUT = ("min", "max", "last", "mean_of_last", "all_mean", "all_median", "group_mean",
                         "group_median", "all_max", "all_min", "group_max", "group_min")  # fmt: skip


def title_of(scheme: Scheme, code: str) -> Text:
    """What people call an input, quantity or figure; its code if nothing better is known."""
    for known in (scheme.quantities, scheme.inputs, scheme.figures):
        if code in known and known[code].title:
            return known[code].title
    return same(code)


def value_text(scheme: Scheme, formula: Formula, value: Value) -> Text:
    """A value in its own measure: a truth as yes or no, a share in per cent, a day as a day."""
    if isinstance(value, bool):
        return Text("是", "yes") if value else Text("否", "no")
    if isinstance(value, str):
        return same(value)
    if isinstance(value, Day):
        return same(value.day.isoformat())
    if is_share(scheme, formula):
        return same(percent(value, 1 if places_of(scheme, formula) is None else 2))
    unit = unit_of(scheme, formula)
    number = shown(value, places_of(scheme, formula))
    return Text(f"{number}{unit.say('zh')}", f"{number} {unit.say('en')}".strip())


def places_of(scheme: Scheme, formula: Formula) -> int | None:
    if isinstance(formula, Name) and formula.code in scheme.quantities:
        return scheme.quantities[formula.code].places
    return None


def unit_of(scheme: Scheme, formula: Formula) -> Text:
    if isinstance(formula, Name):
        for known in (scheme.quantities, scheme.inputs):
            if formula.code in known:
                return known[formula.code].unit_of_measure
    return Text()


def is_share(scheme: Scheme, formula: Formula) -> bool:
    """Whether a value reads as a percentage: a declared share, or a part of a whole.

    A quotient of two named figures is a part of a whole unless a unit of measure says otherwise.
    """
    match formula:
        case Name(code) if code in scheme.inputs:
            return scheme.inputs[code].type == "share" or unit_of(scheme, formula).en == "%"
        case Name(code) if code in scheme.quantities:
            unit = unit_of(scheme, formula)
            inner = scheme.quantities[code].formula
            return unit.en == "%" or (not unit and inner is not None and is_share(scheme, inner))
        case Binary("/", Name(), Name()) | Call("growth"):
            return True
        case Binary("+" | "-", left, right):
            return is_share(scheme, left) and is_share(scheme, right)
        case Negative(of):
            return is_share(scheme, of)
        case Call(function, arguments) if function in _SHARES_IN_SHARES_OUT:
            return is_share(scheme, arguments[0])
        case _:
            return False


def quotient_of(scheme: Scheme, formula: Formula) -> Binary | None:
    """The quotient of two names that a formula, or the quantity it names, is."""
    if isinstance(formula, Name) and formula.code in scheme.quantities:
        inner = scheme.quantities[formula.code].formula
        return None if inner is None else quotient_of(scheme, inner)
    match formula:
        case Binary("/", Name(), Name()):
            return formula
        case _:
            return None


def fact(scheme: Scheme, item: Item, formula: Formula, scope: Scope) -> Text:
    """ "Closing rate 92.3% (48 of 52)": what a formula is called, and its value here."""
    title = title_of(scheme, formula.code) if isinstance(formula, Name) else item.title
    try:
        value = evaluate(formula, scope)
    except Unknown:
        return Text(f"{title.say('zh')}无数据", f"{title.say('en')} not known")
    amount, parts = value_text(scheme, formula, value), _parts(scheme, formula, scope)
    return Text(
        f"{title.say('zh')}{amount.zh}{parts.zh}" if not isinstance(value, bool | str)
        else f"{title.say('zh')}：{amount.zh}",
        f"{title.say('en')} {amount.en}{parts.en}" if not isinstance(value, bool | str)
        else f"{title.say('en')}: {amount.en}",
    )  # fmt: skip


def _parts(scheme: Scheme, formula: Formula, scope: Scope) -> Text:
    quotient = quotient_of(scheme, formula)
    if quotient is None:
        return Text()
    top, bottom = evaluate(quotient.left, scope), evaluate(quotient.right, scope)
    if not isinstance(top, Fraction) or not isinstance(bottom, Fraction):
        return Text()
    return Text(f"（{shown(top)}/{shown(bottom)}）", f" ({shown(top)} of {shown(bottom)})")


def facts(scheme: Scheme, item: Item, formula: Formula, scope: Scope) -> list[Text]:
    """What is known of each name in a formula, in the order in which they stand."""
    found: list[Name] = []
    for one in walk(formula):
        if isinstance(one, Name) and one not in found and one.code not in ("full", "x", "total"):
            found.append(one)
    return [fact(scheme, item, name, scope) for name in found if _has_value(name, scope)]


def _has_value(name: Name, scope: Scope) -> bool:
    """A list that a function walks is named in a formula, too, but is no value."""
    return name.code not in scope.board.scheme.lists


def band_text(scheme: Scheme, band: AnyBand, of: Formula) -> Text:
    """A band as the end of a sentence: "at least 80% and below 90%"."""
    if isinstance(band, Exactly):
        return value_text(scheme, of, band.value)
    low, high = (_edge(scheme, of, edge) for edge in (band.low, band.high))
    if low and low == high:
        return Text(f"等于{low}", f"exactly {low}")
    above = Text(
        f"{'不低于' if band.low_in else '高于'}{low}",
        f"{'at least' if band.low_in else 'above'} {low}",
    )
    below = Text(
        f"{'不高于' if band.high_in else '低于'}{high}",
        f"{'at most' if band.high_in else 'below'} {high}",
    )
    if low and high:
        return Text(f"{above.zh}且{below.zh}", f"{above.en} and {below.en}")
    return above if low else below


def _edge(scheme: Scheme, of: Formula, edge: Fraction | None) -> str:
    if edge is None:
        return ""
    return percent(edge, 2) if is_share(scheme, of) else shown(edge)
