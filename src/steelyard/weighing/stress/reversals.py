"""Would two units change places because a third one leaves?

A ranking in which it matters who else takes part cannot be explained to the two. The points of a
rule that looks at nobody else cannot do it: that is proved from the formulas, not tested.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from steelyard.kernel.bilingual import Text
from steelyard.weighing.stress.departures import Departure
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.sees import order_compares
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import codes, number, things

_MOST_SHOWN = 4
MANY_PAIRS = 0.10


@dataclass(frozen=True, slots=True)
class Turned:
    """``ahead`` was before ``behind`` and comes after it when ``without`` is gone; ``by`` is the leaf
    that moves them apart most."""

    without: str
    ahead: str
    behind: str
    by: str


def order_that_turns(trial: Trial) -> Told:
    """Pairs that change places when another unit leaves."""
    if not trial.comparing and not trial.is_index and not order_compares(trial.scheme):
        return Told(sound=(_CANNOT,))
    if not trial.has_data:
        return Told(waits=(_waits(trial),))
    if len(trial.totals) < 3:
        return Told(waits=(_TOO_FEW,))
    turned = turned_pairs(trial)
    if not turned:
        return Told(sound=(_sound(trial),))
    return Told((_finding(trial, turned),))


_CANNOT = Text(
    "一个单位退出不会改变其余单位的先后：没有规则看别的单位（由公式证明，不是试出来的）。",
    "Nobody's leaving can turn the order of the others: no rule looks at another unit (proved from the "
    "formulas, not tested).",
)


def _waits(trial: Trial) -> Text:
    if trial.is_index:
        return Text(
            "一个单位退出后其余单位的先后：指数的标准化通常拿各单位互相比较，要有上年数据才看得出。",
            "Whether order turns when a unit leaves: an index compares units as it normalises; only last "
            "year's data tell.",
        )
    named = codes(sorted(trial.comparing - {""})) if trial.comparing else _BESIDE_ITEMS
    return Text(
        f"一个单位退出后其余单位的先后：{named.zh}拿各单位互相比较，要有上年数据才看得出。",
        f"Whether order turns when a unit leaves, since units are compared by {named.en}: only last year's "
        "data tell.",
    )


_TOO_FEW = Text(
    "一个单位退出后其余单位的先后：用上年数据能排出名次的单位不足3个，未能测试。",
    "Whether order turns when a unit leaves: last year's data rank fewer than 3 of the units.",
)
_BESIDE_ITEMS = Text("一票否决或并列处理", "a veto or a tie-break")


def _sound(trial: Trial) -> Text:
    tried, sampled = len(trial.departures.of), trial.departures.sampled
    zh, en = ("抽取", "a sample of ") if sampled else ("逐一去掉", "each of ")
    return Text(
        f"名次不因他人退出而颠倒：{zh}{tried}个单位重算，其余单位先后不变。",
        f"No order turns when a unit leaves: weighed again without {en}{tried}, the others kept their order.",
    )


def turned_pairs(trial: Trial) -> list[Turned]:
    """Every pair that is turned by every unit left out, in the order of the scheme's units."""
    found = []
    base = {one.unit.code: one.rank for one in trial.got.standings if one.rank is not None}
    for departure in trial.departures.of:
        others = [unit for unit in trial.units if unit in base and unit in departure.ranks]
        for ahead, behind in _turned(base, departure.ranks, others):
            found.append(
                Turned(departure.unit, ahead, behind, _by(trial, departure, ahead, behind))
            )
    return found


def _turned(
    before: Mapping[str, Fraction], after: Mapping[str, Fraction], units: Sequence[str]
) -> list[tuple[str, str]]:
    """Pairs whose strict order before is the strict opposite after."""
    old, new = (np.array([float(of[unit]) for unit in units]) for of in (before, after))
    if old.size == 0:
        return []
    was_ahead = old[:, None] < old[None, :]
    is_behind = new[:, None] > new[None, :]
    return [(units[i], units[j]) for i, j in np.argwhere(was_ahead & is_behind)]


def _by(trial: Trial, departure: Departure, ahead: str, behind: str) -> str:
    """The leaf whose difference between the two moved most against the one that was ahead."""

    def moved(code: str) -> float:
        before, after = trial.scores[code], departure.scores[code]
        if not all(unit in of for unit in (ahead, behind) for of in (before, after)):
            return 0.0
        old = float(before[ahead]) - float(before[behind])
        new = float(after[ahead]) - float(after[behind])
        return (old - new) * trial.per_point.get(code, 1.0)

    return max(departure.scores, key=moved, default="")


def _finding(trial: Trial, turned: Sequence[Turned]) -> Finding:
    by = Counter(one.by for one in turned if one.by)
    leavers = len({one.without for one in turned})
    pairs = {frozenset((one.ahead, one.behind)) for one in turned}
    first = _leaders_turned(trial, turned)
    ranked = len(trial.totals)
    many = len(pairs) > MANY_PAIRS * ranked * (ranked - 1) / 2
    level: Level = "stop" if first or many else "mend"
    items = tuple(code for code, _ in by.most_common(5))
    causes = trial.names(items) if items else _BESIDE_ITEMS
    tried, sampled = len(trial.departures.of), trial.departures.sampled
    out_of = Text(f"抽取的{tried}个" if sampled else f"{tried}个",
                  f"a sample of {tried}" if sampled else str(tried))  # fmt: skip
    return Finding(
        "order-turns", level, items,
        Text(f"一个单位退出，另外两个单位就会换位：这样的有{len(pairs)}对；{out_of.zh}单位中{leavers}个的去留会造成换位"
             + ("，包括第一名" if first else ""),
             f"{things(len(pairs), 'pair', 'pairs')} of units change places when some third one leaves; "
             f"{leavers} of {out_of.en} units can do that" + (", the first place among them" if first else "")),
        Text("两家谁先谁后，竟取决于第三家参不参评，无法向它们解释，也容易引起申诉",
             "which of two comes first hangs on whether a third takes part: nobody can explain that to them, "
             "and they will appeal"),
        _mend(trial, causes, trial.names(sorted(trial.comparing - {"", *items}))),
        tuple(_case(trial, one) for one in _shown(trial, turned)),
        {"pairs": len(pairs), "units": leavers, "tried": tried, "sampled": sampled, "by": dict(by)},
    )  # fmt: skip


def _mend(trial: Trial, causes: Text, others: Text) -> Text:
    """What would end it; with the causes mended, other items that compare units may turn pairs in turn."""
    if trial.is_index:
        return Text(
            f"给{causes.zh}规定固定的goalposts，使标准化不随参评单位变化",
            f"fix the goalposts of {causes.en}, so that normalising does not depend on who takes part",
        )
    return Text(
        f"让{causes.zh}不再看别的单位：改用固定目标或固定的阶梯"
        + (f"；{others.zh}也与别的单位比较，改后须再测" if others.zh else ""),
        f"let {causes.en} look at nobody else: a fixed target, or fixed steps"
        + (f"; {others.en} too compare units: test again afterwards" if others.en else ""),
    )


def _leaders_turned(trial: Trial, turned: Sequence[Turned]) -> bool:
    leaders = {one.unit.code for one in trial.got.standings if one.rank == 1}
    return any(one.ahead in leaders for one in turned)


def _shown(trial: Trial, turned: Sequence[Turned]) -> list[Turned]:
    """The turns nearest the top, one a pair."""
    rank = {one.unit.code: one.rank or Fraction(10**6) for one in trial.got.standings}
    seen: dict[frozenset[str], Turned] = {}
    for one in turned:
        seen.setdefault(frozenset((one.ahead, one.behind)), one)
    return sorted(seen.values(), key=lambda one: rank[one.ahead])[:_MOST_SHOWN]


def _case(trial: Trial, one: Turned) -> Text:
    ahead, behind, third = (trial.unit(unit) for unit in (one.ahead, one.behind, one.without))
    gap = number(float(trial.totals[one.ahead]) - float(trial.totals[one.behind]))
    by = trial.called(one.by) if one.by else Text("", "")
    zh = f"（{by.zh}所致）" if by else ""
    en = f", by {by.en}" if by else ""
    return Text(
        f"{ahead.zh}原在{behind.zh}之前（差{gap}分），去掉{third.zh}就落到其后{zh}",
        f"{ahead.en} is ahead of {behind.en} (by {gap}), and behind it without {third.en}{en}",
    )
