"""An index scheme and its values as the floats that the index steps speak."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.scheme.method import Method
from steelyard.scheme.model import Scheme
from steelyard.weighing.index.columns import Array, Names
from steelyard.weighing.index.compose import Composed, Spec, compose
from steelyard.weighing.values import Value, Values


def compose_scheme(scheme: Scheme, values: Values) -> tuple[Composed, dict[str, float | None]]:
    """The index of a scheme's assessed units, and each unit's total.

    Raises:
        Faulty: see :func:`~steelyard.weighing.index.compose.compose`.
    """
    composed = compose(spec_of(scheme, values))
    return composed, {unit: composed.total(unit) for unit in composed.units}


def spec_of(scheme: Scheme, values: Values) -> Spec:
    units = tuple(unit.code for unit in scheme.assessed)
    leaves = [leaf.code for leaf in scheme.leaves]
    own = {item.code: item.method for item in scheme.in_order if item.method is not None}
    divisors = {method.denominator for method in own.values() if method.denominator}
    before = scheme.earlier[0] if scheme.earlier else ""
    return Spec(
        units=units,
        columns={code: _column(values, code, scheme.period_label, units) for code in leaves},
        children={code: tuple(c.code for c in scheme.children[code]) for code in scheme.item},
        method=scheme.method or Method(),
        names=Names(
            [unit.title for unit in scheme.assessed],
            {item.code: item.title or Text(item.code, item.code) for item in scheme.in_order},
        ),
        items=own,
        weights={item.code: float(item.weight) for item in scheme.items},
        denominators={code: _column(values, code, scheme.period_label, units) for code in divisors},
        previous={
            code: _column(values, code, before, units) for code in [*leaves, *divisors] if before
        },
        groups=_groups(scheme, values, units),
        tolerance=float(scheme.ranking.tolerance),
    )


def _column(values: Values, code: str, period: str, units: tuple[str, ...]) -> Array:
    cells = (values.cell(code, period, unit) for unit in units)
    return np.array([np.nan if cell is None else _float(cell.value) for cell in cells], dtype=float)


def _float(value: Value | None) -> float:
    if isinstance(value, Fraction):
        return float(value)
    return np.nan


def _groups(scheme: Scheme, values: Values, units: tuple[str, ...]) -> dict[str, list[str]]:
    """The peer group of each unit, and the text inputs that imputation names."""
    found = {"": [scheme.unit[unit].group for unit in units]}
    asked = [scheme.method.impute] if scheme.method else []
    asked += [item.method.impute for item in scheme.items if item.method and item.method.impute]
    for name in {how.group for how in asked if how.group}:
        cells = [values.cell(name, scheme.period_label, unit) for unit in units]
        if any(cell is None or cell.value is None for cell in cells):
            raise Faulty([_no_group(name)])
        found[name] = [str(cell.value) for cell in cells if cell is not None]
    return found


def _no_group(name: str) -> Fault:
    return Fault(
        "no-group",
        Text(f"插补所用的分组“{name}”不是每个单位都有", f"not every unit has a group in {name!r}"),
        Text("请补齐，或去掉impute的group", "fill it in, or remove the group of impute"),
        Where(key="method.impute.group"),
    )
