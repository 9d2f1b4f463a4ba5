"""How the scores of very many units are spread: how many units lie in each step of the scale."""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import NARROW, WIDE, Drawing, Picture
from steelyard.papers.words import Words
from steelyard.weighing.result import Result

_HEIGHT, _TOP, _FOOT = 200.0, 20.0, 24.0
_GAP = 1.5


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the scale: its lower edge, which belongs to it, and how many units lie in it."""

    low: Fraction
    count: int


def spread_picture(result: Result, words: Words, *, width: int = WIDE) -> Picture:
    """A histogram of all scores.

    Raises:
        ValueError: no unit has a score.
    """
    scores = [Fraction(one.score) for one in result.standings if one.score is not None]
    if not scores:
        raise ValueError("no unit has a score, so there is no spread to draw")
    size = _step_size(scores, 24 if width > NARROW else 12)
    steps = _steps(scores, size)
    return Picture(
        name="spread" if width > NARROW else "spread-narrow",
        words=words,
        scheme=result.scheme,
        title=words.marked(words("spread_title")),
        subtitle=words("spread_subtitle", size=numbers.number(size)),
        description=_described(scores, steps, size, words),
        caption=words("spread_caption"),
        width=width,
        drawing=_drawn(steps, size, width),
    )


def _step_size(scores: list[Fraction], most: int) -> Fraction:
    """The smallest of 1, 2, 5, 10, … (times a power of ten) that makes at most ``most`` steps."""
    span = max(scores) - min(scores) or Fraction(1)
    power = Fraction(10) ** (math.floor(math.log10(float(span))) - 2)
    while True:
        for digit in (1, 2, 5):
            if span / (digit * power) < most - 1:
                return digit * power
        power *= 10


def _steps(scores: list[Fraction], size: Fraction) -> list[Step]:
    first, last = math.floor(min(scores) / size), math.floor(max(scores) / size)
    places = [math.floor(score / size) for score in scores]
    return [Step(at * size, places.count(at)) for at in range(first, last + 1)]


def _drawn(steps: list[Step], size: Fraction, width: int) -> Drawing:
    each = (width - 24.0) / len(steps)
    tallest = max(step.count for step in steps)
    bottom = _TOP + _HEIGHT
    shapes = [svg.line(12, bottom, width - 12, bottom, "p-axis")]
    for place, step in enumerate(steps):
        left, high = 12 + each * place, _HEIGHT * step.count / tallest
        shapes.append(svg.rect(left + _GAP, bottom - high, each - 2 * _GAP, high, "p-bar"))
        middle = left + each / 2
        shapes.append(
            svg.text(middle, bottom - high - 4, numbers.counted(step.count), class_="p-soft p-mid")
        )
        shapes.append(svg.text(left, bottom + 15, numbers.number(step.low), class_="p-soft p-mid"))
    end = numbers.number(steps[-1].low + size)
    shapes.append(svg.text(width - 12, bottom + 15, end, class_="p-soft p-mid"))
    return Drawing("".join(shapes), bottom + _FOOT)


def _described(scores: list[Fraction], steps: list[Step], size: Fraction, words: Words) -> str:
    fullest = max(steps, key=lambda step: step.count)
    return words(
        "spread_described",
        least=numbers.number(min(scores), 2), most=numbers.number(max(scores), 2),
        median=numbers.number(median(scores), 2), count=numbers.counted(fullest.count),
        low=numbers.number(fullest.low), high=numbers.number(fullest.low + size),
    )  # fmt: skip
