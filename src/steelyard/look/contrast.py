"""Can what is written be read? The contrast of each pair of colours that pages put together.

Contrast is WCAG 2's: (lighter + 0.05) / (darker + 0.05) of the relative luminances, from 1 to 21. Text
needs 4.5, outlines of what is pressed and marks in pictures need 3 (WCAG 2.2, 1.4.3 and 1.4.11).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.papers.pictures import look

TEXT = 4.5
MARK = 3.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A colour in front of another, and the contrast that it needs there."""

    front: str
    behind: str
    needed: float = TEXT


PAIRS: tuple[Pair, ...] = (
    *(
        Pair(front, behind)
        for front in ("ink", "ink-soft", "accent")
        for behind in ("paper", "surface", "accent-soft")
    ),
    Pair("paper", "accent"),
    Pair("paper", "ink"),
    Pair("sample", "sample-paper"),
    Pair("sample", "paper"),
    Pair("veto", "veto-paper"),
    Pair("veto", "paper"),
    *(Pair(f"on-shade-{step}", f"shade-{step}") for step in range(1, 6)),
    *(Pair(one, "paper", MARK) for one in ("line-strong", "median", "sample-line", "focus")),
    *(Pair(one, "surface", MARK) for one in ("line-strong", "focus")),
)
"""Every pair that a page, a paper or a picture makes."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A pair with its colours and its contrast in one mode."""

    pair: Pair
    front: str
    behind: str
    contrast: float

    @property
    def shown(self) -> str:
        """Rounded down, so that no figure says more than is there."""
        return f"{int(self.contrast * 10) / 10:.1f}"


def reached(colours: Mapping[str, str]) -> list[Reached]:
    """The contrast of every pair with these colours."""
    return [
        Reached(pair, front, behind, contrast(front, behind))
        for pair in PAIRS
        for front, behind in [(colours[pair.front], colours[pair.behind])]
    ]


def by_day() -> list[Reached]:
    return reached(look.light())


def in_the_dark() -> list[Reached]:
    return reached(look.dark())


def contrast(one: str, other: str) -> float:
    """
    >>> contrast("#000000", "#ffffff"), round(contrast("#777777", "#ffffff"), 2)
    (21.0, 4.48)
    """
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2, from IEC 61966-2-1)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
