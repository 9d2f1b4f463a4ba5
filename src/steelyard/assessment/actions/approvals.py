"""Approve what a subject says now, or return it with a reason."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from steelyard.assessment.models import Approval, ApprovalStep
from steelyard.assessment.permissions.approvals import may_not_approve
from steelyard.assessment.rules.approvals import Decision, Standing, against_approving
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people.queries import load_held


def decide(
    *, step: ApprovalStep, subject_id: int, unit: int, found: tuple[Standing, ...],
    content_hash: str, seen_hash: str, decision: Decision, reason: str, by: int, now: datetime,
) -> Approval:  # fmt: skip
    """Note a decision. Called inside the transaction of the subject, which is held still.

    ``unit``: the organisation whose subject it is. ``seen_hash``: of the content on the page that
    the person saw.

    Raises:
        Refused: it is not for ``by``, or with everything that stands against it.
    """
    today = timezone.localdate(now)
    refuse_if_any(may_not_approve(load_held(by, today), step, unit, today))
    refuse_if_any(against_approving(found, step.pk, by, content_hash, seen_hash))
    refuse_if_any(_without_reason(decision, reason))
    return Approval.objects.create(
        step=step, subject_id=subject_id, content_hash=content_hash, decision=decision,
        reason=reason.strip(), by_id=by, at=now,
    )  # fmt: skip


def _without_reason(decision: Decision, reason: str) -> tuple[Refusal, ...]:
    if decision is Decision.APPROVED or reason.strip():
        return ()
    said = Text("退回须写明原因", "say why it is returned")
    return (Refusal("no_reason", said, "reason"),)
