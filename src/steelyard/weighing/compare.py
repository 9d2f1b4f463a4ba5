"""Two results side by side: who moved, by how much, through which indicators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from steelyard.kernel.bilingual import Text
from steelyard.scheme.model import ROOT, Scheme
from steelyard.weighing.result import Result, Score


@dataclass(frozen=True, slots=True)
class Through:
    """What one item did to a unit's score: its own change, in its own points."""

    item: str
    title: Text
    before: Score | None
    after: Score | None

    @property
    def change(self) -> Score:
        return (self.after or Fraction(0)) - (self.before or Fraction(0))


@dataclass(frozen=True, slots=True)
class Move:
    """One unit in both results. None where it was not ranked or not there."""

    unit: str
    title: Text
    rank_before: Fraction | None
    rank_after: Fraction | None
    score_before: Score | None
    score_after: Score | None
    grade_before: str
    grade_after: str
    through: tuple[Through, ...]

    @property
    def places(self) -> Fraction | None:
        """Places gained (above 0) or lost."""
        if self.rank_before is None or self.rank_after is None:
            return None
        return self.rank_before - self.rank_after

    @property
    def change(self) -> Score | None:
        if self.score_before is None or self.score_after is None:
            return None
        return self.score_after - self.score_before

    @property
    def moved(self) -> bool:
        """Whether its rank, score or grade is another."""
        return (self.rank_before, self.score_before, self.grade_before) != (
            self.rank_after, self.score_after, self.grade_after,
        )  # fmt: skip


def compare(before: Result, after: Result) -> tuple[Move, ...]:
    """Every unit of either result, in the order of the later ranking, then those that left."""
    codes = [standing.unit.code for standing in after.standings]
    codes += [s.unit.code for s in before.standings if s.unit.code not in after.standing]
    old, new = leaf_scores(before), leaf_scores(after)
    return tuple(_move(before, after, unit, old, new) for unit in codes)


Leaves = Mapping[str, Mapping[str, Score | None]]


def leaf_scores(result: Result) -> Leaves:
    """What each leaf gave each unit: its points, or in an index its normalised score."""
    if result.composed is not None:
        return result.composed.leaf_scores()
    return {
        leaf.code: {unit: score.points for unit, score in result.items[leaf.code].items()}
        for leaf in result.scheme.leaves
    }


def _move(before: Result, after: Result, unit: str, old: Leaves, new: Leaves) -> Move:
    was, is_ = before.standing.get(unit), after.standing.get(unit)
    known = is_ or was
    assert known is not None
    return Move(
        unit, known.unit.title,
        was.rank if was else None, is_.rank if is_ else None,
        was.score if was else None, is_.score if is_ else None,
        was.grade if was else "", is_.grade if is_ else "",
        _through(before.scheme, after.scheme, unit, old, new),
    )  # fmt: skip


def _through(
    before: Scheme, after: Scheme, unit: str, old: Leaves, new: Leaves
) -> tuple[Through, ...]:
    """The leaves that changed for the unit, the largest change first."""
    codes = list(new) + [code for code in old if code not in new]
    found = [
        Through(
            code, (after.item.get(code) or before.item[code]).title,
            old.get(code, {}).get(unit), new.get(code, {}).get(unit),
        )
        for code in codes
        if code != ROOT
    ]  # fmt: skip
    changed = [one for one in found if one.before != one.after]
    return tuple(sorted(changed, key=lambda one: (-abs(float(one.change)), one.item)))
