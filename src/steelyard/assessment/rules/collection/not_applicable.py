"""What becomes of the points of an item that does not apply to a unit, in words?"""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import shown
from steelyard.scheme.model import Item, Scheme, WhenNotApplicable

NOT_APPLICABLE = "not_applicable"
"""Why no points follow, as the weighing says it."""

ADDED_UP = Text(
    "有项目不适用，各项得分直接相加不等于总分：不适用项目的分值按细则处理，见该项目的说明。",
    "An item does not apply: the points of the items, added up, are not the total. What becomes of its"
    " points stands at the item.",
)

_TO_OTHERS: Mapping[WhenNotApplicable, Text] = {
    "rescale": Text("不适用：{points}分归入{others}，按其得分率折算",
                    "not applicable: its {points} points go to {others}, in proportion to what they get"),
    "spread": Text("不适用：{points}分平均分摊到{others}",
                   "not applicable: its {points} points are shared out equally among {others}"),
    "reweight": Text("不适用：权重归入{others}", "not applicable: its weight goes to {others}"),
}  # fmt: skip
_ALONE: Mapping[WhenNotApplicable, Text] = {
    "drop": Text("不适用：不计入得分和可得分", "not applicable: left out of points and full points"),
    "full": Text("不适用：按满分计", "not applicable: counts full points"),
    "zero": Text("不适用：不得分", "not applicable: no points"),
    "mean_of_others": Text("不适用：取其他单位平均分", "not applicable: counts the mean of the others"),
}  # fmt: skip
_BESIDE = Text("不适用：不加分也不扣分", "not applicable: nothing is added or taken away")
_WITH_ITS_GROUP = Text("不适用：分值随上级指标处理", "not applicable: its points go with its group")


def where_its_points_go(scheme: Scheme, item: str) -> Text:
    """By the group of the item, with the items beside it by their codes."""
    leaf = scheme.item[item]
    if leaf.kind != "item":
        return _BESIDE
    group = scheme.item.get(leaf.parent)
    how: WhenNotApplicable = group.when_not_applicable if group else "rescale"
    if how in _ALONE:
        return _ALONE[how]
    others = [one.code for one in _beside(scheme, leaf)]
    if not others:
        return _WITH_ITS_GROUP
    points, said = shown(scheme.full[item]), _TO_OTHERS[how]
    return Text(
        said.zh.format(points=points, others="、".join(others)),
        said.en.format(points=points, others=", ".join(others)),
    )


def _beside(scheme: Scheme, leaf: Item) -> list[Item]:
    """What counts in the same group; a bonus beside it takes nothing over."""
    return [
        one for one in scheme.children[leaf.parent]
        if one.code != leaf.code and one.kind == "item"
    ]  # fmt: skip
