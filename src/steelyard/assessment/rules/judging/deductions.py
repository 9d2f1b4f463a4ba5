"""Deductions as they are typed: one a line, the points and then why."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from steelyard.assessment.rules.judging.values import FINEST, LONGEST_REASON, MOST_DEDUCTIONS, Taken
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal

_LINE = re.compile(r"[-−–]?\s*(?P<points>\d[\d.]*)\s*分?\s*[:：,，;；、\s]\s*(?P<reason>\S.*)")
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．", "0123456789.")


def read_deductions(text: str) -> tuple[tuple[Taken, ...], tuple[Refusal, ...]]:
    """One a line: points, then the reason.

    >>> [(str(one.points), one.reason) for one in read_deductions("1.5 缺少年度计划\\n0.5分：逾期报送")[0]]
    [('1.5', '缺少年度计划'), ('0.5', '逾期报送')]
    >>> [one.code for one in read_deductions("缺少年度计划")[1]]
    ['wrong_deduction']
    """
    found: list[Taken] = []
    refusals: list[Refusal] = []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines[:MOST_DEDUCTIONS]:
        one = _taken(line)
        if one is None:
            refusals.append(_wrong_line(line))
        else:
            found.append(one)
    if len(lines) > MOST_DEDUCTIONS:
        refusals.append(
            Refusal("too_many", Text("扣分过多", "there are too many deductions")),
        )
    return tuple(found), tuple(refusals)


def _taken(line: str) -> Taken | None:
    match = _LINE.fullmatch(line.translate(_HALF_WIDTH))
    if match is None:
        return None
    try:
        points = Decimal(match["points"])
    except InvalidOperation:
        return None
    is_fine = 0 < points < 100_000 and points == points.quantize(FINEST)
    reason = line[match.start("reason") :].strip()
    return Taken(points, reason) if is_fine and len(reason) <= LONGEST_REASON else None


def _wrong_line(line: str) -> Refusal:
    short = line if len(line) <= 40 else f"{line[:40]}…"
    return refusal(
        "wrong_deduction",
        Text(f"“{short}”不是一项扣分", f"“{short}” is not a deduction"),
        Text("每行一项：先写扣几分（至多四位小数），空格，再写理由",
             "one a line: the points (four decimals at most), a space, the reason"),
    )  # fmt: skip


def deductions_as_typed(taken: tuple[Taken, ...]) -> str:
    return "\n".join(f"{one.said} {one.reason}" for one in taken)
