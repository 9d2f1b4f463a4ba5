"""On which items do many units lack data, and can last year's data be weighed at all?"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.weighing.stress.findings import Finding, Told
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import percent, things

_MANY = Fraction(1, 5)


def data_that_many_lack(trial: Trial) -> Told:
    """Items that a fifth of the units or more were scored on without data, and data that were refused."""
    if not trial.has_data:
        return Told()
    refused = [_refused(trial)] if trial.could_not else []
    lacking = {leaf.code: _lacking(trial, leaf.code) for leaf in trial.scheme.leaves}
    units = len(trial.units)
    many = {
        code: who for code, who in lacking.items() if len(who) >= 2 and len(who) >= _MANY * units
    }
    if refused or many:
        return Told((*refused, *_missing(trial, many)))
    return Told(sound=(Text(
        "数据齐全：没有哪一项有五分之一以上的单位缺数。",
        "The data are there: on no item does a fifth of the units lack them.",
    ),))  # fmt: skip


def _lacking(trial: Trial, code: str) -> list[str]:
    """The units without the data that an item needs, whatever the scheme makes of that."""
    composed = trial.got.composed
    if composed is not None:
        raw = composed.steps["raw"].get(code)
        if raw is None:
            return []
        return [unit for unit, value in zip(composed.units, raw, strict=True) if value != value]
    scores = trial.got.items[code]
    return [u for u in trial.units if _NO_DATA.search(scores[u].why)]


_NO_DATA = re.compile(r"\bmissing\b|\bno_base\b|\bno_material\b|\bunreliable\b|\bforged\b")


def _missing(trial: Trial, many: Mapping[str, Sequence[str]]) -> list[Finding]:
    if not many:
        return []
    holding, items = trial.holding(list(many)), tuple(many)
    return [Finding(
        "many-missing", "mend", items,
        Text(f"{len(many)}项指标有五分之一以上的单位缺数、无基数或无材料，{holding.zh}",
             f"{things(len(many), 'item', 'items')} on which a fifth of the units or more have no data, no base or no "
             f"material: {holding.en}"),
        Text("这些单位的得分由缺数的处理规则决定，反映的是报没报，不是做没做",
             "their points there come from the rule for missing data: they show who delivered, not who worked"),
        Text("换一个数据来源单位，或改用各地都报得出的数据；确不适用的写明not_applicable_if",
             "have another body supply it, or use figures that all can deliver; where it does not apply, say so with "
             "not_applicable_if"),
        tuple(_lack(trial, code, who) for code, who in many.items()),
        {"lacking": {code: list(who) for code, who in many.items()}, "units": len(trial.units)},
    )]  # fmt: skip


def _lack(trial: Trial, code: str, who: Sequence[str]) -> Text:
    name, units, named = trial.called(code), len(trial.units), trial.units_named(who, 4)
    share = percent(Fraction(len(who), units))
    return Text(
        f"{name.zh}：{units}个单位中{len(who)}个没有（{share}）：{named.zh}",
        f"{name.en}: {len(who)} of {units} have none ({share}): {named.en}",
    )


def _refused(trial: Trial) -> Finding:
    return Finding(
        "cannot-be-weighed", "stop", (),
        Text(f"用去年的数据算不出结果：有{len(trial.could_not)}处缺失而细则规定不予计算",
             f"last year's data cannot be weighed: {things(len(trial.could_not), 'value is', 'values are')} missing "
             "where the scheme refuses that"),
        Text("细则没有说缺数怎么办，年终时会卡在这里；以下各项按“缺失即不适用”试算",
             "the scheme does not say what becomes of a missing value, and will stall at the year's end; what follows "
             "was weighed as if a missing value meant not applicable"),
        Text("在细则中写明缺少数据、无可比基数时怎样计分，或补报数据",
             "say in the scheme what missing data and no base lead to, or deliver the data"),
        tuple(trial.in_the_way), {"refused": len(trial.could_not)},
    )  # fmt: skip
