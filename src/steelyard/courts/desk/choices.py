"""Which of the choices did a person mean?"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from steelyard.courts.desk.questions import Choice, shown
from steelyard.kernel.bilingual import LANGS


def plain(written: str) -> str:
    """What makes two writings the same: width, case and runs of blanks aside.

    >>> plain(" Ａppeal　 判决 ")
    'appeal 判决'
    """
    return " ".join(unicodedata.normalize("NFKC", written).casefold().split())


def meant(choices: tuple[Choice, ...], written: str) -> tuple[Choice, ...]:
    """The choices that the words may mean: one is an answer, several are a question back.

    A code, a whole title or another name goes first; else every choice that holds all the words.

    >>> from steelyard.kernel.bilingual import Text
    >>> both = (Choice("a", Text("对判决上诉", "appeal")), Choice("b", Text("判决送达", "service")))
    >>> [one.code for one in meant(both, "判决")], [one.code for one in meant(both, "判决 上诉")]
    (['a', 'b'], ['a'])
    """
    said = plain(written)
    if not said:
        return ()
    if named := _by_name(choices).get(said):
        return named
    words = said.split()
    held = _by_words(choices)
    return tuple(
        one for one, text in zip(choices, held, strict=True) if all(word in text for word in words)
    )


@lru_cache(maxsize=64)
def _by_name(choices: tuple[Choice, ...]) -> Mapping[str, tuple[Choice, ...]]:
    found: dict[str, tuple[Choice, ...]] = {}
    for one in choices:
        titles = (one.title.zh, one.title.en, *(shown(one, choices, lang) for lang in LANGS))
        for name in {plain(name) for name in (one.code, *titles, *one.words.split(";")) if name}:
            found[name] = (*found.get(name, ()), one)
    return found


@lru_cache(maxsize=64)
def _by_words(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(plain(f"{one.code} {one.title.zh} {one.title.en} {one.words}") for one in choices)
