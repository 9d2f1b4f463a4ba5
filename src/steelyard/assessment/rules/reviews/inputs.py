"""Which figures of a scheme does a review of case files feed?

A scheme does not say so in a field of its own: it says so in words, in the title of the figure or of the
item that uses it, or by a query over the table of file reviews.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import Input, Item

TABLE = re.compile(r"\bfile_reviews\b")
WORDS = re.compile(r"案卷|卷宗|case[ -]?files?\b|file reviews?\b|files? reviewed", re.IGNORECASE)
MEASURED = ("number", "share")
"""What a review gives is a mean of points or a rate; it answers no question of yes or no."""


def is_of_case_files(source: Input, items: Iterable[Item]) -> bool:
    """Whether a figure speaks of case files. ``items``: those that use it.

    >>> is_of_case_files(Input("points", Text("案卷质量", "Quality")), ())
    True
    >>> is_of_case_files(Input("leadership", Text("组织领导", "Leadership")), ())
    False
    """
    if source.records:
        return bool(TABLE.search(source.records))
    said = (source.title, *(text for one in items for text in (one.title, one.material)))
    return source.type in MEASURED and any(map(_speaks_of_them, said))


def _speaks_of_them(said: Text) -> bool:
    return any(WORDS.search(one) for one in (said.zh, said.en or ""))
