"""Read the items of the tree."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, cast, get_args

from steelyard.kernel.bilingual import Text
from steelyard.scheme.formula import Formula
from steelyard.scheme.model import (
    ROOT,
    UNBOUNDED,
    Combine,
    Gap,
    Item,
    Kind,
    Outcome,
    State,
    WhenNotApplicable,
)
from steelyard.scheme.parts import AnyPart
from steelyard.scheme.reading.fields import Faults, Fields
from steelyard.scheme.reading.methods import read_item_method
from steelyard.scheme.reading.rules import read_parts, read_rule

_FOR_A_SUM = tuple(one for one in get_args(WhenNotApplicable) if one != "reweight")


def read_items(listed: list[object], faults: Faults) -> tuple[Item, ...]:
    return tuple(_item(Fields(one, f"items[{index}]", faults)) for index, one in enumerate(listed))


def _item(fields: Fields) -> Item:
    fields.require("code")
    fields.require("title")
    combine = fields.choice("combine", get_args(Combine), "sum")
    item = Item(
        code=fields.code("code"),
        title=fields.bilingual("title"),
        parent=fields.code("parent") or ROOT,
        kind=fields.choice("kind", get_args(Kind), "item"),
        points=fields.number("points"),
        weight=_weight(fields),
        rule=_rule(fields),
        combine=combine,
        when_not_applicable=_when_not_applicable(fields, combine),
        says_when_not_applicable=fields.has("not_applicable"),
        adjust=_adjust(fields),
        applies_to=fields.texts("applies_to"),
        not_applicable_if=fields.formula("not_applicable_if"),
        zero_if=fields.formula("zero_if"),
        full_if=fields.formula("full_if"),
        cap=_bound(fields, "cap"),
        floor=_bound(fields, "floor"),
        on=read_outcomes(fields.table("on")),
        gap=_gap(fields.table("gap")),
        supplying_body=fields.texts("supplying_body"),
        scoring_body=fields.texts("scoring_body"),
        material=fields.bilingual("material"),
        source=fields.bilingual("source"),
        note=fields.bilingual("note"),
        method=read_item_method(fields),
    )
    fields.done()
    return item


def read_root(fields: Fields | None, faults: Faults) -> Item:
    """The root of the tree, from the group's keys in ``[total]``."""
    fields = fields or Fields({}, "total", faults)
    combine = fields.choice("combine", get_args(Combine), "sum")
    return Item(
        code=ROOT,
        title=Text("总分", "Total"),
        points=fields.number("points"),
        rule=_rule(fields),
        combine=combine,
        when_not_applicable=_when_not_applicable(fields, combine),
        says_when_not_applicable=fields.has("not_applicable"),
        adjust=_adjust(fields),
        gap=_gap(fields.table("gap")),
        cap=UNBOUNDED,
        floor=UNBOUNDED,
        method=read_item_method(fields),
    )


def read_outcomes(fields: Fields | None) -> dict[State, Outcome]:
    """What states of the data lead to. ``ignore`` is not for what cannot be computed."""
    if fields is None:
        return {}
    found: dict[State, Outcome] = {}
    for state in get_args(State):
        if fields.has(state):
            computable = state not in ("missing", "no_base")
            allowed = [one for one in get_args(Outcome) if computable or one != "ignore"]
            found[state] = cast("Outcome", fields.choice(state, allowed, "refuse"))
    fields.done()
    return found


def _weight(fields: Fields) -> Fraction:
    weight = fields.number("weight")
    return Fraction(1) if weight is None else weight


def _rule(fields: Fields) -> AnyPart | None:
    if not fields.has("rule"):
        return None
    return read_rule(fields.raw("rule"), fields.path("rule"), fields.faults)


def _adjust(fields: Fields) -> tuple[AnyPart, ...]:
    return read_parts(fields.list("adjust"), fields.path("adjust"), fields.faults, 0)


def _when_not_applicable(fields: Fields, combine: Combine) -> WhenNotApplicable:
    if combine == "sum":
        return fields.choice("not_applicable", _FOR_A_SUM, "rescale")
    return fields.choice("not_applicable", ("reweight",), "reweight")


def _bound(fields: Fields, name: str) -> Formula | Literal["none"] | None:
    return UNBOUNDED if fields.raw(name) == UNBOUNDED else fields.formula(name)


def _gap(fields: Fields | None) -> Gap | None:
    if fields is None:
        return None
    fields.require("points")
    fields.require("note")
    gap = Gap(fields.number("points") or Fraction(0), fields.bilingual("note"))
    fields.done()
    return gap
