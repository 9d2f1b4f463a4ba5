"""Texts in the language of the page being made."""

from __future__ import annotations

from django.utils.translation import get_language

from steelyard.kernel.bilingual import Lang, Text
from steelyard.notices.models import Notice
from steelyard.notices.rules.texts import Kind, lang_of, title


def reading() -> Lang:
    return lang_of(get_language() or "")


def said(text: Text) -> str:
    return text.say(reading())


def title_of(notice: Notice) -> str:
    return title(Kind(notice.kind), notice.words, reading())
