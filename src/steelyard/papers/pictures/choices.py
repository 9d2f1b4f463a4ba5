"""Which choice moves the ranking: first-order and total index of each, with their intervals."""

from __future__ import annotations

from collections.abc import Sequence

from steelyard.papers import numbers
from steelyard.papers.doubts import index_said
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import NARROW, WIDE, Drawing, Picture
from steelyard.papers.pictures.scale import Scale
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import Index, Sensitivity

_SIZE, _LINE = 12.0, 15.0
_BAR, _GAP = 11.0, 14.0
_FIGURES = 92.0
_LEGEND = 24.0


def choices_picture(
    result: Result, found: Sensitivity, words: Words, *, width: int = WIDE
) -> Picture:
    confidence = numbers.share(found.confidence)
    return Picture(
        name="choices" if width > NARROW else "choices-narrow",
        words=words,
        scheme=result.scheme,
        title=words.marked(words("choices_table")),
        subtitle=words("choices_subtitle"),
        description=_described(found, words),
        caption=words("choices_caption", confidence=confidence),
        width=width,
        drawing=_drawn(found, words, width),
    )


def by_weight(found: Sensitivity) -> Sequence[str]:
    """The factors, that with the largest total index first."""
    return sorted(found.factors, key=lambda name: -found.shift_total[name].value)


def _drawn(found: Sensitivity, words: Words, width: int) -> Drawing:
    indices = [*found.shift_first.values(), *found.shift_total.values()]
    most = max([1.0, *(one.value + one.error for one in indices)])
    scale = Scale(0.0, most, 6.0, width - _FIGURES - 10)
    rows, top = [], _LEGEND + 18
    for name in by_weight(found):
        drawn = _row(found, name, scale, words, width)
        rows.append(svg.element("g", drawn.shapes, transform=f"translate(0 {top:.0f})"))
        top += drawn.height
    shapes = _legend(words) + _axis(scale) + "".join(rows)
    return Drawing(shapes, top + 4)


def _row(found: Sensitivity, name: str, scale: Scale, words: Words, width: int) -> Drawing:
    """The choice in words, then its two bars."""
    title = found.factors[name].say(words.lang) or name
    lines = svg.wrapped(title, width - 8.0, _SIZE, 3)
    said = "".join(svg.text(6, 12 + _LINE * at, one) for at, one in enumerate(lines))
    top = _LINE * len(lines) + 4
    said += _grid(scale, top - 2, top + 2 * _GAP)
    for index, class_ in (
        (found.shift_first[name], "p-shade-2"), (found.shift_total[name], "p-shade-4"),
    ):  # fmt: skip
        said += _bar(index, top, scale, class_, width)
        top += _GAP
    return Drawing(said, top + 9)


def _bar(index: Index, top: float, scale: Scale, class_: str, width: int) -> str:
    middle = top + _BAR / 2
    low, high = scale.at(index.value - index.error), scale.at(index.value + index.error)
    drawn = svg.rect(scale.left, top, scale.at(index.value) - scale.left, _BAR, class_)
    if index.error:
        drawn += svg.line(low, middle, high, middle, "p-whisker")
        for end in (low, high):
            drawn += svg.line(end, middle - 3.5, end, middle + 3.5, "p-whisker")
    return drawn + svg.text(width - 4, top + 10, index_said(index), class_="p-end p-size-11")


def _axis(scale: Scale) -> str:
    return "".join(
        svg.text(max(scale.at(quarter / 4), 12.0), _LEGEND + 10, f"{25 * quarter}%",
                 class_="p-soft p-mid")
        for quarter in range(5)
    )  # fmt: skip


def _grid(scale: Scale, top: float, bottom: float) -> str:
    """Upright rules behind two bars; none cross the words above them."""
    rules = [scale.at(quarter / 4) for quarter in range(1, 5)]
    shapes = "".join(svg.line(at, top, at, bottom, "p-rule") for at in rules)
    return shapes + svg.line(scale.zero, top, scale.zero, bottom, "p-axis")


def _legend(words: Words) -> str:
    shapes, left = "", 5.0
    for class_, key in (("p-shade-2", "first_order"), ("p-shade-4", "total_effect")):
        name = words(key)
        shapes += svg.rect(left + 1, 1, 12, 12, class_)
        shapes += svg.text(left + 18, 11, name, class_="p-soft")
        left += 18 + svg.text_width(name, 11) + 16
    return shapes


def _described(found: Sensitivity, words: Words) -> str:
    said = [
        words.beside(
            found.factors[name].say(words.lang) or name, index_said(found.shift_total[name])
        )
        for name in by_weight(found)
    ]
    return words("choices_described", choices=words.listed(said))
