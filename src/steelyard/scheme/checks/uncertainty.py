"""Does what varies exist: its groups, leaves, inputs and lists?"""

from __future__ import annotations

import difflib
from collections.abc import Collection

from steelyard.kernel.bilingual import Text
from steelyard.scheme.formula import Number
from steelyard.scheme.model import Input, Scheme
from steelyard.scheme.names import Use
from steelyard.scheme.reading.fields import Faults
from steelyard.scheme.uncertainty import EVERY_LEAF, SamplingError, Uncertainty
from steelyard.scheme.uses import found_in_rules

_NUMERIC = ("number", "count", "share")


def check_uncertainty(scheme: Scheme, faults: Faults) -> None:
    if scheme.uncertainty is None:
        return
    _groups_exist(scheme, faults)
    _leaves_exist(scheme, faults)
    _panels_exist(scheme, faults)
    _each_varies_once(scheme.uncertainty, faults)
    for index, error in enumerate(scheme.uncertainty.errors):
        _error_makes_sense(scheme, error, f"uncertainty.errors[{index}]", faults)


def _groups_exist(scheme: Scheme, faults: Faults) -> None:
    assert scheme.uncertainty is not None
    spread = scheme.uncertainty.spread
    groups = {code for code, children in scheme.children.items() if children}
    name = "weights" if scheme.family == "index" else "points"
    for code in spread.of if spread else ():
        if code not in groups:
            _unknown(f"uncertainty.{name}.of", code, "分组指标", "group", groups, faults)


def _leaves_exist(scheme: Scheme, faults: Faults) -> None:
    assert scheme.uncertainty is not None
    leaves = {leaf.code for leaf in scheme.leaves}
    for code in scheme.uncertainty.leave_out:
        if code != EVERY_LEAF and code not in leaves:
            _unknown("uncertainty.leave_out", code, "末级指标", "leaf", leaves, faults)


def _panels_exist(scheme: Scheme, faults: Faults) -> None:
    assert scheme.uncertainty is not None
    for index, panel in enumerate(scheme.uncertainty.panels):
        if panel.list not in scheme.lists:
            key = f"uncertainty.panels[{index}].list"
            _unknown(key, panel.list, "清单", "list", scheme.lists, faults)


def _each_varies_once(varied: Uncertainty, faults: Faults) -> None:
    """A second error of an input would draw over the first; a leaf named twice would go twice as often."""
    named = {
        "panels": [panel.list for panel in varied.panels],
        "errors": [error.input for error in varied.errors],
        "leave_out": list(varied.leave_out),
    }
    for key, codes in named.items():
        for code in dict.fromkeys(code for code in codes if codes.count(code) > 1):
            faults.add(
                "named-twice", f"uncertainty.{key}",
                Text(f"“{code}”写了不止一次", f"{code!r} is named more than once"),
                Text("请只留一处", "keep one of them"),
            )  # fmt: skip


def _unknown(key: str, code: str, zh: str, en: str, known: Collection[str], faults: Faults) -> None:
    near = difflib.get_close_matches(code, list(known), n=1)
    mend = (
        Text(f"是否应为“{near[0]}”？", f"did you mean {near[0]!r}?")
        if near
        else Text(f"请写已有的{zh}", "use one that the scheme has")
    )
    faults.add("unknown-code", key, Text(f"没有{zh}“{code}”", f"there is no {en} {code!r}"), mend)


def _error_makes_sense(scheme: Scheme, error: SamplingError, key: str, faults: Faults) -> None:
    """A number that a sample can give, and an error no larger than the whole range."""
    known = scheme.inputs.get(error.input)
    if known is None:
        _unknown(f"{key}.input", error.input, "数据项", "input", scheme.inputs, faults)
    elif known.type not in _NUMERIC:
        faults.add(
            "not-a-number", f"{key}.input",
            Text(f"“{error.input}”不是数，没有抽样误差", f"{error.input!r} is no number, and has no sampling error"),
            Text("请写数值型数据项", "name an input that is a number"),
        )  # fmt: skip
    elif scheme.family == "points" and error.input not in _used(scheme):
        faults.add(
            "unused-input", f"{key}.input",
            Text(f"没有规则用到“{error.input}”，它的抽样误差不影响得分",
                 f"no rule uses {error.input!r}, so that its sampling error moves nothing"),
            Text("请写规则所用的数据项，或去掉这一条", "name an input that a rule uses, or remove it"),
        )  # fmt: skip
    else:
        _is_a_share(error, known, key, faults)
        _is_not_absurd(error, known, key, faults)


def _used(scheme: Scheme) -> set[str]:
    return {one.name for one in found_in_rules(scheme) if isinstance(one, Use)}


def _is_a_share(error: SamplingError, known: Input, key: str, faults: Faults) -> None:
    if error.sample is not None and not (known.least == 0 and known.most == 1):
        faults.add(
            "not-a-share", f"{key}.sample",
            Text(f"按份数抽查的“{error.input}”应是比例", f"{error.input!r} must be a share to have a 'sample'"),
            Text('请在inputs中写 type = "share"，或改写standard_error',
                 'declare it in inputs with type = "share", or give its standard_error'),
        )  # fmt: skip


def _is_not_absurd(error: SamplingError, known: Input, key: str, faults: Faults) -> None:
    if not isinstance(error.standard_error, Number):
        return
    value, range_ = error.standard_error.value, None
    if known.least is not None and known.most is not None:
        range_ = known.most - known.least
    if value < 0 or (range_ is not None and value > range_):
        faults.add(
            "absurd-noise", f"{key}.standard_error",
            Text("标准误为负，或大于该数据项的整个取值范围",
                 "the standard error is below 0, or larger than all that the input may be"),
            Text("请核对计量单位", "check its unit of measure"),
        )  # fmt: skip
