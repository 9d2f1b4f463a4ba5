"""Vetoes that strike many, data that many lack, and data that could not be weighed at all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Veto
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import percent, things

_MANY = Fraction(1, 5)
_HALF = Fraction(1, 2)


def vetoes_that_strike_many(trial: Trial) -> Told:
    """Vetoes that would have struck a fifth of the units or more."""
    if not trial.scheme.vetoes:
        return Told()
    if not trial.has_data:
        return Told(waits=(Text("一票否决会落到多少单位头上：要有上年数据（--data）。",
                                "How many a veto would strike: it takes last year's data (--data)."),))  # fmt: skip
    struck = Counter(code for one in trial.got.standings for code in one.vetoes)
    units = len(trial.got.standings)
    findings = [
        _strikes(trial, veto, struck[veto.code], units)
        for veto in trial.scheme.vetoes
        if struck[veto.code] and struck[veto.code] >= _MANY * units
    ]
    if findings:
        return Told(tuple(findings))
    most = max(struck.values(), default=0)
    return Told(sound=(Text(
        f"{len(trial.scheme.vetoes)}项一票否决去年最多落到{units}个单位中的{most}个。",
        f"None of {things(len(trial.scheme.vetoes), 'veto', 'vetoes')} would have struck more than {most} of "
        f"{units} units.",
    ),))  # fmt: skip


def _strikes(trial: Trial, veto: Veto, count: int, units: int) -> Finding:
    level: Level = "stop" if count >= _HALF * units else "mend"
    title = veto.title
    who = [one.unit.code for one in trial.got.standings if veto.code in one.vetoes]
    return Finding(
        "veto-strikes-many", level, (),
        Text(f"一票否决“{title.say('zh')}”去年会落到{units}个单位中的{count}个",
             f"the veto {title.say('en')!r} would have struck {count} of {units} units"),
        Text("人人触犯的红线不成其为红线，结果只剩有没有被否决", "a line that so many cross is none, and decides all by itself"),
        Text("提高触发条件，或改为扣分", "raise what triggers it, or turn it into a deduction"),
        (trial.units_named(who),), {"veto": veto.code, "struck": count, "units": units},
    )  # fmt: skip


def data_that_many_lack(trial: Trial) -> Told:
    """Inputs that a fifth of the units or more did not deliver, and values that the scheme refused."""
    if not trial.has_data:
        return Told()
    refused = [_refused(trial)] if trial.could_not else []
    lacking = [(code, _known(trial, code)) for code in _used(trial)]
    units = len(trial.units)
    many = [(code, known) for code, known in lacking if units - known >= _MANY * units]
    if not refused and not many:
        return Told(sound=(Text(
            "数据齐全：没有哪个数据项有五分之一以上的单位缺报。",
            "The data are there: no input is missing for a fifth of the units or more.",
        ),))  # fmt: skip
    return Told((*refused, *_missing(trial, many)))


def _used(trial: Trial) -> list[str]:
    """Inputs that some leaf looks at in the period that is weighed."""
    seen = set().union(*(trial.sees[leaf.code].inputs for leaf in trial.scheme.leaves))
    period = trial.scheme.period_label
    return [
        code
        for code in sorted(seen)
        if code in trial.scheme.inputs or trial.is_index
        if (code, period) in trial.got.values.cells or not _reads_the_past(trial, code)
    ]


def _reads_the_past(trial: Trial, code: str) -> bool:
    """Delivered for earlier periods only: the rules look back to it."""
    return any(name == code for name, _ in trial.got.values.cells)


def _known(trial: Trial, code: str) -> int:
    cells = trial.got.values.cells.get((code, trial.scheme.period_label), {})
    return sum(
        unit in cells and (cells[unit].value is not None or cells[unit].status == "not_applicable")
        for unit in trial.units
    )


def _missing(trial: Trial, many: Sequence[tuple[str, int]]) -> list[Finding]:
    if not many:
        return []
    units = len(trial.units)
    inputs = {code for code, _ in many}
    items = tuple(l.code for l in trial.scheme.leaves if trial.sees[l.code].inputs & inputs)  # noqa: E741
    led = trial.scheme.on.get("missing", "refuse")
    return [Finding(
        "many-missing", "mend", items,
        Text(f"{len(many)}个数据项有五分之一以上的单位缺报", f"{things(len(many), 'input is', 'inputs are')} missing for "
             "a fifth of the units or more"),
        Text("缺报的单位按缺失规则处理，得分反映的是报没报，不是做没做",
             f"what the rule for missing values leads to ({led}) then decides, not the work"),
        Text("明年换一个数据来源单位，或改用各地都报得出的数据；确不适用的写明not_applicable_if",
             "have another body supply it, or use figures that all can deliver; where it does not apply, say so with "
             "not_applicable_if"),
        tuple(_lack(trial, code, known, units) for code, known in many),
        {"known": dict(many), "units": units},
    )]  # fmt: skip


def _lack(trial: Trial, code: str, known: int, units: int) -> Text:
    title = trial.input_named(code) if code in trial.scheme.inputs else trial.called(code)
    share = percent(Fraction(known, units))
    return Text(
        f"{title.zh}：{units}个单位中{known}个有数（{share}）",
        f"{title.en}: known of {known} of {units} ({share})",
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
        Text("在[on]中写明missing和no_base（无基数）的处理，或补报数据",
             "say in [on] what missing and no_base lead to, or deliver the data"),
        tuple(trial.could_not[:6]), {"refused": len(trial.could_not)},
    )  # fmt: skip
