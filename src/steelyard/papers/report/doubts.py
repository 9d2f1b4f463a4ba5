"""How sure the ranking is, as the report shows it: a table, doubtful pairs, a line a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from steelyard.papers import numbers
from steelyard.papers.doubts import (
    at_its_rank,
    error_said,
    index_said,
    interval_said,
    pair_said,
    times_said,
)
from steelyard.papers.pictures.choices import by_weight
from steelyard.papers.report.facts import Fact
from steelyard.papers.report.tables import Ranked, ranked
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure, Sensitivity, UnitDoubt

MOST_PAIRS = 60
"""So many doubtful pairs have their sentence; all are in the workbook."""


@dataclass(frozen=True, slots=True)
class Share:
    """A share in words; ``is_own`` if it is that of the published grade."""

    said: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """One row. ``error`` says how far another seed could move the interval."""

    row: Ranked
    interval: str
    error: str
    median: str
    at_its_rank: str
    unranked: str
    grades: tuple[Share, ...]


@dataclass(frozen=True, slots=True)
class Doubts:
    """The section: what intervals cover and omit, the table, the pairs."""

    covers: str
    omits: str
    interval_head: str
    grade_heads: tuple[str, ...]
    has_unranked: bool
    rows: tuple[Doubt, ...]
    pairs_lead: str
    pairs: tuple[str, ...]
    pairs_more: str


def doubts(result: Result, found: HowSure, words: Words, anchors: Mapping[str, str]) -> Doubts:
    doubtful = [pair for pair in found.pairs if pair.is_doubtful]
    shown, rest = doubtful[:MOST_PAIRS], len(doubtful) - MOST_PAIRS
    return Doubts(
        covers=found.covers.say(words.lang),
        omits=found.omits.say(words.lang),
        interval_head=words("interval", confidence=numbers.share(found.confidence)),
        grade_heads=tuple(words.name(grade) for grade in result.scheme.grades)
        + ((words("no_grade"),) if _has_gradeless(result, found) else ()),
        has_unranked=any(one.unranked for one in found.units),
        rows=_rows(result, found, words, anchors),
        pairs_lead=_lead(len(doubtful), len(found.pairs), words),
        pairs=tuple(pair_said(result, pair, words.lang) for pair in shown),
        pairs_more=words("pairs_more", count=rest) if rest > 0 else "",
    )


def _has_gradeless(result: Result, found: HowSure) -> bool:
    return bool(result.scheme.grades) and any(one.grade_shares.get("") for one in found.units)


def _lead(doubtful: int, whole: int, words: Words) -> str:
    if not doubtful:
        return words("pairs_none")
    return words("pairs_lead", count=numbers.counted(doubtful), whole=numbers.counted(whole))


def _rows(
    result: Result, found: HowSure, words: Words, anchors: Mapping[str, str]
) -> tuple[Doubt, ...]:
    of_unit = {one.unit: one for one in found.units}
    codes = [grade.code for grade in result.scheme.grades]
    codes += [""] if _has_gradeless(result, found) else []
    return tuple(
        _row(ranked(result, standing, words, anchors), of_unit[standing.unit.code], codes)
        for standing in result.standings
    )


def _row(row: Ranked, one: UnitDoubt, grades: list[str]) -> Doubt:
    return Doubt(
        row=row,
        interval=interval_said(one.ranks),
        error=error_said(one.ranks),
        median=numbers.NONE if one.median_rank is None else f"{one.median_rank:g}",
        at_its_rank=numbers.of_100(at_its_rank(one)),
        unranked=numbers.of_100(one.unranked) if one.unranked else "",
        grades=tuple(
            Share(numbers.of_100(share) if (share := one.grade_shares.get(code)) else "",
                  is_own=code == one.grade)
            for code in grades
        ),
    )  # fmt: skip


def unit_lines(result: Result, words: Words) -> Mapping[str, str]:
    """Of every unit the line for its page; nothing if it was not asked how sure ranks are."""
    found = result.how_sure
    if found is None:
        return {}
    confidence = numbers.share(found.confidence)
    return {one.unit: _line(one, confidence, words) for one in found.units}


def _line(one: UnitDoubt, confidence: str, words: Words) -> str:
    if one.ranks is None:
        return words("unit_never_ranked")
    said, own = interval_said(one.ranks), at_its_rank(one)
    if own is None:
        return words("unit_interval_alone", confidence=confidence, interval=said)
    times = times_said(own, words)
    return words("unit_interval", confidence=confidence, interval=said, times=times)


@dataclass(frozen=True, slots=True)
class Choices:
    """Which choice matters: a sentence, then each choice with its two indices."""

    says: str
    rows: tuple[tuple[str, str, str], ...]
    foot: str


def choices(found: Sensitivity, words: Words) -> Choices:
    return Choices(
        found.says.say(words.lang),
        tuple(
            (found.factors[name].say(words.lang) or name, index_said(found.shift_first[name]),
             index_said(found.shift_total[name]))
            for name in by_weight(found)
        ),
        words(
            "choices_foot", confidence=numbers.share(found.confidence),
            base=numbers.counted(found.base), runs=numbers.counted(found.runs), seed=found.seed,
        ),
    )  # fmt: skip


def doubt_recipe(result: Result, words: Words) -> list[Fact]:
    """Replications, seed, confidence and what varied, for the recipe."""
    said = []
    if (sure := result.how_sure) is not None:
        counted = words(
            "replications_said", count=numbers.counted(sure.replications), seed=sure.seed,
            confidence=numbers.share(sure.confidence),
        )  # fmt: skip
        said += [Fact(words("replications"), counted)]
    if (found := result.sensitivity) is not None:
        run = words(
            "sensitivity_said", base=numbers.counted(found.base), runs=numbers.counted(found.runs),
            seed=found.seed,
        )  # fmt: skip
        said += [Fact(words("sensitivity_run"), run)]
    varied = sure or found
    if varied is not None:
        named = [title.say(words.lang) or name for name, title in varied.factors.items()]
        said.append(Fact(words("factors"), words.listed(named)))
    return said
