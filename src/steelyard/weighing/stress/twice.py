"""Is the same thing counted twice?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT
from steelyard.weighing.stress.correlation import FEWEST, spearman
from steelyard.weighing.stress.findings import Finding, Told
from steelyard.weighing.stress.trial import Score, Trial
from steelyard.weighing.stress.wording import things

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
        if not pairs:
            sound.append(Text(
                f"没有两项指标把各单位排得几乎一样（等级相关系数都低于{ALIKE}）。",
                f"No two items rank the units nearly alike (rank correlations below {ALIKE}).",
            ))  # fmt: skip
    else:
        waits.append(_FEW if trial.has_data else _WAITS)
    if not shared and not trial.is_index:
        sound.append(
            Text("没有一个数据项喂给两项指标。", "No two items score the very same inputs.")
        )
    return Told(tuple(findings), tuple(sound), tuple(waits))


_WAITS = Text(
    "重复计分：两项指标是否把各单位排得几乎一样，要有上年数据（--data）才看得出。",
    "Counting twice: whether two items rank the units alike only last year's data tell (--data).",
)
_FEW = Text(
    f"重复计分：单位不足{FEWEST}个，相关系数说明不了问题。",
    f"Counting twice: with fewer than {FEWEST} units a correlation says nothing.",
)


def _alike(trial: Trial) -> Iterator[_Pair]:
    leaves = [leaf.code for leaf in trial.leaves if len(trial.scores.get(leaf.code, {})) >= FEWEST]
    for one, other in combinations(leaves, 2):
        a, b = trial.scores[one], trial.scores[other]
        both = [unit for unit in a if unit in b]
        r = spearman([float(a[u]) for u in both], [float(b[u]) for u in both])
        if r is not None and r >= ALIKE and _say_enough(a, both) and _say_enough(b, both):
            yield _Pair(one, other, r)


def _say_enough(scores: Mapping[str, Score], units: Sequence[str]) -> bool:
    """A yes-or-no item agrees with another too easily: at least four different scores."""
    return len({round(float(scores[unit]), 9) for unit in units}) >= 4


def _counted_twice(trial: Trial, pairs: Sequence[_Pair]) -> list[Finding]:
    if not pairs:
        return []
    items = tuple(dict.fromkeys(code for pair in pairs for code in (pair.item, pair.other)))
    holding = trial.holding(items)
    return [Finding(
        "counted-twice", "mend", items,
        Text(f"{len(pairs)}对指标把各单位排得几乎一样，{holding.zh}",
             f"{things(len(pairs), 'pair', 'pairs')} of items that rank the units nearly alike: {holding.en}"),
        Text("同一件事计了两遍分：它的实际分量是细则写明的两倍，别的工作被挤轻",
             "one thing has points twice: it weighs double what the scheme says, and other work less"),
        Text("每对只留一项（留分值大的），让出的分值给别的工作；确须都留的，合并成一项并减半",
             "keep one of each pair (the one with more points) and give the other's points to other work; if both "
             "must stay, join them and halve the points"),
        tuple(_case(trial, pair) for pair in pairs),
        {"pairs": [[pair.item, pair.other, round(pair.correlation, 3)] for pair in pairs]},
    )]  # fmt: skip


def _case(trial: Trial, pair: _Pair) -> Text:
    one, other = trial.called(pair.item), trial.called(pair.other)
    drop = min((pair.item, pair.other), key=lambda code: (trial.share[code], code == pair.item))
    keep = pair.other if drop == pair.item else pair.item
    freed = trial.holding([drop])
    return Text(
        f"{one.zh}与{other.zh}：{pair.correlation:.2f}；留{keep}，去{drop}，腾出{freed.zh}",
        f"{one.en} and {other.en}: {pair.correlation:.2f}; keep {keep}, drop {drop}: {freed.en} are free",
    )


# --- by their form ------------------------------------------------------------------------------


def _same_inputs(trial: Trial) -> list[tuple[str, str]]:
    """Leaves that look at exactly the same inputs and lists, and stand side by side in the total."""
    if trial.is_index:
        return []
    looks = {
        leaf.code: frozenset(trial.sees[leaf.code].inputs | trial.sees[leaf.code].lists)
        for leaf in trial.leaves
    }
    return [
        (one, other)
        for one, other in combinations(looks, 2)
        if looks[one] and looks[one] == looks[other] and _stand_beside(trial, one, other)
    ]


def _stand_beside(trial: Trial, one: str, other: str) -> bool:
    """Neither is the other's alternative under a group that takes the best or the worst."""
    above = set(_above(trial, one)) & set(_above(trial, other))
    return not any(trial.scheme.item[code].combine in ("highest", "lowest") for code in above)


def _above(trial: Trial, code: str) -> Iterator[str]:
    here = code
    while here != ROOT:
        here = trial.scheme.item[here].parent
        yield here


def _inputs_twice(trial: Trial, shared: Sequence[tuple[str, str]]) -> Iterator[Finding]:
    if not shared:
        return
    items = tuple(dict.fromkeys(code for pair in shared for code in pair))
    holding = trial.holding(items)
    yield Finding(
        "same-inputs", "know", items,
        Text(f"{len(shared)}对指标用的是同样的数据，{holding.zh}",
             f"{things(len(shared), 'pair', 'pairs')} of items fed by the very same inputs: {holding.en}"),
        Text("一个数字报错，两处失分；一个数字做高，两处得分",
             "one wrong figure costs twice, one dressed figure pays twice"),
        Text("确认是有意的（如既看数量又看增长）；否则合并",
             "make sure that it is meant, as of a level and its growth; else join them"),
        tuple(_same_case(trial, pair) for pair in shared),
        {"pairs": [list(pair) for pair in shared]},
    )  # fmt: skip


def _same_case(trial: Trial, pair: tuple[str, str]) -> Text:
    one, other = (trial.called(code) for code in pair)
    seen = trial.sees[pair[0]]
    named = [trial.input_named(code) for code in sorted(seen.inputs)]
    said = Text("、".join(text.zh for text in named), ", ".join(text.en for text in named))
    by = Text(f"：{said.zh}", f": {said.en}") if named else Text("", "")
    return Text(f"{one.zh}与{other.zh}{by.zh}", f"{one.en} and {other.en}{by.en}")
