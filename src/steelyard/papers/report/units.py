"""A page a unit: how it stands, its profile, and the tree of its points with a sentence a leaf."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steelyard.papers import numbers
from steelyard.papers.pictures.picture import NARROW, Picture
from steelyard.papers.pictures.profile import Profiles
from steelyard.papers.report.doubts import unit_lines
from steelyard.papers.report.steps import how_it_came
from steelyard.papers.report.tables import Ranked, ranked
from steelyard.papers.scores import column, depths, peers
from steelyard.papers.words import Words
from steelyard.scheme.model import ROOT, Item
from steelyard.weighing.explain import Explanation, explain, why_no_better
from steelyard.weighing.result import Result, Score, Standing

if TYPE_CHECKING:
    from steelyard.weighing.index.compose import Composed


@dataclass(frozen=True, slots=True)
class Node:
    """One row of the tree. ``why`` is empty where the points speak for themselves.

    ``behind`` says how many frozen records each figure rests on.
    """

    code: str
    title: str
    depth: int
    is_group: bool
    points: str
    full: str
    median: str
    why: str
    source: str
    behind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitPage:
    """``place`` and ``place_in_group`` are ranks as a sentence says them.

    ``no_better`` holds the grades above the unit's own, each with what stood in the way; ``how_sure``
    the interval of its rank, empty if that was not asked for.
    """

    standing: Ranked
    full: str
    place: str
    of_all: str
    place_in_group: str
    of_group: str
    pictures: tuple[Picture, Picture]
    nodes: tuple[Node, ...]
    no_better: tuple[tuple[str, str], ...]
    how_sure: str


def unit_pages(result: Result, words: Words, anchors: Mapping[str, str]) -> Iterator[UnitPage]:
    profiles = Profiles.of(result, words)
    medians, how_sure = _Medians(result), unit_lines(result, words)
    for standing in result.standings:
        line = how_sure.get(standing.unit.code, "")
        yield _page(result, standing, words, anchors, profiles, medians, line)


def _page(
    result: Result, standing: Standing, words: Words, anchors: Mapping[str, str],
    profiles: Profiles, medians: _Medians, how_sure: str,
) -> UnitPage:  # fmt: skip
    unit = standing.unit
    group = peers(result, unit.code)
    return UnitPage(
        standing=ranked(result, standing, words, anchors),
        full=_full(result),
        place=numbers.place(standing.rank, words.lang),
        of_all=words("among", count=numbers.counted(_ranked_among(result, result.standing))),
        place_in_group=numbers.place(standing.group_rank, words.lang),
        of_group=words("among", count=numbers.counted(_ranked_among(result, group))),
        pictures=(profiles.picture(unit.code), profiles.picture(unit.code, width=NARROW)),
        nodes=tuple(_tree(result, unit.code, words, medians)),
        no_better=_no_better(result, unit.code, words),
        how_sure=how_sure,
    )


def _no_better(result: Result, unit: str, words: Words) -> tuple[tuple[str, str], ...]:
    return tuple(
        (words.name(grade), reason.say(words.lang)) for grade, reason in why_no_better(result, unit)
    )


def _full(result: Result) -> str:
    """What the total could reach, as the scheme reads totals; nothing if there is no bound."""
    if result.scheme.family == "index":
        return ""
    if result.scheme.total.as_ == "percent":
        return "100"
    return numbers.number(result.scheme.full[ROOT])


def _ranked_among(result: Result, units: Mapping[str, Standing] | tuple[str, ...]) -> int:
    return sum(result.standing[code].rank is not None for code in units)


class _Medians:
    """The median of an item's points in a peer group, computed when first asked for."""

    def __init__(self, result: Result) -> None:
        self._result = result
        self._found: dict[tuple[str, str], Score | None] = {}

    def of(self, item: Item, unit: str) -> Score | None:
        key = item.code, self._result.scheme.unit[unit].group
        if key not in self._found:
            self._found[key] = column(self._result, item).median(peers(self._result, unit))
        return self._found[key]


def _tree(result: Result, unit: str, words: Words, medians: _Medians) -> Iterator[Node]:
    """The unit's tree, with a sentence for each leaf."""
    if result.composed is None:
        return _nodes(result, explain(result, unit), unit, words, medians)
    return _index_nodes(result, result.composed, unit, words, medians)


def _index_nodes(
    result: Result, composed: Composed, unit: str, words: Words, medians: _Medians
) -> Iterator[Node]:
    depth = depths(result.scheme)
    for item in result.scheme.in_order[1:]:
        score = composed.score(item.code, unit)
        yield Node(
            code=item.code,
            title=words.name(item),
            depth=depth[item.code] - 1,
            is_group=bool(result.scheme.children[item.code]),
            points=numbers.number(score, 2),
            full="",
            median=numbers.number(medians.of(item, unit), 2),
            why=how_it_came(result.scheme, composed, item, unit, words),
            source=item.source.say(words.lang),
        )


def _nodes(
    result: Result, node: Explanation, unit: str, words: Words, medians: _Medians, depth: int = 0
) -> Iterator[Node]:
    """The tree, read from the top, without the root."""
    if node.code != ROOT:
        yield _node(result, node, unit, words, medians, depth)
    below = depth + (node.code != ROOT)
    for child in node.children:
        yield from _nodes(result, child, unit, words, medians, below)


def _node(
    result: Result, node: Explanation, unit: str, words: Words, medians: _Medians, depth: int
) -> Node:
    item = result.scheme.item[node.code]
    is_told = not node.children or item.combine != "sum" or bool(result.items[node.code][unit].why)
    return Node(
        code=node.code,
        title=words.name(item),
        depth=depth,
        is_group=bool(node.children),
        points=_points(node.points),
        full=_points(node.full) if node.full and item.kind == "item" else "",
        median=_points(medians.of(item, unit)),
        why=_untitled(node, words) if is_told else "",
        source=node.source.say(words.lang),
        behind=tuple(one.sentence.say(words.lang) for one in node.behind),
    )


def _untitled(node: Explanation, words: Words) -> str:
    """The sentence without the title that it may begin with: in the table that stands beside it."""
    said = node.sentence.say(words.lang)
    return said.removeprefix(words.colon(node.title.say(words.lang)))


def _points(value: Score | None) -> str:
    return numbers.number(value, numbers.places_for([value]))
