"""What an interval covers and what it does not, in sentences that a mayor understands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Scheme
from steelyard.scheme.uncertainty import Uncertainty
from steelyard.weighing.uncertainty.model import Factor


def covers(
    factors: Sequence[Factor], replications: int, confidence: Fraction, *, all_ranked: bool = True
) -> Text:
    """What was drawn anew in every replication, and what the interval then says.

    Without ``all_ranked`` some unit had no rank in some replication, which its interval leaves aside.
    """
    share = f"{float(100 * confidence):g}"
    drawn = Text(
        "；".join(factor.title.say("zh") for factor in factors),
        "; ".join(factor.title.say("en") for factor in factors),
    )
    of = Text() if all_ranked else _OF_THOSE_THAT_RANK_IT
    return Text(
        f"区间怎么来的：重算{replications:,}次，每次随机另取：{drawn.zh}。"
        f"{of.zh}每100次重算中至少有{share}次，一个单位的名次落在它的区间之内。",
        f"What the intervals cover: in {replications:,} replications the following was drawn anew each "
        f"time: {drawn.en}. In at least {share} of 100 replications{of.en} a unit's rank lay within its interval.",
    )  # fmt: skip


_OF_THOSE_THAT_RANK_IT = Text("只看有名次的重算，", " that ranked it")


def omits(scheme: Scheme) -> Text:
    """What could also be wrong and was held as it is."""
    assert scheme.uncertainty is not None
    held = list(_held(scheme, scheme.uncertainty))
    zh, en = "；".join(one.zh for one in held), "; ".join(one.en for one in held)
    return Text(
        f"区间不包括：{zh}。这些若有出入，名次还可能变动得更多。",
        f"What they do not cover: {en}. If any of these is off, ranks may move further.",
    )


def _held(scheme: Scheme, varied: Uncertainty) -> Iterator[Text]:
    if not varied.errors:
        yield Text("抽样误差（细则没有写明哪个数据来自抽样）",
                   "sampling error (the scheme names no figure that comes from a sample)")  # fmt: skip
    yield Text("报送数据中的差错和遗漏", "mistakes and gaps in the figures delivered")
    if varied.spread is None:
        yield _WEIGHTS[scheme.family]
    elif varied.spread.of:
        yield _OTHER_WEIGHTS[scheme.family]
    if scheme.family == "index":
        yield from _methods(varied)
    if _weights_stay(scheme, varied):
        yield Text("由数据算出的权重（只算一次，不随每次重算）",
                   "weights that the data give (computed once, not anew in every replication)")  # fmt: skip
    if scheme.lists and not varied.panels:
        yield Text("换一批评委或评分人", "other reviewers or markers")
    if not varied.leave_out:
        yield Text("少用某一项指标", "leaving out an indicator")
    yield Text("另选一套指标", "another choice of indicators")


def _weights_stay(scheme: Scheme, varied: Uncertainty) -> bool:
    """Whether weights are computed from data of which some are drawn or left out."""
    by = scheme.method.weigh.by if scheme.method else "given"
    return by not in ("given", "equal", "ahp") and bool(varied.errors or varied.leave_out)


_WEIGHTS = {
    "points": Text("另定各项分值", "other points for the items"),
    "index": Text("另定权重", "other weights"),
}
_OTHER_WEIGHTS = {
    "points": Text("所列分组以外的分值", "points of groups other than those named"),
    "index": Text("所列分组以外的权重", "weights of groups other than those named"),
}


def _methods(varied: Uncertainty) -> Iterator[Text]:
    if not varied.impute:
        yield Text("缺失值的其他填补方法", "other ways to fill what is missing")
    if not varied.treat:
        yield Text("异常值的其他处理方法", "other ways to treat outliers")
    if not varied.normalise:
        yield Text("其他标准化方法", "other normalisations")
    if not varied.aggregate:
        yield Text("其他合成方法", "other ways to aggregate")
