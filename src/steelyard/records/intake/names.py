"""SQL of our own: names and texts quoted, so that no file or heading can become SQL."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path


def name(word: str) -> str:
    """
    >>> name('rank'), name('a"b')
    ('"rank"', '"a""b"')
    """
    escaped = word.replace('"', '""')
    return f'"{escaped}"'


def text(word: str | Path) -> str:
    """
    >>> text("it's")
    "'it''s'"
    """
    escaped = str(word).replace("'", "''")
    return f"'{escaped}'"


def file(path: str | Path) -> str:
    """The path of one file that is read: no sign in it stands for other files.

    >>> file("cases[1].parquet")
    "'cases[[]1].parquet'"
    """
    return text(re.sub(r"[*?\[]", r"[\g<0>]", str(path)))


def texts(words: Iterable[str]) -> str:
    """
    >>> texts(["a", "b"])
    "('a', 'b')"
    """
    return f"({', '.join(map(text, words))})"
