"""Which items mostly measure how large a place is, rather than how well it works?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Item
from steelyard.weighing.stress.correlation import FEWEST, spearman
from steelyard.weighing.stress.findings import Finding, Told
from steelyard.weighing.stress.readings import main_part, readings
from steelyard.weighing.stress.scale import rewards_size
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import things

STRONG = 0.7
_SIZE = re.compile(
    r"常住人口|户籍人口|人口|生产总值|GDP|企业数|企业总数|市场主体|经营主体|"
    r"\bpopulation\b|\binhabitants\b|\bgdp\b|gross domestic product|number of (?:firms|enterprises)",
    re.IGNORECASE,
)

_NO_SIZE = re.compile(
    r"每|人均|率|占比|比重|增长|增速|增幅|\bper\b|\brate\b|\bshare\b|growth|percentage",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Grown:
    item: str
    size: str
    correlation: float
    is_count: bool


def items_that_measure_size(trial: Trial) -> Told:
    """Items whose points follow a size of the units (rank correlation), and raw counts among the rules."""
    raw = [leaf.code for leaf in trial.leaves if _is_bare(trial, leaf)]
    sizes = sizes_known(trial)
    if not trial.has_data or not sizes:
        return Told(
            tuple(_raw_counts(trial, raw)), waits=(_waits(trial),), sound=_no_counts(trial, raw)
        )
    if len(trial.totals) < FEWEST:
        return Told(tuple(_raw_counts(trial, raw)), waits=(_FEW,))
    looked = [_grown(trial, leaf.code, raw) for leaf in trial.scheme.leaves]
    grown = [one for one in looked if one is not None]
    findings = [*_findings(trial, grown), *_total(trial, sizes)]
    if findings:
        return Told(tuple(findings))
    named = _sizes_named(trial, sizes)
    return Told(sound=(Text(
        f"没有指标的得分主要随{named.zh}变化（等级相关系数都低于{STRONG}），总分也不随之变化。",
        f"No item's points follow {named.en} (rank correlations below {STRONG}), nor does the total.",
    ),))  # fmt: skip


def _is_bare(trial: Trial, leaf: Item) -> bool:
    """A rule that rewards a count; in an index a column of counts that nothing divides."""
    if not trial.is_index:
        return rewards_size(trial.scheme, leaf, trial.counts)
    divided = leaf.method is not None and bool(leaf.method.denominator)
    values = trial.latest(leaf.code).values()
    return not divided and bool(values) and all(value.denominator == 1 for value in values)


def sizes_known(trial: Trial) -> Mapping[str, Mapping[str, Fraction]]:
    """The inputs that measure size: the one named, else those called so, else the index's denominators."""
    names = [trial.size] if trial.size else _called_sizes(trial)
    return {name: trial.latest(name) for name in names if len(trial.latest(name)) >= FEWEST}


def _known_of_few(trial: Trial) -> str:
    """An input that measures size and came with the data, but of too few units to compare."""
    names = [trial.size] if trial.size else _called_sizes(trial)
    return next((name for name in names if trial.size or trial.latest(name)), "")


def _called_sizes(trial: Trial) -> list[str]:
    found = [
        code
        for code, one in trial.scheme.inputs.items()
        if is_called_a_size(f"{one.title.zh} {one.title.en} {code.replace('_', ' ')}")
        and code not in trial.scheme.item
        and one.type in ("number", "count")
    ]
    divisors = {item.method.denominator for item in trial.scheme.items if item.method}
    return found or sorted(divisors - {""})


def is_called_a_size(title: str) -> bool:
    """Whether a title names the size of a place, and not a rate or a growth of it.

    >>> [is_called_a_size(title) for title in ("常住人口", "每万人口发明专利拥有量", "GDP growth", "GDP")]
    [True, False, False, True]
    """
    return _SIZE.search(title) is not None and _NO_SIZE.search(title) is None


def _waits(trial: Trial) -> Text:
    how = Text(
        "在细则中增加一个说明规模的数据项（如“常住人口”，代码population），随数据一起报送",
        "add a figure of size to the scheme, such as the resident population (code population), and deliver "
        "it with the data",
    )
    few = _known_of_few(trial) if trial.has_data else ""
    if few:
        return Text(f"是否只反映规模：“{few}”有数的单位不足{FEWEST}个，相关系数说明不了问题。",
                    f"Whether items measure size: {few!r} is known of fewer than {FEWEST} units; of so few a "
                    "correlation says nothing.")  # fmt: skip
    if not trial.has_data:
        return Text(f"是否只反映地方大小：要有上年数据，其中须有规模数据：{how.zh}。",
                    f"Whether items measure the size of a place: it takes last year's data and a "
                    f"measure of size: {how.en}.")  # fmt: skip
    return Text(f"是否只反映地方大小：数据中没有人口、生产总值、企业数之类的规模数据，无从比较。{how.zh}。",
                f"Whether items measure the size of a place: the data hold no population, output or number of "
                f"firms to compare with: {how.en}.")  # fmt: skip


_FEW = Text(
    f"是否只反映地方大小：排名单位不足{FEWEST}个，相关系数说明不了问题。",
    f"Whether items measure the size of a place: with fewer than {FEWEST} ranked units a correlation says "
    "nothing.",
)


def _no_counts(trial: Trial, raw: Sequence[str]) -> tuple[Text, ...]:
    if raw or trial.is_index or not trial.counts:
        return ()
    return (Text(
        "没有规则按件数、个数的绝对量给分：各项或是比率，或是与自己的过去相比。",
        "No rule rewards a bare count: each takes a rate, or compares a unit with its own past.",
    ),)  # fmt: skip


def _raw_counts(trial: Trial, raw: Sequence[str]) -> list[Finding]:
    """Before size can be compared: rules in which twice as large a place has more for that alone."""
    if not raw:
        return []
    holding = trial.holding(raw)
    return [Finding(
        "bare-counts", "know", tuple(raw),
        Text(f"{len(raw)}项规则按绝对数量给分，没有分母，{holding.zh}",
             f"{things(len(raw), 'rule rewards', 'rules reward')} a bare count, with nothing to divide it by: "
             f"{holding.en}"),
        Text("地方大一倍，件数也多一倍：大的不费力就得分，小的再努力也够不着；是否真的如此，要有规模数据才能断定",
             "a place twice as large has twice as many: the large have points for nothing and the small cannot "
             "get them. Whether it is so, only a measure of size tells"),
        Text("除以常住人口、企业数或应办件数，或分组设目标（group_median）；封顶较低、各地都够得着的可以不改",
             "divide by inhabitants, firms or cases due, or set targets by group (group_median); a low cap that "
             "all can reach may stay"),
        tuple(trial.called(code) for code in raw),
        {"share": float(trial.share_of(raw))},
    )]  # fmt: skip


# --- with data ----------------------------------------------------------------------------------


def _grown(trial: Trial, code: str, raw: Sequence[str]) -> _Grown | None:
    found = strongest_size(trial, code)
    return None if found is None else _Grown(code, found[1], found[0], code in raw)


def strongest_size(trial: Trial, code: str) -> tuple[float, str] | None:
    """The size that a leaf's points follow most, where they do: its correlation and its input."""
    sizes = sizes_known(trial)
    found = [
        (_correlation(trial.scores.get(code, {}), column), name) for name, column in sizes.items()
    ]
    strongest = max(((r, name) for r, name in found if r is not None), default=None)
    return None if strongest is None or strongest[0] < STRONG else strongest


def _correlation(
    scores: Mapping[str, Fraction | float], column: Mapping[str, Fraction]
) -> float | None:
    both = [unit for unit in scores if unit in column]
    return spearman([float(scores[u]) for u in both], [float(column[u]) for u in both])


def _findings(trial: Trial, grown: Sequence[_Grown]) -> list[Finding]:
    if not grown:
        return []
    items = tuple(one.item for one in grown)
    holding = trial.holding(items)
    level = "mend" if any(one.is_count for one in grown) else "know"
    return [Finding(
        "measures-size", "mend" if level == "mend" else "know", items,
        Text(f"{len(grown)}项指标主要反映地方大小，{holding.zh}",
             f"{things(len(grown), 'item mostly measures', 'items mostly measure')} the size of a place: {holding.en}"),
        Text("大的在前、小的在后，年年如此，考核促不动任何一方",
             "the large come first and the small last, year after year: the assessment moves neither"),
        Text("按绝对数量给分的，除以规模（每万人、每千户企业）或分组比较；已是比率的，先查明为何仍随规模走",
             "where a rule takes a bare count, divide by size (per 10,000 inhabitants, per 1,000 firms) or compare "
             "within groups; where it takes a rate already, find out why it still follows size"),
        tuple(_case(trial, one) for one in grown),
        {"correlation": {one.item: round(one.correlation, 3) for one in grown},
         "size": {one.item: one.size for one in grown}},
    )]  # fmt: skip


def _case(trial: Trial, one: _Grown) -> Text:
    name, size = trial.called(one.item), trial.input_named(one.size)
    tail = Text("；不是绝对数量", "; not a bare count")
    if one.is_count:
        tail = _divided(trial, one)
    return Text(
        f"{name.zh}：与{size.zh}的等级相关系数{one.correlation:.2f}{tail.zh}",
        f"{name.en}: rank correlation with {size.en} {one.correlation:.2f}{tail.en}",
    )


def _divided(trial: Trial, one: _Grown) -> Text:
    """What would be left of the correlation if the count were divided by the size."""
    size, counts = trial.latest(one.size), _counted(trial, one.item)
    per_head = {unit: counts[unit] / size[unit] for unit in counts if size.get(unit)}
    left = _correlation(per_head, size)
    if left is None:
        return Text("；按绝对数量给分", "; a bare count")
    named = trial.input_named(one.size)
    return Text(
        f"；按绝对数量给分，除以{named.zh}后为{left:.2f}",
        f"; a bare count: divided by {named.en} it would be {left:.2f}",
    )


def _counted(trial: Trial, code: str) -> Mapping[str, Fraction]:
    """What the rule reads of each unit; of an index, its column."""
    if trial.is_index:
        return trial.latest(code)
    part = main_part(trial.scheme.item[code])
    return {} if part is None else readings(trial, part.of, trial.scheme.item[code])


def _total(trial: Trial, sizes: Mapping[str, Mapping[str, Fraction]]) -> list[Finding]:
    found = [(_correlation(trial.totals, column), name) for name, column in sizes.items()]
    strongest = max(((r, name) for r, name in found if r is not None), default=None)
    if strongest is None or strongest[0] < STRONG:
        return []
    r, name = strongest[0], trial.input_named(strongest[1])
    return [Finding(
        "total-follows-size", "mend", (),
        Text(f"总分与{name.zh}的等级相关系数为{r:.2f}", f"The total follows {name.en}: rank correlation {r:.2f}"),
        Text("名次大体上就是大小的次序，公布后会被看成按大小排队",
             "the ranking is nearly the order of size, and will be read as such"),
        Text("先改上列按数量给分的指标；或按类分组（groups），各组分别排名、分别给名额",
             "mend the counts among the items first; or rank in peer groups, with a quota for each"),
        (),
        {"correlation": round(r, 3), "size": strongest[1]},
    )]  # fmt: skip


def _sizes_named(trial: Trial, sizes: Mapping[str, object]) -> Text:
    named = [trial.input_named(name) for name in sizes]
    return Text("、".join(one.zh for one in named), " or ".join(one.en for one in named))
