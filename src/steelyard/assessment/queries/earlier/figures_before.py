"""With which figures were the same units weighed in earlier periods?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from steelyard.assessment.models import Assessment, Weighing
from steelyard.assessment.queries.earlier import weighings_before
from steelyard.assessment.queries.earlier.kept import read_kept
from steelyard.assessment.rules.trials.carried_over import is_the_same_figure
from steelyard.scheme.model import Scheme
from steelyard.weighing.values import written

Key = tuple[str, str, str]
"""Unit, input, period."""


@dataclass(frozen=True, slots=True)
class Before:
    """A figure in its exact writing, and in which weighing it counted."""

    value: str
    weighing: Weighing


def figures_before(assessment: Assessment, scheme: Scheme, now: datetime) -> dict[Key, Before]:
    """Of each period, by the last of the earlier assessments that knew of it. ``scheme``: ours; a code that
    named another figure then says nothing."""
    found: dict[Key, Before] = {}
    for weighing in reversed(weighings_before(assessment, now)):
        found |= dict(_figures(weighing, scheme))
    return found


def _figures(weighing: Weighing, scheme: Scheme) -> Iterator[tuple[Key, Before]]:
    kept = read_kept(weighing.result_hash)
    if kept is None:
        return
    before, values = kept
    for (code, period), cells in values.cells.items():
        if is_the_same_figure(before, scheme, code):
            for unit, cell in cells.items():
                if text := written(cell.value):
                    yield (unit, code, period), Before(text, weighing)
