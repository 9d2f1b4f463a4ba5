"""What does a template say? Its text, with a placeholder where a figure stands, and the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal, get_args

from steelyard.kernel.bilingual import Text

FORMAT = "steelyard-brief/1"
Kind = Literal["news", "white_paper"]
Tally = Literal["count", "distinct", "sum", "latest", "only", "list"]
Field = Literal["rank", "group_rank", "grade", "score", "units"]
Show = Literal["number", "ordinal", "money", "text"]
Rounding = Literal["as_it_is", "whole", "one_decimal", "two_decimals"]
Scale = Literal["plain", "ten_thousand", "hundred_million"]
Standing = Literal["text", "heading", "subheading", "point", "subpoint"]

KINDS: tuple[Kind, ...] = get_args(Kind)
TALLIES: tuple[Tally, ...] = get_args(Tally)
FIELDS: tuple[Field, ...] = get_args(Field)
SHOWS: tuple[Show, ...] = get_args(Show)
ROUNDINGS: tuple[Rounding, ...] = get_args(Rounding)
SCALES: tuple[Scale, ...] = get_args(Scale)
STANDINGS: tuple[Standing, ...] = get_args(Standing)

DECIMALS: Mapping[Rounding, int | None] = {
    "as_it_is": None, "whole": 0, "one_decimal": 1, "two_decimals": 2,
}  # fmt: skip
TIMES: Mapping[Scale, Fraction] = {
    "plain": Fraction(1), "ten_thousand": Fraction(10**4), "hundred_million": Fraction(10**8),
}  # fmt: skip

NAMES = ("unit", "period")
"""Placeholders that are no figures: whose brief it is, and of when."""

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z_]*)\s*\}\}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spec:
    """A figure that the template asks for: from ``records`` by a ``tally``, or a field of the result.

    ``records`` is a SQL SELECT in the portable subset, giving a row for each record: ``record``,
    ``value``, ``delivery``; if it has them also ``day`` (for ``latest``), ``value_en`` (of a text),
    ``bound``, ``is_real``, ``source``. Its parameters are ``:unit``, ``:from`` and ``:to``.
    ``measure_of_one`` is what English says of a single one: 2 measures, 1 measure.
    """

    name: str
    title: Text
    records: str = ""
    tally: Tally = "count"
    result: Field | None = None
    measure: Text = field(default_factory=Text)
    measure_of_one: str = ""
    show: Show = "number"
    rounding: Rounding = "as_it_is"
    scale: Scale = "plain"
    source: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph. ``without`` is said instead where one of its figures has no data."""

    standing: Standing
    text: Text
    without: Text = field(default_factory=Text)

    @property
    def mentioned(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(placeholders(self.text)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """The whole template."""

    kind: Kind
    title: Text
    figures: Mapping[str, Spec]
    passages: tuple[Passage, ...]
    signature: Text = field(default_factory=Text)


def placeholders(text: Text) -> Iterator[str]:
    """The names in double braces, in either language.

    >>> list(placeholders(Text("{{unit}}居{{ rank }}", "{{unit}} came {{rank}}")))
    ['unit', 'rank', 'unit', 'rank']
    """
    yield from PLACEHOLDER.findall(text.zh)
    yield from PLACEHOLDER.findall(text.en)
