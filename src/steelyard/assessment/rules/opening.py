"""May an assessment be opened under a code, in the name of an office, of the units within another?"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

ADDRESSES = frozenset({"open"})
"""Pages beside those of the assessments."""


def against_code(code: str, *, is_taken: bool) -> tuple[Refusal, ...]:
    """
    >>> [one.code for one in against_code("open", is_taken=False)]
    ['code_is_an_address']
    """
    if is_taken:
        said = Text(f"代码“{code}”已被另一次考核使用", f"another assessment has the code {code!r}")
        return (refusal("code_taken", said, Text("请换一个代码", "choose another"), "code"),)
    if not any(one.isalnum() for one in code):
        said = Text(
            f"代码“{code}”没有字母或者数字", f"the code {code!r} has neither letter nor digit"
        )
        mend = Text("请用考核年度等作代码", "use the year that is assessed, say")
        return (refusal("code_says_nothing", said, mend, "code"),)
    if code in ADDRESSES:
        said = Text(
            f"“{code}”不能用作代码", f"{code!r} cannot be a code: it is the address of a page"
        )
        return (
            refusal("code_is_an_address", said, Text("请换一个代码", "choose another"), "code"),
        )
    return ()


LONGEST_PERIOD = 5
"""Years: what is assessed is a year, or a few of them together."""
FARTHEST = 50
"""Years from today, back or ahead: beyond that the century is mistyped."""


def against_period(starts: date, ends: date, today: date) -> tuple[Refusal, ...]:
    """``ends`` is the first day after the period; its last one is often written there by mistake.

    >>> today = date(2026, 2, 1)
    >>> [one.code for one in against_period(date(2025, 1, 1), date(2025, 12, 31), today)]
    ['ends_a_day_early']
    >>> against_period(date(2025, 1, 1), date(2026, 1, 1), today)
    ()
    """
    if abs(starts.year - today.year) > FARTHEST:
        said = Text(
            f"起日{starts}距今超过{FARTHEST}年",
            f"the first day, {starts}, is more than {FARTHEST} years from today",
        )
        return (refusal("far_period", said, Text("请核对年份", "look at the year"), "starts"),)
    if ends <= starts:
        said = Text("止日早于起日，或者与起日相同", "the period ends before it starts")
        return (refusal("ends_before_it_starts", said, Text("请改正", "correct it"), "ends"),)
    after = ends + timedelta(days=1)
    if (after.month, after.day) == (starts.month, starts.day):
        said = Text(
            f"期间少了最后一天：填的是期间之后的第一天，{ends}不在其内",
            f"the last day is left out: this is the first day after the period, so {ends} is not in it",
        )
        mend = Text(f"请填{after}", f"write {after}")
        return (refusal("ends_a_day_early", said, mend, "ends"),)
    if ends.year - starts.year > LONGEST_PERIOD:
        said = Text(
            f"期间超过{LONGEST_PERIOD}年", f"the period is longer than {LONGEST_PERIOD} years"
        )
        return (refusal("long_period", said, Text("请核对年份", "look at the years"), "ends"),)
    return ()


def against_office(*, is_staffed: bool) -> tuple[Refusal, ...]:
    """An organisation in which nobody runs assessments is no office of one: nobody would be told of it."""
    if is_staffed:
        return ()
    return (
        refusal(
            "no_office_there",
            Text("该单位没有人担任考核办角色", "nobody works as assessing office in this organisation"),
            Text("请选择设有考核办的单位，或者请系统管理员先授予角色",
                 "choose one that has it, or have the administrator give the role"),
            "office",
        ),
    )  # fmt: skip


def against_within(within: str, below: Collection[str]) -> tuple[Refusal, ...]:
    """``below``: the codes of the units below the office that have units of their own.

    >>> [one.code for one in against_within("440100", {"440700"})]
    ['unknown_within']
    """
    if not within or within in below:
        return ()
    said = Text(f"本单位下级中没有代码为“{within}”、且设有下级被考核单位的市",
                f"no city below the office has the code {within!r} and districts of its own")  # fmt: skip
    mended = Text("请选择其中之一；考核本级所属各单位的，不选",
                  "choose one that has; choose none for the units of the office's own region")  # fmt: skip
    return (refusal("unknown_within", said, mended, "within"),)
