"""The scheme in words: every item with its points and rule, then grades and vetoes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.exact import plain
from steelyard.papers import numbers
from steelyard.papers.scores import depths
from steelyard.papers.words import Words
from steelyard.scheme.model import ROOT, Item, Scheme
from steelyard.scheme.wording.say_grades import conditions_in_words, veto_in_words
from steelyard.scheme.wording.say_item import group_in_words, item_in_words


@dataclass(frozen=True, slots=True)
class Rule:
    """One item: what it brings and how, who supplies the figures and who scores."""

    code: str
    title: str
    depth: int
    is_group: bool
    points: str
    rule: str
    bodies: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class GradeRule:
    """A grade and every condition for it."""

    title: str
    conditions: tuple[str, ...]


def rules(scheme: Scheme, words: Words) -> list[Rule]:
    depth, written = depths(scheme), _rows(scheme, "items")
    items = [item for item in scheme.in_order if item.code != ROOT]
    return [_rule(scheme, item, written[item.code], depth[item.code] - 1, words) for item in items]


def _rows(scheme: Scheme, section: str) -> Mapping[str, Mapping[str, object]]:
    """The rows of a section of the scheme's document, by code."""
    rows = cast("Sequence[Mapping[str, object]]", scheme.document.get(section, ()))
    return {str(row["code"]): row for row in rows}


def _rule(
    scheme: Scheme, item: Item, written: Mapping[str, object], depth: int, words: Words
) -> Rule:
    bodies = dict.fromkeys([*item.supplying_body, *item.scoring_body])
    return Rule(
        code=item.code,
        title=words.name(item),
        depth=depth,
        is_group=bool(scheme.children[item.code]),
        points=_points(scheme, item),
        rule=_in_words(scheme, item, written, words.lang),
        bodies=words.join([_said(scheme.bodies.get(code), code, words) for code in bodies]),
        source=item.source.say(words.lang),
        note=item.note.say(words.lang),
    )


def _said(text: Text | None, code: str, words: Words) -> str:
    return text.say(words.lang) if text else code


def _points(scheme: Scheme, item: Item) -> str:
    if scheme.family == "index":
        return plain(item.weight)
    full = scheme.full[item.code]
    sign = {"item": "", "bonus": "+", "deduction": "−"}[item.kind]
    return f"{sign}{numbers.number(full)}" if full else numbers.NONE


def _in_words(scheme: Scheme, item: Item, written: Mapping[str, object], lang: Lang) -> str:
    """The rule as a sentence; of a group, how it joins its items where that is not their sum."""
    say = group_in_words if scheme.children[item.code] else item_in_words
    return say(written, scheme.document, lang)


def grade_rules(scheme: Scheme, words: Words) -> list[GradeRule]:
    written = _rows(scheme, "grades")
    return [
        GradeRule(
            words.name(grade), conditions_in_words(written[grade.code], scheme.document, words.lang)
        )
        for grade in scheme.grades
    ]


def veto_rules(scheme: Scheme, words: Words) -> list[GradeRule]:
    """Every veto with its condition and what it leads to."""
    written = _rows(scheme, "vetoes")
    return [
        GradeRule(
            words.name(veto),
            (veto_in_words(written[veto.code], scheme.document, words.lang),),
        )
        for veto in scheme.vetoes
    ]
