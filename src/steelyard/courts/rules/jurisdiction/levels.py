"""To which level of court does the amount in dispute point?

An amount equal to a threshold is within it (以上包括本数). Where a threshold depends on where the
parties live and that is not known, or no threshold is known for the day, the level is open.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Literal, get_args

from steelyard.courts.rules.fees import yuan
from steelyard.courts.rules.jurisdiction.citing import Citations
from steelyard.courts.rules.jurisdiction.setting import PLACE_KINDS, Level, PlaceKind, holds_on
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact
from steelyard.kernel.faults import Fault, Faulty, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable(
    "unreadable-threshold",
    Text("这一条数额标准", "this threshold"),
    Text("请照courts.toml中[[thresholds]]的写法", "write it as courts.toml has [[thresholds]]"),
)

Parties = Literal["inside", "province", "outside", "foreign"]
PARTIES: tuple[Parties, ...] = get_args(Parties)
"""Where the parties live: all within the court's area; all within the province, not all in that
area; one outside the province; one abroad, or in Hong Kong, Macao or Taiwan."""

Scope = Literal["court", "province"]
ThresholdLevel = Literal["intermediate", "high"]


@dataclass(frozen=True, slots=True)
class Threshold:
    """From which amount, in yuan, a level of court hears a case filed between two days.

    ``inside``: where all parties live within the ``scope``, the court's area or the province;
    ``outside``: where one does not. ``sample``: configuration, no official amount.
    """

    level: ThresholdLevel
    starts: date
    ends: date | None
    places: frozenset[str] | None
    matters: frozenset[str] | None
    scope: Scope
    inside: Fraction
    outside: Fraction
    articles: tuple[str, ...]
    source: str
    sample: bool

    def holds(self, filed: date, place: PlaceKind, matter: str) -> bool:
        return (
            holds_on(self.starts, self.ends, filed)
            and (self.places is None or place in self.places)
            and (self.matters is None or matter in self.matters)
        )

    def between(self, parties: Parties | None) -> tuple[Fraction, Fraction]:
        """The amounts between which the threshold lies; equal where the parties settle it.

        Of the court's area the notice of 2010 leaves each province the choice between the area of
        the intermediate and that of the high court: parties within the province leave it open.
        """
        low, high = sorted((self.inside, self.outside))
        if parties in {"outside", "foreign"}:
            return self.outside, self.outside
        if parties == "inside" or (parties == "province" and self.scope == "province"):
            return self.inside, self.inside
        return low, high


@dataclass(frozen=True, slots=True)
class Leveled:
    """The level, why, and whether a sample threshold decided it."""

    level: Level
    why: Text
    articles: tuple[str, ...]
    sample: bool = False


UNCLAIMED = Leveled("basic", Text("没有诉讼标的额", "no amount is claimed"), ())
UNKNOWN = Leveled(
    "open",
    Text(
        "立案日适用的数额标准没有读到，也没有配置",
        "no threshold for the day was read or configured",
    ),
    (),
)


def level_of(
    thresholds: Iterable[Threshold],
    *,
    amount: Fraction | None,
    parties: Parties | None,
    filed: date,
    place: PlaceKind,
    matter: str,
) -> Leveled:
    """The level for an amount in yuan, None where none is claimed: that stays with basic courts."""
    if amount is None:
        return UNCLAIMED
    held = [one for one in thresholds if one.holds(filed, place, matter)]
    high = next((one for one in held if one.level == "high"), None)
    if high is not None and amount >= high.between(parties)[0]:
        return _measured(high, amount, parties, below="open_high", reached="high")
    middle = next((one for one in held if one.level == "intermediate"), None)
    if middle is None:
        return UNKNOWN
    if amount >= middle.between(parties)[0]:
        return _measured(middle, amount, parties, below="open", reached="intermediate")
    return _below(middle, parties)


def _measured(
    threshold: Threshold, amount: Fraction, parties: Parties | None, *, below: Level, reached: Level
) -> Leveled:
    low, high = threshold.between(parties)
    if amount < high:
        why = Text(
            f"标的额在{yuan(low).zh}以上、不满{yuan(high).zh}，适用哪个标准取决于当事人住所地",
            f"the amount lies from {yuan(low).en} up to {yuan(high).en}; which of them counts "
            "depends on where the parties live",
        )
        return Leveled(below, why, threshold.articles, threshold.sample)
    why = Text(f"标的额在{yuan(high).zh}以上（含本数）", f"the amount is {yuan(high).en} or more")
    return Leveled(reached, _with_sample(why, threshold), threshold.articles, threshold.sample)


def _below(threshold: Threshold, parties: Parties | None) -> Leveled:
    low, _ = threshold.between(parties)
    why = Text(f"标的额不满{yuan(low).zh}", f"the amount is below {yuan(low).en}")
    return Leveled("basic", _with_sample(why, threshold), threshold.articles, threshold.sample)


def _with_sample(why: Text, threshold: Threshold) -> Text:
    if not threshold.sample:
        return why
    return Text(
        f"{why.zh}；该数额是样本配置，不是官方标准",
        f"{why.en}; that amount is sample configuration, not an official one",
    )


def read_threshold(row: Mapping[str, Any], groups: Mapping[str, tuple[str, ...]]) -> Threshold:
    """A threshold from its entry in ``jurisdiction.toml`` or a region's ``courts.toml``."""
    if row["level"] not in get_args(ThresholdLevel):
        raise ValueError(f"level {row['level']!r}")
    lost = set(row.get("places", ())) - set(PLACE_KINDS)
    if lost:
        raise ValueError(f"places {', '.join(sorted(lost))}")
    scope: Scope = "province" if "inside_the_province" in row else "court"
    return Threshold(
        row["level"],
        row["from"],
        row.get("to"),
        frozenset(row["places"]) if "places" in row else None,
        frozenset(m for name in row["matters"] for m in groups.get(name, (name,)))
        if "matters" in row
        else None,
        scope,
        exact(row[f"inside_the_{scope}"]),
        exact(row[f"outside_the_{scope}"]),
        tuple(row["articles"]),
        row.get("source", ""),
        row.get("sample", False),
    )


def read_thresholds(
    text: str, *, file: str, groups: Mapping[str, tuple[str, ...]], citations: Citations
) -> tuple[Threshold, ...]:
    """An office's own thresholds, from a file of ``[[thresholds]]`` as in ``courts.toml``.

    Raises:
        Faulty: it is no TOML; an entry cannot be read; two hold for one place on one day.
    """
    try:
        entries = tomllib.loads(text).get("thresholds", [])
    except tomllib.TOMLDecodeError as error:
        raise Faulty([UNREADABLE.at(Where(file), error)]) from error
    found: list[Threshold] = []
    faults = [] if entries else [UNREADABLE.at(Where(file), "[[thresholds]]")]
    for number, entry in enumerate(entries, start=1):
        where = Where(file, key=f"thresholds.{number}")
        try:
            one = read_threshold(entry, groups)
            citations.cite_all(one.articles, one.starts)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(where, error))
            continue
        faults += [_twice(where) for other in found if _both_hold(one, other)]
        found.append(one)
    raise_if_any(faults)
    return tuple(found)


def _both_hold(one: Threshold, other: Threshold) -> bool:
    """Whether two thresholds of a level hold for one place, one matter, on one day."""
    days = holds_on(one.starts, one.ends, other.starts) or holds_on(
        other.starts, other.ends, one.starts
    )
    places = one.places is None or other.places is None or bool(one.places & other.places)
    matters = one.matters is None or other.matters is None or bool(one.matters & other.matters)
    return one.level == other.level and days and places and matters


def _twice(where: Where) -> Fault:
    return Fault(
        "thresholds-overlap",
        Text(
            "与前面一条在同一天、同一地方都有效",
            "it holds with an earlier one, on a day, for a place",
        ),
        Text("前一条的to写为后一条的from", "end the earlier one on the day the later one starts"),
        where,
    )
