"""A band: the values that one step of a ladder holds, with its edges in or out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from steelyard.kernel.exact import exact, plain

Value = Fraction | str | bool


@dataclass(frozen=True, slots=True)
class Band:
    """From ``low`` to ``high``; None is no edge; an edge belongs or does not.

    >>> band = read_band("[80%, 90%)")
    >>> Fraction(8, 10) in band, Fraction(9, 10) in band
    (True, False)
    """

    low: Fraction | None
    high: Fraction | None
    low_in: bool
    high_in: bool

    def __contains__(self, value: Value) -> bool:
        if isinstance(value, str | bool):
            return False
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below


@dataclass(frozen=True, slots=True)
class Exactly:
    """The one text, or the one yes or no, that belongs."""

    value: str | bool

    def __contains__(self, value: Value) -> bool:
        return value == self.value and isinstance(value, type(self.value))


AnyBand = Band | Exactly

_SIGNED = re.compile(r"(>=|<=|>|<|=|≥|≤|＞|＜|＝)\s*(.+)")
_INTERVAL = re.compile(r"([\[(])\s*([^,\s]+)\s*,\s*([^,\s]+)\s*([\])])")
_QUOTED = re.compile(r"""["'](.*)["']""")


def read_band(text: str) -> AnyBand:
    """Read ``">= 90%"``, ``"[80%, 90%)"``, ``"= yes"`` or ``'= "text"'``.

    Raises:
        ValueError: it is none of these, or holds no value.
    """
    text = text.strip()
    signed = _SIGNED.fullmatch(text)
    if signed:
        return _signed(signed[1], signed[2].strip())
    interval = _INTERVAL.fullmatch(text)
    if not interval:
        raise ValueError(f"{text!r} is not a band such as '>= 90%' or '[80%, 90%)'")
    low, high = exact(interval[2]), exact(interval[3])
    band = Band(low, high, interval[1] == "[", interval[4] == "]")
    if low > high or (low == high and not (band.low_in and band.high_in)):
        raise ValueError(f"the band {text!r} holds no value")
    return band


def _signed(sign: str, written: str) -> AnyBand:
    if sign in "=＝":
        quoted = _QUOTED.fullmatch(written)
        if quoted:
            return Exactly(quoted[1])
        if written in ("yes", "no"):
            return Exactly(written == "yes")
        edge = exact(written)
        return Band(edge, edge, True, True)
    edge = exact(written)
    if sign in (">=", "≥", ">", "＞"):
        return Band(edge, None, sign in (">=", "≥"), False)
    return Band(None, edge, False, sign in ("<=", "≤"))


def band_text(band: AnyBand) -> str:
    """The canonical writing of a band.

    >>> band_text(read_band("≥ 90%")), band_text(read_band("(5%, 10%]"))
    ('>= 0.9', '(0.05, 0.1]')
    """
    match band:
        case Exactly(bool() as truth):
            return f"= {'yes' if truth else 'no'}"
        case Exactly(text):
            return f'= "{text}"'
        case Band(low, high) if low is not None and low == high:
            return f"= {plain(low)}"
        case Band(low, None, low_in) if low is not None:
            return f"{'>=' if low_in else '>'} {plain(low)}"
        case Band(None, high, _, high_in) if high is not None:
            return f"{'<=' if high_in else '<'} {plain(high)}"
        case Band(low, high, low_in, high_in) if low is not None and high is not None:
            edges = "[" if low_in else "(", "]" if high_in else ")"
            return f"{edges[0]}{plain(low)}, {plain(high)}{edges[1]}"
    return "any"


def ordered(bands: Sequence[Band]) -> list[Band]:
    """The bands from the lowest up."""
    return sorted(bands, key=lambda b: (b.low is not None, b.low or 0, not b.low_in))


def overlaps(bands: Sequence[Band]) -> list[tuple[Band, Band]]:
    """Neighbours, from the lowest up, that share a value."""
    return [(a, b) for a, b in _neighbours(bands) if _touch(a, b) > 0]


def gaps(bands: Sequence[Band]) -> list[tuple[Band, Band]]:
    """Neighbours, from the lowest up, between which values are left out."""
    return [(a, b) for a, b in _neighbours(bands) if _touch(a, b) < 0]


def _neighbours(bands: Sequence[Band]) -> list[tuple[Band, Band]]:
    row = ordered(bands)
    return list(pairwise(row))


def _touch(lower: Band, upper: Band) -> int:
    """Below 0 if values lie between the two, above 0 if they share some, 0 if they meet."""
    if lower.high is None or upper.low is None:
        return 1
    if lower.high != upper.low:
        return 1 if lower.high > upper.low else -1
    return int(lower.high_in) + int(upper.low_in) - 1
