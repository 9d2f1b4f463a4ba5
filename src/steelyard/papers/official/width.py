"""How wide is a text, in characters of the grid?"""

from __future__ import annotations

from unicodedata import east_asian_width

_WIDE = ("W", "F", "A")  # “ ” — … stand full width in a Chinese text


def text_width(text: str) -> float:
    """Chinese characters are one wide, letters and digits a half.

    >>> text_width("2022年3月9日"), text_width("江门")
    (6.0, 2.0)
    """
    return sum(1.0 if east_asian_width(letter) in _WIDE else 0.5 for letter in text)
