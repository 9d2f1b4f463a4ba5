"""Rows of any table as people read them: labels of columns, values in words.

Values are those that the trail keeps (JSON) or those of a row in hand; both are said alike.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from steelyard.look.language import say
from steelyard.trail import words

Row = Mapping[str, Any]
"""Column → value."""
Names = Mapping[tuple[type[models.Model], int | str], str]
"""What rows that others point to call themselves, and the codes that stand in the JSON of a model."""

NOTHING = "—"
LONG = 400
"""Letters of a value that a page shows."""


def field_of(model: type[models.Model], column: str) -> models.Field | None:
    """The field of a column; None for a column that the table has no longer."""
    return next((one for one in model._meta.concrete_fields if one.column == column), None)


def label_of(model: type[models.Model], column: str) -> str:
    told, field = words.label_of(model._meta.db_table, column), field_of(model, column)
    if told:
        return say(told)
    return str(field.verbose_name) if field else column


def say_value(
    model: type[models.Model], column: str, value: Any, names: Names, longest: int = LONG
) -> str:
    """A value, as a person says it."""
    field = field_of(model, column)
    if value in (None, "", {}, []):
        return NOTHING
    if isinstance(field, models.ForeignKey):
        return names.get((field.related_model, value), f"№ {value}")
    if isinstance(value, str) and (told := words.value_of(model._meta.db_table, column, value)):
        return say(told)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, list | dict):
        return _short(_said(model, value, names), longest)
    return _short(_day_or_text(field.to_python(value) if field else value), longest)


def names_of(model: type[models.Model], rows: Iterable[Row]) -> Names:
    """One question for each table that the columns of these rows point to, and for their codes."""
    rows = list(rows)
    found: dict[tuple[type[models.Model], int | str], str] = {
        (model, code): say(title)
        for code, title in words.codes_of(model._meta.db_table, rows).items()
    }
    for to, numbers in _pointed_to(model, rows).items():
        for row in to._base_manager.filter(pk__in=numbers):
            found[to, row.pk] = str(row)
    return found


def _pointed_to(
    model: type[models.Model], rows: Iterable[Row]
) -> dict[type[models.Model], set[int]]:
    found: dict[type[models.Model], set[int]] = {}
    for field in model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            numbers = {row.get(field.column) for row in rows} - {None}
            if numbers:
                found.setdefault(field.related_model, set()).update(numbers)
    return found


def _said(model: type[models.Model], told: Any, names: Names) -> str:
    """What stands in JSON: each code by its title, with what is said of it."""
    if isinstance(told, dict):
        colon = pgettext("between words", ": ")
        return pgettext("between clauses", "; ").join(
            f"{_said(model, code, names)}{colon}{_said(model, one, names)}"
            for code, one in told.items()
        )
    if isinstance(told, list):
        return pgettext("list", ", ").join(_said(model, one, names) for one in told)
    if isinstance(told, bool):
        return _("yes") if told else _("no")
    return NOTHING if told in (None, "") else names.get((model, told), str(told))


def _day_or_text(told: Any) -> str:
    if isinstance(told, datetime):
        return timezone.localtime(told).strftime("%Y-%m-%d %H:%M:%S")
    return told.isoformat() if isinstance(told, date) else str(told)


def _short(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[:longest]}…"
