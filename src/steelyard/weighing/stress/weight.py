"""Does one item decide the ranking, by its points or by how far it spreads the units?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.weighing.stress.findings import Finding, Told
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import number, percent, things

_FEWEST = 8
_HEAVY = Fraction(1, 3)
_AS_WRITTEN = 2.0


def one_item_that_decides(trial: Trial) -> Told:
    """Items without a bound, and items that make a third of all differences between totals."""
    findings = [*_open(trial)]
    if not trial.has_data or len(trial.totals) < _FEWEST:
        return Told((*findings, *_heavy_as_written(trial)), waits=(_WAITS,))
    effective = effective_shares(trial)
    heavy = [code for code, share in effective.items() if _is_heavy(trial, code, share)]
    findings += [_heavy(trial, code, effective[code]) for code in heavy]
    if not findings and effective:
        top = max(effective, key=lambda code: effective[code])
        name = trial.called(top)
        return Told(sound=(Text(
            f"没有一项独自决定名次：影响最大的是{name.zh}，造成总分差异的{percent(effective[top])}。",
            f"No item decides the ranking by itself: the strongest is {name.en}, with {percent(effective[top])} "
            "of the differences between totals.",
        ),))  # fmt: skip
    return Told(tuple(findings))


_WAITS = Text(
    f"各项的实际影响（造成总分差异的份额）：要有{_FEWEST}个以上单位的上年数据才算得出。",
    f"What each item really weighs (its share of the differences between totals): it takes last year's data of "
    f"{_FEWEST} units or more.",
)


def effective_shares(trial: Trial) -> Mapping[str, float]:
    """Each leaf's share of the variance of the totals: the covariance of its points with the total, over
    the variance of the total (Paruolo, Saisana and Saltelli 2013 discuss this measure).

    The shares of a plain sum add up to 1. A share may be below 0: the item pulls against the total.
    """
    units = list(trial.totals)
    totals = [float(trial.totals[unit]) for unit in units]
    mean = sum(totals) / len(totals)
    variance = sum((total - mean) ** 2 for total in totals)
    if variance <= 0:
        return {}
    found = {}
    for leaf in trial.scheme.leaves:
        scores = trial.scores.get(leaf.code, {})
        if all(unit in scores for unit in units):
            points = [float(scores[unit]) * trial.per_point[leaf.code] for unit in units]
            found[leaf.code] = (
                sum((t - mean) * p for t, p in zip(totals, points, strict=True)) / variance
            )
    return found


def _is_heavy(trial: Trial, code: str, share: float) -> bool:
    nominal = float(trial.share[code])
    return share >= _HEAVY and share >= _AS_WRITTEN * nominal


def _heavy(trial: Trial, code: str, share: float) -> Finding:
    name, holding = trial.called(code), trial.holding([code])
    nominal = trial.share[code]
    return Finding(
        "one-item-decides", "mend", (code,),
        Text(f"{name.zh}造成总分差异的{percent(share)}，而写明的分量是{percent(nominal)}",
             f"{name.en} makes {percent(share)} of the differences between totals; as written {percent(nominal)}"),
        Text("它对名次的影响与它的分值不相称，名次在很大程度上由这一项定",
             "it settles more of the ranking than its points say"),
        Text(f"封顶、改细台阶，或减少它的分值（现{holding.zh}）；或让其他项拉开差距",
             f"cap it, make its steps finer, or give it fewer points (now {holding.en}); or let other items spread "
             "the units"),
        (), {"effective": round(share, 4), "nominal": float(nominal)},
    )  # fmt: skip


def _heavy_as_written(trial: Trial) -> Iterator[Finding]:
    heavy = [leaf.code for leaf in trial.leaves if trial.share[leaf.code] > _HEAVY]
    if heavy and len(trial.leaves) > 3 and not trial.open_items:
        holding = trial.holding(heavy)
        yield Finding(
            "heavy-item", "know", tuple(heavy),
            Text(f"{trial.names(heavy).zh}一项就{holding.zh}", f"{trial.names(heavy).en} alone holds {holding.en}"),
            Text("一项的得失就足以决定名次", "what is won or lost there may settle the ranking"),
            Text("拆成几项，或减少分值", "part it into several, or give it fewer points"),
        )  # fmt: skip


def _open(trial: Trial) -> list[Finding]:
    """Leaves that can give points without bound."""
    codes = trial.open_items
    if not codes:
        return []
    return [Finding(
        "no-bound", "mend", codes,
        Text(f"{len(codes)}项得分不封顶", f"{things(len(codes), 'item gives', 'items give')} points without bound"),
        Text("做大一项就能压倒其余各项；满分、百分比和等次线都失去意义",
             "one item done in bulk outweighs all others, and full points, shares and cut-offs lose their meaning"),
        Text("给每项规定上限：规则中写at_most，或写满分points",
             "set an upper bound for each: at_most in the rule, or points"),
        tuple(_open_case(trial, code) for code in codes),
    )]  # fmt: skip


def _open_case(trial: Trial, code: str) -> Text:
    name, scores = trial.called(code), trial.scores.get(code, {})
    if not scores:
        return name
    best = max(scores, key=lambda unit: (scores[unit], unit))
    got, others = scores[best], sorted(scores.values())[len(scores) // 2]
    unit = trial.unit(best)
    return Text(
        f"{name.zh}：去年最多的是{unit.zh}{number(got)}分，中间的单位{number(others)}分；可封顶在{_cap(scores)}分",
        f"{name.en}: {unit.en} had most last year, {number(got)}, the middle unit {number(others)}; a cap of "
        f"{_cap(scores)} would do",
    )


def _cap(scores: Mapping[str, Fraction | float]) -> str:
    """What three quarters of the units stay within."""
    ordered = sorted(scores.values())
    return number(max(ordered[(3 * len(ordered)) // 4 if len(ordered) > 3 else -1], ordered[0]))
