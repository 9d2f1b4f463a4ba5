"""What a sheet of the answers goes out with, and must bring back."""

from __future__ import annotations

from datetime import date

from steelyard.assessment.models import (
    Answer,
    Submission,
)
from steelyard.assessment.queries.collection.said import said_of
from steelyard.assessment.queries.collection.seen import Sight
from steelyard.assessment.rules.collection.answer_sheets import Known, Whose
from steelyard.people.rules.reach import Held, may_towards
from steelyard.people.rules.roles import Action


def known_to(
    held: tuple[Held, ...], sight: Sight, found: Submission, rows: dict[str, Answer],
    items: list[str], on: date,
) -> dict[str, Known]:  # fmt: skip
    """What there is of each item, and whether this person fills it in."""
    is_units = may_towards(held, Action.FILL_ITEMS, found.unit_id, on)
    return {
        item: Known(
            said_of(rows.get(item)),
            rows[item].version if item in rows else 0,
            is_units or (item in rows and rows[item].department_id in sight.departments),
        )
        for item in items
    }


def whose(found: Submission) -> Whose:
    """What a sheet of its answers carries, and must bring back."""
    return Whose(found.assessment.code, found.unit.code)
