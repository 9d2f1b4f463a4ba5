"""A formula or a part with one name replaced by another formula."""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from steelyard.scheme.formula import Formula, Name
from steelyard.scheme.parts import AnyPart


def replace_name(part: AnyPart, name: str, by: Formula) -> AnyPart:
    """The part with every use of ``name``, at any depth, replaced.

    >>> from steelyard.scheme.formula import Number, parse
    >>> from steelyard.scheme.parts import Points
    >>> replace_name(Points(points=parse("full")), "full", Number(10)).points
    Number(value=10)
    """
    replaced: AnyPart = _replaced(part, name, by)
    return replaced


def replace_in_formula(formula: Formula, name: str, by: Formula) -> Formula:
    """The formula with every use of ``name`` replaced."""
    replaced: Formula = _replaced(formula, name, by)
    return replaced


def _replaced(value: Any, name: str, by: Formula) -> Any:
    if isinstance(value, Name):
        return by if value.code == name else value
    if isinstance(value, tuple):
        return tuple(_replaced(one, name, by) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        changed = {f.name: _replaced(getattr(value, f.name), name, by) for f in fields(value)}
        return replace(value, **changed)
    return value
