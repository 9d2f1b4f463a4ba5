"""Is the method sound, before any number is touched? To add a check, write it and put it in CHECKS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from fractions import Fraction
from itertools import pairwise

from steelyard.kernel.bilingual import Text
from steelyard.scheme.method import Normalise
from steelyard.weighing.index import called
from steelyard.weighing.index.log import Log
from steelyard.weighing.index.spec import Spec

_LARGEST = Fraction(10) ** 100


def check(spec: Spec, log: Log) -> None:
    """Every fault of the method into the log; those of one item break only that item."""
    for one in CHECKS:
        one(spec, log)


def numbers_are_of_a_size_for_floats(spec: Spec, log: Log) -> None:
    for item, method in [("", spec.method), *spec.items.items()]:
        if any(abs(number) > _LARGEST for number in _numbers(method)):
            log.refuse(
                item, "too-large",
                Text("method中有绝对值超过1e100的数", "the method holds a number beyond 1e100"),
                Text("请核对小数点和指数", "check its decimals and exponent"),
            )  # fmt: skip


def _numbers(value: object) -> list[Fraction]:
    if isinstance(value, Fraction):
        return [value]
    if isinstance(value, tuple):
        return [number for one in value for number in _numbers(one)]
    if is_dataclass(value):
        return [n for one in fields(value) for n in _numbers(getattr(value, one.name))]
    return []


def scales_run_upwards(spec: Spec, log: Log) -> None:
    """``onto`` from the low end to the high end, a standard deviation above 0, bands rising."""
    for item, how in _normalising(spec):
        if how.onto is not None and how.by == "z_score" and how.onto[1] <= 0:
            log.refuse(
                item, "scale-not-rising",
                Text("标准分的标准差应大于0", "the standard deviation of z-scores must be above 0"),
                Text("请写 onto = [均值, 标准差]", "write onto = [mean, standard deviation]"),
                "normalise.onto",
            )  # fmt: skip
        elif how.onto is not None and how.by != "z_score" and how.onto[0] >= how.onto[1]:
            log.refuse(
                item, "scale-not-rising",
                Text("onto应从低到高；越低越好用direction写",
                     "onto runs from low to high; that less is better is said by direction"),
                Text("例如 onto = [0, 100]，direction = \"lower\"",
                     'write for instance onto = [0, 100] and direction = "lower"'),
                "normalise.onto",
            )  # fmt: skip
        if any(low[0] >= high[0] for low, high in pairwise(how.bands)):
            log.refuse(
                item, "scale-not-rising",
                Text("bands的百分位应由低到高", "the percentiles of bands must rise"),
                Text("请由低到高排列", "put the lowest first"), "normalise.bands",
            )  # fmt: skip


def _normalising(spec: Spec) -> list[tuple[str, Normalise]]:
    own = [(code, one.normalise) for code, one in spec.items.items() if one.normalise is not None]
    return [("", spec.method.normalise), *own]


def goalposts_run_upwards(spec: Spec, log: Log) -> None:
    for item, own in spec.items.items():
        if own.goalposts is not None and own.goalposts[0] >= own.goalposts[1]:
            log.refuse(
                item, "goalposts-not-rising",
                Text("goalposts应先小后大；越低越好用direction写",
                     "goalposts name the smaller number first; that less is better is said by direction"),
                Text("请调换，并核对direction", "swap them, and check the direction"), "goalposts",
            )  # fmt: skip


def aims_lie_in_the_domain(spec: Spec, log: Log) -> None:
    """Goalposts and target are transformed as the values are."""
    for item, own in spec.items.items():
        if own.transform is None:
            continue
        aims = [*(own.goalposts or ()), *([] if own.target is None else [own.target])]
        if any(aim < 0 or (aim == 0 and own.transform != "sqrt") for aim in aims):
            title, how = log.title(item), called.TRANSFORM[own.transform]
            log.refuse(
                item, "outside-domain",
                Text(f"“{title.zh}”的goalposts或target不能{how.zh}（以变换前的单位填写）",
                     f"the goalposts or target of {title.en} have no {own.transform} (they are written "
                     "as before the transformation)"),
                Text("请改为大于0的数", "write numbers above 0"), "goalposts",
            )  # fmt: skip


def groups_are_known(spec: Spec, log: Log) -> None:
    """A mean of the group needs a group for every unit."""
    own = [(code, one.impute) for code, one in spec.items.items() if one.impute is not None]
    for item, how in [("", spec.method.impute), *own]:
        labels = spec.groups.get(how.group, ())
        if how.by.startswith("group") and not (labels and all(labels)):
            log.refuse(
                item, "no-group",
                Text("按同组插补，但有单位没有分组", "imputing by group needs a group for every unit"),
                Text("请在units中写group，或换一种插补方法",
                     "give every unit a group, or impute in another way"),
                "impute",
            )  # fmt: skip


def previous_values_are_there(spec: Spec, log: Log) -> None:
    own = [(code, one.impute) for code, one in spec.items.items() if one.impute is not None]
    for item, how in [("", spec.method.impute), *own]:
        if how.by == "previous" and not spec.previous:
            log.refuse(
                item, "no-previous-period",
                Text("按上期数值插补，但没有上期", "imputing by the previous value needs an earlier period"),
                Text("请在period中写earlier，或换一种插补方法",
                     "name the earlier period in 'period', or impute in another way"),
                "impute",
            )  # fmt: skip


CHECKS: tuple[Callable[[Spec, Log], None], ...] = (
    numbers_are_of_a_size_for_floats,
    scales_run_upwards,
    goalposts_run_upwards,
    aims_lie_in_the_domain,
    groups_are_known,
    previous_values_are_there,
)
