"""Where do a unit's own figures and the supplied ones differ, and what does a correction touch?

Figures are in their exact writing, "" is: none. They are equal if they differ by no more than the
last place of a self-reported figure can say; what is no number is equal only to itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from steelyard.kernel.exact import exact, plain, trimmed

Key = tuple[str, str]
"""A unit and an input."""
Figures = Mapping[Key, str]

LEAST = Fraction(1, 2_000_000)
"""As :mod:`steelyard.records.differences` has it: half of the sixth place."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Two figures of a unit for one input that differ; ``supplied`` "" is: none was supplied."""

    unit: str
    input_code: str
    reported: str
    supplied: str


def gaps(reported: Figures, supplied: Figures) -> tuple[Gap, ...]:
    """Every gap: of each figure that a unit reports, if another was supplied, or none.

    >>> gaps({("440100", "cases"): "12"}, {("440100", "cases"): "11"})
    (Gap(unit='440100', input_code='cases', reported='12', supplied='11'),)
    >>> gaps({("440100", "cases"): "12"}, {("440100", "cases"): "12.0"})
    ()
    """
    return tuple(
        Gap(*key, own, supplied.get(key, ""))
        for key, own in sorted(reported.items(), key=lambda pair: (pair[0][1], pair[0][0]))
        if is_gap(own, supplied.get(key, ""))
    )


def is_gap(reported: str, supplied: str) -> bool:
    if not reported:
        return False
    if not supplied:
        return True
    own, theirs = number(reported), number(supplied)
    if own is None or theirs is None:
        return reported.strip() != supplied.strip()
    return abs(own - theirs) > LEAST


def distance(reported: str, supplied: str) -> str:
    """Reported less supplied, to be shown, with a true minus; "" where there is no such number.

    To six places, so that no gap is shown as none.

    >>> distance("12", "11.5"), distance("11", "12"), distance("2021-03-01", "2021-03-02")
    ('+0.5', '−1', '')
    >>> distance("92.00000000000001", "82.2"), distance("0.000003", "0.000001")
    ('+9.8', '+0.000002')
    """
    own, theirs = number(reported), number(supplied)
    if own is None or theirs is None:
        return ""
    sign = "+" if own > theirs else ""
    return f"{sign}{trimmed(own - theirs)}".replace("-", "−")


def exact_distance(reported: str, supplied: str) -> str:
    """The same in its exact writing, for programs.

    >>> exact_distance("12", "11.5"), exact_distance("11", "12"), exact_distance("2021-03-01", "")
    ('0.5', '-1', '')
    """
    own, theirs = number(reported), number(supplied)
    return "" if own is None or theirs is None else plain(own - theirs)


def number(text: str) -> Fraction | None:
    try:
        return exact(text)
    except ValueError:
        return None


def is_same(one: str, other: str) -> bool:
    """Whether two supplied figures are the very same, however they are written."""
    first, second = number(one), number(other)
    if first is None or second is None:
        return one == other
    return first == second


def moved(before: Figures, after: Figures) -> frozenset[Key]:
    """The figures that a new version of a sheet changes, brings or takes away."""
    keys = before.keys() | after.keys()
    return frozenset(key for key in keys if not is_same(before.get(key, ""), after.get(key, "")))


# --- what is written down already, and what becomes of it ------------------------------------------


@dataclass(frozen=True, slots=True)
class Noted:
    """A difference as it is written down."""

    reported: str
    supplied: str
    is_open: bool = True


class Turn(StrEnum):
    FOUND = "found"
    REOPENED = "reopened"
    RENEWED = "renewed"
    AGREED = "agreed"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a difference: ``RENEWED`` was open and stays so, with other figures."""

    key: Key
    turn: Turn
    reported: str
    supplied: str


def changes(
    noted: Mapping[Key, Noted], reported: Figures, supplied: Figures,
    touched: Collection[Key] | None = None,
) -> tuple[Change, ...]:  # fmt: skip
    """What is to be written: only what is not yet so, and only of the figures touched (None: of all).

    A settled difference whose figures are other ones is open again: it was settled on other grounds.
    One whose figures no longer differ is over.
    """
    keys: Iterable[Key] = noted.keys() | reported.keys()
    found = (
        _change(key, noted.get(key), reported.get(key, ""), supplied.get(key, ""))
        for key in sorted(keys, key=lambda one: (one[1], one[0]))
        if touched is None or key in touched
    )
    return tuple(one for one in found if one is not None)


def _change(key: Key, noted: Noted | None, reported: str, supplied: str) -> Change | None:
    if noted is None:
        found = is_gap(reported, supplied)
        return Change(key, Turn.FOUND, reported, supplied) if found else None
    if is_same(noted.reported, reported) and is_same(noted.supplied, supplied):
        return None
    if not is_gap(reported, supplied):
        return Change(key, Turn.AGREED, reported or noted.reported, supplied)
    turn = Turn.RENEWED if noted.is_open else Turn.REOPENED
    return Change(key, turn, reported, supplied)
