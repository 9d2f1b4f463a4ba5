"""The first screen of the report: what was weighed, how many, and how it came out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

from steelyard.papers import numbers
from steelyard.papers.words import Words
from steelyard.scheme.model import ROOT, Scheme
from steelyard.weighing.result import Result


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure with what it is, and a remark if it needs one."""

    name: str
    value: str
    remark: str = ""


def origin(scheme: Scheme, words: Words) -> list[Fact]:
    """Who issued the scheme, on what ground, for which days; only what the scheme says."""
    lang = words.lang
    said = [
        Fact(words("issuer"), scheme.issuer.say(lang)),
        Fact(words("legal_basis"), scheme.legal_basis.say(lang)),
        Fact(words("period"), days(scheme, words)),
        Fact(words("scheme"), f"{scheme.code}", words("version", version=scheme.version)),
    ]
    return [fact for fact in said if fact.value]


def days(scheme: Scheme, words: Words) -> str:
    """The first and the last day that belong to the period, as people say them."""
    starts, last = scheme.period.starts, scheme.period.ends.toordinal() - 1
    ends = type(starts).fromordinal(last)
    return words("days", starts=words.day(starts), ends=words.day(ends))


def key_facts(result: Result, words: Words) -> list[Fact]:
    scheme = result.scheme
    ranked = sum(one.rank is not None for one in result.standings)
    counted = numbers.counted(len(result.standings))
    unranked = len(result.standings) - ranked
    facts = [
        Fact(
            words("units_assessed"), counted, words("unranked", count=unranked) if unranked else ""
        ),
        Fact(words("items_scored"), numbers.counted(len(scheme.leaves)), _full(scheme, words)),
    ]
    return [*facts, *_scores(result, words)]


def _full(scheme: Scheme, words: Words) -> str:
    if scheme.family != "points":
        return ""
    return words("full_in_all", points=numbers.number(scheme.full[ROOT]))


def _scores(result: Result, words: Words) -> Sequence[Fact]:
    """The highest, the middle and the lowest score."""
    places = result.scheme.total.places
    scored = [one for one in result.standings if one.score is not None]
    if not scored:
        return []
    by_score = sorted(scored, key=lambda one: one.score or 0)
    first, last = by_score[-1], by_score[0]
    middle = median([Fraction(one.score) for one in scored if one.score is not None])
    return [
        Fact(words("highest"), numbers.number(first.score, places), words.name(first.unit)),
        Fact(words("median"), numbers.number(middle, places)),
        Fact(words("lowest"), numbers.number(last.score, places), words.name(last.unit)),
    ]


@dataclass(frozen=True, slots=True)
class GradeCount:
    """A grade, where it begins, and how many units have it. ``shade`` is that of the pictures."""

    title: str
    cut_off: str
    count: int
    shade: int


def grade_counts(result: Result, words: Words) -> list[GradeCount]:
    from steelyard.papers.pictures.ranking import shade_of

    grades = result.scheme.grades
    return [
        GradeCount(
            words.name(grade),
            words.cut_off(grade),
            sum(one.grade == grade.code for one in result.standings),
            shade_of(place, len(grades)),
        )
        for place, grade in enumerate(grades)
    ]
