"""Text that exists in Chinese and in English."""

from __future__ import annotations

from collections.abc import Sequence
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


def first_few(named: Sequence[str], most: int = 5) -> Text:
    """Codes in a sentence: of many the first, and how many there are.

    >>> first_few(["440100", "440700"])
    Text(zh='440100、440700', en='440100, 440700')
    >>> first_few([f"town{at}" for at in range(300)], most=2)
    Text(zh='town0、town1等300个', en='town0, town1 and 298 more')
    """
    first, rest = named[:most], len(named) - most
    if rest <= 0:
        return Text("、".join(named), ", ".join(named))
    return Text(f"{'、'.join(first)}等{len(named)}个", f"{', '.join(first)} and {rest} more")
