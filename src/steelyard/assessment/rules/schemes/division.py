"""Who supplies each figure of a scheme, and who scores each item?

Every figure comes one of five ways: it is computed from *records*; a supplying body delivers it on a *sheet*; the
body that scores the item *judges* it; the assessed units report it themselves, as their *own*, in the collection; or it
is *counted* by the office (:mod:`steelyard.scheme.given`), which asks nobody for it. Which, the scheme says: an input
with a query is computed; one that is ``judged`` is; every other is supplied, also where the body that supplies it
scores the item too, and one that only a veto, a grade or a tie-break asks for.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.scheme.given import GIVEN, UNITS
from steelyard.scheme.model import Input, Item, Scheme
from steelyard.scheme.names import Use
from steelyard.scheme.uses import found_in, found_in_rules, in_item, in_quantity


class Way(StrEnum):
    RECORDS = "records"
    SHEET = "sheet"
    JUDGED = "judged"
    OWN = "own"
    COUNTED = "counted"


WAYS: Mapping[Way, Text] = {
    Way.RECORDS: Text("由记录计算", "computed from records"),
    Way.SHEET: Text("由数据来源单位报送", "supplied on a sheet"),
    Way.JUDGED: Text("由评分单位评定", "judged by the scoring body"),
    Way.OWN: Text("由被考核单位自报", "reported by the units themselves"),
    Way.COUNTED: Text("由考核办统计，不报送", "counted by the office, supplied by nobody"),
}


def said_way(source: Input) -> Text:
    """How a figure comes, and what case files give it."""
    way = WAYS[way_of(source)]
    if source.case_files is None:
        return way
    files = source.case_files.said
    return Text(
        f"由案卷评查得出（{files.zh}），{way.zh}",
        f"given by reviewed case files ({files.en}), {way.en}",
    )


_UNUSED = Text("没有规则用到，可以删除", "no rule uses it: it may be deleted")


def how_it_comes(source: Input, ways: Collection[str], used: Collection[str] | None) -> Text:
    """In words, for an input of a scheme; ``used``: :func:`used_inputs`, None while that is not known."""
    if used is None:
        return Text()
    if source.code not in used:
        return _UNUSED
    if source.code in GIVEN:
        return WAYS[Way.COUNTED]
    return said_way(source) if source.code in ways else Text()


@dataclass(frozen=True, slots=True)
class Duty:
    """A leaf of the scheme, who scores it, and the figures that it needs, in order."""

    item: Item
    scoring_body: str
    inputs: tuple[str, ...]


@dataclass(frozen=True)
class Division:
    """The whole division of work. ``way`` and ``body``: of every input that something needs."""

    duties: tuple[Duty, ...]
    way: Mapping[str, Way]
    body: Mapping[str, str]

    def inputs(self, way: Way) -> tuple[str, ...]:
        return tuple(code for code, is_way in self.way.items() if is_way is way)

    def of(self, item: str) -> Duty:
        return next(duty for duty in self.duties if duty.item.code == item)

    def scored_by(self, body: str) -> tuple[Duty, ...]:
        return tuple(duty for duty in self.duties if duty.scoring_body == body)


def division(scheme: Scheme) -> Division:
    """How a scheme divides the work; whether that is whole, :func:`against` says."""
    duties = tuple(
        Duty(leaf, next(iter(leaf.scoring_body), ""), inputs_of(scheme, leaf))
        for leaf in scheme.leaves
    )
    needed = [code for duty in duties for code in duty.inputs]
    way = {code: way_of(scheme.inputs[code]) for code in (*needed, *_needed_besides(scheme))}
    body = {code: _supplier(scheme.inputs[code]) for code in way}
    for duty in reversed(duties):
        body |= {code: duty.scoring_body for code in duty.inputs if way[code] is Way.JUDGED}
    return Division(duties, way, body)


def _needed_besides(scheme: Scheme) -> tuple[str, ...]:
    """The inputs that anything of the scheme asks for, but what the office counts itself."""
    asked = {one.name for one in found_in_rules(scheme) if isinstance(one, Use)}
    return tuple(code for code in scheme.inputs if code in asked and code not in GIVEN)


def used_inputs(scheme: Scheme) -> frozenset[str]:
    """The inputs that anything of the scheme asks for, one that another is divided by too."""
    asked = {one.name for one in found_in(scheme) if isinstance(one, Use)}
    tallies = (one.tally for one in scheme.inputs.values())
    return frozenset(scheme.inputs) & (asked | {one.per for one in tallies if one is not None})


def way_of(source: Input) -> Way:
    """How a figure comes."""
    if source.records:
        return Way.RECORDS
    if source.code in GIVEN:
        return Way.COUNTED
    if source.judged:
        return Way.JUDGED
    return Way.OWN if source.supplying_body and not _supplier(source) else Way.SHEET


def _supplier(source: Input) -> str:
    """The first body that is an organisation: with the units named beside it, it still owes the sheet."""
    return next((body for body in source.supplying_body if body != UNITS), "")


def inputs_of(scheme: Scheme, item: Item) -> tuple[str, ...]:
    """The inputs that an item's rule needs, by way of quantities too, in the order of the scheme."""
    found: set[str] = set()
    waiting = list(_names(item))
    while waiting:
        name = waiting.pop()
        if name in scheme.inputs:
            found.add(name)
        elif name in scheme.quantities and name not in found:
            found.add(name)
            quantity = scheme.quantities[name]
            waiting.extend(one.name for one in in_quantity(quantity, "") if isinstance(one, Use))
    return tuple(code for code in scheme.inputs if code in found)


def _names(item: Item) -> Iterator[str]:
    return (one.name for one in in_item(item, "") if isinstance(one, Use))


def asked_of_units(divided: Division) -> tuple[str, ...]:
    """The items for which a unit files something itself: material, its own figure, or what a body then judges."""
    return tuple(
        duty.item.code
        for duty in divided.duties
        if asks_material(duty.item)
        or any(divided.way[code] in (Way.JUDGED, Way.OWN) for code in duty.inputs)
    )


def asks_material(item: Item) -> bool:
    return bool(item.material.zh or item.material.en)


UNKNOWN, OUTSIDE = "unknown_body", "outside_body"


def against(
    scheme: Scheme, known_bodies: Collection[str], outside: Collection[str] = ()
) -> tuple[Refusal, ...]:
    """Everything that keeps the work from being divided among bodies that have a part in it. ``outside``:
    organisations that there are, and that have none."""
    found = division(scheme)
    refusals = [_no_scorer(duty) for duty in found.duties if not duty.scoring_body]
    refusals += [
        _no_supplier(scheme, code)
        for code, way in found.way.items()
        if way is Way.SHEET and not found.body[code]
    ]
    used = {code for duty in found.duties for code in duty.inputs}
    refusals += [
        _nobody_judges(scheme, code) for code in found.inputs(Way.JUDGED) if code not in used
    ]
    refusals += [_nobody_asks(scheme, code) for code in found.inputs(Way.OWN) if code not in used]
    named = {duty.scoring_body for duty in found.duties} | {
        found.body[code] for code, way in found.way.items() if way is not Way.RECORDS
    }
    refusals += [
        (_outside_body if code in outside else _unknown_body)(scheme, code)
        for code in sorted(named - {""})
        if code not in known_bodies
    ]
    return tuple(refusals)


def _no_scorer(duty: Duty) -> Refusal:
    item = duty.item
    return refusal(
        "no_scoring_body",
        Text(f"项目{item.code}没有评分单位", f"item {item.code} has no scoring body"),
        Text("请在细则中写明", "name one in the scheme"),
        item.code,
    )


def _no_supplier(scheme: Scheme, code: str) -> Refusal:
    title = scheme.inputs[code].title
    return refusal(
        "no_supplying_body",
        Text(f"数据项“{title.zh or code}”没有来源单位", f"nobody supplies {title.en or code}"),
        Text("请在细则中写明", "name a supplying body in the scheme"),
        code,
    )


def _nobody_judges(scheme: Scheme, code: str) -> Refusal:
    title = scheme.inputs[code].title
    return refusal(
        "nobody_judges",
        Text(
            f"数据项“{title.zh or code}”须由评分单位评定，但没有项目使用它",
            f"{title.en or code} is to be judged, but no item uses it: nobody does",
        ),
        Text("请写明数据来源单位", "name a supplying body instead"),
        code,
    )


def _outside_body(scheme: Scheme, code: str) -> Refusal:
    title = scheme.bodies.get(code, Text(code, code))
    return refusal(
        OUTSIDE,
        Text(
            f"机构{code}（{title.zh}）不在本考核的范围内，不能参与",
            f"the organisation {code} ({title.en}) is not within what is assessed: it has no part in it",
        ),
        Text(
            "请改用考核办、被考核地区及其下属的机构",
            "name the office, the region that is assessed, or one below it",
        ),
        code,
    )


def _nobody_asks(scheme: Scheme, code: str) -> Refusal:
    title = scheme.inputs[code].title
    return refusal(
        "nobody_asks",
        Text(
            f"数据项“{title.zh or code}”由各单位自报，但没有项目使用它，填报时不会问到",
            f"{title.en or code} is reported by the units, but no item uses it: nothing asks them for it",
        ),
        Text("请写明数据来源单位", "name a supplying body instead"),
        code,
    )


def _unknown_body(scheme: Scheme, code: str) -> Refusal:
    title = scheme.bodies.get(code, Text(code, code))
    return refusal(
        UNKNOWN,
        Text(
            f"系统中没有机构{code}（{title.zh}）", f"there is no organisation {code} ({title.en})"
        ),
        Text(
            "请先建立该机构，或者在细则中改用已有机构的代码",
            "open it first, or name one that exists",
        ),
        code,
    )
