"""The grades of a draft as a form asks for them: a name, from which points on, for at most how many.

Best first, each from a lower line than the one before, the last for all the rest. Where that leaves a gap
or lets two overlap is told of all of them at once. What a grade says besides (floors, conditions) stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal

from steelyard.assessment.rules.drafting import Document, as_text, listed, told_text
from steelyard.assessment.rules.schemes.writing_rules import number_or_text
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.refusals import Refusal
from steelyard.scheme.office.grades import CODES

QuotaOf = Literal["share", "count"]
_OTHER = ("requires", "floors")


@dataclass(frozen=True, slots=True)
class Line:
    """A grade as it is asked for. ``at``: its line in the form; ``place``: where it stands in the order.

    ``points``: from how many on, "" for no line; ``above``: only those above it. ``quota``: for at most
    how many units, in per cent of them (*share*) or counted, "" for any number.
    """

    at: int
    place: int
    title: Text
    code: str = ""
    points: str = ""
    above: bool = False
    quota: str = ""
    quota_of: QuotaOf = "share"
    has_more: bool = False
    """It has conditions of other kinds, which are edited in the notation."""

    @property
    def is_blank(self) -> bool:
        return not (self.title or self.points or self.quota)

    @property
    def name(self) -> Text:
        return self.title or Text(f"第{self.at + 1}行", f"line {self.at + 1}")

    @property
    def cut_off(self) -> Fraction | None:
        return exact(self.points) if self.points else None

    @property
    def is_open(self) -> bool:
        return not (self.points or self.quota or self.has_more)


def lines_of(document: Document) -> tuple[Line, ...]:
    """The grades of a draft, whatever stands there."""
    return tuple(_line(at, row.told) for at, row in enumerate(listed(document, "grades")))


def _line(at: int, told: Mapping[str, Any]) -> Line:
    quota = told.get("quota")
    of: QuotaOf = "count" if isinstance(quota, Mapping) and "count" in quota else "share"
    above = "above" in told and "at_least" not in told
    return Line(
        at, at + 1, as_text(told.get("title")), str(told.get("code", "")),
        _number(told.get("above" if above else "at_least")), above,
        _number(quota.get(of), percent=of == "share") if isinstance(quota, Mapping) else "", of,
        any(told.get(name) for name in _OTHER),
    )  # fmt: skip


def _number(value: object, *, percent: bool = False) -> str:
    if value is None:
        return ""
    try:
        number = exact(value)  # type: ignore[arg-type]
    except (ValueError, TypeError):
        return str(value)
    return plain(number * 100 if percent else number)


# --- what is wrong with them ----------------------------------------------------------------------


def against(lines: Sequence[Line], full: Fraction | None = None) -> tuple[Refusal, ...]:
    """Every gap, every overlap, and all else that is wrong. ``full``: the most that a total can be."""
    asked = in_order(lines)
    return (
        *_each(asked, full),
        *_called_twice(asked),
        *_overlaps(asked),
        *_gaps(asked),
    )


def in_order(lines: Sequence[Line]) -> list[Line]:
    """Best first, without the lines that say nothing."""
    return sorted((one for one in lines if not one.is_blank), key=lambda one: one.place)


def _each(lines: Sequence[Line], full: Fraction | None) -> Iterator[Refusal]:
    for one in lines:
        zh, en = one.name.say("zh"), one.name.say("en")
        if not one.title.zh:
            yield _at(
                one,
                "title_zh",
                "grade_without_name",
                f"{zh}没有中文名称",
                f"{en} has no name in Chinese",
            )
        if one.above and not one.points:
            yield _at(
                one,
                "points",
                "no_cut_off",
                f"“{zh}”没有写须超过多少分",
                f"“{en}” does not say above which points",
            )
        if full is not None and one.cut_off is not None and one.cut_off > full:
            yield _at(
                one, "points", "cut_off_beyond_full",
                f"“{zh}”的分数线{one.points}高于满分{plain(full)}，没有单位能达到",
                f"the cut-off {one.points} of “{en}” is above the full {plain(full)} points; no unit reaches it",
            )  # fmt: skip
        if one.quota and not _is_quota(one):
            yield _at(
                one, "quota", "wrong_quota",
                f"“{zh}”的名额应是0到100之间的百分数，或者1个以上的整数个",
                f"the quota of “{en}” is a percentage up to 100, or a whole number of units from 1",
            )  # fmt: skip


def _is_quota(one: Line) -> bool:
    amount = exact(one.quota)
    if one.quota_of == "count":
        return amount.denominator == 1 and amount >= 1
    return 0 < amount <= 100


def _called_twice(lines: Sequence[Line]) -> Iterator[Refusal]:
    for place, one in enumerate(lines):
        if one.title.zh and any(one.title.zh == other.title.zh for other in lines[:place]):
            yield _at(
                one, "title_zh", "grade_twice",
                f"有两个等次都叫“{one.title.zh}”", f"two grades are called “{one.name.say('en')}”",
            )  # fmt: skip
        if any(one.place == other.place for other in lines[:place]):
            yield _at(
                one, "place", "place_twice",
                f"有两个等次的次序都是{one.place}", f"two grades have the place {one.place}",
            )  # fmt: skip


def _overlaps(lines: Sequence[Line]) -> Iterator[Refusal]:
    """A line must be lower than every one before it: it is held against the nearest that has one. Two may
    share a line where a quota or another condition tells them apart."""
    with_cut_off = [one for one in lines if one.cut_off is not None]
    for better, worse in pairwise(with_cut_off):
        assert better.cut_off is not None
        assert worse.cut_off is not None
        is_below = (worse.cut_off, worse.above) < (better.cut_off, better.above)
        has_other = worse.has_more or bool(better.quota) or better.has_more
        may_share = has_other and worse.cut_off == better.cut_off
        if not is_below and not may_share:
            yield _at(
                worse, "points", "grades_overlap",
                f"重叠：“{worse.name.say('zh')}”排在“{better.name.say('zh')}”之后，分数线{worse.points}"
                f"却不低于{better.points}；请改低，或调换次序",
                f"overlap: “{worse.name.say('en')}” stands after “{better.name.say('en')}”, but its cut-off "
                f"{worse.points} is not below {better.points}; lower it or change the order",
            )  # fmt: skip


def _gaps(lines: Sequence[Line]) -> Iterator[Refusal]:
    for one in lines[:-1]:
        if one.is_open:
            yield _at(
                one, "points", "grade_takes_all",
                f"“{one.name.say('zh')}”没有分数线和名额，排在后面的等次就没有单位可得；请写分数线，或移到最后",
                f"“{one.name.say('en')}” has neither cut-off nor quota, so nobody gets the grades after it; "
                "give it one, or move it to the end",
            )  # fmt: skip
    if lines and not lines[-1].is_open:
        last = lines[-1]
        yield _at(
            last, "points", "grades_leave_out",
            f"缺档：“{last.name.say('zh')}”排在最后，仍有{_limit(last).zh}，达不到的单位会没有等次；"
            "请再加一个不设条件的等次",
            f"gap: “{last.name.say('en')}” is the last and still has {_limit(last).en}, so units that miss it "
            "would get no grade; add one without conditions",
        )  # fmt: skip


def _limit(one: Line) -> Text:
    if one.points:
        return Text(f"分数线{one.points}分", f"the cut-off {one.points}")
    return Text("名额", "a quota") if one.quota else Text("其他条件", "other conditions")


def _at(one: Line, name: str, code: str, zh: str, en: str) -> Refusal:
    return Refusal(code, Text(zh, en), f"{name}_{one.at}")


# --- as the document says them ----------------------------------------------------------------------


def told(lines: Sequence[Line], document: Document) -> list[dict[str, Any]]:
    """The grades as the scheme writes them, best first; each keeps what no form asks for."""
    had = {row.code: dict(row.told) for row in listed(document, "grades") if row.code}
    taken = set(had)
    found = []
    for one in in_order(lines):
        code = one.code if one.code in had else _free(one.title.zh, taken)
        taken.add(code)
        found.append(_told(one, code, had.get(code, {})))
    return found


def _told(one: Line, code: str, had: Mapping[str, Any]) -> dict[str, Any]:
    rest = {
        name: value
        for name, value in had.items()
        if name not in ("code", "title", "at_least", "above", "quota")
    }
    made: dict[str, Any] = {"code": code, "title": told_text(one.title)}
    if one.points:
        made["above" if one.above else "at_least"] = number_or_text(one.points)
    if one.quota:
        was = had.get("quota")
        kept = dict(was) if isinstance(was, Mapping) else {}
        amount = f"{one.quota}%" if one.quota_of == "share" else number_or_text(one.quota)
        made["quota"] = {
            one.quota_of: amount,
            **{name: value for name, value in kept.items() if name not in ("share", "count")},
        }
    return made | rest


def _free(title: str, taken: set[str]) -> str:
    """A code that says the grade where it is a usual one, and that no other has."""
    wanted = CODES.get(title)
    if wanted is not None and wanted not in taken:
        return wanted
    place = 1
    while f"grade_{place}" in taken:
        place += 1
    return f"grade_{place}"
