"""May the scoring bodies be urged? What stands against it, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal


@dataclass(frozen=True, slots=True, kw_only=True)
class Urging:
    """``waiting``: bodies that have scores to give; ``urged_on``: the day on which they were urged last."""

    waiting: int
    urged_on: date | None
    on: date


def against_urging(asked: Urging) -> tuple[Refusal, ...]:
    """More than once a day is noise, and noise is not read.

    >>> against_urging(Urging(waiting=2, urged_on=None, on=date(2022, 3, 1)))
    ()
    """
    return tuple(one for one in (somebody_has_to_score(asked), not_urged_today(asked)) if one)


def somebody_has_to_score(asked: Urging) -> Refusal | None:
    if asked.waiting:
        return None
    return Refusal("nobody_to_urge", Text("没有待评的项目", "nothing is left to be scored"))


def not_urged_today(asked: Urging) -> Refusal | None:
    if asked.urged_on is None or asked.urged_on < asked.on:
        return None
    return refusal(
        "urged_today",
        Text("今天已经催办过", "they were urged today already"),
        Text("请明天再催，或者打电话", "urge again tomorrow, or call them"),
    )
