"""Which side of a bilingual text does the reader want?"""

from __future__ import annotations

from django.utils.translation import get_language

from steelyard.kernel.bilingual import Lang, Text


def reading() -> Lang:
    """The language of the page being made; Chinese where none is chosen."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(text: Text) -> str:
    return text.say(reading())
