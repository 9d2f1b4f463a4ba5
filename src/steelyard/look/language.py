"""A bilingual text, in the language of the page."""

from __future__ import annotations

from django.utils.functional import lazystr
from django.utils.translation import get_language

from steelyard.kernel.bilingual import Lang, Text


def lang_of(language: str) -> Lang:
    """The language of an account or a page, which Django writes ``zh-hans`` or ``en``."""
    return "en" if language.startswith("en") else "zh"


def lang() -> Lang:
    return lang_of(get_language() or "")


def say(text: Text) -> str:
    """A text in the language of the page that is being made."""
    return text.say(lang())


class _Said:
    def __init__(self, text: Text) -> None:
        self.text = text

    def __str__(self) -> str:
        return say(self.text)


def said(text: Text) -> str:
    """The same, put off until it is shown: for choices and labels made once."""
    return lazystr(_Said(text))
