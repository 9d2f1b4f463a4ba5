"""The index itself, as the report shows it: every leaf, the correlations to look at, the groups."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from steelyard.papers import numbers
from steelyard.papers.doubts import alpha_said, item_said
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import Audit, CorrelationFlag, GroupAudit, LeafAudit

MOST_UNITS = 5


@dataclass(frozen=True, slots=True)
class Leaf:
    """One row of figures. ``misleads`` if weight and influence are over twice apart."""

    code: str
    title: str
    known: str
    skewness: str
    kurtosis: str
    outliers: str
    nominal: str
    effective: str
    misleads: bool


@dataclass(frozen=True, slots=True)
class Flag:
    item: str
    other: str
    correlation: str
    says: str


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    children: str
    alpha: str
    first: str
    kept: str


@dataclass(frozen=True, slots=True)
class AuditSection:
    notes: tuple[str, ...]
    leaves: tuple[Leaf, ...]
    flags: tuple[Flag, ...]
    groups: tuple[Group, ...]


def audit_section(result: Result, found: Audit, words: Words) -> AuditSection:
    return AuditSection(
        tuple(note.say(words.lang) for note in found.notes),
        tuple(_leaf(result, leaf, words) for leaf in found.leaves),
        tuple(_flag(result, flag, words) for flag in found.flags),
        tuple(_group(result, group, words) for group in found.groups),
    )


def _leaf(result: Result, leaf: LeafAudit, words: Words) -> Leaf:
    title = words.name(result.scheme.item[leaf.item])
    return Leaf(
        code="" if title == leaf.item else leaf.item,
        title=title,
        known=numbers.of_100(leaf.known),
        skewness=_figure(leaf.skewness),
        kurtosis=_figure(leaf.kurtosis),
        outliers=units_said(result, leaf.outliers, words),
        nominal=_percent(leaf.nominal),
        effective=_percent(leaf.effective),
        misleads=leaf.misleads,
    )


def units_said(result: Result, units: Sequence[str], words: Words, most: int = MOST_UNITS) -> str:
    """Units by name; of more than ``most`` the first and how many they are."""
    names = words.join([words.name(result.scheme.unit[unit]) for unit in units[:most]])
    if len(units) <= most:
        return names
    return words("units_and_more", units=names, count=len(units))


def _flag(result: Result, flag: CorrelationFlag, words: Words) -> Flag:
    return Flag(
        item_said(result.scheme, flag.item, words),
        item_said(result.scheme, flag.other, words),
        _figure(flag.correlation),
        words(f"flag_{flag.kind}"),
    )


def _group(result: Result, group: GroupAudit, words: Words) -> Group:
    return Group(
        item_said(result.scheme, group.group, words),
        str(len(group.children)),
        alpha_said(group.alpha),
        numbers.of_100(group.explained[0]) if group.explained else numbers.NONE,
        str(group.kept) if group.explained else numbers.NONE,
    )


def _figure(value: float | None) -> str:
    """
    >>> _figure(-0.584), _figure(-0.001), _figure(None)
    ('−0.58', '0.00', '—')
    """
    if value is None:
        return numbers.NONE
    return f"{value:.2f}".replace("-0.00", "0.00").replace("-", "−")


def _percent(share: float | None) -> str:
    """
    >>> _percent(0.0333), _percent(0.0002), _percent(0.0), _percent(None)
    ('3.3%', '<0.1%', '0%', '—')
    """
    if share is None:
        return numbers.NONE
    if not share:
        return "0%"
    return "<0.1%" if share < 0.0005 else f"{100 * share:.1f}%"
