"""Which choice moves the ranking, in two sentences that a mayor understands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from steelyard.kernel.bilingual import Text
from steelyard.weighing.uncertainty.findings import Index

ByFactor = Mapping[str, Index]


def says(titles: Mapping[str, Text], first: ByFactor, total: ByFactor) -> Text:
    """What moves the ranking most, and what is within its error of nothing.

    The indices are those of a mean shift of ranks that varies; see :data:`STAYS` and
    :data:`MOVES_EVENLY` for one that does not.
    """
    order = sorted(titles, key=lambda name: -total[name].value)
    nothing = [name for name in order if _is_nothing(total[name])]
    if len(order) == 1:
        return _only(titles[order[0]])
    if order[0] in nothing:
        return TOO_SMALL
    sentences = [_leading(titles, order, first, total)]
    if nothing:
        sentences.append(_without(titles, nothing))
    return Text("".join(one.zh for one in sentences), " ".join(one.en for one in sentences))


STAYS = Text(
    "这些选择无论怎样定，名次都一样。", "However these choices are made, the ranking is the same."
)
MOVES_EVENLY = Text(
    "个别单位的名次会变，但整个排名偏离公布名次的程度始终一样，与选择无关。",
    "Single ranks move, but the ranking as a whole is always equally far from the published one, "
    "whatever is chosen.",
)
TOO_SMALL = Text(
    "样本太小，还看不出哪项选择影响名次：请加大基础样本。",
    "The sample is too small to tell which choice moves the ranking: ask with a larger base.",
)


def _only(title: Text) -> Text:
    return Text(
        f"只有“{_within_quotes(title.say('zh'))}”可以不同，名次的变动全部由此而来。",
        f"Only “{title.say('en')}” could be different: all movement of the ranking comes from it.",
    )


def _is_nothing(index: Index) -> bool:
    """What is within its error of 0; a choice that varies nothing has 0 and no error."""
    return index.value - index.error <= 0


def _leading(
    titles: Mapping[str, Text], order: Sequence[str], first: ByFactor, total: ByFactor
) -> Text:
    name = order[0]
    title, doubt = titles[name], _rivals(titles, order, total)
    share = _share(first[name], _of_100(total[name]))
    return Text(
        f"名次变动最受“{_within_quotes(title.say('zh'))}”影响：{share.zh}{doubt.zh}。",
        f"What moves the ranking most is “{title.say('en')}”: {share.en}{doubt.en}.",
    )


def _share(alone: Index, whole: str) -> Text:
    if _of_100(alone) == "0%":
        return Text(
            f"单独几乎不起作用，但与其他选择相互作用，决定变动的{whole}",
            f"alone it makes next to none of the movement, but {whole} together with the other choices",
        )
    if _is_nothing(alone):
        return Text(
            f"连同它与其他选择的相互作用，决定变动的{whole}，单独的影响在误差之内，看不出来",
            f"it makes {whole} of the movement together with the other choices; what it makes alone cannot "
            "be told from none",
        )
    return Text(
        f"单是这一项就决定变动的{_of_100(alone)}，连同它与其他选择的相互作用是{whole}",
        f"it makes {_of_100(alone)} of the movement alone, and {whole} together with the other choices",
    )


def _within_quotes(text: str) -> str:
    """
    >>> _within_quotes("“满意度”的抽样误差")
    '‘满意度’的抽样误差'
    """
    return text.translate({ord("“"): "‘", ord("”"): "’"})


def _rivals(titles: Mapping[str, Text], order: Sequence[str], total: ByFactor) -> Text:
    """Those whose index may as well be the largest: their intervals meet the leader's."""
    least = total[order[0]].value - total[order[0]].error
    near = [name for name in order[1:] if total[name].value + total[name].error >= least]
    if not near:
        return Text("", "")
    named = _listed(titles, near)
    return Text(
        f"；在误差之内，{named.zh}的影响可能同样大",
        f"; within the error, {named.en} may matter as much",
    )


def _without(titles: Mapping[str, Text], names: Sequence[str]) -> Text:
    named = _listed(titles, names)
    return Text(
        f"{named.zh}在误差之内，看不出有影响。",
        f"The effect of {named.en} cannot be told from none.",
    )


def _listed(titles: Mapping[str, Text], names: Sequence[str]) -> Text:
    zh = "、".join(f"“{_within_quotes(titles[name].say('zh'))}”" for name in names)
    en = [f"“{titles[name].say('en')}”" for name in names]
    return Text(zh, " and ".join([", ".join(en[:-1]), en[-1]]) if en[1:] else en[0])


def _of_100(index: Index) -> str:
    """An estimate may lie a little below 0 or above 1; a share does not.

    >>> _of_100(Index(-0.01, 0.02)), _of_100(Index(0.624, 0.02))
    ('0%', '62%')
    """
    return f"{100 * min(max(index.value, 0.0), 1.0):.0f}%"
