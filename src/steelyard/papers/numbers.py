"""Numbers as people write them: scores, points, shares, places in a ranking.

Rounding happens here and nowhere before: what is ranked and graded is never rounded.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from steelyard.kernel.bilingual import Lang
from steelyard.kernel.exact import percent, plain, rounded, shown
from steelyard.weighing.result import Score

NONE = "—"
"""What stands where there is no number, so that it is seen that none was forgotten."""

_MINUS = "−"


def number(value: Score | None, places: int | None = None) -> str:
    """A number with a true minus sign; to ``places``, else as far as it goes, at most 4.

    >>> number(Fraction(-3, 2)), number(Fraction(5, 3), 2), number(None)
    ('−1.5', '1.67', '—')
    """
    if value is None:
        return NONE
    return shown(Fraction(value), places).replace("-", _MINUS)


def places_for(values: Iterable[Score | None], most: int = 2) -> int:
    """The fewest decimals at which none of the values loses anything, at most ``most``.

    >>> places_for([Fraction(3), Fraction(5, 2)]), places_for([Fraction(1, 3)])
    (1, 2)
    """
    exactly = [Fraction(value) for value in values if value is not None]
    ending = (p for p in range(most) if all(rounded(value, p) == value for value in exactly))
    return next(ending, most)


def share(value: Fraction | None, places: int = 0) -> str:
    """
    >>> share(Fraction(5, 6)), share(None)
    ('83%', '—')
    """
    return NONE if value is None else percent(value, places).replace("-", _MINUS)


def of_100(share: float | None) -> str:
    """A share in whole per cents; what is neither sure nor impossible is never shown as if it were.

    >>> of_100(0.9996), of_100(1.0), of_100(0.0004), of_100(0.634), of_100(None)
    ('>99%', '100%', '<1%', '63%', '—')
    """
    if share is None:
        return NONE
    if 0 < share < 0.005:
        return "<1%"
    if 0.995 <= share < 1:
        return ">99%"
    return f"{100 * share:.0f}%"


def significant(value: float, digits: int = 4) -> str:
    """A measured value to so many digits, never as a power of ten unless it must be.

    >>> significant(123456.7), significant(0.0123456), significant(-2.5)
    ('123457', '0.01235', '−2.5')
    """
    if value and not 1e-6 <= abs(value) < 1e15:
        return f"{value:.{digits}g}".replace("-", _MINUS)
    places = max(digits - len(str(int(abs(value)))), 0) if abs(value) >= 1 else digits + 1
    text = f"{value:.{places}f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace("-", _MINUS)


def counted(number_: int) -> str:
    """
    >>> counted(2676)
    '2,676'
    """
    return f"{number_:,}"


def place(rank: Fraction | None, lang: Lang) -> str:
    """A rank in a sentence.

    >>> place(Fraction(3), "zh"), place(Fraction(22), "en"), place(Fraction(5, 2), "en")
    ('第3名', '22nd', '2.5')
    """
    if rank is None:
        return NONE
    if lang == "zh":
        return f"第{plain(rank)}名"
    return _ordinal(int(rank)) if rank.denominator == 1 else plain(rank)


def place_in_a_column(rank: Fraction | None) -> str:
    """
    >>> place_in_a_column(Fraction(5, 2)), place_in_a_column(None)
    ('2.5', '—')
    """
    return NONE if rank is None else plain(rank)


def _ordinal(whole: int) -> str:
    if whole % 100 in (11, 12, 13):
        return f"{whole}th"
    return f"{whole}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(whole % 10, 'th') }"
