"""Specs of small indexes with defaults, so that a test shows only what matters to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty
from steelyard.scheme.method import ItemMethod, Method
from steelyard.weighing.index.columns import Array, Names
from steelyard.weighing.index.compose import Composed, Spec, compose

PLACES = ("Jiangmen", "Shaoguan", "Zhuhai", "Foshan", "Meizhou", "Heyuan")
TOTAL = {"": Text("总分", "Total")}
ZH = ("江门", "韶关", "珠海", "佛山", "梅州", "河源")


def column(*values: float | None) -> Array:
    return np.array([np.nan if value is None else value for value in values], dtype=float)


def spec(
    columns: Mapping[str, Sequence[float | None]],
    *,
    tree: Mapping[str, Sequence[str]] | None = None,
    method: Method | None = None,
    items: Mapping[str, ItemMethod] | None = None,
    weights: Mapping[str, float] | None = None,
    **more: Any,
) -> Spec:
    """Indicators straight under the root, unless a tree says otherwise."""
    read = {code: column(*values) for code, values in columns.items()}
    children = {code: tuple(below) for code, below in (tree or {"": tuple(columns)}).items()}
    nodes = {code for below in children.values() for code in below}
    count = len(next(iter(read.values())))
    for name in ("denominators", "previous"):
        more[name] = {code: column(*values) for code, values in more.get(name, {}).items()}
    return Spec(
        units=PLACES[:count],
        columns=read,
        children=dict.fromkeys(nodes, ()) | children,
        method=method or Method(),
        names=Names([Text(zh, en) for zh, en in zip(ZH, PLACES, strict=True)][:count], TOTAL),
        items=items or {},
        weights=weights or {},
        **more,
    )


def composed(columns: Mapping[str, Sequence[float | None]], **more: Any) -> Composed:
    return compose(spec(columns, **more))


def faults(columns: Mapping[str, Sequence[float | None]], **more: Any) -> tuple[Fault, ...]:
    """What is refused; it must be something."""
    try:
        compose(spec(columns, **more))
    except Faulty as refused:
        return refused.faults
    raise AssertionError("nothing was refused")


def said(found: Sequence[Fault]) -> list[str]:
    return [fault.what.en for fault in found]


def method(**steps: Any) -> Method:
    return replace(Method(), **steps)


def f(text: str | int) -> Fraction:
    return Fraction(text)
