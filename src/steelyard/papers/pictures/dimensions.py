"""Points by dimension: a column of bars for each top item, all units in the order of the ranking.

Small multiples, not stacked bars: in a stack only the first part has a common base line, and bonus
and deduction have no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.papers import numbers
from steelyard.papers.pictures import svg
from steelyard.papers.pictures.picture import NARROW, WIDE, Drawing, Part, Picture
from steelyard.papers.pictures.scale import Scale, scale_of
from steelyard.papers.scores import Column, dimensions
from steelyard.papers.words import Words
from steelyard.weighing.result import Result, Score, Standing

_ROW, _BAR = 18.0, 11.0
_LINE = 15.0
_SIZE = 12.0
_GAP = 14.0


@dataclass(frozen=True, slots=True)
class Panel:
    """Where one column of bars stands: its heading, its scale, its places after the point."""

    column: Column
    heading: tuple[str, ...]
    left: float
    right: float
    scale: Scale
    places: int


def dimensions_picture(
    result: Result, words: Words, *, width: int = WIDE, part: Part | None = None
) -> Picture:
    """What every unit, or those of the part, got on every top item."""
    part = part or Part(0, len(result.standings), len(result.standings))
    columns, shown = dimensions(result), result.standings[part.start : part.end]
    said = part.said(words)
    subtitle = words(f"dimensions_subtitle_{result.scheme.family}")
    return Picture(
        name=f"dimensions{part.suffix}{'' if width > NARROW else '-narrow'}",
        words=words,
        scheme=result.scheme,
        title=words.marked(words(f"dimensions_{result.scheme.family}")),
        subtitle=words.listed([said, subtitle]) if said else subtitle,
        description=_described(result, columns, words),
        caption=words("dimensions_caption"),
        width=width,
        drawing=_blocks(columns, shown, words, width),
    )


def _blocks(
    columns: Sequence[Column], shown: Sequence[Standing], words: Words, width: int
) -> Drawing:
    """As many columns side by side as fit, the rest below them with the units named again."""
    names = [words.name(standing.unit) for standing in shown]
    most = 150.0 if width > NARROW else 80.0
    label = 36 + svg.column_width(names, _SIZE, least=40, most=most)
    across = 6 if width > NARROW else 2
    rows_of_panels = -(-len(columns) // across)
    across = -(-len(columns) // rows_of_panels)
    shapes, top = "", 0.0
    for start in range(0, len(columns), across):
        each = (width - label - 4) / across
        panels = [
            _panel(column, label + each * place, each - _GAP, words)
            for place, column in enumerate(columns[start : start + across])
        ]
        block = _block(panels, shown, label, words)
        shapes += svg.element("g", block.shapes, transform=f"translate(0 {top:.0f})")
        top += block.height
    return Drawing(shapes, top)


def _panel(column: Column, left: float, width: float, words: Words) -> Panel:
    places = numbers.places_for(column.known)
    figures = max(svg.text_width(numbers.number(one, places), _SIZE) for one in [0, *column.known])
    ends = left, left + width - figures - 6
    return Panel(
        column, tuple(svg.wrapped(words.name(column.item), width, _SIZE, 3)),
        left, left + width, scale_of([*column.known, *_bounds(column)], *ends), places,
    )  # fmt: skip


def _bounds(column: Column) -> list[Fraction]:
    """What the scale must reach besides the scores: the full points; of a deduction, the worst."""
    if not column.full:
        return []
    return [-column.full if column.item.kind == "deduction" else column.full]


def _block(
    panels: Sequence[Panel], shown: Sequence[Standing], label: float, words: Words
) -> Drawing:
    lines = max(len(panel.heading) for panel in panels)
    has_bounds = any(said_of(panel.column, words) for panel in panels)
    head = _LINE * (lines + has_bounds) + 8
    bottom = head + _ROW * len(shown)
    shapes = [_panel_head(panel, lines, words) for panel in panels]
    for place, standing in enumerate(shown):
        top = head + _ROW * place
        shapes.append(_unit_label(standing, top, label, words))
        shapes += [_cell(panel, standing, top) for panel in panels]
    zeros = [svg.line(p.scale.zero, head, p.scale.zero, bottom, "p-axis") for p in panels]
    return Drawing("".join([*shapes, *zeros]), bottom + 14)


def _panel_head(panel: Panel, lines: int, words: Words) -> str:
    """The heading stands on the bars, however many lines its neighbours have."""
    first = 12 + _LINE * (lines - len(panel.heading))
    said = [
        svg.text(panel.left, first + _LINE * place, one, class_="p-strong")
        for place, one in enumerate(panel.heading)
    ]
    bound = svg.fitted(said_of(panel.column, words), panel.right - panel.left, 11)
    return "".join(said) + svg.text(panel.left, 12 + _LINE * lines, bound, class_="p-soft")


def said_of(column: Column, words: Words) -> str:
    """What the item can bring: its full points, or that it is a bonus or a deduction."""
    kind = column.item.kind
    if not column.full:
        return "" if kind == "item" else words(kind)
    return words(f"full_of_{kind}", points=numbers.number(column.full))


def _unit_label(standing: Standing, top: float, label: float, words: Words) -> str:
    rank = numbers.place_in_a_column(standing.rank)
    title = svg.fitted(words.name(standing.unit), label - 32, _SIZE)
    return svg.text(20, top + 13, rank, class_="p-soft p-end") + svg.text(26, top + 13, title)


def _cell(panel: Panel, standing: Standing, top: float) -> str:
    score = panel.column.scores.get(standing.unit.code)
    figures = numbers.number(score, panel.places)
    said = svg.text(panel.right, top + 13, figures, class_="p-end")
    return (_bar(panel, score, top) if score is not None else "") + said


def _bar(panel: Panel, score: Score, top: float) -> str:
    scale, down = panel.scale, top + (_ROW - _BAR) / 2
    left, right = sorted((scale.zero, scale.at(score)))
    bounds = [scale.at(bound) for bound in _bounds(panel.column)]
    start, end = min([scale.zero, *bounds]), max([scale.zero, *bounds])
    return svg.rect(start, down, end - start, _BAR, "p-track") + svg.rect(
        left, down, right - left, _BAR, "p-bar"
    )


def _described(result: Result, columns: Sequence[Column], words: Words) -> str:
    """For every dimension the best unit, and where the first of the ranking stands."""
    return words.listed([_best(result, column, words) for column in columns if column.known])


def _best(result: Result, column: Column, words: Words) -> str:
    most = max(column.known)
    units = [one.unit for one in result.standings if column.scores.get(one.unit.code) == most]
    name = words.name(units[0])
    return words(
        "best_of" if len(units) == 1 else "best_of_several",
        item=words.name(column.item), unit=name, units=len(units),
        points=numbers.number(most, numbers.places_for([most])),
    )  # fmt: skip
