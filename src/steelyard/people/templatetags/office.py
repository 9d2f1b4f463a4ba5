"""Filters for the pages of people: roles and rows of sheets, said in the reader's language."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.translation import gettext as _

from steelyard.look.language import say
from steelyard.people.rules.organisation_sheets import KINDS
from steelyard.people.rules.roles import ROLES, Role

register = template.Library()


@register.filter
def role_name(role: str) -> str:
    """``{{ holding.role|role_name }}``"""
    return say(ROLES[Role(role)])


@register.filter
def as_cells(change, columns) -> list[tuple[str, object, object, bool]]:
    """Of a row of a brought sheet: column, what it says, what was recorded, whether that differs."""
    was = dict(getattr(change, "changed", ()))
    values = change.entry.values
    return [
        (
            column.key,
            _readable(column.key, values[column.key]),
            _readable(column.key, was.get(column.key)),
            column.key in was,
        )
        for column in columns
    ]


def _readable(key: str, value: object) -> object:
    if key == "role" and value:
        return role_name(str(value))
    if key == "kind" and value:
        return say(KINDS[str(value)])
    if isinstance(value, bool):
        return _("yes") if value else ""
    if isinstance(value, date):
        return value.isoformat()
    return value
