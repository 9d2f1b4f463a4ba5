"""Would a veto strike so many that it decides the result by itself?"""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Veto
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import things

_MANY = Fraction(1, 5)
_HALF = Fraction(1, 2)


def vetoes_that_strike_many(trial: Trial) -> Told:
    """Vetoes that would have struck a fifth of the units or more."""
    if not trial.scheme.vetoes:
        return Told()
    if not trial.has_data:
        return Told(waits=(Text("一票否决会落到多少单位头上：要有上年数据。",
                                "How many a veto would strike: it takes last year's data."),))  # fmt: skip
    struck = Counter(code for one in trial.got.standings for code in one.vetoes)
    units = len(trial.got.standings)
    findings = [
        _strikes(trial, veto, struck[veto.code], units)
        for veto in trial.scheme.vetoes
        if struck[veto.code] >= 2 and struck[veto.code] >= _MANY * units
    ]
    if findings:
        return Told(tuple(findings))
    count, most = len(trial.scheme.vetoes), max(struck.values(), default=0)
    if not most:
        return Told(sound=(Text(
            f"{count}项一票否决去年都没有触发。",
            f"None of {things(count, 'veto', 'vetoes')} would have struck anybody.",
        ),))  # fmt: skip
    return Told(sound=(Text(
        f"{count}项一票否决去年最多落到{units}个单位中的{most}个。",
        f"None of {things(count, 'veto', 'vetoes')} would have struck more than {most} of {units} units.",
    ),))  # fmt: skip


def _strikes(trial: Trial, veto: Veto, count: int, units: int) -> Finding:
    level: Level = "stop" if count >= _HALF * units else "mend"
    title = veto.title
    who = [one.unit.code for one in trial.got.standings if veto.code in one.vetoes]
    return Finding(
        "veto-strikes-many", level, (),
        Text(f"一票否决“{title.say('zh')}”去年会落到{units}个单位中的{count}个",
             f"the veto {title.say('en')!r} would have struck {count} of {units} units"),
        Text("人人触犯的红线不成其为红线，结果只剩有没有被否决",
             "a line that so many cross is none, and decides all by itself"),
        Text("提高触发条件，或改为扣分", "raise what triggers it, or turn it into a deduction"),
        (trial.units_named(who),), {"veto": veto.code, "struck": count, "units": units},
    )  # fmt: skip
