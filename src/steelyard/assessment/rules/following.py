"""Which points follow from what a body judged, with the figures at hand, by the scheme's rule?

The same board that weighs the frozen records is asked for one item. That is not a result: figures
may still be corrected, and what other periods or lists say is known only once all is frozen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import cast

from steelyard.assessment.rules.judging import Status
from steelyard.kernel.faults import Faulty
from steelyard.scheme.model import Scheme, State
from steelyard.weighing.points.board import Board
from steelyard.weighing.points.tree import led_to
from steelyard.weighing.values import Cell, Values, typed
from steelyard.weighing.values import Status as ValueStatus

Key = tuple[str, str]
"""Unit, input."""


@dataclass(frozen=True, slots=True)
class Follows:
    """Points, None if none follow; ``why``: what stood in the place of the rule, or is missing."""

    points: Fraction | None
    why: str = ""


def follow(
    scheme: Scheme, item: str, figures: Mapping[Key, str], statuses: Mapping[str, str]
) -> Mapping[str, Follows]:
    """Unit → the points of an item. ``figures``: (unit, input) → exact writing, whoever gave it.

    ``statuses``: unit → what was said of the item as a whole, *forged* of material found to be so.
    """
    board = Board(scheme, values_of(scheme, item, figures, statuses))
    try:
        scores = board.item(item)
    except (Faulty, ValueError):
        return {}
    about = {one.unit: one.about for one in board.refusals if one.item == item}
    return {
        unit: Follows(score.points, about.get(unit, "") or score.why)
        for unit, score in scores.items()
    }


def follow_all(
    scheme: Scheme, unit: str, figures: Mapping[Key, str], statuses: Mapping[Key, str]
) -> Mapping[str, Follows]:
    """Item → the points of a unit, of all items at once. ``statuses``: (unit, item) → what was said of it.

    ``figures`` are of all units: a rule may look at the others.
    """
    given: dict[str, dict[str, str]] = {}
    for (of, item), status in statuses.items():
        given.setdefault(item, {})[of] = status
    found: dict[str, Follows] = {}
    for leaf in scheme.leaves:
        said = follow(scheme, leaf.code, figures, given.get(leaf.code, {}))
        if unit in said:
            found[leaf.code] = said[unit]
    return found


def values_of(
    scheme: Scheme, item: str, figures: Mapping[Key, str], statuses: Mapping[str, str]
) -> Values:
    cells: dict[Key, dict[str, Cell]] = {}
    for (unit, code), text in sorted(figures.items()):
        if code in scheme.inputs:
            value = typed(text, scheme.inputs[code].type)
            cells.setdefault((code, scheme.period_label), {})[unit] = Cell(value)
    given = {unit: cast("ValueStatus", one) for unit, one in sorted(statuses.items()) if one}
    return Values(cells, {item: given})


def ignored_statuses(scheme: Scheme, item: str) -> frozenset[str]:
    """Statuses of which the scheme takes no notice: the rule is asked nevertheless."""
    board, leaf = Board(scheme, Values()), scheme.item[item]
    states = (Status.NO_MATERIAL, Status.UNRELIABLE, Status.LATE)
    return frozenset(
        one.value for one in states if led_to(board, leaf, cast("State", one.value)) == "ignore"
    )
