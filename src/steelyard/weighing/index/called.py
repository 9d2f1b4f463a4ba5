"""How the methods of each step are called in sentences, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from steelyard.kernel.bilingual import Text

IMPUTE: Mapping[str, Text] = {
    "none": Text("不插补", "nothing"),
    "mean": Text("全体均值", "the mean of all"),
    "median": Text("全体中位数", "the median of all"),
    "group_mean": Text("同组均值", "the mean of the group"),
    "group_median": Text("同组中位数", "the median of the group"),
    "previous": Text("上期数值", "the value of the period before"),
}
TREAT: Mapping[str, Text] = {
    "none": Text("不处理", "no treatment"),
    "winsorise": Text("缩尾", "winsorising"),
    "log": Text("取对数", "the logarithm"),
    "box_cox": Text("Box–Cox变换", "Box–Cox"),
}
NORMALISE: Mapping[str, Text] = {
    "none": Text("原值", "as it is"),
    "min_max": Text("极差", "min–max"),
    "z_score": Text("标准分", "z-scores"),
    "rank": Text("位次", "ranks"),
    "percentile_rank": Text("百分位", "percentile ranks"),
    "borda": Text("Borda计分", "Borda points"),
    "goalposts": Text("目标值区间", "goalposts"),
    "distance_to_target": Text("与目标的距离", "distance to target"),
    "distance_to_maximum": Text("与最大值的距离", "distance to maximum"),
    "distance_to_reference": Text("与参照的距离", "distance to reference"),
    "fraction_of_maximum": Text("占最大值的比例", "fraction of maximum"),
    "above_or_below_mean": Text("高于或低于均值", "above or below the mean"),
    "categorical": Text("百分位分档", "bands of percentiles"),
}
WEIGH: Mapping[str, Text] = {
    "given": Text("给定权重", "given weights"),
    "equal": Text("等权", "equal weights"),
    "pca": Text("主成分", "principal components"),
    "equal_influence": Text("等影响", "equal influence"),
    "ahp": Text("层次分析法", "AHP"),
}
AGGREGATE: Mapping[str, Text] = {
    "arithmetic": Text("算术平均", "the arithmetic mean"),
    "geometric": Text("几何平均", "the geometric mean"),
    "harmonic": Text("调和平均", "the harmonic mean"),
    "generalised": Text("广义平均", "the generalised mean"),
    "owa": Text("有序加权平均", "the ordered weighted average"),
    "copeland": Text("Copeland法", "Copeland's method"),
    "mazziotta_pareto": Text("Mazziotta–Pareto指数", "the Mazziotta–Pareto index"),
    "adjusted_mazziotta_pareto": Text(
        "调整的Mazziotta–Pareto指数", "the adjusted Mazziotta–Pareto index"
    ),
    "benefit_of_the_doubt": Text("疑中获益法", "the benefit of the doubt"),
}
TRANSFORM: Mapping[str, Text] = {
    "log10": Text("常用对数", "the common logarithm"),
    "ln": Text("自然对数", "the natural logarithm"),
    "sqrt": Text("平方根", "the square root"),
}


def listed(names: list[Text], most: int = 5) -> Text:
    """Some names, and how many more.

    >>> listed([Text(name) for name in "abc"], most=2).en
    'a, b and 1 more'
    """
    zh = "、".join(name.say("zh") for name in names[:most])
    en = ", ".join(name.say("en") for name in names[:most])
    more = len(names) - most
    return Text(f"{zh}等{len(names)}个", f"{en} and {more} more") if more > 0 else Text(zh, en)
