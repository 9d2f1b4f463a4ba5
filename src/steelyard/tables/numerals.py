"""Is this text one number? The question that reading and writing must answer alike."""

from __future__ import annotations

from fractions import Fraction

from steelyard.kernel.exact import exact

LONGEST = 400
"""Characters. Longer is refused unread: the time to match a number grows with its square."""


def numeral(text: str) -> Fraction | None:
    """The number that ``text`` is, or None where it is none (words, blank, NaN, infinity).

    >>> numeral("-5"), numeral("92.3%"), numeral("12件")
    (Fraction(-5, 1), Fraction(923, 1000), None)
    """
    if len(text) > LONGEST:
        return None
    try:
        return exact(text)
    except ValueError:
        return None
