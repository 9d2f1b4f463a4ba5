"""Parameters as SQL literals: a value can never become anything else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

from sqlglot import exp

from steelyard.kernel.exact import plain


def literals(parameters: Mapping[str, object]) -> dict[str, exp.Expr]:
    """Each parameter as a literal of its own type.

    >>> {name: one.sql("duckdb") for name, one in literals({"from": date(2021, 1, 1)}).items()}
    {'from': "CAST('2021-01-01' AS DATE)"}
    """
    return {name: _literal(value) for name, value in parameters.items()}


def _literal(value: object) -> exp.Expr:
    match value:
        case bool():
            return exp.Boolean(this=value)
        case date():
            return exp.cast(exp.Literal.string(value.isoformat()), "DATE")
        case Fraction():
            return _number(plain(value))
        case int() | Decimal():
            return _number(str(value))
        case str():
            return exp.Literal.string(value)
        case _:
            raise TypeError(f"{value!r} cannot be a parameter")


def _number(text: str) -> exp.Expr:
    if "/" in text:
        raise TypeError(f"{text} has no exact decimal, so no query can hold it")
    found = exp.Literal.number(text.lstrip("-"))
    return exp.Neg(this=found) if text.startswith("-") else found
