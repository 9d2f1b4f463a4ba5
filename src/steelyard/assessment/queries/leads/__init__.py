"""Which leads exist for a person, and how many of each unit? For the office only."""

from steelyard.assessment.queries.leads.seen import (
    leads_by_unit,
    leads_seen_by,
    reads_of,
)

__all__ = [
    "leads_by_unit",
    "leads_seen_by",
    "reads_of",
]
