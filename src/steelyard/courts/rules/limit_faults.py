"""What is said when a time limit is asked for that cannot be told?"""

from __future__ import annotations

from steelyard.courts.rules.limit_rows import Rule
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Where


def no_such_limit(code: str) -> Fault:
    return Fault(
        "no-such-limit",
        Text(f"没有代码为“{code}”的期限", f"no time limit has the code {code!r}"),
        Text("请查看期限表的code列", "see column code of the table of limits"),
        Where(key=code),
    )


def not_in_hours(code: str) -> Fault:
    return Fault(
        "not-in-hours",
        Text(f"“{code}”不以小时计算", f"{code} is not counted in hours"),
        Text("请按日计算", "count it in days"),
        Where(key=code),
    )


def no_exclusion(rule: Rule) -> Fault:
    return Fault(
        "no-exclusion",
        Text(
            f"“{rule.title.zh}”没有扣除期间的规定",
            f"no text leaves days out of: {rule.title.en}",
        ),
        Text("请不扣除期间计算", "count it without leaving days out"),
        Where(key=rule.code),
    )


def no_such_ground(rule: Rule, ground: str) -> Fault:
    known = ", ".join(rule.left_out)
    return Fault(
        "no-such-ground",
        Text(
            f"“{rule.title.zh}”没有以“{ground}”为由扣除期间的规定",
            f"no text leaves days out of {rule.title.en} for {ground!r}",
        ),
        Text(f"可用的事由：{known or '无'}", f"grounds that a text names: {known or 'none'}"),
        Where(key=rule.code),
    )
