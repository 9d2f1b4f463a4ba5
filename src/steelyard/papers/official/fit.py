"""Does a paper fit its first page? Counted by the grid, before any program lays it out.

An estimate that errs to the long side: characters by their width, every line to its end.
"""

from __future__ import annotations

from math import ceil

from steelyard.papers.official.layout import (
    AREA_WIDTH,
    BOTTOM,
    LETTER_TOP,
    PAGE_HEIGHT,
    TOP,
    UNDER_RULE_PT,
    type_of,
)
from steelyard.papers.official.numbering import numbered
from steelyard.papers.official.paper import Paper
from steelyard.papers.official.width import text_width

_LATIN = 1.15
"""Mean width of a Latin character as a share of half its size, in the widest font that may stand in."""
_SPARE = 700
"""Twips left free: programs differ in how high they set the organ's name and the title."""


def fits_one_page(paper: Paper) -> bool:
    """Whether a letter's text ends on its first page. Footnotes are not looked at: a letter has none."""
    return letter_height(paper) + _SPARE <= PAGE_HEIGHT - BOTTOM - _top(paper)


def letter_height(paper: Paper) -> int:
    """From the rule below the organ's name to the end of the text, in twips."""
    type_ = type_of(paper)
    lines = sum(
        _lines(paper, f"{number}{one.text}")
        for number, one in numbered(paper.paragraphs, paper.lang)
    )
    lines += 1 if paper.addressee else 0
    signed = sum(bool(one) for one in (paper.signature, paper.issued_on))
    lines += signed + 1 if signed else 0
    number = type_.pitch + type_.body * 9 if paper.head.number else 0
    titles = ceil(text_width(paper.full_title) * type_.title * 10 / AREA_WIDTH)
    title = titles * max(type_.pitch, type_.title * 12) + 2 * type_.pitch
    return lines * type_.pitch + number + title


def _lines(paper: Paper, text: str) -> int:
    type_ = type_of(paper)
    wide = text_width(text) * type_.body * 10 * (_LATIN if paper.lang == "en" else 1)
    return max(ceil((wide + type_.indent) / AREA_WIDTH), 1)


def _top(paper: Paper) -> int:
    """Where a letter's text begins: below the name, its rule and a little air."""
    from steelyard.papers.official.parts import letter_mark_size

    mark = round(letter_mark_size(paper) * 10 * 1.35)
    return max(TOP, LETTER_TOP + mark + UNDER_RULE_PT * 20 + 60 + 120)
