"""Who gets which grade: cut-offs, requirements, floors, quotas, and what vetoes allow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from steelyard.scheme.model import Grade, Quota

Score = Fraction | float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One unit before the grades: its total, its place, and what vetoes say of its grade.

    ``best`` is the position of the best grade allowed; ``fixed`` the position that a veto sets.
    """

    unit: str
    group: str
    score: Score | None
    rank: Fraction | None
    best: int = 0
    fixed: int | None = None
    lower_by: int = 0


Meets = Callable[[Grade, str], bool]


def give_grades(
    grades: Sequence[Grade],
    candidates: Sequence[Candidate],
    meets: Meets,
    *,
    tolerance: Fraction = Fraction(0),
) -> Mapping[str, str]:
    """The grade of each unit, from the best grade down. A unit without a score gets none.

    ``meets`` answers whether a unit meets a grade's requirement and floors. ``tolerance`` is how near to
    a cut-off a score counts as on it: 0 for exact points; for an index the noise of floating point.
    """
    if not grades:
        return {}
    given = {c.unit: c.fixed for c in candidates if c.fixed is not None}
    for position, grade in enumerate(grades):
        waiting = [
            c
            for c in candidates
            if c.unit not in given and c.best <= position and _reaches(grade, c, meets, tolerance)
        ]
        for candidate in _within_quota(grade.quota, waiting, candidates):
            given[candidate.unit] = position
    last = len(grades) - 1
    lowered = {c.unit: c.lower_by for c in candidates}
    return {
        unit: grades[min(position + lowered[unit], last)].code for unit, position in given.items()
    }


def _reaches(grade: Grade, candidate: Candidate, meets: Meets, tolerance: Fraction) -> bool:
    if candidate.score is None:
        return False
    if grade.at_least is not None and not candidate.score >= grade.at_least - tolerance:
        return False
    if grade.above is not None and not candidate.score > grade.above + tolerance:
        return False
    return meets(grade, candidate.unit)


def _within_quota(
    quota: Quota | None, waiting: Sequence[Candidate], everybody: Sequence[Candidate]
) -> list[Candidate]:
    if quota is None:
        return list(waiting)
    if quota.within == "all":
        return _first(quota, waiting, everybody)
    groups = {candidate.group for candidate in waiting}
    return [
        candidate
        for group in sorted(groups)
        for candidate in _first(quota, _of(group, waiting), _of(group, everybody))
    ]


def _of(group: str, candidates: Sequence[Candidate]) -> list[Candidate]:
    return [candidate for candidate in candidates if candidate.group == group]


def _first(
    quota: Quota, waiting: Sequence[Candidate], everybody: Sequence[Candidate]
) -> list[Candidate]:
    """The candidates that find room, in the order of the ranking; equals all in or all out."""
    room = seats(quota, sum(candidate.rank is not None for candidate in everybody))
    ranked = sorted(
        (candidate for candidate in waiting if candidate.rank is not None),
        key=lambda candidate: candidate.rank or Fraction(0),
    )
    if len(ranked) <= room:
        return ranked
    edge = ranked[room].rank
    if quota.ties == "in" and room and ranked[room - 1].rank == edge:
        return [c for c in ranked if (c.rank or 0) <= (edge or 0)]
    return [c for c in ranked[:room] if c.rank != edge]


def seats(quota: Quota, ranked: int) -> int:
    """How many places a quota has among so many ranked units.

    >>> seats(Quota(share=Fraction(15, 100)), 21), seats(Quota(share=Fraction(15, 100), round="up"), 21)
    (3, 4)
    """
    if quota.count is not None:
        return quota.count
    exact = (quota.share or Fraction(0)) * ranked
    match quota.round:
        case "up":
            return exact.__ceil__()
        case "half_up":
            return (exact + Fraction(1, 2)).__floor__()
        case _:
            return exact.__floor__()
