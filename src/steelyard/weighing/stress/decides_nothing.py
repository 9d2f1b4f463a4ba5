"""Which items tell nobody from anybody: all full, all nothing, all alike, or full for nobody?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Item
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.readings import bar_of, better_bar, main_part, readings
from steelyard.weighing.stress.scale import rewards_size
from steelyard.weighing.stress.trial import FEWEST_UNITS, Score, Trial
from steelyard.weighing.stress.wording import number, percent, things

NEARLY_ALL = Fraction(9, 10)
HALF_THE_POINTS = Fraction(1, 2)
_FAR_FROM_FULL = Fraction(3, 5)


@dataclass(frozen=True, slots=True)
class _Alike:
    """A leaf on which nearly all units have the same points."""

    item: Item
    points: Score
    count: int
    units: int


def items_that_decide_nothing(trial: Trial) -> Told:
    """Items on which at least nine of ten units have full points, none, or the same."""
    if not trial.has_data:
        return Told(waits=(_WAITS,))
    alike = [one for one in (_alike(trial, leaf) for leaf in trial.leaves) if one is not None]
    kinds: Mapping[str, list[_Alike]] = {"full": [], "nothing": [], "alike": []}
    for one in alike:
        kinds[_kind(trial, one)].append(one)
    findings = [
        _finding(trial, kind, ones) for kind, ones in kinds.items() if ones
    ] + _never_full(trial)  # fmt: skip
    tested = sum(len(trial.scores.get(leaf.code, {})) >= FEWEST_UNITS for leaf in trial.leaves)
    if findings or not tested:
        return Told(tuple(findings), waits=() if tested else (_FEW,))
    return Told(sound=(Text(
        f"{tested}项指标都能拉开差距：没有九成以上单位同分的。",
        f"Each of {things(tested, 'item', 'items')} tells units apart: on none do nine of ten have the "
        "same points.",
    ),))  # fmt: skip


_WAITS = Text(
    "人人满分、人人零分的指标：要有上年数据才看得出。",
    "Items on which everyone scores full or nothing: only last year's data tell.",
)
_FEW = Text(
    "人人满分、人人零分的指标：有数据的单位不足5个，看不出。",
    "Items on which everyone scores full or nothing: fewer than 5 units have data.",
)


def _alike(trial: Trial, item: Item) -> _Alike | None:
    scores = list(trial.scores.get(item.code, {}).values())
    if len(scores) < FEWEST_UNITS:
        return None
    rounded = [round(score, 9) if isinstance(score, float) else score for score in scores]
    ((points, count),) = Counter(rounded).most_common(1)
    return _Alike(item, points, count, len(scores)) if count >= NEARLY_ALL * len(scores) else None


def _kind(trial: Trial, one: _Alike) -> str:
    if one.points == 0 and not trial.is_index:
        return "nothing"
    full = trial.scheme.full[one.item.code]
    return "full" if not trial.is_index and full and one.points == full else "alike"


def _finding(trial: Trial, kind: str, ones: Sequence[_Alike]) -> Finding:
    codes = tuple(one.item.code for one in ones)
    holding, count = trial.holding(codes), len(codes)
    said = _SAID[kind]
    level: Level = "stop" if trial.share_of(codes) >= HALF_THE_POINTS else "mend"
    return Finding(
        f"everybody-{kind}", level, codes,
        Text(f"{count}项指标{said.zh}，{holding.zh}",
             f"{things(count, 'item', 'items')} on which {said.en}: {holding.en}"),
        Text("这些分值人人一样，不影响任何名次；看似考核了，实际没有考核",
             "these points are the same for all and move no rank: what looks assessed is not"),
        _MENDS[kind],
        tuple(_case(trial, kind, one) for one in ones),
        {"share": float(trial.share_of(codes)),
         "units": {one.item.code: [one.count, one.units] for one in ones}},
    )  # fmt: skip


_SAID = {
    "full": Text("几乎人人满分", "nearly everyone has full points"),
    "nothing": Text("几乎人人零分", "nearly everyone has nothing"),
    "alike": Text("几乎人人同分", "nearly everyone has the same"),
}
_MENDS = {
    "full": Text(
        "提高满分线使约四分之一的单位达到；确属底线要求的，改为“未做到扣分”，把分值让给其他指标",
        "raise the bar until about a quarter reach it; what is a bare duty becomes a deduction for those "
        "who miss it, and its points go to other items",
    ),
    "nothing": Text(
        "把起点降到多数单位够得着的地方，或删去这一项，把分值让给其他指标",
        "let the steps begin within reach, or drop the item and give its points to others",
    ),
    "alike": Text(
        "细分各档，或删去这一项，把分值让给其他指标",
        "make finer steps, or drop the item and give its points to others",
    ),
}


def _case(trial: Trial, kind: str, one: _Alike) -> Text:
    name, points = trial.called(one.item.code), number(one.points)
    bar = None if trial.is_index else better_bar(trial, one.item)
    mend = bar or _instead(trial, kind, one.item)
    if bar is not None and rewards_size(trial.scheme, one.item, trial.counts):
        mend = Text(
            f"{bar.zh}，但它按绝对数量给分，宜先除以规模",
            f"{bar.en}; but it takes a bare count, which is better divided by size first",
        )
    return Text(
        f"{name.zh}：{one.units}个单位中{one.count}个得{points}分；{mend.zh}",
        f"{name.en}: {one.count} of {one.units} have {points}; {mend.en}",
    )


def _instead(trial: Trial, kind: str, item: Item) -> Text:
    part = None if trial.is_index else main_part(item)
    if part is not None:
        values = set(readings(trial, part.of, item).values())
        if len(values) == 1:
            (same,) = values
            return Text(
                f"各单位的数值都是{number(same)}，改线无用：删去，或改为未做到扣分",
                f"all values are {number(same)}, so that no bar would help: drop it, or deduct from "
                "those who miss it",
            )
    if kind == "full":
        return Text("改为未做到扣分，或删去", "deduct from those who miss it, or drop it")
    return Text("降低起点，或删去", "begin lower, or drop it")


# --- full for nobody --------------------------------------------------------------------------


def _never_full(trial: Trial) -> list[Finding]:
    """Leaves whose best unit stays below 60% of full."""
    if trial.is_index:
        return []
    far = [leaf for leaf in trial.leaves if _is_far(trial, leaf)]
    if not far:
        return []
    codes = tuple(leaf.code for leaf in far)
    holding = trial.holding(codes)
    return [Finding(
        "full-for-nobody", "mend", codes,
        Text(f"{len(far)}项指标去年最好的单位也得不到六成，{holding.zh}",
             f"{things(len(far), 'item', 'items')} on which last year's best had less than 60% of full: "
             f"{holding.en}"),
        Text("够不着的分值等于没有：总分普遍偏低，90分之类的等次线失去本意",
             "points out of reach are no points: totals come out low, and a cut-off of 90 no longer means "
             "what it says"),
        Text("把满分线定在去年前四分之一单位达到的水平", "set full points at what last year's best quarter reached"),
        tuple(_far_case(trial, leaf) for leaf in far),
        {"best": {leaf.code: float(max(trial.scores[leaf.code].values())) for leaf in far}},
    )]  # fmt: skip


def _is_far(trial: Trial, leaf: Item) -> bool:
    scores, full = list(trial.scores[leaf.code].values()), trial.scheme.full[leaf.code]
    enough = len(scores) >= FEWEST_UNITS and full > 0 and not trial.is_open(leaf)
    return enough and len(set(scores)) > 2 and max(scores) < _FAR_FROM_FULL * full


def _far_case(trial: Trial, leaf: Item) -> Text:
    best, full = max(trial.scores[leaf.code].values()), trial.scheme.full[leaf.code]
    name = trial.called(leaf.code)
    mend = better_bar(trial, leaf) if bar_of(trial, leaf) else None
    share = percent(Fraction(best) / full)
    tail = Text(f"；{mend.zh}", f"; {mend.en}") if mend else Text("", "")
    return Text(
        f"{name.zh}：满分{number(full)}，最好的得{number(best)}（{share}）{tail.zh}",
        f"{name.en}: full {number(full)}, the best had {number(best)} ({share}){tail.en}",
    )
