"""Who may fill in an item of a unit, and who only sees that it is there? Who answers an objection?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from steelyard.assessment.permissions import may_not
from steelyard.kernel.refusals import Refusal
from steelyard.people.rules.reach import Held
from steelyard.people.rules.roles import Action


def may_not_fill(
    held: Iterable[Held], unit: int, departments: Collection[int], department: int | None, on: date
) -> tuple[Refusal, ...]:
    """Whoever fills in for the unit fills in all its items; a department those that were given to it.

    ``departments``: those of the person, inside the unit; ``department``: to whom the item is given.
    """
    if department is not None and department in departments:
        return ()
    return may_not(held, Action.FILL_ITEMS, unit, on)


def may_not_file(
    held: Iterable[Held], unit: int, departments: Collection[int], on: date
) -> tuple[Refusal, ...]:
    """Material is filed by the unit and by those of its departments that answer for an item."""
    return () if departments else may_not(held, Action.FILL_ITEMS, unit, on)


def may_not_answer(held: Iterable[Held], body: int, office: int, on: date) -> tuple[Refusal, ...]:
    """An objection is answered by the body whose record it is; one that waits for the office, by whoever
    runs the assessment too."""
    held = tuple(held)
    if body == office and not may_not(held, Action.RUN_ASSESSMENT, office, on):
        return ()
    return may_not(held, Action.ANSWER_OBJECTIONS, body, on)
