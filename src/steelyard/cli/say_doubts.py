"""How sure the ranking is, which choice moves it, and the index itself: as the terminal says it."""

from __future__ import annotations

from collections.abc import Iterator

from steelyard.cli.say import show_rank, table
from steelyard.kernel.bilingual import Lang, Text
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import (
    Audit,
    HowSure,
    Index,
    Interval,
    LeafAudit,
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
        yield from _audit(result, result.audit, lang)


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
    head = Text(
        f"哪项选择最影响名次（基础样本{found.base}，共计算{found.runs}次）",
        f"Which choice moves the ranking? (base sample {found.base}, {found.runs} runs)",
    )
    headings = Text("选择|单独|连同交互", "Choice|Alone|With interplay").say(lang).split("|")
    rows = [
        [title.say(lang), _index(found.shift_first[name]), _index(found.shift_total[name])]
        for name, title in found.factors.items()
    ]
    return "\n".join(
        [head.say(lang), table(headings, rows, right=(1, 2)),
         found.says.say(lang)]
    )  # fmt: skip


def _index(index: Index) -> str:
    return f"{index.value:.2f} ± {index.error:.2f}"


# --- the index itself ----------------------------------------------------------------------------


def _audit(result: Result, found: Audit, lang: Lang) -> Iterator[str]:
    headings = Text(
        "指标 有数据 离群 名义权重 实际影响", "Indicator Known Outliers Weight Influence"
    )
    rows = [_leaf(result, leaf, lang) for leaf in found.leaves]
    title = Text("指标体系体检", "The index itself").say(lang)
    yield f"{title}\n{table(headings.say(lang).split(), rows, right=(1, 2, 3, 4))}"
    said = [*_flags(found, lang), *_groups(found, lang), *(note.say(lang) for note in found.notes)]
    if said:
        yield "\n".join(said)


def _leaf(result: Result, leaf: LeafAudit, lang: Lang) -> list[str]:
    title = result.scheme.item[leaf.item].title.say(lang)
    return [
        f"{leaf.item} {title}".strip(),
        f"{100 * leaf.known:.0f}%",
        str(len(leaf.outliers)) if leaf.outliers else "",
        f"{100 * leaf.nominal:.1f}%",
        "—" if leaf.effective is None else f"{100 * leaf.effective:.1f}%",
    ]


_KINDS = {
    "redundant": Text("几乎重复", "say nearly the same"),
    "opposed": Text("此消彼长", "pull against each other"),
    "weak": Text("几乎无关", "have little to do with each other"),
}


def _flags(found: Audit, lang: Lang) -> Iterator[str]:
    for flag in found.flags:
        kind = _KINDS[flag.kind]
        yield Text(
            f"{flag.item}与{flag.other}{kind.zh}（相关系数{flag.correlation:.2f}）。",
            f"{flag.item} and {flag.other} {kind.en} (correlation {flag.correlation:.2f}).",
        ).say(lang)


def _groups(found: Audit, lang: Lang) -> Iterator[str]:
    for group in found.groups:
        if group.alpha is not None:
            name = group.group or Text("总分", "the total").say(lang)
            yield Text(
                f"{name}：克朗巴赫α系数{group.alpha:.2f}。",
                f"{name}: Cronbach's alpha {group.alpha:.2f}.",
            ).say(lang)
