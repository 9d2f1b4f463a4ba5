"""What is the cheapest way up, and to where?"""

from __future__ import annotations

from dataclasses import dataclass, field

from steelyard.assessment.rules.standing.aims import aim_of
from steelyard.assessment.rules.standing.values import OWN
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.weighing.advice.advise import advise
from steelyard.weighing.advice.findings import Advice
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.result import Result


@dataclass(frozen=True)
class WayUp:
    """The way, with why it aims at what it aims at; or why there is none."""

    advice: Advice | None = None
    why: Text = field(default_factory=Text)
    refused: Text = field(default_factory=Text)


def way_up(
    result: Result, unit: str, rivals: Text, limits: Limits, *, is_ranked: bool, unknown: int
) -> WayUp:
    """``unknown``: how many of the unit's own items are not known yet.

    What the unit gives itself on an item that a body will judge is no lever: a higher self-score improves
    nothing.
    """
    aim = aim_of(result, unit, is_ranked=is_ranked, unknown=unknown)
    if aim is None:
        return WayUp(refused=Text("已经没有更高的目标", "there is nothing further up"))
    try:
        told = advise(
            result.scheme, result.values, unit, aim.target, fixed=_self_scores(result), rivals=rivals,
            limits=limits,
        )  # fmt: skip
    except Faulty as error:
        return WayUp(refused=error.faults[0].what)
    return WayUp(told, aim.why)


def _self_scores(result: Result) -> tuple[str, ...]:
    return tuple(code for code in result.scheme.inputs if code.startswith(OWN))
