"""What a rule took from the other units: the rank, the mean, the highest value that decided."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import percent, shown
from steelyard.scheme.bands import AnyBand, Band
from steelyard.scheme.formula import ACROSS, IN_TIME, OVER_LISTS, Call, Formula, Name, children
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.uses import formulas_of_item, formulas_of_quantity
from steelyard.weighing.explain.amounts import is_share, title_of, unit_of
from steelyard.weighing.points.board import Scope, Unknown
from steelyard.weighing.points.formulas import number

_STATISTICS = {
    "mean": Text("平均值", "the mean"),
    "median": Text("中位数", "the median"),
    "total": Text("合计", "the total"),
    "max": Text("最高值", "the highest"),
    "min": Text("最低值", "the lowest"),
}
_OF = {"all": Text("各单位", "of all units"), "group": Text("同组", "of its group")}
_RANK = {
    "all": Text("在{many}个单位中列第{rank}名", "rank {rank} of {many}"),
    "group": Text("在同组{many}个单位中列第{rank}名", "rank {rank} of {many} in its group"),
}


def looks_at_others(scheme: Scheme, item: Item) -> bool:
    """Whether the points of an item depend on what other units have."""
    formulas = formulas_of_item(item)
    return any(True for one in formulas for _ in calls_across(scheme, one))


def calls_across(scheme: Scheme, formula: Formula) -> Iterator[Call]:
    """What a formula asks of all units in the period, also by way of the quantities that it names."""
    yield from _across(scheme, formula, frozenset())


def _across(scheme: Scheme, formula: Formula, seen: frozenset[str]) -> Iterator[Call]:
    match formula:
        case Call(function) if function in ACROSS:
            yield formula
        case Call(function) if function in IN_TIME or function in OVER_LISTS:
            return
        case Name(code) if code in scheme.quantities and code not in seen:
            for inner in formulas_of_quantity(scheme.quantities[code]):
                yield from _across(scheme, inner, seen | {code})
        case _:
            for inner in children(formula):
                yield from _across(scheme, inner, seen)


def said_of_others(scheme: Scheme, formula: Formula, scope: Scope) -> list[Text]:
    """Each rank, mean, highest value … that a formula asks for, once; what is not known is left out."""
    calls: list[Call] = []
    for one in calls_across(scheme, formula):
        if one not in calls:
            calls.append(one)
    are_several = len({one.arguments[0] for one in calls}) > 1
    said = (_said(scheme, one, scope, are_several=are_several) for one in calls)
    return [one for one in said if one]


def _said(scheme: Scheme, call: Call, scope: Scope, *, are_several: bool) -> Text:
    """``are_several``: of several things, so it says of which."""
    among, _, what = call.function.partition("_")
    try:
        value = number(call, scope)
    except Unknown:
        return Text()
    [of] = call.arguments
    title = title_of(scheme, of.code) if are_several and isinstance(of, Name) else Text()
    if what == "rank":
        group = scope.board.group[scope.unit] if among == "group" else None
        many = len(scope.board.across(of, scope, group, number))
        said = {"rank": shown(value), "many": str(many)}
        rank = _RANK[among]
        return Text(
            title.say("zh") + rank.zh.format(**said),
            f"{title.say('en')} {rank.en.format(**said)}".strip(),
        )
    amount, statistic, whose = _amount(scheme, of, scope, call), _STATISTICS[what], _OF[among]
    en = f" for {title.say('en')}" if title else ""
    return Text(
        f"{title.say('zh')}{whose.zh}{statistic.zh}{amount.zh}",
        f"{statistic.en} {whose.en}{en} {amount.en}",
    )


def _amount(scheme: Scheme, of: Formula, scope: Scope, call: Call) -> Text:
    """In the measure of what it is taken of; a share to the hundredth of a per cent."""
    value = number(call, scope)
    if is_share(scheme, of):
        said = percent(value, 2)
        return Text(said, said)
    unit = unit_of(scheme, of)
    return Text(f"{shown(value)}{unit.say('zh')}", f"{shown(value)} {unit.say('en')}".strip())


def is_rank(scheme: Scheme, formula: Formula) -> bool:
    """Whether it is a rank, by its own name or by that of a quantity."""
    if isinstance(formula, Name) and formula.code in scheme.quantities:
        inner = scheme.quantities[formula.code].formula
        return inner is not None and is_rank(scheme, inner)
    return isinstance(formula, Call) and formula.function in ("all_rank", "group_rank")


def places_text(band: AnyBand) -> Text | None:
    """A step of a rank as the places that it holds: 第16—21名; None if they are no whole places."""
    if not isinstance(band, Band):
        value = getattr(band, "value", None)
        return Text(f"第{value}名", f"place {value}") if _is_whole(value) else None
    low, high = band.low, band.high
    if not all(edge is None or _is_whole(edge) for edge in (low, high)):
        return None
    first = 1 if low is None else max(int(low) + (not band.low_in), 1)
    if high is None:
        return Text(f"第{first}名及以后", f"place {first} or after")
    last = int(high) - (not band.high_in)
    if first == last:
        return Text(f"第{first}名", f"place {first}")
    return Text(f"第{first}—{last}名", f"places {first}–{last}")


def _is_whole(edge: object) -> bool:
    return getattr(edge, "denominator", 0) == 1
