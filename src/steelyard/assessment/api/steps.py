"""The steps of an approval as they are told: who decided what last, and whether that counts now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from ninja import Schema
from pydantic import Field

from steelyard.assessment.api.said import TextOut, Word, Words, name, text
from steelyard.assessment.models import Approval, ApprovalStep
from steelyard.assessment.rules.approvals import Decision, Standing
from steelyard.people.rules.roles import Role


class StepOut(Schema):
    """``counts``: its last decision approves what is there now; ``has_changed_since``: it approved what
    is there no longer."""

    title: TextOut
    role: Role
    at_office: bool
    decision: Literal["", "approved", "returned"]
    reason: str
    by: str
    at: datetime | None
    counts: bool
    has_changed_since: bool


class DecideIn(Schema):
    """``seen_hash``: the ``content_hash`` of what was read. To return it, say why."""

    seen_hash: Annotated[Word, Field(max_length=100)]
    decision: Decision = Decision.APPROVED
    reason: Words = ""


def steps_out(standings: Sequence[Standing], subject: int) -> list[dict[str, Any]]:
    """In order. Two queries, however many there are."""
    steps = ApprovalStep.objects.in_bulk([one.step.number for one in standings])
    given = Approval.objects.filter(step__in=steps, subject_id=subject).order_by("at", "pk")
    last = {one.step_id: one for one in given.select_related("by")}
    return [_out(one, steps[one.step.number], last.get(one.step.number)) for one in standings]


def _out(one: Standing, step: ApprovalStep, given: Approval | None) -> dict[str, Any]:
    return {
        "title": text(one.step.title), "role": step.role, "at_office": step.at_office,
        "decision": given.decision if given else "", "reason": given.reason if given else "",
        "by": name(given.by if given else None), "at": given.at if given else None,
        "counts": one.counts, "has_changed_since": one.has_changed_since,
    }  # fmt: skip
