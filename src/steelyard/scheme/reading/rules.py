"""Read a part of a rule: which part it is, its formulas, its modifiers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any, get_args

from steelyard.kernel.bilingual import Text
from steelyard.scheme.bands import AnyBand, read_band
from steelyard.scheme.formula import Formula, Name, Number
from steelyard.scheme.parts import (
    AnyPart,
    Count,
    Each,
    ForEach,
    Keep,
    Ladder,
    Matrix,
    Points,
    Proportion,
    Several,
    Table,
)
from steelyard.scheme.reading.fields import Faults, Fields, formula_at

_ONE = Number(Fraction(1))
_FULL = Name("full")
_NOTHING = Number(Fraction(0))
_DEEPEST = 12


def read_rule(value: object, key: str, faults: Faults, depth: int = 0) -> AnyPart | None:
    """A part, or a list of parts, which is their sum. None after a fault."""
    if isinstance(value, list):
        return Several(join="sum", parts=read_parts(value, key, faults, depth))
    if depth > _DEEPEST:
        faults.add(
            "too-deep", key,
            Text("规则嵌套太深", "the rule is nested too deeply"),
            Text("请用“quantities”把它拆开", "split it with quantities"),
        )  # fmt: skip
        return None
    fields = Fields(value, key, faults)
    kinds = [kind for kind in _KINDS if fields.has(kind)]
    if "proportion" in kinds and "points" in kinds:
        kinds.remove("points")
    if len(kinds) != 1:
        _say_which(kinds, key, faults)
        return None
    before = len(faults)
    part = _KINDS[kinds[0]](fields, depth)
    fields.done()
    return part if len(faults) == before else None


def read_parts(value: list[object], key: str, faults: Faults, depth: int) -> tuple[AnyPart, ...]:
    read = (read_rule(one, f"{key}[{index}]", faults, depth + 1) for index, one in enumerate(value))
    return tuple(part for part in read if part is not None)


def _say_which(kinds: list[str], key: str, faults: Faults) -> None:
    listed = ", ".join(_KINDS)
    if kinds:
        what = Text(
            f"一个部件只能有一种算法，此处有 {'、'.join(kinds)}",
            f"a part does one thing, but this has {' and '.join(kinds)}",
        )
    else:
        what = Text("看不出这是哪种计分部件", "this is no known part of a rule")
    faults.add("which-part", key, what, Text(f"请用其中之一：{listed}", f"use one of {listed}"))


def _common(fields: Fields) -> dict[str, Any]:
    named = ("when", "otherwise", "times", "at_most", "at_least")
    return {name: fields.formula(name) for name in named} | {"say": fields.bilingual("say")}


def _needed(fields: Fields, name: str) -> Formula:
    fields.require(name)
    return fields.formula(name) or _NOTHING


def _points(fields: Fields, _: int) -> AnyPart:
    return Points(points=_needed(fields, "points"), **_common(fields))


def _ladder(fields: Fields, _: int) -> AnyPart:
    fields.require("steps")
    steps = []
    for index, step in enumerate(fields.list("steps")):
        key = f"{fields.path('steps')}[{index}]"
        if not isinstance(step, list) or len(step) != 2:
            fields.faults.add(
                "wrong-step", key,
                Text("每档应写成 [区间, 分值]", "a step is [band, points]"),
                Text('例如 [">= 90%", 10]', 'for instance [">= 90%", 10]'),
            )  # fmt: skip
            continue
        band = _band(step[0], f"{key}[0]", fields.faults)
        points = formula_at(step[1], f"{key}[1]", fields.faults)
        if band is not None and points is not None:
            steps.append((band, points))
    return Ladder(of=_needed(fields, "ladder"), steps=tuple(steps), **_common(fields))


def _band(value: object, key: str, faults: Faults) -> AnyBand | None:
    try:
        return read_band(str(value))
    except ValueError:
        faults.add(
            "not-a-band", key,
            Text(f"“{value}”不是区间，或区间内没有数", f"{value!r} is not a band, or holds no value"),
            Text('写法如 ">= 90%"、"[80%, 90%)"', "write '>= 90%', '< 5%' or '[80%, 90%)'"),
        )  # fmt: skip
        return None


def _table(fields: Fields, _: int) -> AnyPart:
    fields.require("rows")
    rows = fields.table("rows")
    read = []
    for name in rows.names() if rows else ():
        points = rows.formula(name) if rows else None
        if points is not None:
            read.append((name, points))
    return Table(of=_needed(fields, "table"), rows=tuple(read), **_common(fields))


def _matrix(fields: Fields, _: int) -> AnyPart:
    two = fields.formulas("matrix")
    if len(two) != 2:
        fields.wrong(
            "matrix", "wrong-matrix",
            Text("矩阵需要两个因素", "a matrix has two factors"),
            Text("请写 matrix = [甲, 乙]", "write matrix = [first, second]"),
        )  # fmt: skip
        two = (_NOTHING, _NOTHING)
    rows, columns = _bands(fields, "rows"), _bands(fields, "columns")
    cells = _cells(fields, len(rows), len(columns))
    pair = (two[0], two[1])
    return Matrix(of=pair, rows=rows, columns=columns, cells=cells, **_common(fields))


def _bands(fields: Fields, name: str) -> tuple[AnyBand, ...]:
    fields.require(name)
    key = fields.path(name)
    read = (
        _band(one, f"{key}[{index}]", fields.faults) for index, one in enumerate(fields.list(name))
    )
    return tuple(band for band in read if band is not None)


def _cells(fields: Fields, height: int, width: int) -> tuple[tuple[Formula, ...], ...]:
    fields.require("cells")
    listed = fields.list("cells")
    whole = len(listed) == height and all(
        isinstance(row, list) and len(row) == width for row in listed
    )
    if not whole:
        fields.wrong(
            "cells", "wrong-matrix",
            Text(f"矩阵应为{height}行{width}列", f"the matrix must have {height} rows of {width}"),
            Text("每行对应rows的一档，每格对应columns的一档", "one row a band of rows, one cell a column"),
        )  # fmt: skip
        return ()
    key = fields.path("cells")
    return tuple(
        tuple(
            formula_at(cell, f"{key}[{i}][{j}]", fields.faults) or _NOTHING
            for j, cell in enumerate(row if isinstance(row, list) else [])
        )
        for i, row in enumerate(listed)
    )


def _each(name: str, *, taken: bool) -> Callable[[Fields, int], AnyPart]:
    def read(fields: Fields, _: int) -> AnyPart:
        common = _common(fields)
        if taken and common["at_least"] is not None:
            fields.wrong(
                "at_least", "no-at-least",
                Text("扣分没有at_least", "a deduction has no at_least"),
                Text("用at_most写最多扣几分", "write the largest loss as at_most"),
            )  # fmt: skip
        return Each(
            of=_needed(fields, name),
            each=_needed(fields, "each"),
            per=fields.formula("per") or _ONE,
            count=fields.choice("count", get_args(Count), "exact"),
            taken=taken,
            **common,
        )

    return read


def _proportion(fields: Fields, _: int) -> AnyPart:
    return Proportion(
        of=_needed(fields, "proportion"),
        target=_needed(fields, "target"),
        points=fields.formula("points") or _FULL,
        **_common(fields),
    )


def _several(join: Any) -> Callable[[Fields, int], AnyPart]:
    def read(fields: Fields, depth: int) -> AnyPart:
        parts = read_parts(fields.list(join), fields.path(join), fields.faults, depth)
        if not parts:
            fields.wrong(
                join, "no-parts",
                Text("列表是空的", "the list is empty"),
                Text("请至少写一个部件", "write at least one part"),
            )  # fmt: skip
        return Several(join=join, parts=parts, **_common(fields))

    return read


def _for_each(fields: Fields, depth: int) -> AnyPart:
    fields.require("score")
    score = read_rule(fields.raw("score") or {}, fields.path("score"), fields.faults, depth + 1)
    return ForEach(
        list=fields.code("for_each"),
        score=score or Points(points=_NOTHING),
        keep=fields.choice("keep", get_args(Keep), "sum"),
        where=fields.formula("where"),
        once_per=fields.texts("once_per"),
        trim=fields.whole("trim", 0) or 0,
        **_common(fields),
    )


_KINDS: dict[str, Callable[[Fields, int], AnyPart]] = {
    "points": _points,
    "ladder": _ladder,
    "table": _table,
    "matrix": _matrix,
    "add": _each("add", taken=False),
    "deduct": _each("deduct", taken=True),
    "proportion": _proportion,
    "sum": _several("sum"),
    "best": _several("best"),
    "worst": _several("worst"),
    "first": _several("first"),
    "for_each": _for_each,
}
