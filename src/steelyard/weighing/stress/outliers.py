"""Which items does one unit decide for all the others?

A rule that compares with the best, the worst, the mean or the total hands the ruler to whoever is most
extreme. Measured by taking that unit away and scoring the others again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.scheme.formula import ACROSS
from steelyard.weighing.stress.findings import Finding, Told
from steelyard.weighing.stress.readings import main_part, quartile, readings
from steelyard.weighing.stress.trial import FEWEST_UNITS, Trial
from steelyard.weighing.stress.wording import codes, number, percent, things

MUCH = 0.10  # of an item's full points, on average over the others


@dataclass(frozen=True, slots=True)
class _Shift:
    """By how much the others' scores move, on average, as a share of the item's range."""

    item: str
    unit: str
    shift: float
    before: float
    after: float


def items_that_one_unit_decides(trial: Trial) -> Told:
    """Items on which the others' points move by a tenth of full or more when one unit leaves."""
    comparing = _comparing_leaves(trial)
    if not comparing and not trial.is_index:
        return Told(sound=(_NO_COMPARISON,))
    if not trial.has_data:
        return Told(waits=(_waits(comparing),))
    if len(trial.units) < FEWEST_UNITS:
        return Told(waits=(_FEW,))
    if comparing and all(trial.is_blind(code) for code in comparing):
        return Told(waits=(_NO_DATA,))
    shifts = [one for one in _largest(trial) if one.shift >= MUCH]
    found = tuple(_findings(trial, shifts))
    skewed = _skewed(trial)
    if found or skewed:
        return Told(found + skewed)
    sampled = _sampled(trial)
    return Told(sound=(Text(
        f"没有哪一项由一个单位左右：任一单位退出，其余单位每项平均变动都不到满分的一成{sampled.zh}。",
        "No item hangs on one unit: whoever leaves, the others' points on an item move by less than a "
        f"tenth of full on average{sampled.en}.",
    ),))  # fmt: skip


def _sampled(trial: Trial) -> Text:
    """What must be said where not every unit was left out."""
    tried = len(trial.departures.of)
    if not trial.departures.sampled:
        return Text("", "")
    return Text(
        f"（只抽取了{tried}个单位，最突出的在内）",
        f" (a sample of {tried} units, those that stand out among them)",
    )


_NO_COMPARISON = Text(
    "没有规则拿各单位互相比较，一个单位的高低不影响别人的得分。",
    "No rule compares units, so that none can move another's points.",
)
_FEW = Text(
    "一个单位左右全局的指标：单位不足5个，无从比较。",
    "Items that one unit decides: fewer than 5 units, too few to say.",
)


_NO_DATA = Text(
    f"一个单位左右全局的指标：拿各单位互相比较的各项，去年有数据的单位都不足{FEWEST_UNITS}个，未能测试。",
    f"Items that one unit decides: on each that compares, fewer than {FEWEST_UNITS} units have last year's data.",
)


def _waits(comparing: Sequence[str]) -> Text:
    if not comparing:
        return Text(
            "是否由一个单位左右：指数的标准化通常拿各单位互相比较，要有上年数据才看得出影响多大。",
            "Whether one unit decides an indicator: an index compares units as it normalises; how much that "
            "matters only last year's data tell.",
        )
    named = codes(comparing)
    return Text(
        f"是否由一个单位左右：{named.zh}拿各单位互相比较，要有上年数据才看得出影响多大。",
        f"Whether one unit decides an item: {named.en} compare units; how much that matters only last "
        "year's data tell.",
    )


def _comparing_leaves(trial: Trial) -> list[str]:
    return [leaf.code for leaf in trial.scheme.leaves if leaf.code in trial.comparing]


def _largest(trial: Trial) -> list[_Shift]:
    """For every leaf that compares, the unit whose leaving moves the others most."""
    best: dict[str, _Shift] = {}
    for departure in trial.departures.of:
        for code, after in departure.scores.items():
            shift = _shift(trial, code, departure.unit, after)
            if shift is not None and (code not in best or shift.shift > best[code].shift):
                best[code] = shift
    return [best[leaf.code] for leaf in trial.scheme.leaves if leaf.code in best]


def _shift(
    trial: Trial, code: str, unit: str, after: Mapping[str, Fraction | float]
) -> _Shift | None:
    before = trial.scores[code]
    both = [other for other in after if other in before]
    whole = _range(trial, code)
    if not both or not whole:
        return None
    old, new = ([float(of[other]) for other in both] for of in (before, after))
    moved = sum(abs(a - b) for a, b in zip(old, new, strict=True)) / len(both)
    return _Shift(code, unit, moved / whole, sum(old) / len(both), sum(new) / len(both))


def _range(trial: Trial, code: str) -> float:
    """The full points of a leaf; of an indicator, the span of its scores."""
    if not trial.is_index:
        return float(trial.scheme.full[code])
    scores = trial.scores[code].values()
    return float(max(scores) - min(scores)) if scores else 0.0


def _findings(trial: Trial, shifts: Sequence[_Shift]) -> list[Finding]:
    if not shifts:
        return []
    codes = tuple(one.item for one in shifts)
    holding, sampled = trial.holding(codes), _sampled(trial)
    return [Finding(
        "one-unit-decides", "mend", codes,
        Text(f"{len(shifts)}项指标由一个单位左右，{holding.zh}{sampled.zh}",
             f"{things(len(shifts), 'item', 'items')} that one unit decides: {holding.en}{sampled.en}"),
        Text("别人的得分取决于最突出的那一家：它多报一件、少报一件，或者明年不参评，全体得分都跟着变",
             "everyone's points hang on whoever stands out: one case more or less there, or its absence next "
             "year, moves them all"),
        Text("改用固定的目标值，或改与中位数、前四分之一线相比，不与第一名相比",
             "compare with a fixed target, the median or the upper quarter instead of the very best"),
        tuple(_case(trial, one) for one in shifts),
        {"shift": {one.item: round(one.shift, 4) for one in shifts},
         "unit": {one.item: one.unit for one in shifts}},
    )]  # fmt: skip


def _case(trial: Trial, one: _Shift) -> Text:
    name, unit = trial.called(one.item), trial.unit(one.unit)
    whole = Text("刻度", "the scale") if trial.is_index else Text("满分", "full")
    moved, before, after = percent(one.shift), number(one.before), number(one.after)
    mend = _target(trial, one.item)
    return Text(
        f"{name.zh}：去掉{unit.zh}，其余单位平均由{before}变为{after}，平均变动为{whole.zh}的{moved}{mend.zh}",
        f"{name.en}: without {unit.en} the others go from {before} to {after} on average, a mean move of "
        f"{moved} of {whole.en}{mend.en}",
    )


def _target(trial: Trial, code: str) -> Text:
    """A fixed target at last year's upper quarter, in the rule's own reading."""
    if trial.is_index:
        return _goalposts(trial, code)
    part = main_part(trial.scheme.item[code])
    across = sorted(trial.sees[code].across & set(ACROSS))
    if part is None or not across:
        return Text("", "")
    values = list(readings(trial, part.of, trial.scheme.item[code]).values())
    if len(values) < FEWEST_UNITS:
        return Text("", "")
    value = quartile(values, higher_is_better=True)
    said = percent(value, 1) if max(values) <= 1 else number(value)
    return Text(
        f"；可把{across[0]}换成固定目标{said}（去年四分之一的单位达到）",
        f"; put the fixed target {said} in place of {across[0]} (a quarter reached it last year)",
    )


def _goalposts(trial: Trial, code: str) -> Text:
    """Goalposts at the 5th and the 95th percentile of the treated values."""
    import numpy as np

    composed = trial.got.composed
    column = None if composed is None else composed.steps["treated"].get(code)
    if column is None or np.isnan(column).all():
        return Text("", "")
    low, high = (Fraction(f"{value:.3g}") for value in np.nanpercentile(column, [5, 95]).tolist())
    ends = f"[{plain(low)}, {plain(high)}]"
    return Text(
        f"；可规定goalposts = {ends}（第5和第95百分位）",
        f"; fix goalposts = {ends} (its 5th and 95th percentiles)",
    )


# --- skewed columns of an index --------------------------------------------------------------------


def _skewed(trial: Trial) -> tuple[Finding, ...]:
    """Indicators that are still skewed and peaked beyond the scheme's bounds when normalised."""
    composed = None if trial.result is None else trial.result.composed
    if composed is None:
        return ()
    from steelyard.scheme.method import Treat
    from steelyard.weighing.index.treat import has_outliers, kurtosis, skewness

    method = trial.scheme.method
    usual = Treat() if method is None else method.treat
    columns = composed.steps["treated"]
    far = [
        leaf.code
        for leaf in trial.scheme.leaves
        if leaf.code in columns and has_outliers(columns[leaf.code], usual)
    ]
    if not far:
        return ()
    holding = trial.holding(far)
    return (Finding(
        "skewed", "mend", tuple(far),
        Text(f"{len(far)}项指标处理后仍有离群值，{holding.zh}",
             f"{things(len(far), 'indicator has', 'indicators have')} outliers left after treatment: "
             f"{holding.en}"),
        Text(f"偏度超过{number(usual.skew)}且峰度超过{number(usual.kurtosis)}的指标，一两个单位占去全部刻度，"
             "其余单位挤在一起",
             f"with skewness above {number(usual.skew)} and kurtosis above {number(usual.kurtosis)} one or two "
             "units take the whole scale and the rest huddle at one end"),
        Text('写明处理方法，如 treat = { by = "winsorise", then = "log" }，或对该项取 transform = "ln"',
             'say how to treat them: treat = { by = "winsorise", then = "log" }, or transform = "ln" for the '
             "indicator"),
        tuple(
            Text(f"{trial.called(code).zh}：偏度{skewness(columns[code]):.1f}，峰度{kurtosis(columns[code]):.1f}",
                 f"{trial.called(code).en}: skewness {skewness(columns[code]):.1f}, "
                 f"kurtosis {kurtosis(columns[code]):.1f}")
            for code in far
        ),
        {"skewness": {code: round(skewness(columns[code]), 4) for code in far}},
    ),)  # fmt: skip
