"""Which codes are case numbers made of, and how sure are we of each?

Read from a country's ``case_number_codes.toml``, and for the courts of a province from the codes
of its places. The official tables of courts and of types were not read: a code that is missing
here is doubtful, not wrong.
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from steelyard.courts.rules.unreadable import BY_THE_HEAD_OF_THE_FILE
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable("unreadable-code", Text("这一条代字", "this code"), BY_THE_HEAD_OF_THE_FILE)

SURE: Mapping[str, Text] = {
    "read": Text("见于规定或者官方报道", "read in the rules or an official report"),
    "seen": Text("见于真实案号", "seen in a real case number"),
    "derived": Text("按行政区划代码推得", "from the code of the place"),
    "reported": Text("见于他人整理的代字表", "in others' tables; the official one was not seen"),
}


@dataclass(frozen=True, slots=True)
class Code:
    """A code and what it stands for. ``sure`` is a key of :data:`SURE`.

    ``appeal``: a type of the second instance, which no basic court has. ``random``: a type whose
    numbers have eight digits drawn at random. ``outside``: courts number by it, but it is no type
    of the rules.
    """

    code: str
    title: Text
    sure: str
    source: str
    appeal: bool = False
    random: bool = False
    outside: bool = False


@dataclass(frozen=True, slots=True)
class SpecialCourts:
    """The two-digit codes of one kind of special intermediate court, both ends included."""

    first: int
    last: int
    title: Text


@dataclass(frozen=True, slots=True)
class Codes:
    """All codes. ``starts`` and ``special_starts`` are years of acceptance."""

    law: Text
    starts: int
    special_starts: int
    provinces: Mapping[str, Text]
    special_courts: tuple[SpecialCourts, ...]
    courts: Mapping[str, Code]
    specials: Mapping[str, Code]
    types: Mapping[str, Code]
    old_courts: Mapping[str, Code]

    def special_court(self, digits: str) -> Text | None:
        """What kind of special court two digits stand for, None for an ordinary one."""
        kinds = (one.title for one in self.special_courts if one.first <= int(digits) <= one.last)
        return next(kinds, None)


Level = Literal["supreme", "high", "intermediate", "basic"]
LEVELS: Mapping[Level, Text] = {
    "supreme": Text("最高人民法院", "Supreme People's Court"),
    "high": Text("高级人民法院", "high people's court"),
    "intermediate": Text("中级人民法院", "intermediate people's court"),
    "basic": Text("基层人民法院", "basic people's court"),
}


def read_codes(text: str, *, file: str, divisions: str = "", head: str = "") -> Codes:
    """The codes from the text of a country's ``case_number_codes.toml``.

    ``divisions``: the text of a province's ``divisions.csv``, from whose codes follow those of its
    courts that the table does not name; ``head``: the character of that province.

    Raises:
        Faulty: an entry cannot be read, or a code stands there twice.
    """
    document = tomllib.loads(text)
    faults: list[Fault] = []

    def table(name: str) -> dict[str, Code]:
        return _table(document[name], faults, file)

    law = document["law"]
    codes = Codes(
        Text(law["zh"], law["en"]),
        law["starts"],
        law["special_starts"],
        {code: _text(title) for code, title in document["provinces"].items()},
        tuple(
            SpecialCourts(one["first"], one["last"], _text(one["title"]))
            for one in document["special_courts"]
        ),
        {**courts_of_places(divisions, head, law["not_derived"]), **table("courts")},
        table("specials"),
        table("types"),
        table("old_courts"),
    )
    raise_if_any(faults)
    return codes


def courts_of_places(divisions: str, head: str, but: Collection[str]) -> dict[str, Code]:
    """The court of each place: its code is the province's character and the place's own digits."""
    rows = list(csv.DictReader(divisions.splitlines()))
    cities = {row["code"]: row for row in rows if row["kind"] == "city"}
    courts = [_court_of(row, cities[row["city"]], head) for row in rows if row["code"] not in but]
    return {court.code: court for court in courts}


def _court_of(place: Mapping[str, str], city: Mapping[str, str], head: str) -> Code:
    code = f"{head}{place['code'][2:].removesuffix('00')}"
    source = f"行政区划代码{place['code']}"
    if place["kind"] == "city":
        title = Text(f"{place['zh']}中级人民法院", f"{place['en']} Intermediate People's Court")
    elif place["kind"] == "district":
        title = Text(
            f"{city['zh']}{place['zh']}人民法院",
            f"{place['en']} District People's Court, {city['en']}",
        )
    else:
        title = Text(f"{place['zh']}人民法院", f"{place['en']} People's Court")
    return Code(code, title, "derived", source)


def _table(entries: Iterable[Mapping[str, Any]], faults: list[Fault], file: str) -> dict[str, Code]:
    found: dict[str, Code] = {}
    for entry in entries:
        try:
            code = _code(entry)
        except (KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(Where(file=file, key=str(entry.get("code", ""))), error))
            continue
        if code.code in found:
            faults.append(UNREADABLE.at(Where(file=file, key=code.code), "twice"))
        found[code.code] = code
    return found


def _code(entry: Mapping[str, Any]) -> Code:
    if entry["sure"] not in SURE:
        raise ValueError(f"sure {entry['sure']!r}")
    return Code(
        entry["code"],
        _text(entry["title"]),
        entry["sure"],
        entry.get("source", ""),
        entry.get("appeal", False),
        entry.get("random", False),
        entry.get("outside", False),
    )


def _text(entry: Mapping[str, str]) -> Text:
    return Text(entry["zh"], entry["en"])
