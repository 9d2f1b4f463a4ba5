"""Exact numbers: read as people write them, kept as fractions, rounded only to be shown."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

_NUMBER = re.compile(
    r"(?P<sign>[+\-−]?)\s*(?:(?P<top>\d+)\s*/\s*(?P<bottom>\d+)|(?P<plain>[\d,，]*\.?\d+|\d[\d,，]*\.)"
    r"(?:[eE](?P<exponent>[+-]?\d{1,3}))?)\s*(?P<unit>[%％‰]?)"
)
_GROUPED = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?:\.\d*)?")
_UNITS = {"": Fraction(1), "%": Fraction(1, 100), "％": Fraction(1, 100), "‰": Fraction(1, 1000)}


def exact(text: str | int | Fraction | Decimal) -> Fraction:
    """The number that a person wrote, exactly.

    Accepts ``12``, ``0.5``, ``1/3``, ``92.3%``, ``5‰``, ``1,234.5`` and ``1e-3``, with full-width
    signs as Chinese keyboards make them.

    >>> exact("92.3%")
    Fraction(923, 1000)
    >>> exact("1,234.50")
    Fraction(2469, 2)

    Raises:
        ValueError: ``text`` is not one number (empty, words, NaN, infinity, ``1,23``).
    """
    if isinstance(text, int | Fraction):
        return Fraction(text)
    if isinstance(text, Decimal):
        if not text.is_finite():
            raise ValueError(f"{text} is not a finite number")
        return Fraction(text)
    found = _NUMBER.fullmatch(text.strip().translate(_HALF_WIDTH))
    if not found:
        raise ValueError(f"{text!r} is not a number")
    return _value(found, text)


_HALF_WIDTH = str.maketrans("０１２３４５６７８９．＋－／", "0123456789.+-/")


def _value(found: re.Match[str], text: str) -> Fraction:
    if found["top"]:
        if int(found["bottom"]) == 0:
            raise ValueError(f"{text!r} divides by zero")
        size = Fraction(int(found["top"]), int(found["bottom"]))
    else:
        plain = found["plain"]
        if "," in plain or "，" in plain:
            if not _GROUPED.fullmatch(plain):
                raise ValueError(f"{text!r} has a comma that does not group thousands")
            plain = plain.replace(",", "").replace("，", "")
        size = Fraction(plain.rstrip(".")) * Fraction(10) ** int(found["exponent"] or 0)
    return (-size if found["sign"] in ("-", "−") else size) * _UNITS[found["unit"]]


def rounded(value: Fraction, places: int) -> Fraction:
    """``value`` to ``places`` decimals, halves away from zero, as officials round (四舍五入).

    >>> rounded(Fraction("2.345"), 2), rounded(Fraction("-2.345"), 2)
    (Fraction(47, 20), Fraction(-47, 20))
    """
    scale = 10**places
    scaled = abs(value) * scale + Fraction(1, 2)
    whole = scaled.numerator // scaled.denominator
    return Fraction(whole if value >= 0 else -whole, scale)


def shown(value: Fraction, places: int | None = None) -> str:
    """``value`` as a decimal: to ``places``, or as written if it ends, or to four places.

    >>> shown(Fraction(1, 3)), shown(Fraction(5, 2)), shown(Fraction(5, 2), 2)
    ('0.3333', '2.5', '2.50')
    """
    if places is None:
        text = plain(value)
        return text if "/" not in text and len(text.partition(".")[2]) <= 4 else _fixed(value, 4)
    return _fixed(value, places)


def trimmed(value: Fraction, places: int = 6) -> str:
    """``value`` as a decimal of at most so many places, without needless zeros.

    >>> trimmed(Fraction("82.20000000000001")), trimmed(Fraction(1, 3)), trimmed(Fraction(120))
    ('82.2', '0.333333', '120')
    """
    text = _fixed(value, places)
    return text.rstrip("0").rstrip(".") if "." in text else text


def _fixed(value: Fraction, places: int) -> str:
    near = rounded(value, places)
    return _pointed(near.numerator * 10**places // near.denominator, places)


def _pointed(scaled: int, places: int) -> str:
    """A whole number of the last place, with its point."""
    digits = str(abs(scaled)).rjust(places + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-places]}.{digits[-places:]}" if places else f"{sign}{digits}"


def is_in_range(value: Fraction) -> bool:
    """Whether a number is of a size that an assessment can have: below 10³⁰, and not finer than 10⁻⁶⁰.

    Beyond, a picture or a workbook could not show it, and a typing error is likely.
    """
    return abs(value) < 10**30 and value.denominator <= 10**60


def percent(share: Fraction, places: int = 1) -> str:
    """A share as a percentage, without needless zeros.

    >>> percent(Fraction(48, 52)), percent(Fraction(9, 10))
    ('92.3%', '90%')
    """
    return f"{trimmed(share * 100, places)}%"


def plain(value: Fraction) -> str:
    """The canonical writing of an exact number: a decimal where one ends, else ``n/d``.

    >>> plain(Fraction(5, 2)), plain(Fraction(10, 3)), plain(Fraction(-7))
    ('2.5', '10/3', '-7')
    """
    bottom, twos, fives = value.denominator, 0, 0
    while bottom % 2 == 0:
        bottom, twos = bottom // 2, twos + 1
    while bottom % 5 == 0:
        bottom, fives = bottom // 5, fives + 1
    if bottom != 1:
        return f"{value.numerator}/{value.denominator}"
    places = max(twos, fives)
    return _pointed(value.numerator * 10**places // value.denominator, places)
