"""``{% history_of thing %}``: from the page of a thing to its history, for those who may see that."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.template.context import Context
from django.urls import reverse

from steelyard.history.permissions import may_see
from steelyard.history.whose import organisations_of
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action

register = template.Library()


@register.inclusion_tag("history/link.html", takes_context=True)
def history_of(context: Context, thing: models.Model, name: str = "") -> dict[str, Any]:
    """``name``: in a row of a table, of what; there it is one short word."""
    request = context["request"]
    table = thing._meta.db_table
    is_seen = bool(reach(request.held, Action.SEE_TRAIL, request.today)) and may_see(
        organisations_of(type(thing), _row(thing)), request.held, request.today
    )
    url = reverse("history:history", args=[table, thing.pk]) if is_seen else ""
    return {"url": url, "name": name}


def _row(thing: models.Model) -> dict[str, Any]:
    return {field.column: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
