"""The rows that pictures of doubts share: rank and name on the left, figures on the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import NARROW, Part
from steelyard.papers.words import Words
from steelyard.weighing.result import Result, Standing
from steelyard.weighing.uncertainty.findings import HowSure, UnitDoubt

ROW = 20.0
SIZE = 12.0
_RANK = 30.0


@dataclass(frozen=True, slots=True)
class Rows:
    """The units of a part in their order, and where the field beside their names lies."""

    standings: tuple[Standing, ...]
    doubts: tuple[UnitDoubt, ...]
    names: float
    left: float
    right: float

    @classmethod
    def of(
        cls, result: Result, found: HowSure, words: Words, part: Part, width: int,
        figures: Sequence[str] = (),
    ) -> Rows:  # fmt: skip
        """``figures`` are what will stand on the right, for the room that they need."""
        shown = result.standings[part.start : part.end]
        doubts = {one.unit: one for one in found.units}
        most = 180.0 if width > NARROW else 88.0
        names = svg.column_width([words.name(one.unit) for one in shown], SIZE, least=60, most=most)
        room = svg.column_width(figures, SIZE, least=0, most=width / 3)
        return cls(
            shown, tuple(doubts[one.unit.code] for one in shown), names,
            _RANK + names + 12, width - 4 - (room + 10 if figures else 0),
        )  # fmt: skip

    def label(self, standing: Standing, top: float, words: Words) -> str:
        rank = numbers.place_in_a_column(standing.rank)
        said = svg.text(_RANK - 6, top + 14, rank, class_="p-soft p-end")
        title = svg.fitted(words.name(standing.unit), self.names, SIZE)
        return said + svg.text(_RANK + 2, top + 14, title)


def whole_part(result: Result, part: Part | None) -> Part:
    return part or Part(0, len(result.standings), len(result.standings))


def counted(part: Part, words: Words) -> str:
    """Which units a picture shows, or how many they are."""
    return part.said(words) or words("units_counted", count=numbers.counted(part.whole))


def named(name: str, part: Part, width: int) -> str:
    return f"{name}{part.suffix}{'' if width > NARROW else '-narrow'}"
