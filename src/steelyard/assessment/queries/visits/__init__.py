"""Which visits exist for a person, what was found on them, and what says the sheet?

One table of who sees what: the office sees all; the unit, and those who look after it, what is
announced or done.
"""

from steelyard.assessment.queries.visits.corrections import CORRECTIONS, Correction, corrections_of
from steelyard.assessment.queries.visits.found import (
    FILES,
    FINDINGS,
    ORIGINAL,
    Found,
    Photograph,
    findings_about,
    findings_of,
    findings_of_items,
    photographs_of,
    since,
    with_originals,
)
from steelyard.assessment.queries.visits.seen import (
    AREA,
    REPORT,
    sees_originals,
    sees_photographs,
    sees_taken_off,
    visits_seen_by,
    with_a_day,
)
from steelyard.assessment.queries.visits.sheet import Sheet, SheetRow, items_of, load_sheet

__all__ = [
    "AREA",
    "CORRECTIONS",
    "FILES",
    "FINDINGS",
    "ORIGINAL",
    "REPORT",
    "Correction",
    "Found",
    "Photograph",
    "Sheet",
    "SheetRow",
    "corrections_of",
    "findings_about",
    "findings_of",
    "findings_of_items",
    "items_of",
    "load_sheet",
    "photographs_of",
    "sees_originals",
    "sees_photographs",
    "sees_taken_off",
    "since",
    "visits_seen_by",
    "with_a_day",
    "with_originals",
]
