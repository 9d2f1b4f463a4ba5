"""What people write of a delivery: a period, of an age that has records, and places; how a cell of it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.periods import Period
from steelyard.records.catalogue.model import Field
from steelyard.records.intake.delivery import period_of

FIRST = date(1900, 1, 1)


def read_period(text: str) -> Period:
    """
    >>> str(read_period(" 2021 "))
    '[2021-01-01, 2022-01-01)'

    Raises:
        ValueError: it is no period, or lies before 1900.
    """
    found = period_of(text.strip())
    if found.starts < FIRST:
        raise ValueError(f"{text!r} lies before {FIRST.year}")
    return found


def read_places(text: str) -> tuple[str, ...]:
    """
    >>> read_places("440300，440100; 440600")
    ('440300', '440100', '440600')
    """
    return tuple(re.findall(r"[^\s,，、;；]+", text))


TRUTHS: Mapping[str, Text] = {"true": Text("是", "yes"), "false": Text("否", "no")}


def said_cell(value: str, field: Field, codes: Mapping[str, Mapping[str, Text]]) -> Text:
    """A value in the one writing of its type, as people read it: codes by their titles, no idle noughts.

    >>> persons = Field(code="persons", title=Text("人数", "Persons"), type="number")
    >>> [said_cell(one, persons, {}).en for one in ("60.000000", "7.500000", "600", "")]
    ['60', '7.5', '600', '—']
    """
    if not value:
        return same("—")
    if field.codes:
        return codes.get(field.codes, {}).get(value, same(value))
    if field.type == "yes_no":
        return TRUTHS.get(value, same(value))
    if field.type in ("number", "money") and "." in value:
        return same(value.rstrip("0").rstrip("."))
    return same(value)
