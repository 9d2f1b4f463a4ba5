"""What does a case file lose by the defects found in it, and who settles it?

Two reviewers mark a file without seeing each other; if they found the same, it is settled; else a
third settles it, or both mark it anew. A missing file is a defect in itself: it loses every point.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from steelyard.assessment.rules.reviews.checklists import Defect, FileType
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal

MOST_TIMES = 99

Found = Mapping[str, int]
"""Defect → how many times it was found. A defect that is not there was not found."""


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


def places_named(of: FileType, notes: Mapping[str, str]) -> tuple[Refusal, ...]:
    """What keeps a review from being finished: a defect of which nobody says where it is. ``notes``: of each
    defect found. The unit reads them: they are the reason of what its file loses."""
    return tuple(
        Refusal(
            "no_place",
            Text(f"请写明“{of.title_of(code).zh}”在案卷何处", f"say where in the file: {of.title_of(code).en}"),
            f"note_{code}",
        )
        for code, note in notes.items()
        if code in of.codes and not note.strip()
    )  # fmt: skip


def said_to_have_none(marked: Collection[str], *, no_defect: bool) -> tuple[Refusal, ...]:
    """Whoever finishes with nothing marked says so: an empty page is no finding.

    >>> [one.code for one in said_to_have_none([], no_defect=False)]
    ['nothing_marked']
    >>> said_to_have_none([], no_defect=True)
    ()
    """
    if bool(marked) is not no_defect:
        return ()
    code, what = (
        ("defects_marked", Text("已登记问题，不能勾选“没有发现问题”",
                                "defects are marked: take the tick away, or the defects"))
        if marked
        else ("nothing_marked", Text("没有登记任何问题；确实没有的，请勾选“没有发现问题”",
                                     "nothing is marked; if the file has no defect, tick that"))
    )  # fmt: skip
    return (Refusal(code, what, "no_defect"),)


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
