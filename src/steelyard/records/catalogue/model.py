"""What does a table of records hold? Values alone; read from TOML by :mod:`.read`.

A table is what one kind of delivery brings: a row a record, found again by its key, belonging to
a place and, through its dated fields, to a period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Literal

from steelyard.kernel.bilingual import Text

FieldType = Literal["text", "code", "whole", "number", "money", "day", "yes_no"]
Disclosure = Literal["open", "protected"]
AREAS = (
    "assessment", "plan", "courts", "enforcement", "funds", "contest", "pledges", "top_events",
    "statistics",
)  # fmt: skip
PLACES = "places"


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A column: its type, and what it may hold.

    ``code``: a short identifier without spaces. ``number``: an exact decimal of up to six places.
    ``money``: two places; its unit of measure says of what. ``codes`` names a code list,
    ``refers_to`` another table's key as ``table.field``. What is ``personal`` never leaves in a
    listing unless it is asked for by name.
    """

    code: str
    title: Text
    type: FieldType
    required: bool = False
    personal: bool = False
    unit_of_measure: Text = field(default_factory=Text)
    codes: str = ""
    refers_to: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    pattern: str = ""
    note: Text = field(default_factory=Text)

    @property
    def reference(self) -> tuple[str, str] | None:
        """The table and the field that it refers to."""
        table, _, key = self.refers_to.partition(".")
        return (table, key) if key else None


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition on one row, in the portable SQL; a row for which it is false is refused."""

    rule: str
    say: Text


@dataclass(frozen=True, kw_only=True)
class Table:
    """One kind of record.

    ``place`` is the field that says where a row belongs. A row belongs to a period if one of its
    ``dated`` days is in it; a table without dated fields holds from period to period (places).
    ``disclosure`` is ``protected`` where small counts could point to a person or a firm.
    """

    code: str
    title: Text
    area: str
    key: tuple[str, ...]
    fields: tuple[Field, ...]
    place: str = ""
    dated: tuple[str, ...] = ()
    disclosure: Disclosure = "protected"
    constraints: tuple[Constraint, ...] = ()
    note: Text = field(default_factory=Text)

    @cached_property
    def field(self) -> Mapping[str, Field]:
        return {one.code: one for one in self.fields}

    @property
    def personal(self) -> frozenset[str]:
        return frozenset(one.code for one in self.fields if one.personal)

    @property
    def references(self) -> Mapping[str, tuple[str, str]]:
        """Field → (table, key) that it refers to."""
        return {one.code: one.reference for one in self.fields if one.reference}


@dataclass(frozen=True)
class Catalogue:
    """Every table by its code, and every code list: name → code → title."""

    tables: Mapping[str, Table]
    codes: Mapping[str, Mapping[str, Text]] = field(default_factory=dict)

    def joined(self, more: Catalogue) -> Catalogue:
        """With the tables of a region pack; a name may not be taken twice (see :mod:`.read`)."""
        return Catalogue({**self.tables, **more.tables}, {**self.codes, **more.codes})
