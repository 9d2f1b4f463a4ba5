"""Read ``[uncertainty]``: what could have been chosen or measured otherwise."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeVar

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Aggregate
from steelyard.scheme.reading.fields import Faults, Fields
from steelyard.scheme.reading.methods import (
    read_aggregate,
    read_impute,
    read_normalise,
    read_treat,
)
from steelyard.scheme.uncertainty import EVERY_LEAF, Panel, SamplingError, Spread, Uncertainty

_LARGEST_SEED = 2**63 - 1
_OF_AN_INDEX = ("weights", "impute", "treat", "normalise", "aggregate")
T = TypeVar("T")


def read_uncertainty(fields: Fields | None, family: object) -> Uncertainty | None:
    """The choices of a scheme; None if it says nothing of them."""
    if fields is None:
        return None
    _of_this_family(fields, family)
    read = Uncertainty(
        seed=_seed(fields),
        confidence=_confidence(fields),
        spread=_spread(fields, "weights" if family == "index" else "points"),
        impute=_alternatives(fields, "impute", read_impute),
        treat=_alternatives(fields, "treat", read_treat),
        normalise=_alternatives(fields, "normalise", read_normalise),
        aggregate=_aggregates(fields),
        leave_out=_leave_out(fields),
        panels=_alternatives(fields, "panels", _panel),
        errors=_alternatives(fields, "errors", _error),
    )
    fields.done()
    return read


def _of_this_family(fields: Fields, family: object) -> None:
    """A points scheme varies its points; weights and methods are of an index."""
    foreign = ("points",) if family == "index" else _OF_AN_INDEX
    for name in foreign:
        if fields.has(name):
            fields.raw(name)
            fields.wrong(
                name, "not-of-this-family",
                Text(f"{family}类细则没有“{name}”可变", f"a scheme of the family {family} has no {name!r} to vary"),
                Text("计分细则写points，指数细则写weights和方法",
                     "a points scheme varies 'points'; an index varies 'weights' and its methods"),
            )  # fmt: skip


def _seed(fields: Fields) -> int:
    seed = fields.whole("seed", 1)
    if seed is not None and seed > _LARGEST_SEED:
        fields.wrong(
            "seed", "wrong-value",
            Text(f"种子{seed}太大", f"the seed {seed} is too large"),
            Text("请写一个较小的整数", "write a smaller whole number"),
        )  # fmt: skip
    return 1 if seed is None else seed


def _confidence(fields: Fields) -> Fraction:
    share = fields.number("confidence")
    if share is None:
        return Uncertainty().confidence
    if not Fraction(1, 2) <= share < 1:
        fields.wrong(
            "confidence", "wrong-value",
            Text("区间的把握应不低于50%、小于100%", "the confidence of an interval is at least 50% and below 100%"),
            Text('例如 confidence = "90%"', 'write for instance confidence = "90%"'),
        )  # fmt: skip
    return share


def _spread(fields: Fields, name: str) -> Spread | None:
    value = fields.raw(name)
    if value is None:
        return None
    if value == "any":
        return Spread()
    inner = Fields(value, fields.path(name), fields.faults)
    inner.require("within")
    spread = Spread(_within(inner), _groups(inner))
    inner.done()
    return spread


def _within(fields: Fields) -> Fraction | None:
    if fields.raw("within") == "any":
        return None
    within = fields.number("within")
    if within is None or not 0 <= within <= 1:
        fields.wrong(
            "within", "absurd-noise",
            Text("变动幅度应在0与100%之间", "weights vary by 0 to 100% of their own"),
            Text('例如 within = "25%"；任意权重写 within = "any"',
                 'write for instance within = "25%"; for any weights at all, within = "any"'),
        )  # fmt: skip
        return Fraction(0)
    return within


def _groups(fields: Fields) -> tuple[str, ...]:
    """Codes of groups; ``total`` is the root."""
    return tuple("" if code == "total" else code for code in fields.texts("of"))


def _alternatives(fields: Fields, name: str, read: Callable[[Fields], T | None]) -> tuple[T, ...]:
    """A list of tables, each read by ``read``. One table alone is a list of one."""
    value = fields.raw(name)
    listed = value if isinstance(value, list) else [] if value is None else [value]
    each = (
        read(Fields(one, f"{fields.path(name)}[{index}]", fields.faults))
        for index, one in enumerate(listed)
    )
    return tuple(one for one in each if one is not None)


def _aggregates(fields: Fields) -> tuple[tuple[Aggregate, ...], ...]:
    """Each alternative is one method for all levels, or a list of levels from the leaves up."""
    value = fields.raw("aggregate")
    listed = value if isinstance(value, list) else [] if value is None else [value]
    path = fields.path("aggregate")
    found = (_levels(one, f"{path}[{index}]", fields.faults) for index, one in enumerate(listed))
    return tuple(levels for levels in found if levels)


def _levels(value: object, path: str, faults: Faults) -> tuple[Aggregate, ...]:
    listed = value if isinstance(value, list) else [value]
    each = (
        read_aggregate(Fields(one, f"{path}[{index}]", faults)) for index, one in enumerate(listed)
    )
    return tuple(one for one in each if one is not None)


def _leave_out(fields: Fields) -> tuple[str, ...]:
    value = fields.raw("leave_out")
    return (EVERY_LEAF,) if value == "one" else fields.texts("leave_out")


def _panel(fields: Fields) -> Panel:
    for name in ("list", "member"):
        fields.require(name)
    panel = Panel(fields.code("list"), fields.code("member"))
    fields.done()
    return panel


def _error(fields: Fields) -> SamplingError:
    fields.require("input")
    if fields.has("standard_error") == fields.has("sample"):
        fields.wrong(
            "standard_error", "which-error",
            Text("standard_error与sample须恰写其一", "write either standard_error or sample"),
            Text("调查给出标准误的写standard_error；按份数抽查的写sample",
                 "standard_error if the survey states one; sample for a share of files reviewed"),
        )  # fmt: skip
    if fields.has("population") and not fields.has("sample"):
        fields.wrong(
            "population", "which-error",
            Text("population只与sample同用", "population goes with sample"),
            Text("请写sample，或去掉population：标准误应已考虑总体大小",
                 "write sample, or remove population: a standard error should allow for it already"),
        )  # fmt: skip
    error = SamplingError(
        fields.code("input"), fields.formula("standard_error"), fields.formula("sample"),
        fields.formula("population"),
    )  # fmt: skip
    fields.done()
    return error
