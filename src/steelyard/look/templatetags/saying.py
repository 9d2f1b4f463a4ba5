"""How templates say a text in the language of the page: in the office and on the public site."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from steelyard.kernel.bilingual import Text
from steelyard.look.language import lang, say

register = template.Library()


@register.filter
def said(text: Text | Mapping[str, str] | None) -> str:
    """A text of two languages, or a document's ``{"zh": …, "en": …}``, in that of the page."""
    if not text:
        return ""
    if not isinstance(text, Text):
        text = Text(text.get("zh", ""), text.get("en", ""))
    return say(text)


@register.simple_tag
def gap() -> str:
    """What stands between two sentences: a space, and in Chinese nothing."""
    return "" if lang() == "zh" else " "


@register.filter
def of(mapping: Mapping, key: object) -> object:
    """What a mapping holds under a key; nothing if it holds none."""
    return mapping.get(key, "")
