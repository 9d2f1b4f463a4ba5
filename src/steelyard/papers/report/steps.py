"""How an index came about: of each score the values on the way, of the whole the method.

The sentences of an index's leaves, the steps as the scheme states them, the weights that were used,
and what was left out, filled or changed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from steelyard.papers import numbers
from steelyard.papers.report.facts import Fact
from steelyard.papers.words import WORDS, Words
from steelyard.scheme.method import FAVOURS, Aggregate, Method
from steelyard.scheme.model import ROOT, Item, Scheme

if TYPE_CHECKING:
    from steelyard.weighing.index.columns import Array
    from steelyard.weighing.index.compose import Composed

_ON_THE_WAY = ("raw", "denominated", "transformed", "imputed", "treated")


def how_it_came(scheme: Scheme, composed: Composed, item: Item, unit: str, words: Words) -> str:
    """The values of a leaf on the way to its score; its rank among all; its weight in its group."""
    said = [] if scheme.children[item.code] else _values(composed, item, unit, words)
    if rank := _at(composed, composed.ranks.get(item.code), unit):
        said.append(words("came_rank", place=numbers.significant(rank)))
    weight = composed.weights.get(item.parent, {}).get(item.code)
    if weight is not None:
        said.append(words("came_weight", weight=_percent(weight)))
    return words.listed(said)


def _values(composed: Composed, item: Item, unit: str, words: Words) -> list[str]:
    """Each value that a step changed, with what the step is called."""
    if item.code not in composed.steps["normalised"]:
        return [words("came_left_out")]
    said, before = [], math.nan
    for step in _ON_THE_WAY:
        value = _at(composed, composed.steps[step].get(item.code), unit)
        if value is not None and value != before:
            said.append(words(f"came_{step}", value=numbers.significant(value)))
            before = value
    return said or [words("status_missing")]


def _at(composed: Composed, column: Array | None, unit: str) -> float | None:
    if column is None:
        return None
    value = float(column[composed.units.index(unit)])
    return None if math.isnan(value) else value


def _percent(share: float) -> str:
    return f"{100 * share:.1f}".removesuffix(".0") + "%"


def method_facts(method: Method, words: Words) -> list[Fact]:
    """The steps that the scheme asks for, in their order."""
    said = [
        ("impute", method.impute.by), ("treat", method.treat.by), ("normalise", method.normalise.by),
        ("weigh", method.weigh.by),
    ]  # fmt: skip
    facts = [Fact(words(f"step_{step}"), _named(how, words)) for step, how in said]
    return [*facts, *_aggregates(method, words)]


def _aggregates(method: Method, words: Words) -> Iterator[Fact]:
    """How groups are joined, level by level from the leaves, and what a missing child leads to."""
    levels = method.aggregate
    for level, how in enumerate(levels, 1):
        name = words("step_aggregate")
        if len(levels) > 1:
            name = words.beside(name, words("level_from_leaves", level=level))
        yield Fact(name, _named(how.by, words), _missing(how, words))


def _missing(how: Aggregate, words: Words) -> str:
    return FAVOURS[how.missing].say(words.lang)


def _named(how: str, words: Words) -> str:
    key = f"method_{how}"
    return words(key) if key in WORDS else how


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights used within one group: title and share of each child."""

    title: str
    rows: tuple[tuple[str, str], ...]


def weights(scheme: Scheme, composed: Composed, words: Words) -> list[Weights]:
    """Of every group, from the root."""
    return [
        Weights(
            _title(scheme.item[group], words) if group != ROOT else words("whole_index"),
            tuple((_title(scheme.item[c], words), _percent(w)) for c, w in used.items()),
        )
        for group, used in reversed(list(composed.weights.items()))
    ]


def _title(item: Item, words: Words) -> str:
    title = words.name(item)
    return f"{item.code} {title}" if title != item.code else title


def notes(composed: Composed, words: Words) -> list[str]:
    """What was left out, filled or changed."""
    return [note.say(words.lang) for note in composed.notes]
