"""Within how many working days is a message answered? The region's site promises it, in ``website.toml``."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from steelyard import regions
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where

MOST = 60
"""Working days: three months without an answer fail an inspection (国办秘函〔2019〕19号)."""


@lru_cache
def answer_days(path: Path = regions.GUANGDONG_WEBSITE) -> int:
    """
    Raises:
        Faulty: the region promises no whole number of days, or more than would pass an inspection.
    """
    promised = tomllib.loads(path.read_text(encoding="utf-8")).get("messages", {})
    days = promised.get("answer_working_days")
    if type(days) is not int or not 1 <= days <= MOST:
        raise Faulty([_no_promise(path.name, days)])
    return days


def _no_promise(name: str, days: object) -> Fault:
    return Fault(
        "no-answer-days",
        Text(f"留言答复工作日数“{days}”不能用", f"{days!r} is no number of working days to answer in"),
        Text(
            f"请填写1至{MOST}的整数：三个月不答复即检查不合格",
            f"write a whole number from 1 to {MOST}: three months without an answer fail an inspection",
        ),
        Where(file=name, key="messages.answer_working_days"),
    )  # fmt: skip
