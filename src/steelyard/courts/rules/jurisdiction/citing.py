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
    """A text under the name of each of its versions, with the day each took force."""

    code: str
    versions: tuple[tuple[date, Text], ...]

    def name_on(self, day: date) -> Text:
        """The name of the version in force on a day; of the first, before it was made."""
        return _latest(self.versions, day)


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
    laws = {
        one["code"]: Law(
            one["code"],
            tuple(
                (version["from"], Text(version["zh"], version["en"])) for version in one["versions"]
            ),
        )
        for one in document["laws"]
    }
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


def _latest(rows: tuple[tuple[date, _Value], ...], day: date) -> _Value:
    held = [value for since, value in rows if since <= day]
    return held[-1] if held else rows[0][1]
