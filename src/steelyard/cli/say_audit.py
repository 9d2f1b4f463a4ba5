"""The index itself, as the terminal says it: what calls for a look, no more than a screen of it.

Everything is in ``result.json``; here stand at most so many rows of each table, and so many flags.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from steelyard.cli.say import table, width
from steelyard.kernel.bilingual import Lang, Text
from steelyard.weighing.index.called import listed
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import (
    Audit,
    CorrelationFlag,
    GroupAudit,
    LeafAudit,
)

MOST = 12
_TITLE = 28
_TOTAL = Text("总分", "the total")


def audited(result: Result, found: Audit, lang: Lang) -> Iterator[str]:
    """Leaves, groups, flags, notes: one paragraph each, where there is something to say."""
    yield f"{Text('指标体系体检', 'The index itself').say(lang)}\n{_leaves(result, found, lang)}"
    groups = [group for group in found.groups if group.explained]
    if groups:
        yield _groups(result, groups, lang)
    said = [*_misleading(result, found, lang), *_flags(result, found.flags, lang)]
    if said:
        yield "\n".join(bounded(said, lang))
    if found.notes:
        yield "\n".join(note.say(lang) for note in found.notes)


def bounded(lines: Sequence[str], lang: Lang, most: int = MOST) -> list[str]:
    """The first lines, and how many more there are.

    >>> bounded(["a", "b", "c"], "en", most=2)
    ['a', 'b', '… and 1 more: see result.json']
    """
    more = len(lines) - most
    if more <= 0:
        return list(lines)
    rest = Text(f"……另有{more}条，见result.json", f"… and {more} more: see result.json")
    return [*lines[:most], rest.say(lang)]


# --- leaves --------------------------------------------------------------------------------------


def _leaves(result: Result, found: Audit, lang: Lang) -> str:
    """All leaves if they fit; else those in which there is something to see."""
    shown = [*found.leaves]
    if len(shown) > MOST:
        shown = sorted((one for one in shown if _is_worth_a_look(one)), key=_how_far, reverse=True)
    headings = Text(
        "指标|有数据|离群单位|名义权重|实际影响", "Indicator|Known|Outliers|Weight|Influence"
    )
    rows = [_leaf(result, leaf, lang) for leaf in shown[:MOST]]
    lines = [table(headings.say(lang).split("|"), rows, right=(1, 3, 4))] if rows else []
    rest = len(found.leaves) - len(rows)
    if rest:
        lines.append(
            Text(f"其余{rest}项指标见result.json", f"the other {rest}: see result.json").say(lang)
        )
    return "\n".join(lines)


def _is_worth_a_look(leaf: LeafAudit) -> bool:
    return leaf.known < 1 or bool(leaf.outliers) or leaf.misleads or leaf.effective is None


def _how_far(leaf: LeafAudit) -> float:
    """The points of influence that lie between weight and truth."""
    return abs((leaf.effective or 0.0) - leaf.nominal)


def _leaf(result: Result, leaf: LeafAudit, lang: Lang) -> list[str]:
    return [
        named(result, leaf.item, lang),
        "100%" if leaf.known == 1 else f"{min(100 * leaf.known, 99):.0f}%",
        _units(result, leaf.outliers, lang),
        f"{100 * leaf.nominal:.1f}%",
        "—" if leaf.effective is None else f"{100 * leaf.effective:.1f}%",
    ]


def _units(result: Result, units: Sequence[str], lang: Lang, most: int = 3) -> str:
    names = [result.scheme.unit[unit].title.say(lang) or unit for unit in units]
    more = len(names) - most
    said = ("、" if lang == "zh" else ", ").join(names[:most])
    if more <= 0:
        return said
    return f"{said}等{len(names)}个" if lang == "zh" else f"{said} and {more} more"


# --- groups --------------------------------------------------------------------------------------


def _groups(result: Result, groups: Sequence[GroupAudit], lang: Lang) -> str:
    headings = Text(
        "上级指标|下级|α系数|第一主成分|特征值>1",
        "Group|Children|Alpha|First component|Eigenvalues > 1",
    )
    rows = [
        [
            named(result, group.group, lang),
            str(len(group.children)),
            _alpha(group.alpha),
            f"{100 * group.explained[0]:.0f}%",
            str(group.kept),
        ]
        for group in groups[:MOST]
    ]
    lines = table(headings.say(lang).split("|"), rows, right=(1, 2, 3, 4)).split("\n")
    return "\n".join(lines + bounded([""] * len(groups), lang)[MOST:])


def _alpha(alpha: float | None) -> str:
    """How far below 0 it lies means nothing.

    >>> _alpha(0.704), _alpha(-1.62), _alpha(None)
    ('0.70', '< 0', '—')
    """
    if alpha is None:
        return "—"
    return "< 0" if alpha < 0 else f"{alpha:.2f}"


# --- flags ---------------------------------------------------------------------------------------


_KINDS = {
    "redundant": Text(
        "几乎是同一回事，近于重复计分", "say nearly the same: one thing counts twice"
    ),
    "opposed": Text("此消彼长，互相抵消", "pull against each other"),
    "opposed to its group": Text("背道而驰：它高，后者反而低", "pulls against"),
    "weak": Text("关系很弱", "is only weakly linked to"),
}


def _flags(result: Result, flags: Sequence[CorrelationFlag], lang: Lang) -> Iterator[str]:
    """Pairs that share an item in one sentence, then each that stands apart from its group."""
    pairs = [flag for flag in flags if result.scheme.item[flag.item].parent != flag.other]
    for kind in ("redundant", "opposed"):
        for item, found in gathered([flag for flag in pairs if flag.kind == kind]):
            yield _pairs(result, item, found, lang)
    for flag in flags:
        if flag not in pairs:
            yield _with_group(result, flag, lang)


def gathered(
    flags: Sequence[CorrelationFlag],
) -> Iterator[tuple[str, list[CorrelationFlag]]]:
    """Every flag once, under the item that has the most of those left, so that few lines say all."""
    left = list(flags)
    while left:
        counts = Counter(code for flag in left for code in (flag.item, flag.other))
        item = counts.most_common(1)[0][0]
        yield item, [flag for flag in left if item in (flag.item, flag.other)]
        left = [flag for flag in left if item not in (flag.item, flag.other)]


def _pairs(result: Result, item: str, flags: Sequence[CorrelationFlag], lang: Lang) -> str:
    others = [flag.other if flag.item == item else flag.item for flag in flags]
    names = listed([Text(named(result, one, "zh"), named(result, one, "en")) for one in others])
    r = sorted({f"{flag.correlation:.2f}" for flag in flags}, key=float)
    zh, en = (r[0], r[0]) if len(r) == 1 else (f"{r[0]}至{r[-1]}", f"{r[0]} to {r[-1]}")
    one, kind = named(result, item, lang), _KINDS[flags[0].kind]
    each = Text("分别与", "and each of") if len(flags) > 1 else Text("与", "and")
    return Text(
        f"{one} {each.zh} {names.zh} {kind.zh}（相关系数{zh}）。",
        f"{one} {each.en} {names.en} {kind.en} (correlation {en}).",
    ).say(lang)


def _with_group(result: Result, flag: CorrelationFlag, lang: Lang) -> str:
    one, other = named(result, flag.item, lang), named(result, flag.other, lang)
    kind = _KINDS["opposed to its group" if flag.kind == "opposed" else flag.kind]
    other_zh = f"所属的 {other}" if flag.other else other
    return Text(
        f"{one} 与{other_zh} {kind.zh}（相关系数{flag.correlation:.2f}）。",
        f"{one} {kind.en} {other}, which it counts towards (correlation {flag.correlation:.2f}).",
    ).say(lang)


def _misleading(result: Result, found: Audit, lang: Lang) -> Iterator[str]:
    """Where the nominal weight is off by more than a factor of two, the farthest off first."""
    off = sorted((one for one in found.leaves if one.misleads), key=_how_far, reverse=True)
    if off:
        told = listed([_off(result, leaf) for leaf in off])
        yield Text(
            f"名义权重与实际影响相差一倍以上的有{len(off)}项：{told.zh}。",
            f"Weight and influence are more than a factor of two apart on {len(off)}: {told.en}.",
        ).say(lang)


def _off(result: Result, leaf: LeafAudit) -> Text:
    shares = f"{100 * leaf.nominal:.1f}% → {100 * (leaf.effective or 0.0):.1f}%"
    zh, en = named(result, leaf.item, "zh"), named(result, leaf.item, "en")
    return Text(f"{zh}（{shares}）", f"{en} ({shares})")


def named(result: Result, code: str, lang: Lang) -> str:
    """A node by code and title, the title cut to what fits a line."""
    if not code:
        return _TOTAL.say(lang)
    title = cut(result.scheme.item[code].title.say(lang))
    return title if title.lower() == code.lower() else f"{code} {title}".strip()


def cut(title: str, most: int = _TITLE) -> str:
    """
    >>> cut("知识产权行政保护工作综合得分情况", most=12), cut("short")
    ('知识产权行…', 'short')
    """
    if width(title) <= most:
        return title
    while width(title) > most - 1:
        title = title[:-1]
    return f"{title.rstrip()}…"
