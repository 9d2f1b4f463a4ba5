"""Court fees counted another way, slowly: step by step through the amount, in thousandths of a fen.

Nothing of the table or of the code under test is used: the rates stand here again, typed from
Arts. 13 and 14, as thousandths of the amount. Only for amounts in whole yuan.
"""

from __future__ import annotations

from fractions import Fraction

PROPERTY = (
    (10_000, 0),
    (100_000, 25),
    (200_000, 20),
    (500_000, 15),
    (1_000_000, 10),
    (2_000_000, 9),
    (5_000_000, 8),
    (10_000_000, 7),
    (20_000_000, 6),
    (None, 5),
)
ENFORCEMENT = ((10_000, 0), (500_000, 15), (5_000_000, 10), (10_000_000, 5), (None, 1))
PRESERVATION = ((1_000, 0), (100_000, 10), (None, 5))
STEP = 1_000


def slow(amount: int, start: int, bands: tuple[tuple[int | None, int], ...]) -> Fraction:
    """``start`` yuan and, for every step of the amount, the rate of the band it lies in.

    No edge of a band lies inside a step, as all are whole thousands.
    """
    thousandths, below = start * 1000, 0
    while below < amount:
        above = min(below + STEP, amount)
        rate = next(rate for edge, rate in bands if edge is None or above <= edge)
        thousandths += (above - below) * rate
        below = above
    return Fraction(thousandths, 1000)


def property_fee(amount: int) -> Fraction:
    return slow(amount, 50, PROPERTY)


def enforcement_fee(amount: int) -> Fraction:
    return slow(amount, 50, ENFORCEMENT)


def preservation_fee(amount: int) -> Fraction:
    return min(slow(amount, 30, PRESERVATION), Fraction(5000))


QUICK = (
    (10_000, "0", 50),
    (100_000, "0.025", -200),
    (200_000, "0.02", 300),
    (500_000, "0.015", 1_300),
    (1_000_000, "0.01", 3_800),
    (2_000_000, "0.009", 4_800),
    (5_000_000, "0.008", 6_800),
    (10_000_000, "0.007", 11_800),
    (20_000_000, "0.006", 21_800),
    (None, "0.005", 41_800),
)
"""Rate of the whole amount and a constant, worked out by hand from Art. 13(1)."""


def quick_property_fee(amount: Fraction) -> Fraction:
    _, rate, constant = next(row for row in QUICK if row[0] is None or amount <= row[0])
    return amount * Fraction(rate) + constant
