"""Do the points of children sum to those of their parent, and has every leaf what it needs?"""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.model import ROOT, Item, Scheme
from steelyard.scheme.reading.fields import Faults


def check_sums(scheme: Scheme, faults: Faults) -> None:
    keys = {item.code: f"items[{index}]" for index, item in enumerate(scheme.items)}
    for item in scheme.in_order:
        key = "total" if item.code == ROOT else keys[item.code]
        if scheme.children[item.code]:
            _group(scheme, item, key, faults)
        else:
            _leaf(scheme, item, key, faults)
        _weight(item, key, faults)


def _group(scheme: Scheme, item: Item, key: str, faults: Faults) -> None:
    if scheme.family == "points":
        _points_sum(scheme, item, key, faults)
        _weights_sum(scheme, item, key, faults)
    elif item.rule is not None:
        _no_rule_in_an_index(key, faults)


def _points_sum(scheme: Scheme, item: Item, key: str, faults: Faults) -> None:
    if item.points is None or item.combine not in ("sum", "mean", "weighted_mean"):
        return
    gap = item.gap.points if item.gap else Fraction(0)
    made = scheme._joined(item, scheme.full)
    if item.kind == "item" and item.rule is None and made + gap != item.points:
        _wrong_sum(scheme, item, made, key, faults)


def _wrong_sum(scheme: Scheme, item: Item, made: Fraction, key: str, faults: Faults) -> None:
    parts = [
        plain(scheme.full[child.code])
        for child in scheme.children[item.code]
        if child.kind == "item"
    ]
    sum_ = " + ".join(parts)
    written = plain(item.points or Fraction(0))
    how = {"sum": "合计", "mean": "平均", "weighted_mean": "加权平均"}[item.combine]
    faults.add(
        "points-do-not-sum", f"{key}.points",
        Text(f"写的是{written}分，下级{how}为{plain(made)}分（{sum_}）",
             f"{written} points are written, but its children make {plain(made)} ({sum_})"),
        Text("请改正分值；来源本身有误的，用gap写明差额和说明",
             "mend the points; if the source itself is wrong, say so with gap = { points, note }"),
    )  # fmt: skip


def _weights_sum(scheme: Scheme, item: Item, key: str, faults: Faults) -> None:
    if item.combine != "weighted_mean":
        return
    weights = [child.weight for child in scheme.children[item.code] if child.kind == "item"]
    if weights and not sum(weights, Fraction(0)):
        faults.add(
            "no-weight", key,
            Text("下级的权重合计为0", "the weights of its children sum to 0"),
            Text("请写大于0的权重", "give at least one child a weight above 0"),
        )  # fmt: skip


def _leaf(scheme: Scheme, item: Item, key: str, faults: Faults) -> None:
    if scheme.family == "index":
        if item.rule is not None:
            _no_rule_in_an_index(key, faults)
        return
    if item.code != ROOT and item.rule is None:
        faults.add(
            "no-rule", key,
            Text("没有计分规则", "it has no rule"),
            Text('请写rule，例如 rule = { points = "15 * rate" }',
                 'write a rule, such as rule = { points = "15 * rate" }'),
        )  # fmt: skip
    if item.code != ROOT and item.points is None and item.kind == "item" and item.cap is None:
        faults.add(
            "no-points", key,
            Text("没有分值", "it has no points"),
            Text("请写points；不设满分的，写 cap = \"none\" 和 points = 0",
                 'write points; if there is no full mark, write points = 0 and cap = "none"'),
        )  # fmt: skip


def _no_rule_in_an_index(key: str, faults: Faults) -> None:
    faults.add(
        "rule-in-index", f"{key}.rule",
        Text("指数细则的指标没有rule", "an index scheme has no rules"),
        Text("请删除rule，或将family改为points", "remove the rule, or make the family 'points'"),
    )  # fmt: skip


def _weight(item: Item, key: str, faults: Faults) -> None:
    if item.weight < 0 or (item.points is not None and item.points < 0):
        name = "weight" if item.weight < 0 else "points"
        faults.add(
            "negative", f"{key}.{name}",
            Text("分值和权重不能为负", "points and weights are not negative"),
            Text('扣分项写 kind = "deduction" 和正的分值', 'write kind = "deduction" with its size'),
        )  # fmt: skip
