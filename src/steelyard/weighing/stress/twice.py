"""Is the same thing counted twice?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT
from steelyard.weighing.stress.correlation import FEWEST, spearman
from steelyard.weighing.stress.findings import Finding, Told
from steelyard.weighing.stress.size import strongest_size
from steelyard.weighing.stress.trial import Score, Trial
from steelyard.weighing.stress.wording import codes, listed, number, things

ALIKE = 0.9


@dataclass(frozen=True, slots=True)
class _Pair:
    item: str
    other: str
    correlation: float


def items_counted_twice(trial: Trial) -> Told:
    """Pairs whose points rank the units nearly alike, and inputs that feed two items."""
    shared = _same_inputs(trial)
    findings = list(_inputs_twice(trial, shared))
    sound, waits = [], []
    if trial.has_data and len(trial.units) >= FEWEST:
        pairs = list(_alike(trial))
        findings = [*_counted_twice(trial, pairs), *findings]
        compared = len(_compared(trial))
        if compared < 2:
            waits.append(_NONE_COMPARED)
        elif not pairs:
            sound.append(_none_alike(compared, len(trial.leaves)))
    else:
        waits.append(_FEW if trial.has_data else _WAITS)
    if not shared and not trial.is_index:
        sound.append(
            Text("没有两项指标用的是同样的数据。", "No two items score the very same inputs.")
        )
    return Told(tuple(findings), tuple(sound), tuple(waits))


_WAITS = Text(
    "重复计分：两项指标是否把各单位排得几乎一样，要有上年数据才看得出。",
    "Counting twice: whether two items rank the units alike only last year's data tell.",
)
_FEW = Text(
    f"重复计分：单位不足{FEWEST}个，相关系数说明不了问题。",
    f"Counting twice: with fewer than {FEWEST} units a correlation says nothing.",
)


_NONE_COMPARED = Text(
    f"重复计分：去年有{FEWEST}个以上单位有数据的指标不足两项，未能测试。",
    f"Counting twice: fewer than two items have last year's data of {FEWEST} units or more.",
)


def _none_alike(compared: int, leaves: int) -> Text:
    of = Text("", "")
    if compared < leaves:
        of = Text(f"去年有数据的{compared}项中，", f"of the {compared} with last year's data ")
    return Text(
        f"{of.zh}没有两项指标把各单位排得几乎一样（等级相关系数都低于{ALIKE}）。",
        f"No two items {of.en}rank the units nearly alike (rank correlations below {ALIKE}).",
    )


def _compared(trial: Trial) -> list[str]:
    return [leaf.code for leaf in trial.leaves if len(trial.scores.get(leaf.code, {})) >= FEWEST]


def _alike(trial: Trial) -> Iterator[_Pair]:
    for one, other in combinations(_compared(trial), 2):
        a, b = trial.scores[one], trial.scores[other]
        both = [unit for unit in a if unit in b]
        r = spearman([float(a[u]) for u in both], [float(b[u]) for u in both])
        if r is not None and r >= ALIKE and _say_enough(a, both) and _say_enough(b, both):
            yield _Pair(one, other, r)


def _say_enough(scores: Mapping[str, Score], units: Sequence[str]) -> bool:
    """A yes-or-no item agrees with another too easily: at least four different scores."""
    return len({round(float(scores[unit]), 9) for unit in units}) >= 4


def _clusters(pairs: Sequence[_Pair]) -> list[list[str]]:
    """Items that hang together through pairs, in the order of the pairs."""
    found: list[list[str]] = []
    for pair in pairs:
        joined = [one for one in found if pair.item in one or pair.other in one]
        whole = [code for one in joined for code in one]
        whole += [code for code in (pair.item, pair.other) if code not in whole]
        found = [one for one in found if one not in joined] + [whole]
    return found


def _counted_twice(trial: Trial, pairs: Sequence[_Pair]) -> list[Finding]:
    if not pairs:
        return []
    clusters = _clusters(pairs)
    items = tuple(code for cluster in clusters for code in cluster)
    holding = trial.holding(items)
    return [Finding(
        "counted-twice", "mend", items,
        Text(f"{len(clusters)}组指标把各单位排得几乎一样，{holding.zh}",
             f"{things(len(clusters), 'group', 'groups')} of items that rank the units nearly alike: {holding.en}"),
        Text("同一件事计了几遍分：它的实际分量是细则写明的几倍，别的工作被挤轻",
             "one thing has points several times: it weighs more than the scheme says, and other work less"),
        Text("每组只留一项（留分值大的），让出的分值给别的工作；确须都留的，合并成一项并减分",
             "keep one of each group (the one with most points) and give the others' points to other work; if all "
             "must stay, join them and give the whole fewer points"),
        tuple(_case(trial, cluster, pairs) for cluster in clusters),
        {"pairs": [[pair.item, pair.other, round(pair.correlation, 3)] for pair in pairs]},
    )]  # fmt: skip


def _case(trial: Trial, cluster: Sequence[str], pairs: Sequence[_Pair]) -> Text:
    keep = max(cluster, key=lambda code: (trial.share[code], -cluster.index(code)))
    drop = [code for code in cluster if code != keep]
    within = [pair.correlation for pair in pairs if pair.item in cluster]
    names, freed = trial.names(cluster), number(trial.share_of(drop) * trial.full)
    unit = Text("%的权重", "% of the weight") if trial.is_index else Text("分", " points")
    least, most = f"{min(within):.2f}", f"{max(within):.2f}"
    r = least if least == most else f"{least}–{most}"
    gone, size = codes(drop), _with_size(trial, keep)
    return Text(
        f"{names.zh}：相关系数{r}；留{keep}，去{gone.zh}，腾出{freed}{unit.zh}{size.zh}",
        f"{names.en}: {r}; keep {keep}, drop {gone.en}, and {freed}{unit.en} are free{size.en}",
    )


def _with_size(trial: Trial, code: str) -> Text:
    """Where the group follows size, that is what its items have in common."""
    found = strongest_size(trial, code)
    if found is None:
        return Text("", "")
    title = trial.input_named(found[1])
    return Text(
        f"；它们都随{title.zh}变化，先解决这一点",
        f"; what they share is that they follow {title.en}: mend that first",
    )


# --- by their form ------------------------------------------------------------------------------


def _same_inputs(trial: Trial) -> list[tuple[str, ...]]:
    """Groups of leaves that look at exactly the same inputs and lists, and stand side by side in the total."""
    if trial.is_index:
        return []
    alike: dict[frozenset[str], list[str]] = {}
    for leaf in trial.leaves:
        seen = trial.sees[leaf.code]
        if seen.inputs or seen.lists:
            group = alike.setdefault(frozenset(seen.inputs | seen.lists), [])
            if all(_stand_beside(trial, leaf.code, other) for other in group):
                group.append(leaf.code)
    return [tuple(group) for group in alike.values() if len(group) > 1]


def _stand_beside(trial: Trial, one: str, other: str) -> bool:
    """Neither is the other's alternative under a group that takes the best or the worst."""
    above = set(_above(trial, one)) & set(_above(trial, other))
    return not any(trial.scheme.item[code].combine in ("highest", "lowest") for code in above)


def _above(trial: Trial, code: str) -> Iterator[str]:
    here = code
    while here != ROOT:
        here = trial.scheme.item[here].parent
        yield here


def _inputs_twice(trial: Trial, shared: Sequence[tuple[str, ...]]) -> Iterator[Finding]:
    if not shared:
        return
    items = tuple(code for group in shared for code in group)
    holding = trial.holding(items)
    yield Finding(
        "same-inputs", "know", items,
        Text(f"{len(shared)}组指标用的是同样的数据，{holding.zh}",
             f"{things(len(shared), 'group', 'groups')} of items fed by the very same inputs: {holding.en}"),
        Text("一个数字报错，几处失分；一个数字做高，几处得分",
             "one wrong figure costs more than once, one dressed figure pays more than once"),
        Text("确认是有意的（如既看数量又看增长）；否则合并",
             "make sure that it is meant, as of a level and its growth; else join them"),
        tuple(_same_case(trial, group) for group in shared),
        {"groups": [list(group) for group in shared]},
    )  # fmt: skip


def _same_case(trial: Trial, group: Sequence[str]) -> Text:
    names, seen = trial.names(group), trial.sees[group[0]]
    inputs = listed([trial.input_named(code) for code in sorted(seen.inputs)])
    by = Text(f"：{inputs.zh}", f": {inputs.en}") if seen.inputs else Text("", "")
    return Text(f"{names.zh}{by.zh}", f"{names.en}{by.en}")
