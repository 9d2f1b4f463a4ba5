"""How the same units fared before: the weighings of earlier assessments by the same office, one a period."""

from steelyard.assessment.queries.earlier.weighings import (
    weighings_before,
)

__all__ = [
    "weighings_before",
]
