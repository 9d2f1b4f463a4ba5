"""How sure the ranking is, which choice moves it, and the index itself: as the terminal says it."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.cli.say import show_rank, table
from steelyard.cli.say_audit import audited
from steelyard.kernel.bilingual import Lang, Text
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import (
    HowSure,
    Index,
    Interval,
    PairDoubt,
    Sensitivity,
    UnitDoubt,
)


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
        f"名次有多稳（重算{found.replications}次，种子{found.seed}）",
        f"How sure is this ranking? (weighed {found.replications} times, seed {found.seed})",
    )
    yield f"{head.say(lang)}\n{_intervals(result, found, lang)}"
    doubtful = [pair for pair in found.pairs if pair.is_doubtful]
    if doubtful:
        yield "\n".join(_pair(result, pair, lang) for pair in doubtful)
    yield f"{found.covers.say(lang)}\n{found.omits.say(lang)}"


def _intervals(result: Result, found: HowSure, lang: Lang) -> str:
    share = f"{float(100 * found.confidence):g}%"
    headings = Text(
        f"名次|单位|{share}区间|本名次|本等次", f"Rank|Unit|{share} interval|This rank|This grade"
    )
    cells = headings.say(lang).split("|")
    doubt = {one.unit: one for one in found.units}
    rows = [
        [
            show_rank(standing),
            _title(result, standing.unit.code, lang),
            _interval(doubt[standing.unit.code].ranks),
            _of_100(_at_its_rank(doubt[standing.unit.code])),
            _of_100(doubt[standing.unit.code].grade_shares.get(standing.grade)),
        ]
        for standing in result.standings
    ]
    if not result.scheme.grades:
        cells, rows = cells[:4], [row[:4] for row in rows]
    return table(cells, rows, right=(0, 2, 3, 4))


def _interval(ranks: Interval | None) -> str:
    if ranks is None:
        return "—"
    if ranks.low == ranks.high:
        return f"{ranks.low:g}"
    return f"{ranks.low:g}–{ranks.high:g}"


def _at_its_rank(unit: UnitDoubt) -> float | None:
    return None if unit.rank is None else unit.rank_shares.get(int(unit.rank), 0.0)


def _of_100(share: float | None) -> str:
    """A share in whole per cents; what is neither sure nor impossible is never shown as if it were.

    >>> _of_100(0.9996), _of_100(1.0), _of_100(0.0004), _of_100(None)
    ('>99%', '100%', '<1%', '—')
    """
    if share is None:
        return "—"
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{100 * share:.0f}%"


def _pair(result: Result, pair: PairDoubt, lang: Lang) -> str:
    ahead, behind = (_title(result, unit, lang) for unit in (pair.ahead, pair.behind))
    share = _of_100(pair.probability)
    said = Text(
        f"{ahead}真的在{behind}之前吗？{share}的重算如此。",
        f"Is {ahead} really ahead of {behind}? In {share} of the replications.",
    )
    return f"{said.say(lang)}{'' if lang == 'zh' else ' '}{_swap(pair).say(lang)}".rstrip()


def _swap(pair: PairDoubt) -> Text:
    if pair.swap is None:
        return pair.why_no_swap
    moved = f"{100 * pair.swap.moved:.2g}%"
    up = "、".join(code for code, before, after in pair.swap.changes if after > before)
    down = "、".join(code for code, before, after in pair.swap.changes if after < before)
    return Text(
        f"把{moved}的权重从{down}移到{up}，二者即持平。" if pair.swap.moved else "二者得分相同。",
        f"Moving {moved} of the weight from {down.replace('、', ', ')} to {up.replace('、', ', ')} "
        "would put them level." if pair.swap.moved else "Their scores are equal.",
    )  # fmt: skip


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
            _index(found.shift_first[name]),
            _index(found.shift_total[name]),
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


def _index(index: Index) -> str:
    """
    >>> _index(Index(-0.001, 0.02)), _index(Index(0.0, 0.0))
    ('0.00 ± 0.02', '0')
    """
    if not index.value and not index.error:
        return "0"
    return f"{index.value:.2f} ± {index.error:.2f}".replace("-0.00", "0.00")
