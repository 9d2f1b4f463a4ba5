"""The ranking as it would be with other values or other points."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Literal

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.formula import Binary, Formula, Number
from steelyard.scheme.model import ROOT, Input, Item, Scheme
from steelyard.scheme.parts import AnyPart, Several
from steelyard.scheme.rewrite import replace_in_formula, replace_name
from steelyard.weighing.result import Result
from steelyard.weighing.typed_cells import typed_in_words
from steelyard.weighing.values import Cell, Value, Values
from steelyard.weighing.weigh import weigh

Change = tuple[str, str, str]


def what_if(
    scheme: Scheme,
    values: Values,
    *,
    set_values: tuple[Change, ...] = (),
    points: Mapping[str, Fraction] | None = None,
) -> Result:
    """Weigh with some things changed.

    Args:
        set_values: (unit, input or quantity, value as written); the unit by code or title.
        points: new full points of items. What an item gives is scaled with them, and the points
            of the groups above follow.

    Raises:
        Faulty: a unit, input or item that the scheme does not have; a value of a wrong type.
    """
    changed = _with_points(scheme, points or {})
    return weigh(changed, with_values(scheme, values, set_values))


def with_values(scheme: Scheme, values: Values, changes: tuple[Change, ...]) -> Values:
    """The values with some of them set.

    Raises:
        Faulty: as :func:`what_if`.
    """
    cells = {key: dict(of_units) for key, of_units in values.cells.items()}
    fixed = dict(values.fixed)
    faults: list[Fault] = []
    for unit_name, name, text in changes:
        try:
            unit = find_unit(scheme, unit_name)
            value = _value(scheme, name, text)
        except Faulty as error:
            faults.extend(error.faults)
            continue
        if name in scheme.quantities:
            fixed[(name, unit)] = value
        else:
            cells.setdefault((name, scheme.period_label), {})[unit] = Cell(
                value, source=Text("假设", "what-if")
            )
    if faults:
        raise Faulty(faults)
    return replace(values, cells=cells, fixed=fixed)


def find_unit(scheme: Scheme, name: str) -> str:
    """The code of the unit of this code or title. 江门 is 江门市, and jiangmen is Jiangmen."""
    exactly = [u.code for u in scheme.assessed if name in (u.code, u.title.zh, u.title.en)]
    loosely = [
        u.code for u in scheme.assessed if _bare(name) in (_bare(u.title.zh), u.title.en.lower())
    ]
    for found in (exactly, loosely):
        if len(found) == 1:
            return found[0]
    raise Faulty([_no_unit(scheme, name)])


def _bare(name: str) -> str:
    """
    >>> _bare("江门市"), _bare("Jiangmen"), _bare("市")
    ('江门', 'jiangmen', '市')
    """
    name = name.strip().lower()
    return name[:-1] if len(name) > 2 and name[-1] in "省市县区" else name


def _no_unit(scheme: Scheme, name: str) -> Fault:
    known = scheme.assessed[:_MOST_NAMED]
    more = "…" if len(scheme.assessed) > _MOST_NAMED else ""
    zh = "、".join(f"{unit.code}（{unit.title.zh or unit.title.en}）" for unit in known)
    en = ", ".join(f"{unit.code} ({unit.title.en or unit.title.zh})" for unit in known)
    what = Text(f"没有被考核单位“{name}”", f"there is no unit {name!r}")
    return Fault("unknown-unit", what, Text(f"可用：{zh}{more}", f"use one of {en}{more}"))


_MOST_NAMED = 40


def _value(scheme: Scheme, name: str, text: str) -> Value:
    if name not in scheme.inputs and name not in scheme.quantities:
        known = [*scheme.inputs, *scheme.quantities]
        raise _unknown("input", name, "数据项", "input or quantity", known)
    if name in scheme.inputs:
        return _of_input(scheme.inputs[name], text)
    try:
        return exact(text)
    except ValueError as error:
        raise Faulty([_no_value(name, text, "number")]) from error


def _of_input(wanted: Input, text: str) -> Value:
    """Held against its type and range, as whatever else a person fills in."""
    value, faults = typed_in_words(text, wanted)
    if faults:
        raise Faulty([
            Fault(one.code, Text(f"{wanted.code}：{one.what.zh}", f"{wanted.code}: {one.what.en}"), one.mend,
                  Where(file="--set"))
            for one in faults
        ])  # fmt: skip
    if value is None:
        raise Faulty([_no_value(wanted.code, text, wanted.type)])
    return value


def _no_value(name: str, text: str, kind: str) -> Fault:
    what = Text(f"“{text}”不能作为{name}的取值", f"{text!r} is no value for {name}")
    return Fault(
        "wrong-value", what, Text(f"类型为{kind}", f"its type is {kind}"), Where(file="--set")
    )


def _unknown(code: str, name: str, zh: str, en: str, known: list[str]) -> Faulty:
    listed = ", ".join(known[:12]) + ("…" if len(known) > 12 else "")
    what = Text(f"没有{zh}“{name}”", f"there is no {en} {name!r}")
    mend = Text(f"可用：{listed}", f"use one of {listed}")
    return Faulty([Fault(f"unknown-{code}", what, mend)])


def _with_points(scheme: Scheme, points: Mapping[str, Fraction]) -> Scheme:
    for code, new in points.items():
        if code not in scheme.item or code == ROOT:
            known = [item.code for item in scheme.items]
            raise _unknown("item", code, "指标", "item", known)
        scheme = _scaled(scheme, code, exact(new))
    return scheme


def _scaled(scheme: Scheme, code: str, new: Fraction) -> Scheme:
    """The scheme with an item, and all below it, scaled to new full points."""
    old = scheme.full[code]
    if not old:
        raise Faulty([_cannot_scale(code)])
    below = {item.code for item in scheme.items if _is_within(scheme, item, code)}
    above = _above(scheme, code) if scheme.item[code].kind == "item" else set()
    items = tuple(
        _scaled_item(scheme, item, new / old) if item.code in below
        else _grown(item, new - old) if item.code in above
        else item
        for item in scheme.items
    )  # fmt: skip
    root = _grown(scheme.root, new - old)
    return replace(scheme, items=items, root=root)


def _cannot_scale(code: str) -> Fault:
    what = Text(f"指标{code}没有满分，无法换算", f"item {code} has no full points to scale")
    return Fault(
        "no-points", what, Text("请换一个指标", "name another item"), Where(file="--points")
    )


def _is_within(scheme: Scheme, item: Item, code: str) -> bool:
    here = item
    while here.code != ROOT:
        if here.code == code:
            return True
        here = scheme.item[here.parent]
    return False


def _above(scheme: Scheme, code: str) -> set[str]:
    found, here = set(), scheme.item[scheme.item[code].parent]
    while here.code != ROOT:
        found.add(here.code)
        here = scheme.item[here.parent]
    return found


def _grown(item: Item, more: Fraction) -> Item:
    return item if item.points is None else replace(item, points=item.points + more)


def _scaled_item(scheme: Scheme, item: Item, factor: Fraction) -> Item:
    """The item with its points, rule and bounds times ``factor``."""
    full = Number(scheme.full[item.code])
    rule = None if item.rule is None else _scaled_part(item.rule, full, factor)
    points = None if item.points is None else item.points * factor
    cap = _scaled_bound(item.cap, full, factor)
    floor = _scaled_bound(item.floor, full, factor)
    return replace(item, points=points, rule=rule, cap=cap, floor=floor)


def _scaled_part(part: AnyPart, full: Number, factor: Fraction) -> AnyPart:
    return Several(join="sum", parts=(replace_name(part, "full", full),), times=Number(factor))


def _scaled_bound(
    bound: Formula | Literal["none"] | None, full: Number, factor: Fraction
) -> Formula | Literal["none"] | None:
    if bound is None or bound == "none":
        return bound
    return Binary("*", replace_in_formula(bound, "full", full), Number(factor))
