"""What the documents of a publication of registers are made of: the plans, a column, a text."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from steelyard.kernel.bilingual import Text
from steelyard.records.catalogue.model import Catalogue, Field

FORMAT = "steelyard-registers/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterPlan:
    """One register: the columns of a table that the public may read, row by row.

    ``task.aspect`` is the column ``aspect`` of the row that ``task`` refers to; it is published as ``aspect``.
    """

    code: str
    area: str
    table: str
    columns: tuple[str, ...]
    title_column: str = ""
    filters: tuple[str, ...] = ()
    reason: Text = field(default_factory=Text)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatisticPlan:
    """Rows of a table counted, and some columns added up, by year of a day and by place."""

    code: str
    area: str
    table: str
    day: str
    title: Text
    sums: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterList:
    registers: tuple[RegisterPlan, ...]
    statistics: tuple[StatisticPlan, ...]


def published_name(column: str) -> str:
    """
    >>> published_name("task.aspect"), published_name("title")
    ('aspect', 'title')
    """
    return column.rpartition(".")[2]


def field_document(one: Field, catalogue: Catalogue) -> dict[str, object]:
    """A column, with what its codes mean, so that a page or a program needs no catalogue."""
    codes = catalogue.codes[one.codes] if one.codes else {}
    return {
        "code": one.code,
        "title": text_document(one.title),
        "type": one.type,
        "unit_of_measure": text_document(one.unit_of_measure),
        "refers_to": one.refers_to,
        "codes": {code: text_document(title) for code, title in codes.items()},
    }


def plain_cell(value: object) -> object:
    """A cell as JSON holds it: days and decimals as text, so that nothing is rounded."""
    if isinstance(value, date | Decimal):
        return str(value)
    return value


def text_document(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
