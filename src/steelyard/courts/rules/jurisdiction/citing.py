"""How is an article cited as it stood on a day?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from steelyard.courts.rules.articles import article
from steelyard.kernel.bilingual import Text

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Law:
    """A text under the name of each of its versions, with the day each took force.

    ``names`` are short, as they are cited; ``title`` is the full one, in Chinese.
    """

    code: str
    names: tuple[tuple[date, Text], ...]
    title: str

    def name_on(self, day: date) -> Text:
        """The name of the version in force on a day; of the first, before it was made."""
        return _latest(self.names, day)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A provision whose number, or whose law, changed: each number with its law and first day."""

    code: str
    numbers: tuple[tuple[date, tuple[str, str]], ...]

    def on(self, day: date) -> tuple[str, str]:
        return _latest(self.numbers, day)


@dataclass(frozen=True, slots=True)
class Citations:
    """All laws of a table, and its provisions that were renumbered."""

    laws: Mapping[str, Law]
    numbered: Mapping[str, Numbered]

    def days(self) -> set[date]:
        """The days on which a name or a number changes."""
        names = {since for law in self.laws.values() for since, _ in law.names}
        numbers = {since for one in self.numbered.values() for since, _ in one.numbers}
        return names | numbers

    def cite(self, written: str, day: date) -> Text:
        """``law:article``, ``law``, or the code of a renumbered provision, as of a day.

        Raises:
            KeyError: no such law or provision.
        """
        if written in self.numbered:
            law, number = self.numbered[written].on(day)
        else:
            law, _, number = written.partition(":")
        name = self.laws[law].name_on(day)
        return article(name, number) if number else name

    def cite_all(self, written: Iterable[str], day: date) -> tuple[Text, ...]:
        return tuple(self.cite(one, day) for one in written)


def read_citations(document: Mapping[str, Any]) -> Citations:
    """The laws and renumbered provisions of a table of jurisdiction."""
    laws = {one["code"]: _law(one) for one in document["laws"]}
    numbered = {
        one["code"]: Numbered(
            one["code"],
            tuple(
                (row["from"], (row.get("law", one["law"]), row["number"])) for row in one["numbers"]
            ),
        )
        for one in document["numbered"]
    }
    return Citations(laws, numbered)


def _law(entry: Mapping[str, Any]) -> Law:
    names = tuple((one["from"], Text(one["zh"], one["en"])) for one in entry["versions"])
    latest = entry["versions"][-1]
    return Law(entry["code"], names, latest.get("title", latest["zh"]))


def _latest(rows: tuple[tuple[date, _Value], ...], day: date) -> _Value:
    held = [value for since, value in rows if since <= day]
    return held[-1] if held else rows[0][1]
