"""``{% history_of thing %}``: from the page of a thing to its history, for those who may see that."""

from __future__ import annotations

from typing import Any

from django import template
from django.db import models
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse

from steelyard.history.permissions import may_not_see
from steelyard.history.whose import is_still_its_own, organisations_of
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action

register = template.Library()


@register.inclusion_tag("history/link.html", takes_context=True)
def history_of(context: Context, thing: models.Model, name: str = "") -> dict[str, Any]:
    """``name``: in a row of a table, of what; there it is one short word."""
    request = context["request"]
    table = thing._meta.db_table
    sees_any = bool(reach(request.held, Action.SEE_TRAIL, request.today))
    is_seen = sees_any and _is_seen(request, type(thing), _row(thing))
    url = reverse("history:history", args=[table, thing.pk]) if is_seen else ""
    return {"url": url, "name": name}


def _is_seen(request: HttpRequest, model: type[models.Model], row: dict[str, Any]) -> bool:
    return not may_not_see(
        request.held, organisations_of(model, row), request.today,
        is_still_its_own=is_still_its_own(model, row),
    )  # fmt: skip


def _row(thing: models.Model) -> dict[str, Any]:
    return {field.column: getattr(thing, field.attname) for field in thing._meta.concrete_fields}
