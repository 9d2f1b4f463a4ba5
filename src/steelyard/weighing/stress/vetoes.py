"""Would a veto strike so many that it decides the result by itself?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Veto
from steelyard.weighing.stress.findings import Finding, Level, Told
from steelyard.weighing.stress.readings import has_data_for
from steelyard.weighing.stress.trial import Trial
from steelyard.weighing.stress.wording import listed, things

_MANY = Fraction(1, 5)
_HALF = Fraction(1, 2)


def vetoes_that_strike_many(trial: Trial) -> Told:
    """Vetoes that would have struck a fifth of the units or more."""
    if not trial.scheme.vetoes:
        return Told()
    if not trial.has_data:
        return Told(waits=(Text("一票否决会落到多少单位头上：要有上年数据。",
                                "How many a veto would strike: it takes last year's data."),))  # fmt: skip
    told = [veto for veto in trial.scheme.vetoes if has_data_for(trial, veto.when)]
    waits = _not_told(trial, told)
    if not told:
        return Told(waits=waits)
    struck = Counter(code for one in trial.got.standings for code in one.vetoes)
    units = len(trial.got.standings)
    findings = tuple(
        _strikes(trial, veto, struck[veto.code], units)
        for veto in told
        if struck[veto.code] >= 2 and struck[veto.code] >= _MANY * units
    )
    if findings:
        return Told(findings, waits=waits)
    return Told(sound=(_few(told, max(struck.values(), default=0), units),), waits=waits)


def _not_told(trial: Trial, told: Sequence[Veto]) -> tuple[Text, ...]:
    """The vetoes whose figures nobody has for last year."""
    blind = [veto for veto in trial.scheme.vetoes if veto not in told]
    if not blind:
        return ()
    named = listed([veto.title for veto in blind])
    return (Text(
        f"一票否决{named.zh}会落到多少单位头上：去年没有它所看的数据，未能测试。",
        f"How many the veto {named.en} would strike: last year has no data of what it looks at.",
    ),)  # fmt: skip


def _few(told: Sequence[Veto], most: int, units: int) -> Text:
    count = len(told)
    if not most:
        return Text(
            f"{count}项一票否决去年都没有触发。",
            f"None of {things(count, 'veto', 'vetoes')} would have struck anybody.",
        )
    return Text(
        f"{count}项一票否决去年最多落到{units}个单位中的{most}个。",
        f"None of {things(count, 'veto', 'vetoes')} would have struck more than {most} of {units} units.",
    )


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
