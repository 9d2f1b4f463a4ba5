"""The steps on one indicator at a time: denominate, transform, impute, treat, normalise.

Each takes the columns of the step before and gives those of its own. An indicator that a step
refuses is broken: it stays missing, and nothing is computed from it.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.weighing.index import called, denominate, transform
from steelyard.weighing.index.columns import Array, Columns, Flags
from steelyard.weighing.index.impute import imputed
from steelyard.weighing.index.log import Log
from steelyard.weighing.index.normalise import Aims, CannotNormalise, normalised
from steelyard.weighing.index.spec import Spec
from steelyard.weighing.index.treat import Treated, treated

_LARGEST = 1e100  # larger ones would overflow where they are squared and summed
_OneColumn = Callable[[Spec, Log, str, Array], Array]


def check_sizes(spec: Spec, log: Log) -> None:
    """Values beyond 1e100, as delivered; after each step they are looked for again."""
    for code, column in spec.columns.items():
        large = np.flatnonzero(np.abs(column) > _LARGEST)
        if large.size:
            _refuse_size(log, code, log.units(large))


def _refuse_size(log: Log, code: str, who: Text) -> None:
    title = log.title(code)
    log.refuse(
        code, "too-large",
        Text(f"“{title.zh}”的数值超出可计算的范围：{who.zh}",
             f"{title.en} has a value too large to compute with: {who.en}"),
        Text("请核对小数点和计量单位", "check its decimals and unit of measure"),
    )  # fmt: skip


def _each(spec: Spec, log: Log, columns: Columns, step: _OneColumn) -> dict[str, Array]:
    found = {}
    for code, column in columns.items():
        new = step(spec, log, code, column) if code not in log.broken else column
        strange = np.flatnonzero(np.abs(new) > _LARGEST)
        if strange.size and code not in log.broken:
            _refuse_size(log, code, log.units(strange))
        found[code] = np.full_like(new, np.nan) if code in log.broken else new
    return found


# --- denominate and transform ------------------------------------------------------------------


def denominated_all(spec: Spec, log: Log, columns: Columns) -> dict[str, Array]:
    return _each(spec, log, columns, _denominated)


def _denominated(spec: Spec, log: Log, code: str, column: Array) -> Array:
    item = spec.item(code)
    if not item.denominator:
        return column
    by = spec.denominators[item.denominator]
    zero = denominate.zero_denominators(column, by)
    if zero:
        who, title = log.units(zero), log.title(code)
        log.refuse(
            code, "zero-denominator",
            Text(f"“{title.zh}”的分母{item.denominator}为0：{who.zh}",
                 f"{title.en} is divided by {item.denominator}, which is 0 for {who.en}"),
            Text("请核对分母；没有数据请留空", "check the denominator; leave it blank if unknown"),
        )  # fmt: skip
    return denominate.denominated(column, by, float(item.per))


def transformed_all(spec: Spec, log: Log, columns: Columns) -> dict[str, Array]:
    return _each(spec, log, columns, _transformed)


def _transformed(spec: Spec, log: Log, code: str, column: Array) -> Array:
    how = spec.item(code).transform
    if how is None:
        return column
    bad = transform.outside_domain(column, how)
    if bad:
        who, title = log.units(bad), log.title(code)
        least = Text("不小于0", "from 0 up") if how == "sqrt" else Text("大于0", "above 0")
        log.refuse(
            code, "outside-domain",
            Text(f"“{title.zh}”取{called.TRANSFORM[how].zh}，数值须{least.zh}：{who.zh}",
                 f"the {how} of {title.en} needs values {least.en}, unlike that of {who.en}"),
            Text("请核对数据，或去掉transform", "check the data, or remove the transform"),
        )  # fmt: skip
        return column
    return transform.transformed(column, how)


# --- impute --------------------------------------------------------------------------------------


def imputed_all(spec: Spec, log: Log, columns: Columns) -> dict[str, Array]:
    return _each(spec, log, columns, _imputed)


def _imputed(spec: Spec, log: Log, code: str, column: Array) -> Array:
    how = spec.impute(code)
    before = _previous(spec, log, code) if how.by == "previous" else None
    labels = spec.groups.get(how.group, ())
    filled = imputed(column, how.by, groups=labels, previous=before)
    rows = np.flatnonzero(np.isnan(column) & ~np.isnan(filled))
    if rows.size:
        log.applied(how.by)
        title, by, who = log.title(code), called.IMPUTE[how.by], log.units(rows)
        log.note(f"“{title.zh}”有{rows.size}个缺失值，以{by.zh}填补：{who.zh}",
                 f"{title.en}: {rows.size} missing filled with {by.en}: {who.en}")  # fmt: skip
    return filled


def _previous(spec: Spec, log: Log, code: str) -> Array:
    """The indicator of the period before, denominated and transformed alike."""
    item = spec.item(code)
    column = spec.previous.get(code, np.full(len(spec.units), np.nan))
    if item.denominator:
        by = spec.previous.get(item.denominator)
        if by is None:
            _refuse_previous(log, code, item.denominator)
            return np.full_like(column, np.nan)
        column = denominate.denominated(column, by, float(item.per))
    if item.transform is not None:
        inside = column > 0 if item.transform != "sqrt" else column >= 0
        column = transform.transformed(np.where(inside, column, np.nan), item.transform)
    return column


def _refuse_previous(log: Log, code: str, denominator: str) -> None:
    title = log.title(code)
    log.refuse(
        code, "no-previous-denominator",
        Text(f"以上期数值填补“{title.zh}”需要上期的{denominator}",
             f"filling {title.en} from the period before needs {denominator} of that period"),
        Text("请补报，或换一种插补方法", "deliver it, or impute in another way"),
    )  # fmt: skip


def filled_cells(before: Columns, after: Columns) -> dict[str, Flags]:
    return {code: np.isnan(column) & ~np.isnan(after[code]) for code, column in before.items()}


# --- treat ---------------------------------------------------------------------------------------


def treated_all(spec: Spec, log: Log, columns: Columns) -> dict[str, Treated]:
    found = {code: treated(column, spec.treat(code)) for code, column in columns.items()}
    for code, one in found.items():
        _note_treated(log, code, one)
    return found


def _note_treated(log: Log, code: str, one: Treated) -> None:
    title, points = log.title(code), one.low + one.high
    if points:
        log.note(f"“{title.zh}”缩尾{points}个点（低端{one.low}，高端{one.high}）",
                 f"{title.en}: {points} points winsorised ({one.low} low, {one.high} high)")  # fmt: skip
    if one.transformed != "none":
        how = called.TREAT[one.transformed]
        log.note(f"“{title.zh}”因异常值作变换：{how.zh}",
                 f"{title.en}: transformed for its outliers by {how.en}")  # fmt: skip
    if one.open:
        log.note(f"“{title.zh}”处理后仍有异常值", f"{title.en}: still has outliers")


# --- normalise -----------------------------------------------------------------------------------


def normalised_all(spec: Spec, log: Log, columns: Columns) -> dict[str, Array]:
    return _each(spec, log, columns, _normalised)


def _normalised(spec: Spec, log: Log, code: str, column: Array) -> Array:
    how = spec.normalise(code)
    _note_unused(spec, log, code)
    try:
        return normalised(column, how, _aims(spec, code))
    except CannotNormalise as error:
        title, by = log.title(code), called.NORMALISE[how.by]
        log.refuse(
            code, "cannot-normalise",
            Text(f"“{title.zh}”不能按{by.zh}标准化：{error.why.zh}",
                 f"{title.en} cannot be normalised by {by.en}: {error.why.en}"),
            error.mend,
        )  # fmt: skip
        return column


def _aims(spec: Spec, code: str) -> Aims:
    """Goalposts and target as floats, transformed as the values were."""
    item = spec.item(code)
    low, high = item.goalposts or (None, None)
    posts = (
        None
        if low is None or high is None
        else (_as_value(spec, code, low), _as_value(spec, code, high))
    )
    target = None if item.target is None else _as_value(spec, code, item.target)
    return Aims(item.direction, posts, target, spec.units)


def _as_value(spec: Spec, code: str, number: Fraction) -> float:
    how = spec.item(code).transform
    return (
        float(number) if how is None else float(transform.transformed(np.array(float(number)), how))
    )


def _note_unused(spec: Spec, log: Log, code: str) -> None:
    """What an indicator states and its normalisation does not use would mislead in silence."""
    item, by, title = spec.item(code), spec.normalise(code).by, log.title(code)
    if item.goalposts is not None and by != "goalposts":
        log.note(f"“{title.zh}”的goalposts未用：它按{called.NORMALISE[by].zh}标准化",
                 f"{title.en}: its goalposts are not used; it is normalised by "
                 f"{called.NORMALISE[by].en}")  # fmt: skip
    if item.target is not None and by != "distance_to_target":
        log.note(f"“{title.zh}”的target未用：它按{called.NORMALISE[by].zh}标准化",
                 f"{title.en}: its target is not used; it is normalised by "
                 f"{called.NORMALISE[by].en}")  # fmt: skip
