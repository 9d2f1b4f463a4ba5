"""What does a case file lose by the defects found in it, who settles it, and what does that say of a unit?

A checklist is data: defects with the points that each costs. Two reviewers mark a file without seeing
each other; if they found the same, it is settled; else a third settles it, or both mark it anew. A
missing file is a defect in itself: it loses every point.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

from steelyard.assessment.rules.states import FileState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import exact, plain
from steelyard.kernel.refusals import Refusal
from steelyard.kernel.refusing import refusal
from steelyard.records.tally.sampled import Estimate, defect_share

CONFIDENCE = Fraction(95, 100)
MOST_TIMES = 99

Found = Mapping[str, int]
"""Defect → how many times it was found. A defect that is not there was not found."""


@dataclass(frozen=True, slots=True)
class Defect:
    """``points`` each time, at most ``cap`` in a file. A fatal one costs all that the file has."""

    code: str
    title: Text
    points: Fraction
    cap: Fraction
    fatal: bool = False


@dataclass(frozen=True, slots=True)
class FileType:
    """A type of case file, and what is looked for in it.

    ``records``: SQL that gives the files there are. ``case_type``: its code in the records.
    A file is defective if it lost more than ``defective_above``, and if it is missing.
    """

    code: str
    title: Text
    table: str
    case_type: str
    records: str
    possible: Fraction
    defective_above: Fraction
    defects: tuple[Defect, ...]
    sample: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(one.code for one in self.defects)

    def title_of(self, defect: str) -> Text:
        return next(one.title for one in self.defects if one.code == defect)


def read_types(document: Mapping[str, Any]) -> dict[str, FileType]:
    """The types of a file such as ``regions/guangdong/file_review.toml``.

    Raises:
        ValueError: with the first that is wrong in it.
    """
    is_sample = bool(document.get("sample"))
    found = [read_type({"sample": is_sample, **told}) for told in document["types"]]
    _distinct("type", [one.code for one in found])
    return {one.code: one for one in found}


def read_type(told: Mapping[str, Any]) -> FileType:
    """One type, from its table in that file or from the copy that a draw keeps.

    Raises:
        ValueError: with the first that is wrong in it.
    """
    possible = _points(told["possible"])
    defects = tuple(_defect(one, possible) for one in told["defects"])
    _distinct("defect", [one.code for one in defects])
    found = FileType(
        told["code"], _text(told["title"]), told["table"], told["case_type"], told["records"], possible,
        _points(told["defective_above"]), defects, bool(told.get("sample")),
    )  # fmt: skip
    if not 0 <= found.defective_above < possible:
        raise ValueError(f"{found.code}: defective_above lies outside of the points there are")
    return found


def _defect(told: Mapping[str, Any], possible: Fraction) -> Defect:
    fatal = bool(told.get("fatal"))
    points = possible if fatal else _points(told["points"])
    cap = possible if fatal else _points(told.get("cap", told["points"]))
    if not 0 < points <= cap <= possible:
        raise ValueError(
            f"{told['code']}: points are above 0 and at most the cap, which is at most {possible}"
        )
    return Defect(told["code"], _text(told["title"]), points, cap, fatal)


def _points(told: object) -> Fraction:
    if isinstance(told, bool) or not isinstance(told, int | str):
        raise ValueError(f'{told!r}: points are written as whole numbers or as text, such as "2.5"')
    return exact(told)


def _text(told: Mapping[str, str]) -> Text:
    return Text(told["zh"], told.get("en", ""))


def _distinct(what: str, codes: Sequence[str]) -> None:
    twice = sorted({one for one in codes if codes.count(one) > 1})
    if twice:
        raise ValueError(f"{what} {', '.join(twice)} stands there twice")


# --- of one file ----------------------------------------------------------------------------


def points_lost(of: FileType, found: Found) -> Fraction:
    """What the defects found cost: each up to its cap, all together up to what the file has."""
    lost = sum((_cost(one, found.get(one.code, 0)) for one in of.defects), Fraction(0))
    return min(lost, of.possible)


def _cost(one: Defect, times: int) -> Fraction:
    return min(one.points * times, one.cap)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is settled of a file. ``main``: the defect that cost most, "" if none was found."""

    lost: Fraction
    possible: Fraction
    is_defective: bool
    main: str = ""
    is_missing: bool = False

    @property
    def points(self) -> Fraction:
        return self.possible - self.lost


def outcome(of: FileType, found: Found) -> Outcome:
    lost = points_lost(of, found)
    costs = {one.code: _cost(one, found.get(one.code, 0)) for one in of.defects}
    main = max(costs, key=lambda code: costs[code], default="")
    return Outcome(
        lost, of.possible, lost > of.defective_above, main if costs.get(main) else ""
    )  # fmt: skip


def missing(of: FileType) -> Outcome:
    """A file that its unit did not bring."""
    return Outcome(of.possible, of.possible, is_defective=True, is_missing=True)


@dataclass(frozen=True, slots=True)
class Review:
    """What one reviewer found. ``settles``: as the third."""

    found: Found
    is_done: bool
    settles: bool = False


class Standing(StrEnum):
    UNASSIGNED = "unassigned"
    WAITING = "waiting"
    DIFFER = "differ"
    SETTLED = "settled"


STANDINGS: Mapping[Standing, Text] = {
    Standing.UNASSIGNED: Text("待分派", "no reviewers yet"),
    Standing.WAITING: Text("评查中", "under review"),
    Standing.DIFFER: Text("两人不一致", "the reviewers differ"),
    Standing.SETTLED: Text("已定", "settled"),
}


def standing(reviews: Sequence[Review]) -> tuple[Standing, Found]:
    """How the reviews of a file stand, and what they settle; {} while they settle nothing."""
    third = [one for one in reviews if one.settles]
    two = [one for one in reviews if not one.settles]
    if third and third[0].is_done:
        return Standing.SETTLED, third[0].found
    if len(two) < 2:
        return Standing.UNASSIGNED, {}
    if not all(one.is_done for one in two):
        return Standing.WAITING, {}
    if _alike(two[0].found, two[1].found):
        return Standing.SETTLED, two[0].found
    return Standing.DIFFER, {}


def _alike(one: Found, other: Found) -> bool:
    """The same defects, each the same number of times."""
    return {code: n for code, n in one.items() if n} == {code: n for code, n in other.items() if n}


def found_in_bounds(of: FileType, found: Found) -> tuple[Refusal, ...]:
    """Everything that is wrong with what a reviewer marked."""
    unknown = [code for code in found if code not in of.codes]
    far = [code for code, times in found.items() if not 0 < times <= MOST_TIMES]
    refusals = [
        Refusal("unknown_defect", Text(f"评查标准中没有{code}", f"the checklist has no {code}"), code)
        for code in unknown
    ]  # fmt: skip
    refusals += [
        Refusal("bad_times", Text(f"次数应在1至{MOST_TIMES}之间", f"between 1 and {MOST_TIMES} times"), code)
        for code in far
    ]  # fmt: skip
    return tuple(refusals)


# --- who reviews ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reviewer:
    """``organisations``: in which they hold any role."""

    account: int
    organisations: frozenset[int]
    may_review: bool = True


def may_not_review(
    who: Reviewer, unit_and_below: Collection[int], reviewing: Collection[int]
) -> tuple[Refusal, ...]:
    """Why this person does not review a file of that unit. ``reviewing``: who does already."""
    refusals = []
    if not who.may_review:
        refusals.append(
            Refusal("not_a_reviewer", Text("此人不是评审专家", "this is no reviewer"), "reviewers")
        )
    if who.organisations & frozenset(unit_and_below):
        refusals.append(
            refusal(
                "own_organisation",
                Text("此人在被评查单位任职", "this person holds a role in the unit whose file it is"),
                Text("请另选评查人，须回避", "choose another"),
                "reviewers",
            )
        )  # fmt: skip
    if who.account in reviewing:
        refusals.append(
            Refusal(
                "reviews_already",
                Text("此人已评查该案卷", "this person reviews the file already"),
                "reviewers",
            )
        )
    return tuple(refusals)


def shared_out(
    files: Iterable[tuple[int, Collection[int], Collection[int]]], reviewers: Sequence[Reviewer]
) -> dict[int, tuple[int, ...]]:
    """To whom each file goes, so that it has two: who has the fewest comes first.

    ``files``: number, organisations of its unit, accounts that review it already. A file for which
    too few are left, because the others belong to the unit, gets those there are.
    """
    loads = {one.account: 0 for one in reviewers}
    given: dict[int, tuple[int, ...]] = {}
    for number, unit, reviewing in files:
        fit = [one.account for one in reviewers if not may_not_review(one, unit, reviewing)]
        fewest = sorted(fit, key=lambda account: (loads[account], fit.index(account)))
        chosen = tuple(fewest[: max(2 - len(reviewing), 0)])
        for account in chosen:
            loads[account] += 1
        given[number] = chosen
    return given


# --- of a unit ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of a unit's files. ``open``: those that are not settled yet.

    ``rate``: defective of those settled, with Wilson's interval; that the unit's files are finite in
    number is not corrected for, so the interval is rather too wide than too narrow.
    """

    drawn: int
    open: int
    defective: int
    missing: int
    mean: Fraction | None
    rate: Estimate | None

    @property
    def is_finished(self) -> bool:
        return self.drawn > 0 and self.open == 0


def result(outcomes: Iterable[Outcome | None]) -> Result:
    """Of the files that count: drawn, or called up from the reserve; not those excused. None: still open."""
    held = list(outcomes)
    settled = [one for one in held if one is not None]
    defective = sum(one.is_defective for one in settled)
    total = sum((one.points for one in settled), Fraction(0))
    return Result(
        drawn=len(held),
        open=len(held) - len(settled),
        defective=defective,
        missing=sum(one.is_missing for one in settled),
        mean=total / len(settled) if settled else None,
        rate=defect_share(defective, len(settled), CONFIDENCE),
    )


def counts(state: FileState, *, is_reserve: bool) -> bool:
    """Whether a file counts for its unit."""
    return not is_reserve and state is not FileState.EXCUSED


class Measure(StrEnum):
    MEAN_POINTS = "mean_points"
    DEFECT_RATE = "defect_rate"


MEASURES: Mapping[Measure, Text] = {
    Measure.MEAN_POINTS: Text("案卷平均分", "mean points"),
    Measure.DEFECT_RATE: Text("案卷缺陷率", "defect rate"),
}


def measure_of(input_type: str) -> Measure:
    """What a draw gives its input: to a share the defect rate, to any other number the mean points."""
    return Measure.DEFECT_RATE if input_type == "share" else Measure.MEAN_POINTS


def judged(of: Result, measure: Measure) -> str | None:
    """The figure in its exact writing; None while files are open, and where none was drawn."""
    if not of.is_finished:
        return None
    value = of.rate.value if measure is Measure.DEFECT_RATE and of.rate else of.mean
    return None if value is None else plain(value)


# --- for the records ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A settled file, as the table of records wants it."""

    number: int
    record: str
    place: str
    settled_on: date
    of: FileType
    outcome: Outcome


COLUMNS = (
    "id", "case_number", "case_type", "place", "reviewed_on", "points_possible", "points_lost",
    "is_defective", "main_defect",
)  # fmt: skip
"""Of the table ``file_reviews`` of the catalogue. Who reviewed is not told."""


def record_of(code: str, one: Reviewed) -> dict[str, Any]:
    """The row of a file; ``code``: of the assessment."""
    main = one.of.title_of(one.outcome.main).zh if one.outcome.main else ""
    return {
        "id": f"{code}-{one.number}",
        "case_number": one.record,
        "case_type": one.of.case_type,
        "place": one.place,
        "reviewed_on": one.settled_on,
        "points_possible": plain(one.outcome.possible),
        "points_lost": plain(one.outcome.lost),
        "is_defective": one.outcome.is_defective,
        "main_defect": "缺卷" if one.outcome.is_missing else main,
    }
