"""What to know when reading an audit: who lacks data, what decides nothing, what a figure means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT
from steelyard.weighing.audit.correlations import LEAST_UNITS, WEAK, by_chance, varies
from steelyard.weighing.audit.looked import Looked
from steelyard.weighing.index.called import listed
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import GroupAudit, LeafAudit


def notes(
    result: Result, looked: Looked, leaves: Sequence[LeafAudit], groups: Sequence[GroupAudit]
) -> tuple[Text, ...]:
    found = [
        *_too_few(looked),
        *_few(looked),
        *_units_without_data(result, looked),
        *_deciding_nothing(result, looked),
        *_against_the_total(result, looked, leaves),
        *_beside_the_points(result, leaves),
        *_outliers(result, leaves),
        *_influence(leaves),
        *_alpha(groups),
        *_pair_by_pair(looked),
    ]
    return tuple(found)


def _named(result: Result, code: str) -> Text:
    title = result.scheme.item[code].title
    return Text(f"{code} {title.say('zh')}".strip(), f"{code} {title.say('en')}".strip())


def _ranked(looked: Looked) -> int:
    return int(np.sum(~np.isnan(looked.scores[ROOT])))


def _few(looked: Looked) -> Iterator[Text]:
    """As long as chance alone passes the bound below which a correlation counts as weak."""
    ranked = _ranked(looked)
    chance = by_chance(ranked)
    if ranked >= LEAST_UNITS and chance > WEAK:
        yield Text(
            f"只有{ranked}个单位：毫不相干的两项，相关系数的绝对值也可能碰巧到{chance:.2f}（二十次中一次），"
            "这些数字宜作线索看。",
            f"With {ranked} units, two unrelated columns correlate by ±{chance:.2f} in one of twenty cases: "
            "take these figures as hints.",
        )


def _too_few(looked: Looked) -> Iterator[Text]:
    ranked = _ranked(looked)
    if ranked < LEAST_UNITS:
        yield Text(
            f"只有{ranked}个单位有总分，少于{LEAST_UNITS}个，无法计算相关系数、α系数、主成分和实际影响。",
            f"Only {ranked} units have a total: correlations, alpha, components and influence need "
            f"{LEAST_UNITS}.",
        )
    elif not varies(looked.scores[ROOT]):
        yield Text(
            "各单位总分相同，谈不上哪项指标影响总分。",
            "All totals are equal: no indicator has any influence on them.",
        )


def _units_without_data(result: Result, looked: Looked) -> Iterator[Text]:
    """The share of what applies to a unit that is known of it, the least first."""
    table = np.array([looked.known[code] for code in looked.leaves])
    applying = (~np.isnan(table)).sum(axis=0)
    shares = np.nansum(table, axis=0) / np.maximum(applying, 1)
    lacking = [
        row for row in np.argsort(shares, kind="stable") if shares[row] < 1 and applying[row]
    ]
    if lacking:
        names = [_share_of(result, looked.units[row], float(shares[row])) for row in lacking]
        told = listed(names)
        yield Text(
            f"数据不全的单位（括号内为有数据的指标占比）：{told.zh}。",
            f"Not all is known of (in brackets, the share of indicators known): {told.en}.",
        )


def _share_of(result: Result, unit: str, share: float) -> Text:
    title = result.scheme.unit[unit].title
    of_100 = f"{min(100 * share, 99.9):.3g}%"
    return Text(f"{title.say('zh') or unit}（{of_100}）", f"{title.say('en') or unit} ({of_100})")


def _deciding_nothing(result: Result, looked: Looked) -> Iterator[Text]:
    even = [c for c in looked.leaves if c in looked.scores and not varies(looked.scores[c])]
    if even and _ranked(looked) >= LEAST_UNITS:
        told = listed([_named(result, code) for code in even])
        yield Text(
            f"各单位得分相同（或不足三个单位有分），不起区分作用：{told.zh}。",
            f"All units score the same (or fewer than three have a score), so that it decides nothing: "
            f"{told.en}.",
        )


def _against_the_total(
    result: Result, looked: Looked, leaves: Sequence[LeafAudit]
) -> Iterator[Text]:
    """By more than comes about by chance."""
    least = -by_chance(_ranked(looked))
    against = [one for one in leaves if one.with_total is not None and one.with_total < least]
    if against:
        against.sort(key=lambda one: one.with_total or 0.0)
        told = listed([_with_correlation(result, one) for one in against])
        yield Text(
            f"得分越高、总分反而越低（括号内为与总分的相关系数），请核对方向：{told.zh}。",
            f"Who scores higher has a lower total (in brackets, the correlation with it); check the "
            f"direction: {told.en}.",
        )


def _with_correlation(result: Result, leaf: LeafAudit) -> Text:
    name = _named(result, leaf.item)
    return Text(f"{name.zh}（{leaf.with_total:.2f}）", f"{name.en} ({leaf.with_total:.2f})")


def _beside_the_points(result: Result, leaves: Sequence[LeafAudit]) -> Iterator[Text]:
    """Bonus and deduction leaves of a points scheme have no part in the full points, but an influence."""
    beside = [one for one in leaves if not one.nominal and one.effective]
    share = sum(one.effective or 0.0 for one in beside)
    if result.composed is None and share >= 0.005:
        yield Text(
            f"加分项和扣分项不计入满分，却占对总分影响的{100 * share:.0f}%。",
            f"Bonuses and deductions are no part of the full points, yet have {100 * share:.0f}% of the "
            "influence on the totals.",
        )


def _outliers(result: Result, leaves: Sequence[LeafAudit]) -> Iterator[Text]:
    if any(one.outliers for one in leaves):
        before = Text("（处理之前）", " (before treatment)") if result.composed else Text("", "")
        yield Text(
            f"离群{before.zh}：偏度与峰度都超出界限时，须拉回方能合乎界限的单位。界限用细则自己的；细则未写的，"
            "按欧盟联合研究中心的惯例，偏度绝对值2、峰度3.5。",
            f"Outliers{before.en} are the units that would have to be drawn in where skewness and kurtosis "
            "are both out of bounds: the scheme's own bounds, or else the JRC's, 2 and 3.5.",
        )


def _influence(leaves: Sequence[LeafAudit]) -> Iterator[Text]:
    if any(one.effective is not None for one in leaves):
        yield Text(
            "实际影响是指标得分与总分相关系数的平方，折算为合计100%；彼此相关的指标会互相抬高。",
            "Influence is the squared correlation of an indicator's scores with the totals, scaled to 100%; "
            "indicators that go together lift each other.",
        )


def _alpha(groups: Sequence[GroupAudit]) -> Iterator[Text]:
    if any(group.alpha is not None for group in groups):
        yield Text(
            "α系数说明同组指标是否同升同降，通常以0.7以上为一致；它不说明指标选得对不对，且指标越多越高。",
            "Alpha says whether the indicators of a group rise and fall together (0.7 is the usual mark), "
            "not whether they are the right ones; it grows with their number.",
        )


def _pair_by_pair(looked: Looked) -> Iterator[Text]:
    if any(np.isnan(column).any() for column in looked.scores.values()):
        yield Text(
            "缺少得分的单位只在相关的两项之间略去。",
            "Units without a score are left out of those pairs alone.",
        )
