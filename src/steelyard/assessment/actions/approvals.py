"""Approve what a subject says now, or return it with a reason; set the steps of approval."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from steelyard.assessment.actions.assessments import StepWanted, held_for_the_office
from steelyard.assessment.models import Approval, ApprovalStep, Assessment
from steelyard.assessment.permissions.approvals import may_not_approve
from steelyard.assessment.queries.approvals import hash_of_steps, steps_of
from steelyard.assessment.rules.approvals import Decision, Standing, Subject, against_approving
from steelyard.assessment.rules.states import Stage
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, refuse_if_any
from steelyard.people.queries import load_held
from steelyard.trail.acting import acting


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


def set_steps(
    *, assessment: int, subject: Subject, steps: Sequence[StepWanted], by: int, now: datetime,
    seen: str | None = None,
) -> list[ApprovalStep]:  # fmt: skip
    """Who approves a subject, in this order. What stays as it was keeps what was decided at it.

    ``seen``: the hash of the steps on the page (``queries.approvals.hash_of_steps``).

    Raises:
        Refused: who asks may not, the scheme is issued, or with everything wrong with the steps.
    """
    with acting("set_steps", by=by):
        found = held_for_the_office(assessment, by, now)
        there = steps_of(found, subject)
        refuse_if_any(_against_steps(found, subject, steps))
        if seen is not None and seen != hash_of_steps(there):
            said = Text(
                "步骤已被改动；请看过现在的步骤再保存",
                "the steps were changed; look at them, then save",
            )
            refuse_if_any([Refusal("changed_meanwhile", said)])
        return _replaced(found, subject, there, steps)


def _replaced(
    found: Assessment, subject: Subject, there: Sequence[ApprovalStep], steps: Sequence[StepWanted]
) -> list[ApprovalStep]:
    kept = list(there)
    made: list[ApprovalStep] = []
    for order, wanted in enumerate(steps, 1):
        same = next((one for one in kept if _is(one, wanted) and one.order == order), None)
        if same is not None:
            kept.remove(same)
        made.append(same or ApprovalStep(
            assessment=found, subject=subject, order=order, role=wanted.role,
            at_office=wanted.at_office, title_zh=wanted.title.zh, title_en=wanted.title.en,
        ))  # fmt: skip
    used = set(Approval.objects.filter(step__in=kept).values_list("step_id", flat=True))
    for one in kept:
        if one.pk in used:
            one.dropped = True
            one.save()
        else:
            one.delete()
    for one in made:
        if one.pk is None:
            one.save()
    return made


def _is(one: ApprovalStep, wanted: StepWanted) -> bool:
    return (one.role, one.at_office, one.title_zh, one.title_en) == (
        wanted.role, wanted.at_office, wanted.title.zh, wanted.title.en,
    )  # fmt: skip


def _against_steps(
    found: Assessment, subject: Subject, steps: Sequence[StepWanted]
) -> tuple[Refusal, ...]:
    refusals = []
    if found.stage != Stage.DRAFTING:
        refusals.append(Refusal("not_drafting", Text(
            "审签步骤只在拟订细则时设置", "the steps are set while the scheme is drafted",
        )))  # fmt: skip
    if not steps:
        refusals.append(Refusal("no_steps", Text("至少要有一步审签", "there is at least one step")))
    if subject is Subject.SCHEME and any(not one.at_office for one in steps):
        refusals.append(Refusal("scheme_at_office", Text(
            "细则由考核办内部审签", "a scheme is approved in the office",
        )))  # fmt: skip
    return tuple(refusals)
