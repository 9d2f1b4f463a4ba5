"""Where would a unit stand today? Its own estimate, never a result.

What is computed comes from the newest records, what is supplied from the unit's own figures, and an
item that a body will judge counts what the unit gives itself. Rivals stand at the values that were last
published of them; without all of those there are points and no rank. What is not known yet is named, and
the total is told as lying between the worst and the best of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from steelyard.assessment.rules.schemes.division import Division
from steelyard.assessment.rules.standing.comparing import waiting_for_others
from steelyard.assessment.rules.standing.risks import Risk, risks
from steelyard.assessment.rules.standing.unknown import (
    Case,
    Unknown,
    outer_cases,
    unknown_items,
)
from steelyard.assessment.rules.standing.values import PUBLISHED, Said, without_vetoes
from steelyard.assessment.rules.standing.way_up import WayUp, way_up
from steelyard.assessment.rules.trials.outcomes import with_knowable_vetoes
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme
from steelyard.weighing.advice.search import Limits
from steelyard.weighing.explain import Explanation, explain
from steelyard.weighing.result import Result
from steelyard.weighing.values import Values
from steelyard.weighing.weigh import weigh


@dataclass(frozen=True)
class Estimate:
    """Where the unit would stand. ``rank`` None: rivals are not known well enough; ``worst`` and ``best`` then
    have one each, if something of every rival is.

    ``among``: units with all values known. ``unknown``: the items that are not known yet, which count
    as nothing in ``result``; ``worst`` and ``best``: with them, None if there is no bound. ``refused``:
    what keeps it from being weighed. ``untold``: vetoes that are left out, since a figure of theirs is not
    known of every unit.
    """

    unit: str
    result: Result | None
    rank: Fraction | None = None
    among: int = 0
    tree: Explanation | None = None
    unknown: tuple[Unknown, ...] = ()
    worst: Case | None = None
    best: Case | None = None
    risks: tuple[Risk, ...] = ()
    way_up: WayUp = field(default_factory=WayUp)
    refused: tuple[Text, ...] = ()
    untold: tuple[Text, ...] = ()


def estimate(
    scheme: Scheme, divided: Division, unit: str, values: Values, known: frozenset[str],
    said: Mapping[str, Said], rivals: Text, limits: Limits,
) -> Estimate:  # fmt: skip
    """Weigh, explain, look for risks and for the cheapest way up. ``scheme`` is the estimated one."""
    all_known = len(known) == len(scheme.assessed)
    try:
        told, untold = with_knowable_vetoes(
            scheme if all_known else waiting_for_others(scheme, values, unit), values
        )
        result = weigh(without_vetoes(told, untold), values)
    except Faulty as error:
        return Estimate(unit, None, refused=tuple(fault.what for fault in error.faults[:10]))
    is_ranked = all_known and len(known) > 1
    unknown = tuple(unknown_items(result, unit))
    worst, best = outer_cases(
        result, unit, unknown, is_ranked=_is_something_known_of_all(result, unit, known)
    )
    way = way_up(result, unit, rivals, limits, is_ranked=is_ranked, unknown=len(unknown))
    codes = frozenset(one.item for one in unknown)
    return Estimate(
        unit, result, rank=result.standing[unit].rank if is_ranked else None, among=len(known),
        tree=explain(result, unit), unknown=unknown, worst=worst, best=best,
        risks=tuple(risks(result, divided, unit, said, codes)), way_up=way,
        untold=tuple(one.title for one in untold),
    )  # fmt: skip


def _is_something_known_of_all(result: Result, unit: str, known: frozenset[str]) -> bool:
    """Whether some value of each rival is published: of one of whom nothing is, any rank would be a guess."""
    published = {
        code
        for told in result.values.cells.values()
        for code, cell in told.items()
        if cell.source == PUBLISHED
    }
    return {one.code for one in result.scheme.assessed} <= published | known | {unit}
