"""What an assessment collected, and the rows as which it is frozen."""

from steelyard.assessment.rules.frozen.collected import (
    Collected,
    Filed,
    Forged,
    Judged,
    Late,
    Reported,
    Settled,
    Supplied,
)
from steelyard.assessment.rules.frozen.rows import TABLES, Row, rows_of

__all__ = [
    "TABLES",
    "Collected",
    "Filed",
    "Forged",
    "Judged",
    "Late",
    "Reported",
    "Row",
    "Settled",
    "Supplied",
    "rows_of",
]
