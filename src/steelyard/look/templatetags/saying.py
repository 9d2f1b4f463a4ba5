"""How templates of the public site say a text in the language of the page."""

from __future__ import annotations

from collections.abc import Mapping

from django import template
from django.utils.translation import get_language

from steelyard.kernel.bilingual import Lang, Text

register = template.Library()


def page_language() -> Lang:
    """The language of the page that is being made."""
    return "en" if get_language() == "en" else "zh"


@register.filter
def said(text: Text | Mapping[str, str] | None) -> str:
    """A text of two languages, or a document's ``{"zh": …, "en": …}``, in that of the page."""
    if not text:
        return ""
    both = text if isinstance(text, Text) else Text(text.get("zh", ""), text.get("en", ""))
    return both.say(page_language())


@register.filter
def of(mapping: Mapping, key: object) -> object:
    """What a mapping holds under a key; nothing if it holds none."""
    return mapping.get(key, "")
