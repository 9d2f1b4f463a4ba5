"""How sure the ranking is, which choice moves it, and the index itself: as the terminal says it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from steelyard.cli.say import show_rank, table
from steelyard.cli.say_audit import audited, bounded
from steelyard.kernel.bilingual import Lang, Text
from steelyard.papers.doubts import at_its_rank, index_said, interval_said, pair_said
from steelyard.papers.numbers import of_100
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, PairDoubt, Sensitivity


def paragraphs(result: Result, lang: Lang) -> Iterator[str]:
    """One after the other, each of some lines."""
    if result.how_sure is not None:
        yield from _how_sure(result, result.how_sure, lang)
    if result.sensitivity is not None:
        yield _sensitivity(result.sensitivity, lang)
    if result.audit is not None:
        yield from audited(result, result.audit, lang)


def _title(result: Result, unit: str, lang: Lang) -> str:
    return result.scheme.unit[unit].title.say(lang) or unit


# --- how sure ------------------------------------------------------------------------------------


def _how_sure(result: Result, found: HowSure, lang: Lang) -> Iterator[str]:
    head = Text(
        f"名次有多稳（重算{found.replications:,}次，种子{found.seed}）",
        f"How sure is this ranking? (weighed {found.replications:,} times, seed {found.seed})",
    )
    yield f"{head.say(lang)}\n{_intervals(result, found, lang)}"
    doubtful = [pair for pair in found.pairs if pair.is_doubtful]
    if doubtful:
        said = [pair_said(result, pair, lang) for pair in doubtful]
        yield "\n".join([_doubtful(found, doubtful).say(lang), *bounded(said, lang)])
    yield f"{found.covers.say(lang)}\n{found.omits.say(lang)}"


def _doubtful(found: HowSure, doubtful: Sequence[PairDoubt]) -> Text:
    count, whole = len(doubtful), len(found.pairs)
    return Text(
        f"相邻单位{whole}对，其中{count}对的先后次序在十次重算中成立不到九次：",
        f"Of {whole} pairs of neighbours {count} kept their order in fewer than nine of ten replications:",
    )


def _intervals(result: Result, found: HowSure, lang: Lang) -> str:
    share = f"{float(100 * found.confidence):g}%"
    headings = Text(
        f"名次|单位|{share}区间|居此名次|居此等次",
        f"Rank|Unit|{share} interval|At its rank|In its grade",
    )
    cells = headings.say(lang).split("|")
    doubt = {one.unit: one for one in found.units}
    rows = [
        [
            show_rank(standing),
            _title(result, standing.unit.code, lang),
            interval_said(doubt[standing.unit.code].ranks),
            of_100(at_its_rank(doubt[standing.unit.code])),
            of_100(doubt[standing.unit.code].grade_shares.get(standing.grade)),
        ]
        for standing in result.standings
    ]
    if not result.scheme.grades:
        cells, rows = cells[:4], [row[:4] for row in rows]
    return table(cells, rows, right=(0, 2, 3, 4))


# --- which choice --------------------------------------------------------------------------------


def _sensitivity(found: Sensitivity, lang: Lang) -> str:
    """What it says first, then the figures, the weightiest choice first."""
    head = Text(
        f"哪项选择最影响名次（基础样本{found.base}，种子{found.seed}，共计算{found.runs}次）",
        f"Which choice moves the ranking? (base sample {found.base}, seed {found.seed}, {found.runs} runs)",
    )
    headings = Text("选择|单独|连同相互作用", "Choice|Alone|With the others").say(lang).split("|")
    order = sorted(found.factors, key=lambda name: -found.shift_total[name].value)
    rows = [
        [
            found.factors[name].say(lang) or name,
            index_said(found.shift_first[name]),
            index_said(found.shift_total[name]),
        ]
        for name in order
    ]
    share = f"{float(100 * found.confidence):g}%"
    foot = Text(
        f"数字是名次平均变动的方差中由该选择造成的份额（Sobol指数），±为{share}区间的半宽。",
        f"The figures are shares of the variance of the mean shift of ranks (Sobol indices); ± is half the "
        f"{share} interval.",
    )
    lines = [
        head.say(lang),
        found.says.say(lang),
        table(headings, rows, right=(1, 2)),
        foot.say(lang),
    ]
    return "\n".join(lines)
