"""What do the settled files of a unit say of it: to an input of the scheme, and as rows of records?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from steelyard.assessment.rules.reviews.checklists import FileType
from steelyard.assessment.rules.reviews.marks import Outcome
from steelyard.assessment.rules.states import FileState
from steelyard.kernel.exact import plain
from steelyard.records.tally.sampled import Estimate, defect_share
from steelyard.scheme.case_files import CaseFigure

CONFIDENCE = Fraction(95, 100)


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


def judged(of: Result, figure: CaseFigure) -> str | None:
    """The figure in its exact writing; None while files are open, and where none was drawn."""
    if not of.is_finished:
        return None
    value = of.rate.value if figure == "defect_rate" and of.rate else of.mean
    return None if value is None else plain(value)


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
