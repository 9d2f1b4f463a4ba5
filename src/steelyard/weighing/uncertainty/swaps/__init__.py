"""The smallest change of weights that puts two units level, and why there is none if so."""

from __future__ import annotations

from steelyard.kernel.bilingual import Text
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import Swap
from steelyard.weighing.uncertainty.swaps.weighted_sum import WeightedSum, smallest


class Swaps:
    """The smallest swap of any two units of a result: its total as a weighted sum, made once."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._sum = _as_sum(result)

    def between(self, ahead: str, behind: str) -> tuple[Swap | None, Text]:
        """The swap, or the reason why there is none."""
        if isinstance(self._sum, Text):
            return None, self._sum
        for unit in (ahead, behind):
            why = self._why_not(self._sum, unit)
            if why:
                return None, why
        swap = smallest(self._sum, ahead, behind)
        return swap, Text() if swap else self._nothing_helps(self._sum, ahead, behind)

    def _why_not(self, sum_: WeightedSum, unit: str) -> Text:
        standing, title = self._result.standing[unit], self._result.scheme.unit[unit].title
        if standing.vetoes:
            return Text(
                f"{title.say('zh')}适用一票否决，名次不只由权重决定。",
                f"A veto applies to {title.say('en')}, so that weights alone do not place it.",
            )
        if unit not in sum_.reached:
            return Text(
                f"{title.say('zh')}有缺项或不适用的项目，改变权重的影响不是简单加总。",
                f"Something is missing or does not apply to {title.say('en')}, so that its total is no simple sum of "
                "weights.",
            )
        return Text()

    def _nothing_helps(self, sum_: WeightedSum, ahead: str, behind: str) -> Text:
        """Ahead on everything; or on some things behind, but further ahead by bonuses and deductions."""
        first, second = (self._result.scheme.unit[unit].title for unit in (ahead, behind))
        if any(sum_.lead(item, ahead, behind) < 0 for item in sum_.weights):
            return Text(
                f"{first.say('zh')}凭加分、扣分领先{second.say('zh')}的，任何分值都补不回来。",
                f"{first.say('en')} leads {second.say('en')} by bonuses and deductions, which no points make up "
                "for.",
            )
        return Text(
            f"{first.say('zh')}没有一项比{second.say('zh')}差，任何权重都换不了位。",
            f"{first.say('en')} is behind {second.say('en')} on nothing: no weights would swap them.",
        )


def _as_sum(result: Result) -> WeightedSum | Text:
    """The total as a weighted sum, or why it is none."""
    if result.scheme.family == "points":
        from steelyard.weighing.uncertainty.swaps.points import weighted_sum
    else:
        from steelyard.weighing.uncertainty.swaps.index import weighted_sum
    return weighted_sum(result)
