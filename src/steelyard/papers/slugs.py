"""Codes as they may stand in a file name and in an address inside a page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_OTHER = re.compile(r"[^\w-]+")
_LONGEST = 60


def slugs(codes: Iterable[str]) -> Mapping[str, str]:
    """A short name for each code, no two alike even where case does not count.

    >>> slugs(["a/b", "a b", "江门"])
    {'a/b': 'a-b', 'a b': 'a-b-2', '江门': '江门'}
    """
    found: dict[str, str] = {}
    taken: set[str] = set()
    for code in codes:
        base = _OTHER.sub("-", code)[:_LONGEST].strip("-") or "unit"
        found[code] = _free(base, taken)
        taken.add(found[code].lower())
    return found


def _free(base: str, taken: set[str]) -> str:
    name, number = base, 2
    while name.lower() in taken:
        name, number = f"{base}-{number}", number + 1
    return name
