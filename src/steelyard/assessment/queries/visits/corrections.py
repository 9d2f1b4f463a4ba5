"""What a report said before it was corrected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from steelyard.assessment.models import ReportCorrection, Visit
from steelyard.assessment.queries.visits.found import Photograph, hung_on
from steelyard.assessment.rules.visits.report_corrections import Corrected

CORRECTIONS = ReportCorrection._meta.db_table


@dataclass(frozen=True, slots=True)
class Correction:
    """What a report said before it was corrected, as a page shows it.

    ``before``: what is kept of it; ``visited_on``: its day, as a day. ``taken_off``: photographs that no
    longer hang on the finding. ``added``: the number of the finding that was added.
    """

    what: Corrected
    before: Mapping[str, Any]
    visited_on: date | None
    reason: str
    by: str
    at: datetime
    taken_off: Sequence[Photograph]
    finding: int | None
    added: int | None


def corrections_of(visit: Visit) -> list[Correction]:
    """The newest first."""
    rows = list(visit.corrections.select_related("by", "added").order_by("-pk"))
    hung = hung_on(CORRECTIONS, [one.pk for one in rows])
    return [
        Correction(
            Corrected(one.what), one.before, _day_of(one.before), one.reason, str(one.by), one.at,
            hung.get(one.pk, []), one.finding_id, getattr(getattr(one, "added", None), "pk", None),
        )
        for one in rows
    ]  # fmt: skip


def _day_of(before: Mapping[str, Any]) -> date | None:
    said = before.get("visited_on")
    return date.fromisoformat(said) if said else None
