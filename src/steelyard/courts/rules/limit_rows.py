"""What does a row of the table of time limits say?

One row is one limit as it holds between two days, with its article under the numbering of each
version of the law. Read from a region's ``time_limits.csv``; its columns are told in the
region's ``PROVENANCE.md``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, get_args

from steelyard.courts.rules.counting import UNITS, Length
from steelyard.courts.rules.extensions import Extension
from steelyard.courts.rules.laws import LAWS
from steelyard.courts.rules.left_out import GROUPS, Grounds
from steelyard.courts.rules.unreadable import BY_THE_PROVENANCE
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Unreadable, Where, raise_if_any

UNREADABLE = Unreadable(
    "unreadable-limit", Text("这一行期限", "this row of limits"), BY_THE_PROVENANCE
)

Way = Literal[
    "within",
    "deemed",
    "at_least",
    "at_most",
    "lasts",
    "before",
    "not_before",
    "after",
    "same_day",
    "hours",
    "none",
    "person",
]
WAYS: tuple[Way, ...] = get_args(Way)
"""How a row bounds a day.

``within``: to be done by the last day. ``deemed``: served when it has passed. ``at_least``,
``at_most``: the court fixes a period, ending no earlier, no later. ``lasts``: a measure ends.
``before``: no later than so many days before. ``not_before``: no earlier.
``after``: only once it has passed. ``same_day``: the day itself. ``hours``: counted by
:func:`~steelyard.courts.rules.counting.count_hours`. ``none``: no limit. ``person``: left open.
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """One row: a limit as it holds from ``starts`` up to, but not including, ``ends``.

    ``articles`` lists the number of the article from each day on. ``longer`` are the extensions
    that a text allows, in order. ``left_out``: the grounds on which days do not count.
    ``invariable``: 不变期间, no suspension, interruption or extension.
    ``readings`` are the lengths between which a person decides. ``note`` says what to mind.
    """

    code: str
    title: Text
    event: Text
    way: Way
    length: Length | None
    hours: int | None
    readings: tuple[Length, ...]
    longer: tuple[Extension, ...]
    left_out: Grounds
    invariable: bool
    moves: bool
    who: str
    starts: date
    ends: date | None
    law: str
    articles: tuple[tuple[date, int], ...]
    note: Text
    person: Text

    def holds_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day < self.ends)

    def article_on(self, day: date) -> Text:
        """The article in the numbering of that day."""
        number = [number for since, number in self.articles if since <= day][-1]
        law = LAWS[self.law]
        return Text(f"{law.zh}第{number}条", f"{law.en}, Art. {number}")


def read_rules(lines: Iterable[str], *, file: str) -> tuple[Rule, ...]:
    """The rows of the table, from the rows of a region's ``time_limits.csv``.

    Raises:
        Faulty: a row cannot be read, or two rows of one code hold on one day.
    """
    rules: list[Rule] = []
    faults: list[Fault] = []
    for number, row in enumerate(csv.DictReader(lines), start=2):
        where = Where(file=file, row=number)
        try:
            rule = _rule(row)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            faults.append(UNREADABLE.at(where, error))
            continue
        if any(_overlap(rule, other) for other in rules):
            faults.append(_overlaps(rule.code, where))
        rules.append(rule)
    raise_if_any(faults)
    return tuple(rules)


def _rule(row: Mapping[str, str]) -> Rule:
    way = _way(row["way"])
    lengths = () if way == "hours" else tuple(_length(one) for one in _parts(row["number"]))
    return Rule(
        code=row["code"],
        title=Text(row["zh"], row["en"]),
        event=Text(row["from_zh"], row["from_en"]),
        way=way,
        length=lengths[0] if len(lengths) == 1 else None,
        hours=int(row["number"]) if way == "hours" else None,
        readings=lengths if way == "person" else (),
        longer=_extensions(row),
        left_out=_grounds(row["left_out"]),
        invariable=_yes(row["invariable"]),
        moves=_yes(row["moves"]),
        who=row["who"],
        starts=date.fromisoformat(row["starts"]),
        ends=date.fromisoformat(row["ends"]) if row["ends"] else None,
        law=_law(row["law"]),
        articles=tuple(_article(one) for one in _parts(row["articles"])),
        note=Text(row["note_zh"], row["note_en"]),
        person=Text(row["person_zh"], row["person_en"]),
    )


def _parts(text: str) -> list[str]:
    return [part for part in text.split(";") if part]


def _length(text: str) -> Length:
    number, unit = text.split(" ")
    if unit not in UNITS:
        raise ValueError(f"unit {unit!r}")
    return Length(int(number), unit)


def _extensions(row: Mapping[str, str]) -> tuple[Extension, ...]:
    """``6 month``, ``open``, ``open 3 month`` (what an older text gives), ``1 year again``."""
    steps = _parts(row["longer"])
    zh, en = _parts(row["longer_by_zh"]), _parts(row["longer_by_en"])
    return tuple(
        _extension(step, Text(by_zh, by_en))
        for step, by_zh, by_en in zip(steps, zh, en, strict=True)
    )


def _extension(step: str, by: Text) -> Extension:
    if step.startswith("open"):
        reading = step.removeprefix("open").strip()
        return Extension(None, by, reading=_length(reading) if reading else None)
    return Extension(_length(step.removesuffix(" again")), by, again=step.endswith(" again"))


def _grounds(text: str) -> Grounds:
    if text and text not in GROUPS:
        raise ValueError(f"left_out {text!r}")
    return GROUPS[text] if text else {}


def _article(text: str) -> tuple[date, int]:
    since, number = text.split("=")
    return date.fromisoformat(since), int(number)


def _way(text: str) -> Way:
    if text not in WAYS:
        raise ValueError(f"way {text!r}")
    return text


def _law(text: str) -> str:
    if text not in LAWS:
        raise ValueError(f"law {text!r}")
    return text


def _yes(text: str) -> bool:
    if text not in {"yes", "no"}:
        raise ValueError(f"{text!r} is neither yes nor no")
    return text == "yes"


def _overlap(one: Rule, other: Rule) -> bool:
    return one.code == other.code and (one.holds_on(other.starts) or other.holds_on(one.starts))


def _overlaps(code: str, where: Where) -> Fault:
    return Fault(
        "limits-overlap",
        Text(f"“{code}”有两行在同一天有效", f"two rows of {code} hold on one day"),
        Text(
            "上一行的ends写为下一行的starts", "end the earlier row on the day the later one starts"
        ),
        where,
    )
