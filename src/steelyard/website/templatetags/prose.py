"""How templates show prose: marked text as it was cleaned, files at their addresses."""

from __future__ import annotations

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from steelyard.publication.prose import stray

register = template.Library()


@register.filter
def marked(html: str) -> SafeString:
    """A marked text. One that holds what is not on the list is shown as the letters it is made of."""
    return escape(html) if stray(html) else mark_safe(html)


@register.filter
def ending(name: str) -> str:
    return name.rpartition(".")[2]


@register.simple_tag(takes_context=True)
def file_address(context: Context, name: str) -> str:
    """Where a picture or document is: in a draft it comes with the page."""
    files = context.get("files") or {}
    return files.get(name) or reverse("website:prose_file", args=[name])
