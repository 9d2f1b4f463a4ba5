"""A picture: what it shows in words, what it shows in shapes, and the marks that it must carry.

A picture of a sample says so in its title, in a stamp, and in the name of its file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.papers import numbers
from steelyard.papers.pictures import look, svg
from steelyard.papers.words import Words
from steelyard.scheme.model import Scheme

WIDE, NARROW = 720, 350
"""CSS pixels: for a page or a sheet of paper, and for a phone."""

ROWS = 45
"""Units in one picture: what still is readable on a sheet of paper. More make another part."""

_MARGIN = 4.0
_LINE = 20.0
_STAMP = 104.0
_TITLE, _SOFT = 15.0, 11.0


@dataclass(frozen=True, slots=True)
class Part:
    """Which of the units a picture shows: those from ``start``, up to but not including ``end``.

    ``whole`` is how many there are; ``number`` counts the parts from 1.
    """

    start: int
    end: int
    whole: int
    number: int = 1

    @property
    def is_all(self) -> bool:
        return self.end - self.start == self.whole

    @property
    def suffix(self) -> str:
        """
        >>> [part.suffix for part in parts(60)]
        ['', '-2']
        """
        return f"-{self.number}" if self.number > 1 else ""

    def said(self, words: Words) -> str:
        """Which units these are; nothing if they are all."""
        if self.is_all:
            return ""
        whole = numbers.counted(self.whole)
        return words("part_of", first=self.start + 1, last=self.end, whole=whole)


def parts(whole: int) -> tuple[Part, ...]:
    """As few parts as will do, all about equally long.

    >>> [(part.start, part.end) for part in parts(60)]
    [(0, 30), (30, 60)]
    """
    count = max(1, -(-whole // ROWS))
    ends = [whole * place // count for place in range(count + 1)]
    return tuple(Part(ends[at], ends[at + 1], whole, at + 1) for at in range(count))


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes and their height, drawn from the top left corner at (0, 0)."""

    shapes: str
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """``title`` and ``description`` are the text alternative, ``caption`` says how to read it."""

    name: str
    words: Words
    scheme: Scheme
    title: str
    subtitle: str
    description: str
    caption: str
    width: int
    drawing: Drawing

    @property
    def file_name(self) -> str:
        return f"{self.name}-sample.svg" if self.words.is_sample else f"{self.name}.svg"

    def inline(self) -> str:
        """The picture as part of a page that carries ``look.tokens`` and ``look.page_style``."""
        shapes, height = self._whole()
        return self._svg(shapes, height)

    def alone(self) -> str:
        """The picture as a file of its own, with its colours and its origin."""
        shapes, height = self._whole()
        shapes += svg.text(_MARGIN, height + 12, self._origin(), class_="p-soft")
        paper = svg.element("rect", width="100%", height="100%", class_="p-paper")
        style = svg.element("style", look.dark_style())
        coloured = look.with_attributes(paper + shapes)
        more = {**look.root_attributes(self.words.lang), "xmlns": "http://www.w3.org/2000/svg"}
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            f"{self._svg(style + coloured, height + 20, more)}\n"
        )

    def _svg(self, shapes: str, height: float, more: Mapping[str, str] | None = None) -> str:
        told = svg.words("title", self.title, id=f"{self.name}-title")
        told += svg.words("desc", self.description, id=f"{self.name}-desc")
        return svg.element(
            "svg", told + shapes, **(more or {}), class_="picture", role="img",
            viewBox=f"0 0 {self.width} {height:.0f}", width=self.width, height=f"{height:.0f}",
            lang=_LANG[self.words.lang], aria_labelledby=f"{self.name}-title",
            aria_describedby=f"{self.name}-desc",
        )  # fmt: skip

    def _whole(self) -> tuple[str, float]:
        """Title, stamp and drawing, one below the other."""
        head = self._head()
        drawn = svg.element("g", self.drawing.shapes, transform=f"translate(0 {head.height:.0f})")
        return head.shapes + drawn, head.height + self.drawing.height

    def _head(self) -> Drawing:
        stamped = self.words.is_sample
        room = self.width - 2 * _MARGIN - (_STAMP + 8 if stamped else 0)
        lines = svg.wrapped(self.title, room, _TITLE, 2)
        said = [
            svg.text(_MARGIN, 17 + _LINE * place, one, class_="p-title")
            for place, one in enumerate(lines)
        ]
        below = _LINE * len(lines)
        notes = svg.wrapped(self.subtitle, self.width - 2 * _MARGIN, _SOFT, 2)
        said += [
            svg.text(_MARGIN, below + 14 + 15 * place, one, class_="p-soft")
            for place, one in enumerate(notes)
            if one
        ]
        said += [_stamp(self.width - _STAMP - 1, self.words("sample_stamp"))] if stamped else []
        return Drawing("".join(said), below + 15 * len(notes) + 9)

    def _origin(self) -> str:
        scheme = self.scheme
        said = [self.words.title(scheme), scheme.period_label, f"{scheme.code} {scheme.version}"]
        return svg.fitted(" · ".join(said), self.width - 2 * _MARGIN, _SOFT)


_LANG = {"zh": "zh-CN", "en": "en"}


def _stamp(left: float, said: str) -> str:
    box = svg.element("rect", x=left, y=1.0, width=_STAMP, height=20.0, rx=2.0, class_="p-stamp")
    return box + svg.text(left + _STAMP / 2, 15.5, said, class_="p-stamp-text p-mid")
