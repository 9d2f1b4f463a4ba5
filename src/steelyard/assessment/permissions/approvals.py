"""Whose is a step of an approval?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.assessment.models import ApprovalStep
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.people.rules.reach import Held, holds
from steelyard.people.rules.roles import ROLES, Role


def may_not_approve(
    held: Iterable[Held], step: ApprovalStep, unit: int, on: date
) -> tuple[Refusal, ...]:
    """Whether a person holds the step's role, in the office or in the unit whose subject it is."""
    role = Role(step.role)
    at = step.assessment.office_id if step.at_office else unit
    if holds(held, role, at, on):
        return ()
    title = ROLES[role]
    return (
        Refusal(
            NOT_ALLOWED,
            Text(f"这一步由{title.zh}办理", f"this step is for the {title.en}"),
        ),
    )
