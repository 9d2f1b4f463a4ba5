"""Text that exists in Chinese and in English."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Lang = Literal["zh", "en"]
LANGS: tuple[Lang, ...] = get_args(Lang)


@dataclass(frozen=True, slots=True)
class Text:
    """One thing said in Chinese and in English. An empty side is spoken by the other.

    >>> Text("结案率", "Closing rate").say("en")
    'Closing rate'
    >>> Text("结案率").say("en")
    '结案率'
    """

    zh: str = ""
    en: str = ""

    def say(self, lang: Lang) -> str:
        if lang == "zh":
            return self.zh or self.en
        return self.en or self.zh

    def __bool__(self) -> bool:
        return bool(self.zh or self.en)


def same(text: str) -> Text:
    """Text that reads alike in both languages: a code, a number, a file name."""
    return Text(text, text)
