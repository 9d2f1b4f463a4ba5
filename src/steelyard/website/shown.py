"""A cell of a register as a page shows it: in the reader's words, with a link to what it names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from steelyard.kernel.bilingual import Lang, Text
from steelyard.papers.periods import day_text
from steelyard.website.areas import AREAS
from steelyard.website.register import PLACE, Register, Row, address_of
from steelyard.website.site import Site

NONE = "—"
ANNOUNCED = ("results", "announced")
"""Area and code of the register of announced results, which stands among the results."""
ANNOUNCED_ADDRESS = "results/history/"
NUMBERS = ("number", "money", "whole")
KINDS = {"done": "good", "late": "bad", "not_started": "past", "under_way": "warn"}
"""How the status of a measure is marked."""


@dataclass(frozen=True, slots=True)
class Shown:
    """``kind``: what it is (number, tag, none); ``address`` below a language, if it links.

    ``stands``: how its column stands in a table, with what is empty in it: number, nowrap.
    """

    text: str
    address: str = ""
    kind: str = ""
    tag: str = ""
    stands: str = ""


@dataclass(frozen=True, slots=True)
class Referring:
    """Entries of a register that name another entry in a column."""

    register: Register
    column: str
    value: str
    numbers: tuple[int, ...]


def register_address(register: Register) -> str:
    """Below a language."""
    return f"{AREAS[register.area].address}/{register.code}/" if register.area in AREAS else ""


def entry_address(register: Register, row: Row) -> str:
    is_announced = (register.area, register.code) == ANNOUNCED
    base = ANNOUNCED_ADDRESS if is_announced else register_address(register)
    return f"{base}{address_of(register.key(row))}/" if base else ""


def announced_title(register: Register, row: Row) -> Text:
    """Of whom, and of which assessment, an announced result is."""
    place = register.in_words("place", register.cell(row, "place"))
    title, period = register.titled(row), register.cell(row, "period")
    return Text(f"{place.zh}：{title}（{period}）", f"{place.say('en')}: {title} ({period})")


def shown(site: Site, register: Register, column: str, value: Any, lang: Lang) -> Shown:
    """A value of a column."""
    head = register.field[column]
    if value is None or value == "":
        return Shown(NONE, kind="none", stands=stands(head))
    if head["refers_to"] and head["refers_to"] != PLACE:
        return _reference(site, head["refers_to"], str(value))
    if head["codes"] or head["refers_to"] == PLACE:
        words = register.in_words(column, value).say(lang)
        if column == "status":
            return Shown(words, kind="tag", tag=KINDS.get(str(value), ""))
        return Shown(words)
    return _plain(head["type"], value, lang)


def stands(head: Mapping[str, Any]) -> str:
    """How a column stands: numbers below each other, days on one line."""
    if head["codes"]:
        return ""
    return "number" if head["type"] in NUMBERS else "nowrap" if head["type"] == "day" else ""


def _plain(type_: str, value: Any, lang: Lang) -> Shown:
    if isinstance(value, bool):
        return Shown((Text("是", "yes") if value else Text("否", "no")).say(lang))
    if type_ == "day":
        return Shown(day_text(date.fromisoformat(value), lang), stands="nowrap")
    if type_ in NUMBERS:
        return Shown(number_text(Decimal(str(value))), kind="number", stands="number")
    return Shown(str(value))


def number_text(value: Decimal) -> str:
    """
    >>> number_text(Decimal("4000000.00")), number_text(Decimal("86.470000"))
    ('4,000,000', '86.47')
    """
    said = f"{value:,f}"
    return said.rstrip("0").rstrip(".") if "." in said else said


def _reference(site: Site, refers_to: str, value: str) -> Shown:
    """The title of what is referred to, if it is published; else its key as it is."""
    table, _, key = refers_to.partition(".")
    other = site.book_of_table.get(table)
    if other is None or tuple(other.document["key"]) != (key,):
        return Shown(value)
    number = other.addresses.get(address_of([value]))
    if number is None:
        return Shown(value)
    row = other.rows[number]
    return Shown(other.titled(row), entry_address(other, row))


def referring(site: Site, register: Register, row: Row) -> Iterator[Referring]:
    """What of the other registers names this entry."""
    key = register.key(row)
    if len(key) != 1:
        return
    named = f"{register.document['table']}.{register.document['key'][0]}"
    for other in site.books.values():
        for field in other.fields:
            if field["refers_to"] == named and other.area in AREAS:
                numbers = other.having(field["code"]).get(key[0], frozenset())
                yield Referring(other, field["code"], key[0], tuple(sorted(numbers)))


def listed_columns(register: Register) -> list[str]:
    """The columns of the list of a register: those that tell entries apart; an entry's page has all."""
    left_out = {register.document["title_column"], *register.document["key"], "source"}
    if "aspect" in register.at and "task" in register.at:
        left_out.add("aspect")
    codes = [one["code"] for one in register.fields if one["code"] not in left_out]
    if "status" in codes:
        codes.remove("status")
        codes.insert(0, "status")
    return codes


def units(head: Mapping[str, Any]) -> Text:
    return Text(**head["unit_of_measure"])
