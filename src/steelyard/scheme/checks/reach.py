"""Can the points that an item promises be reached, and the caps that it sets?"""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.checks.interval import Reach
from steelyard.scheme.checks.ladders import every_part
from steelyard.scheme.model import Item, Scheme
from steelyard.scheme.parts import Each
from steelyard.scheme.reading.fields import Faults


def check_reach(scheme: Scheme, faults: Faults) -> None:
    for index, item in enumerate(scheme.items):
        if scheme.children[item.code] and item.kind != "item":
            _bonus_group(scheme, item, f"items[{index}]", faults)
        if scheme.children[item.code] or item.rule is None or item.kind == "deduction":
            continue
        _full_points(scheme, item, f"items[{index}]", faults)
    for part, key in every_part(scheme):
        if isinstance(part, Each) and part.at_most is not None:
            _cap(scheme, part, key, faults)


def _full_points(scheme: Scheme, item: Item, key: str, faults: Faults) -> None:
    if item.rule is None or item.points is None or item.full_if is not None:
        return
    most = Reach(scheme, item.points).of_part(item.rule).high
    gap = item.gap.points if item.gap else Fraction(0)
    if most is not None and most + gap < item.points and _fixed_cap(item):
        faults.add(
            "unreachable-points", f"{key}.points",
            Text(f"写的是{plain(item.points)}分，按规则最多只能得{plain(most)}分",
                 f"{plain(item.points)} points are written, but the rule gives {plain(most)} at most"),
            Text("请改正分值或规则；来源本身有误的，用gap写明",
                 "mend the points or the rule; if the source is wrong, say so with gap"),
        )  # fmt: skip


def _bonus_group(scheme: Scheme, item: Item, key: str, faults: Faults) -> None:
    """The points of a bonus or deduction group are a bound; its children must be able to reach it."""
    children = scheme.children[item.code]
    if item.points is None or any(child.points is None for child in children):
        return
    most = sum((child.points or Fraction(0) for child in children), Fraction(0))
    gap = item.gap.points if item.gap else Fraction(0)
    if most + gap < item.points:
        faults.add(
            "unreachable-cap", f"{key}.points",
            Text(f"上限{plain(item.points)}分达不到，下级合计{plain(most)}分",
                 f"the bound of {plain(item.points)} cannot be reached: its children make {plain(most)}"),
            Text("请改正上限；来源本身有误的，用gap写明", "mend the bound; if the source is wrong, use gap"),
        )  # fmt: skip


def _fixed_cap(item: Item) -> bool:
    return item.cap is None or item.cap == "none"


def _cap(scheme: Scheme, part: Each, key: str, faults: Faults) -> None:
    bare = Each(of=part.of, each=part.each, per=part.per, count=part.count, times=part.times)
    most, cap = Reach(scheme).of_part(bare).high, Reach(scheme).of(part.at_most).low
    if most is not None and cap is not None and most < cap:
        faults.add(
            "unreachable-cap", f"{key}.at_most",
            Text(f"上限{plain(cap)}分达不到，最多{plain(most)}分",
                 f"the cap of {plain(cap)} cannot be reached: {plain(most)} at most"),
            Text("请改正上限或每步分值", "mend the cap or the points of a step"),
        )  # fmt: skip
