"""Made-up findings for a result, with all that papers must show. Nothing here was computed.

The shares fall off on both sides of the published rank; some units are odd on purpose: see
``ODD`` below.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Any

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.uncertainty.findings import (
    Audit,
    CorrelationFlag,
    GroupAudit,
    HowSure,
    Index,
    Interval,
    LeafAudit,
    PairDoubt,
    Sensitivity,
    Swap,
    UnitDoubt,
)
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh
from tests.papers.region import weigh_some, weighed

COVERS = Text(
    "合成示例，不是计算所得。区间怎么来的：重算2,000次，每次随机另取：各项分值上下浮动25%。"
    "每100次重算中至少有90次，一个单位的名次落在它的区间之内。",
    "Made up for tests, not computed. What the intervals cover: in 2,000 replications the points of every "
    "item were drawn anew within 25%. In at least 90 of 100 replications a unit's rank lay within its interval.",
)
OMITS = Text(
    "区间不包括：报送数据中的差错和遗漏；另选一套指标。这些若有出入，名次还可能变动得更多。",
    "What they do not cover: mistakes and gaps in the figures delivered; another choice of indicators. If any "
    "of these is off, ranks may move further.",
)
FACTORS = {
    "weights": Text("各项权重上下浮动25%", "The weights, each within 25%"),
    "normalise": Text(
        "标准化方法：最小最大值法、标准分、名次三者之一，按细则所列逐一替换全部指标的标准化方法",
        "The normalisation: min–max, z-scores or ranks, put in the place of the normalisation of every "
        "indicator as the scheme lists them",
    ),
    "leave_out": Text("少用任何一项指标", "Leaving out any one indicator"),
}
ODD = {"fixed": 0, "shared": 1, "outside": 4, "never_ranked": -1}
"""Where in the ranking the odd ones stand: an interval of width 0, a shared rank, a published rank
outside its interval, and a unit that never has a rank."""

LONG = {
    "zh": "粤港澳大湾区国际科技创新中心知识产权保护示范引领先行先试城市联合体",
    "en": "Greater Bay Area pilot consortium for intellectual property protection and innovation",
}


def doubted(result: Result | None = None, **changes: Any) -> Result:
    """The result with all findings; ``changes`` replace those of how sure."""
    result = result or weighed()
    return replace(
        result, how_sure=replace(how_sure(result), **changes), sensitivity=sensitivity(result),
        audit=audit(result),
    )  # fmt: skip


def doubted_some(count: int, **changes: Any) -> Result:
    """So many cities, the last of which are made up, and their findings."""
    return doubted(weigh_some(count), **changes)


def doubted_index(count: int = 5, **changes: Any) -> Result:
    """An index of made-up cities without grades, one of them with a long name and one without data."""
    units = [
        {"code": f"u{at}", "title": LONG if at == 2 else {"zh": f"第{at}市", "en": f"City {at}"}}
        for at in range(1, count + 1)
    ]
    items = [
        {"code": "P", "title": {"zh": "创造", "en": "Creation"}, "weight": 1},
        {"code": "a", "title": LONG, "parent": "P", "weight": 1},
        {"code": "b", "title": {"zh": "结案率", "en": "Closing rate"}, "parent": "P", "weight": 1},
        {"code": "c", "title": {"zh": "满意度", "en": "Satisfaction"}, "weight": 1},
    ]
    scheme = Scheme.from_document({
        "format": "steelyard-scheme/1", "code": "index-of-tests", "version": "1", "label": "sample",
        "title": {"zh": "测试指数", "en": "Index of tests"}, "family": "index",
        "period": {"starts": "2021-01-01", "ends": "2022-01-01"}, "units": units, "items": items,
        "method": {"aggregate": {"by": "arithmetic", "missing": "missing"}},
    } | changes)  # fmt: skip
    given: dict[str, dict[str, object]] = {
        f"u{at}": {
            "a": (at * 7) % 11 + at,
            "b": (at * 5) % 13,
            "c": None if at == count else at * 2,
        }
        for at in range(1, count + 1)
    }
    return doubted(weigh(scheme, Values.of(scheme, given)))


def how_sure(result: Result) -> HowSure:
    last = len(result.standings) - 1
    units = tuple(_unit(result, one, at, last) for at, one in enumerate(result.standings))
    return HowSure(
        replications=2000, seed=20260101, confidence=Fraction(9, 10), factors=FACTORS, units=units,
        pairs=_pairs(result), covers=COVERS, omits=OMITS,
    )  # fmt: skip


def _unit(result: Result, standing: Standing, at: int, last: int) -> UnitDoubt:
    code, grades = standing.unit.code, [grade.code for grade in result.scheme.grades]
    rank = Fraction(at + 1)
    if at == last + ODD["never_ranked"] + 1:
        return UnitDoubt(code, None, None, None, None, {}, 1.0, "", {"": 1.0})
    if at == ODD["fixed"]:
        sure = {standing.grade: 1.0}
        return UnitDoubt(code, rank, Interval(1, 1), 1, Interval(98.2, 99.1), {1: 1.0}, 0.0,
                         standing.grade, sure)  # fmt: skip
    middle = at + 1
    if at in (ODD["shared"], ODD["shared"] + 1):
        rank = Fraction(5, 2)
    if at == ODD["outside"] and last > 8:
        middle = at + 5
    return UnitDoubt(
        code, rank, _interval(middle, 2 + at % 3, last), float(middle), Interval(60 + at / 9, 70 + at / 9),
        _shares(middle, 2 + at % 3, last), 0.0, standing.grade,
        _grades(grades, standing.grade, at),
    )  # fmt: skip


def _interval(middle: int, reach: int, last: int) -> Interval:
    return Interval(max(middle - reach, 1), min(middle + reach, last + 1), 0.5, 1.0)


def _shares(middle: int, reach: int, last: int) -> dict[int, float]:
    places = range(max(middle - reach - 1, 1), min(middle + reach + 1, last + 1) + 1)
    raw = {place: 2.0 ** -abs(place - middle) for place in places}
    raw |= {places[0]: 0.002, places[-1]: 0.03}
    return {place: one / sum(raw.values()) for place, one in raw.items()}


def _grades(grades: list[str], own: str, at: int) -> dict[str, float]:
    if own not in grades:
        return {"": 1.0}
    beside = grades[max(grades.index(own) - 1, 0)] if at % 2 else grades[-1]
    share = (0.9996, 0.63, 0.81)[at % 3]
    return {own: 1.0} if beside == own else {own: share, beside: 1 - share}


def _pairs(result: Result) -> tuple[PairDoubt, ...]:
    units = [one.unit.code for one in result.standings]
    leaves = [item.code for item in result.scheme.leaves]
    why = Text(
        "没有一项更好，任何权重都换不了位。", "Better on nothing: no weights would swap them."
    )
    pairs = []
    for at, (ahead, behind) in enumerate(pairwise(units)):
        probability = (0.63, 0.9996, 0.5, 0.84)[at % 4]
        swap = Swap(0.021 + at / 1000, ((leaves[0], 0.2, 0.179), (leaves[-1], 0.1, 0.121)))
        level = Swap(0.0, ())
        changed = None if at % 4 == 3 else level if at % 4 == 2 else swap
        pairs.append(
            PairDoubt(ahead, behind, probability, 0.0108, changed, Text() if changed else why)
        )
    return tuple(pairs)


def sensitivity(result: Result) -> Sensitivity:
    first = {
        "weights": Index(0.31, 0.05),
        "normalise": Index(0.42, 0.06),
        "leave_out": Index(0.0, 0.0),
    }
    total = {
        "weights": Index(0.5, 0.06),
        "normalise": Index(0.61, 0.07),
        "leave_out": Index(0.02, 0.03),
    }
    units = [one.unit.code for one in result.standings]
    return Sensitivity(
        base=1024, runs=5120, seed=20260101, confidence=Fraction(19, 20), factors=FACTORS,
        shift_first=first, shift_total=total, by_unit_first=dict.fromkeys(units, first),
        by_unit_total=dict.fromkeys(units, total),
        says=Text("合成示例：标准化方法影响最大。", "Made up for tests: the normalisation moves the ranking most."),
    )  # fmt: skip


def audit(result: Result) -> Audit:
    leaves, units = result.scheme.leaves, [one.unit.code for one in result.standings]
    found = tuple(
        LeafAudit(
            leaf.code, 0.998 if at % 2 else 1.0, -0.3 + at, None if at == 1 else 1.5,
            tuple(units[: at % 5]), 1 / len(leaves), None if at == 2 else (0.5 if at == 0 else 0.04),
            0.4 - at / 10,
        )
        for at, leaf in enumerate(leaves)
    )  # fmt: skip
    top = tuple(item.code for item in result.scheme.children[""])
    flags = (
        CorrelationFlag(leaves[0].code, leaves[1].code, 0.97, "redundant"),
        CorrelationFlag(leaves[0].code, leaves[2].code, -0.58, "opposed"),
        CorrelationFlag(leaves[1].code, "", 0.08, "weak"),
    )
    groups = (
        GroupAudit("", top, 0.704, (0.6, 0.4), 1),
        GroupAudit(top[0], tuple(c.code for c in result.scheme.children[top[0]]), -1.2, (), 0),
    )
    note = Text("合成示例，不是计算所得。", "Made up for tests, not computed.")
    return Audit(found, flags, groups, (note,))
