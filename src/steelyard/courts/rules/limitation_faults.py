"""What is said when a limitation period is asked for that cannot be told?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.courts.rules.limitation_events import Interrupted
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where


def no_limitation(code: str, known: Iterable[str]) -> Fault:
    listed = ", ".join(known)
    return Fault(
        "no-limitation-period",
        Text(f"“{code}”不是时效期间", f"{code} is no limitation period"),
        Text(f"时效期间有：{listed}", f"these are: {listed}"),
        Where(key=code),
    )


def before_the_start(event: Interrupted, start: date) -> Fault:
    return Fault(
        "event-before-start",
        Text(
            f"{event.on}（{event.why.zh}）早于起算之日{start}",
            f"{event.on} ({event.why.en}) lies before the time starts, {start}",
        ),
        Text(
            "请核对日期；起算前的事由不引起中断", "check the days: nothing interrupts before that"
        ),
        Where(key=str(event.on)),
    )


def harmed_after(harmed_on: date, start: date) -> Fault:
    return Fault(
        "harmed-after-start",
        Text(
            f"损害之日{harmed_on}晚于知道之日{start}",
            f"the harm of {harmed_on} lies after the day it was known, {start}",
        ),
        Text("请核对两个日期", "check both days"),
        Where(key=str(harmed_on)),
    )


def not_bounded(code: str) -> Fault:
    return Fault(
        "twenty-years-not-of-enforcement",
        Text("二十年最长期间不适用于申请执行", "twenty years do not bound enforcement"),
        Text("请不填写损害之日", "leave out the day of the harm"),
        Where(key=code),
    )
