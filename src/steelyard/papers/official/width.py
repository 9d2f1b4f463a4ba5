"""How wide is a text, in characters of the grid?"""

from __future__ import annotations

import re
from unicodedata import east_asian_width

_WIDE = ("W", "F", "A")  # “ ” — … stand full width in a Chinese text


_TAG = re.compile(r"\{\{.*?\}\}")
_FILLED = "字" * 18
"""What a name may be that a template does not know yet."""


def is_template(text: str) -> bool:
    """Whether a text will be filled, so that its width is not known."""
    return bool(_TAG.search(text))


def widest(text: str) -> str:
    """A text with something long in the place of what will be filled.

    >>> widest("{{ office }}文件")[-3:], len(widest("{{ office }}文件"))
    ('字文件', 20)
    """
    return _TAG.sub(_FILLED, text)


def text_width(text: str) -> float:
    """Chinese characters are one wide, letters and digits a half.

    >>> text_width("2022年3月9日"), text_width("江门")
    (6.0, 2.0)
    """
    return sum(1.0 if east_asian_width(letter) in _WIDE else 0.5 for letter in text)
