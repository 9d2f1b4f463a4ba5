"""A difference as people read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment, Difference, Settlement, Submission
from steelyard.assessment.queries.differences import (
    all_supplied,
    inputs_compared,
    settled_otherwise,
)
from steelyard.assessment.queries.figures.counting import Figures
from steelyard.assessment.queries.schemes.readings import as_last_asked_for
from steelyard.assessment.rules.differences.comparing import distance, is_same
from steelyard.assessment.rules.differences.settling import TAKEN, Taken
from steelyard.assessment.rules.figures import in_percent, said_figure
from steelyard.assessment.rules.states import DIFFERENCE, DifferenceState
from steelyard.look.language import say
from steelyard.scheme.model import Input


@dataclass(frozen=True, slots=True)
class Line:
    """A difference as people read it."""

    row: Difference
    title: str
    measure: str
    reported: str
    supplied: str
    gap: str
    counts: str
    supplied_now: str | None = None
    """Of a settled one: the supplied figure, if it is another since."""

    @property
    def state(self) -> str:
        return say(DIFFERENCE.states[DifferenceState(self.row.state)])

    @property
    def is_open(self) -> bool:
        return self.row.state == DifferenceState.OPEN

    @property
    def taken(self) -> str:
        return say(TAKEN[Taken(self.row.taken)]) if self.row.taken else ""


@dataclass(frozen=True, slots=True)
class Earlier:
    """A settlement that stands no more, as people read it."""

    row: Settlement
    taken: str
    counted: str


def earlier_line(row: Settlement, wanted: Input) -> Earlier:
    return Earlier(row, say(TAKEN[Taken(row.taken)]), say(said_figure(row.value, wanted)))


def settled_otherwise_lines(found: Submission) -> list[Line]:
    """For those who approved what a unit reports: its differences that were settled otherwise since."""
    return list(lines_of(found.assessment, settled_otherwise(found.assessment, found.unit_id)))


def lines_of(found: Assessment, rows) -> Iterator[Line]:
    inputs, supplied = inputs_compared(found), all_supplied(found)
    for row in rows:
        wanted = inputs.get(row.input_code) or as_last_asked_for(found, row.input_code)
        yield line_of(row, wanted, supplied)


def line_of(row: Difference, wanted: Input, supplied: Figures) -> Line:
    figures = [say(said_figure(one, wanted)) for one in (row.reported, row.supplied, row.value)]
    gap = distance(row.reported, row.supplied)
    if gap and wanted.type == "share":
        times = distance(in_percent(row.reported), in_percent(row.supplied))
        gap = _("%(gap)s percentage points") % {"gap": times}
    now = supplied.get((row.unit.code, row.input_code), "")
    is_changed = row.state == DifferenceState.SETTLED and not is_same(now, row.supplied)
    return Line(
        row, say(wanted.title) or wanted.code, say(wanted.unit_of_measure), figures[0], figures[1], gap, figures[2],
        (say(said_figure(now, wanted)) or "–") if is_changed else None,
    )  # fmt: skip
