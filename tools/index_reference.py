"""Makes docs/reference/index_methods.md: what each step of an index can do, and what holds of it.

Names come from ``steelyard.weighing.index.called``, sentences on missing data from
``steelyard.scheme.method.FAVOURS``, and properties from the search of ``tools.index_properties``.
"""

# ruff: noqa: E501 (a row of a table stays on its line)

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from steelyard.kernel.bilingual import Text
from steelyard.scheme import method as said
from steelyard.weighing.index import called
from tools import index_properties
from tools.rules_reference import table


@dataclass(frozen=True, slots=True)
class About:
    """What one method does, the keys that only it reads, and where it comes from."""

    does: str
    keys: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """A table of methods under one key of ``[method]``."""

    zh: str
    en: str
    toml: str
    before: str
    methods: Mapping[str, About]
    names: Mapping[str, Text]


_HANDBOOK = "OECD/JRC 2008"
_DISTANCE = '`as = "scaled"`, `"ratio"` or `"difference"`; `onto`'
TRANSFORM = {
    "log10": About("log₁₀ x; x above 0"),
    "ln": About("ln x; x above 0", source="income in UNDP's Human Development Index"),
    "sqrt": About("√x; x from 0 up"),
}
IMPUTE = {
    "none": About("stays missing, for aggregation to deal with"),
    "mean": About("the mean of the known values", source=_HANDBOOK),
    "median": About("the median of the known values", source=_HANDBOOK),
    "group_mean": About("the mean of the known values of its group", "`group`, a text input; else the peer group", _HANDBOOK),
    "group_median": About("the median of the known values of its group", "`group`, likewise", _HANDBOOK),
    "previous": About("the unit's value of the period before, denominated and transformed alike"),
}  # fmt: skip
TREAT = {
    "none": About("values stay as they are"),
    "winsorise": About(
        "one point after another, at the end of the skew, takes the value of the next, until one of the two is in bounds; "
        "if `at_most` points do not do, `then` is done to the untouched values",
        "`at_most = 5`, `then = \"none\"`, `\"log\"` or `\"box_cox\"`", "JRC's COIN Tool",
    ),
    "log": About("ln(x − min + 1% of the range); skewed to the left, the column is turned over and back", "", "JRC's COIN Tool"),
    "box_cox": About("(x^λ − 1) ÷ λ with λ of greatest likelihood, after x − min + 1% of the range if x is not above 0", "", "Box and Cox 1964"),
}  # fmt: skip
NORMALISE = {
    "none": About("x"),
    "min_max": About("(x − min) ÷ (max − min)", "`onto = [0, 100]`", _HANDBOOK),
    "z_score": About("(x − mean) ÷ s, with s over n − 1", "`onto = [mean, sd]`, here [0, 1]; `per = \"units\"`: s over n", _HANDBOOK),
    "rank": About("1 for the worst, n for the best; equals share the lower", "", _HANDBOOK),
    "percentile_rank": About("(rank − 1) ÷ (n − 1)", "`onto = [0, 100]`; `per = \"units\"`: rank ÷ n", _HANDBOOK),
    "borda": About("how many units are worse; an equal counts a half", "", "Borda 1784"),
    "goalposts": About("(x − low) ÷ (high − low), held to the ends", "`goalposts = [low, high]` of the item; `onto = [0, 100]`; `trim = false` lets it pass the ends", "UNDP"),
    "distance_to_target": About("distance to the item's target; beyond it counts as there", f"`target` of the item; `trim`; {_DISTANCE}", _HANDBOOK),
    "distance_to_maximum": About("distance to the best value", _DISTANCE, _HANDBOOK),
    "distance_to_reference": About("distance to a mean, best, worst or named unit", f"`reference = \"mean\"`, `\"best\"`, `\"worst\"` or a code; {_DISTANCE}, here `ratio`", _HANDBOOK),
    "fraction_of_maximum": About("x ÷ max; less is better: min ÷ x", "`onto = [0, 1]`", "COINr"),
    "above_or_below_mean": About("1 above the mean by more than `margin` of it (a fifth, unless said), −1 below by more, else 0", "`margin`", _HANDBOOK),
    "categorical": About("the score of the band that holds rank ÷ n", "`bands = [[upper percentile, score], …]`, percentiles as shares, the lowest first", _HANDBOOK),
}  # fmt: skip
WEIGH = {
    "given": About("the items' `weight`, 1 if not said, over their sum", "`weight` of items"),
    "equal": About("1 ÷ children"),
    "pca": About(
        "the largest squared loading of each child after varimax, over their sum",
        "`eigenvalue_above = 1`: which components stay", f"{_HANDBOOK}, section 6.1; Kaiser 1958",
    ),
    "equal_influence": About(
        "weights with which each child's squared correlation with the mean is the same; the nearest where that would need one below 0",
        "", "Paruolo, Saisana and Saltelli 2013; Becker et al. 2017",
    ),
    "ahp": About(
        "the principal eigenvector of pairwise judgements; refused if they contradict each other",
        "`judgements` of the group, a row a child; `consistency_at_most = 0.1`", "Saaty 1980",
    ),
}  # fmt: skip
AGGREGATE = {
    "arithmetic": About("Σ w x", source=_HANDBOOK),
    "geometric": About("Π x^w; every x above 0", source=_HANDBOOK),
    "harmonic": About("1 ÷ Σ w/x; every x above 0"),
    "generalised": About("(Σ w x^p)^(1/p); p = 0 is the geometric mean", "`power`"),
    "owa": About("Σ v x₍ᵢ₎, x from the best down; weights of items do not count", "`order_weights`, the best value's first", "Yager 1988"),
    "copeland": About("units beaten less units lost to, a pair won by the weight of the children on which it is better", "", f"Copeland 1951; {_HANDBOOK}, section 7.3"),
    "mazziotta_pareto": About("M − S² ÷ M, with mean M and variance S² (over n) of the unit's children", "`penalty = \"minus\"` or `\"plus\"`; z-scores `onto = [100, 10]`", "De Muro, Mazziotta and Pareto 2011"),
    "adjusted_mazziotta_pareto": About("the same on goalposts", "`penalty`; goalposts `onto = [70, 130]`", "Mazziotta and Pareto 2016"),
    "benefit_of_the_doubt": About("the most that a unit can get under weights that lift no unit above 1; weights of items do not count", "`least_share`, `most_share` of the sum of weights", "Melyn and Moesen 1991; Cherchye et al. 2007"),
}  # fmt: skip
_CALLED_MISSING = {
    "reweight": Text("按已有各项重新赋权", "weigh the others anew"),
    "refuse": Text("拒绝计算", "refuse"),
    "missing": Text("上级也缺", "the whole is missing"),
    "worst": Text("按最低得分", "the lowest score"),
}

STEPS: tuple[Step, ...] = (
    Step("变换", "Transform", "transform = \"…\" of an item",
         "A monotone function of the denominated value; goalposts and targets are transformed too.", TRANSFORM, called.TRANSFORM),
    Step("插补", "Impute", "[method.impute] by = \"…\"",
         "Missing values of an indicator; an item may have its own `impute`.", IMPUTE, called.IMPUTE),
    Step("异常值处理", "Treat", "[method.treat] by = \"…\"",
         "Only where |skewness| > `skew = 2` and excess kurtosis > `kurtosis = 3.5`, both the sample's (G1 and G2 of Joanes and Gill 1998).",
         TREAT, called.TREAT),
    Step("标准化", "Normalise", "[method.normalise] by = \"…\"",
         "More is better in the result: where an item's `direction` is `lower`, x is turned into −x first, and ratios the other way round. "
         "`onto` names the ends of the scale.", NORMALISE, called.NORMALISE),
    Step("赋权", "Weigh", "[method.weigh] by = \"…\"",
         "Of a group's children; they always sum to 1.", WEIGH, called.WEIGH),
    Step("合成", "Aggregate", "[method.aggregate] by = \"…\"",
         "One table for all levels, or a list `[[method.aggregate]]` from the leaves up, the last for all levels above; a group may have its own. "
         "x are the children's scores and w their weights.", AGGREGATE, called.AGGREGATE),
)  # fmt: skip

HEAD = """\
# 综合指数方法 · Methods of an index

An index scheme (`family = "index"`) is computed in steps, each stated in `[method]` or on an item of the
[scheme](../guides/write_a_scheme.md): screen → denominate → transform → impute → treat → normalise → weigh → aggregate → rank.
Every step's table is in `result.json`. This page is made from the code. Sources: OECD/JRC 2008 is the *Handbook on
Constructing Composite Indicators*.

## 筛选 · Screen

`[method.screen]` leaves out indicators of which fewer units than `indicators_at_least` have a value, then units that have fewer
indicators than `units_at_least`. Both are shares, 0 by default, and inclusive.

## 去规模 · Denominate

`denominator = "population"` on an item divides by that input, `per = 10000` then multiplies. A denominator of 0 is refused.
"""


def page() -> str:
    """The text of docs/reference/index_methods.md."""
    return "\n".join([HEAD, *(_step(step) for step in STEPS), _missing(), _ranks(), *_properties()])


def _step(step: Step) -> str:
    rows = [
        (f"`{key}`", f"{step.names[key].zh} · {step.names[key].en}", about.does, about.keys, about.source)
        for key, about in step.methods.items()
    ]  # fmt: skip
    heads = ("by", "方法 · method", "formula", "keys", "source")
    return f"## {step.zh} · {step.en}\n\n`{step.toml}`. {step.before}\n\n{table(heads, rows)}"


def _missing() -> str:
    """Whom each policy favours, in the sentences that a result itself carries."""
    rows = [
        (f"`{key}`", f"{name.zh} · {name.en}", f"{said.FAVOURS[key].zh} {said.FAVOURS[key].en}")
        for names, keys in ((called.IMPUTE, get_args(said.ImputeBy)), (_CALLED_MISSING, get_args(said.MissingBy)))
        for key, name in ((key, names[key]) for key in keys)
    ]  # fmt: skip
    text = (
        "`impute` fills a missing value; what is still missing when a group is aggregated is left to `missing = \"…\"` of its "
        "`aggregate`. The ordered weighted average and the benefit of the doubt cannot `reweight`. A result says which policies it met."
    )  # fmt: skip
    heads = ("policy", "做法 · what it does", "有利于谁 · whom it favours")
    return f"## 缺失数据 · Missing data\n\n{text}\n\n{table(heads, rows)}"


def _ranks() -> str:
    return (
        "## 排名 · Rank\n\nRank 1 is the largest score. Scores within `[ranking] tolerance` of the first of a tie share its rank; "
        "nothing is rounded before.\n"
    )  # fmt: skip


# --- properties ----------------------------------------------------------------------------------


def _properties() -> Sequence[str]:
    text = (
        "Found by trying, not by argument: each method is run on small tables drawn from a fixed seed "
        f"({index_properties.DRAWS} a property; {index_properties.DRAWS_OF_PROGRAMMES} where each unit is a linear programme). "
        "✓: no counterexample was met, and the tests look for one among other tables. A number leads to a counterexample.\n"
    )  # fmt: skip
    examples: list[str] = []
    return [
        "## 性质 · Properties\n\n" + text,
        _grid("标准化 · Normalising", index_properties.NORMALISE, index_properties.OF_NORMALISING, examples),
        "Goalposts are (2, 16) and the target is 15, and they stay when the values are rescaled; (…) → (…) reads values → scores.\n",
        _grid("合成 · Aggregating", index_properties.AGGREGATE, index_properties.OF_AGGREGATING, examples),
        "Weights are 0.5, 0.3 and 0.2 of three children; (…) are the scores of one unit. The power of the generalised mean is ½, "
        "the order weights are 1 to 3.\n",
        "### 反例 · Counterexamples\n\n" + "".join(f"{i}. {one}\n" for i, one in enumerate(examples, 1)),
    ]  # fmt: skip


def _grid(
    title: str,
    methods: Sequence[index_properties.Method],
    properties: Sequence[index_properties.Property],
    examples: list[str],
) -> str:
    """A table of methods by properties; the counterexamples it leads to go into ``examples``."""
    heads = ("", *(f"{one.zh} · {one.en}" for one in properties))
    rows = [
        (f"`{method.name}`", *(_verdict(method, one, examples) for one in properties))
        for method in methods
    ]
    meanings = "".join(f"- *{one.en}*: {one.meaning}\n" for one in properties)
    return f"### {title}\n\n{meanings}\n{table(heads, rows)}"


def _verdict(
    method: index_properties.Method, property_: index_properties.Property, examples: list[str]
) -> str:
    met = index_properties.first_counterexample(method, property_)
    if met is None:
        return "✓"
    examples.append(f"`{method.name}`, *{property_.en}*: {met}")
    return f"[{len(examples)}](#反例--counterexamples)"
