"""The two tables of all units: the ranking, and the points by dimension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.papers import numbers
from steelyard.papers.pictures.dimensions import said_of
from steelyard.papers.pictures.ranking import shade_of
from steelyard.papers.scores import Column, dimensions
from steelyard.papers.words import Words
from steelyard.weighing.result import Result, Standing


@dataclass(frozen=True, slots=True)
class Graded:
    """A grade as a tag: its name and the shade beside it."""

    title: str
    shade: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row of the ranking. ``anchor`` is where the unit's page is; empty if there is none."""

    anchor: str
    title: str
    rank: str
    score: str
    before: str
    grade: Graded | None
    group: str
    group_rank: str
    vetoes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankingTable:
    """``has_…`` says which columns the scheme gives a reason to show."""

    rows: tuple[Ranked, ...]
    has_groups: bool
    has_grades: bool
    has_vetoes: bool


def ranking_table(result: Result, words: Words, anchors: Mapping[str, str]) -> RankingTable:
    scheme = result.scheme
    rows = tuple(ranked(result, one, words, anchors) for one in result.standings)
    return RankingTable(
        rows,
        has_groups=len({unit.group for unit in scheme.assessed}) > 1,
        has_grades=bool(scheme.grades),
        has_vetoes=bool(scheme.vetoes),
    )


def ranked(result: Result, standing: Standing, words: Words, anchors: Mapping[str, str]) -> Ranked:
    scheme, unit, lang = result.scheme, standing.unit, words.lang
    group = scheme.groups.get(unit.group)
    named = {veto.code: words.name(veto) for veto in scheme.vetoes}
    places = scheme.total.places
    is_changed = standing.before != standing.score
    return Ranked(
        anchor=anchors.get(unit.code, ""),
        title=words.name(unit),
        rank=numbers.place_in_a_column(standing.rank),
        score=numbers.number(standing.score, places),
        before=numbers.number(standing.before, places) if is_changed else "",
        grade=_graded(result, standing, words),
        group=group.say(lang) if group else unit.group,
        group_rank=numbers.place_in_a_column(standing.group_rank),
        vetoes=tuple(named[code] for code in standing.vetoes),
    )


def _graded(result: Result, standing: Standing, words: Words) -> Graded | None:
    grades = result.scheme.grades
    for place, grade in enumerate(grades):
        if grade.code == standing.grade:
            return Graded(words.name(grade), shade_of(place, len(grades)))
    return None


@dataclass(frozen=True, slots=True)
class DimensionHead:
    title: str
    bound: str


@dataclass(frozen=True, slots=True)
class DimensionsTable:
    """Rows of figures: rank, unit, one for each dimension, the score."""

    heads: tuple[DimensionHead, ...]
    rows: tuple[tuple[Ranked, tuple[str, ...]], ...]


def dimensions_table(result: Result, words: Words, anchors: Mapping[str, str]) -> DimensionsTable:
    columns = dimensions(result)
    figures = [_figures(column) for column in columns]
    heads = tuple(DimensionHead(words.name(one.item), said_of(one, words)) for one in columns)
    rows = tuple(
        (
            ranked(result, standing, words, anchors),
            tuple(column[standing.unit.code] for column in figures),
        )
        for standing in result.standings
    )
    return DimensionsTable(heads, rows)


def _figures(column: Column) -> Mapping[str, str]:
    """The scores of one column, all to the same number of decimals, at most 2."""
    places = numbers.places_for(column.known)
    return {unit: numbers.number(score, places) for unit, score in column.scores.items()}
