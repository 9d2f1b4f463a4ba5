"""What of the collection waits for whom: a submission to approve, an objection to answer.

Filling in waits with its day, as a deadline.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import ApprovalStep, Objection, Submission
from steelyard.assessment.permissions.approvals import may_not_approve
from steelyard.assessment.queries.approvals import standings_of_submission
from steelyard.assessment.queries.collection import hash_of, load_answers
from steelyard.assessment.rules.approvals import Subject, next_step
from steelyard.assessment.rules.states import ObjectionState, Stage, SubmissionState
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_submissions(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    return [*_to_approve(account, held, today), *_to_answer(held, today)]


def _to_approve(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """Of one's own unit those whose next step is one's own; where the office takes a step too, all
    that are up."""
    now_held = [one for one in held if one.is_held_on(today)]
    organisations = {one.organisation for one in now_held}
    of_office = Exists(
        ApprovalStep.objects.filter(
            assessment=OuterRef("assessment"), subject=Subject.SUBMISSION, at_office=True, dropped=False,
            role__in={one.role.value for one in now_held},
        )
    )  # fmt: skip
    found = (
        Submission.objects.filter(
            Q(unit__in=organisations) | Q(assessment__office__in=organisations) & of_office,
            state=SubmissionState.APPROVING, assessment__stage__in=(Stage.COLLECTING, Stage.COMPARING),
        )
        .select_related("unit", "assessment", "deadline")
        .order_by("pk")[:MOST]
    )  # fmt: skip
    return [
        Waiting(
            _("Approve the submission of %(unit)s") % {"unit": say(one.unit.name)},
            reverse("assessment:submission", args=[one.assessment.code, one.pk]),
            one.deadline.due if one.deadline else None, AREA,
        )
        for one in found
        if one.unit_id not in organisations or _is_theirs(one, account, held, today)
    ]  # fmt: skip


def _is_theirs(one: Submission, account: int, held: tuple[Held, ...], today: date) -> bool:
    standings = standings_of_submission(one, hash_of(load_answers(one)))
    step = next_step(standings)
    took = any(s.counts and s.given is not None and s.given.by == account for s in standings)
    if step is None or took:
        return False
    row = ApprovalStep.objects.select_related("assessment").get(pk=step.number)
    return not may_not_approve(held, row, one.unit_id, today)


def _to_answer(held: tuple[Held, ...], today: date) -> list[Waiting]:
    bodies = reach(held, Action.ANSWER_OBJECTIONS, today)
    if not bodies:
        return []
    found = Objection.objects.filter(body__in=bodies, state=ObjectionState.OPEN)
    return [
        Waiting(
            _("Answer the objection of %(unit)s to %(record)s")
            % {"unit": say(one.unit.name), "record": one.record},
            reverse("assessment:objection", args=[one.assessment.code, one.pk]),
            None, AREA,
        )
        for one in found.select_related("unit", "assessment").order_by("pk")[:MOST]
    ]  # fmt: skip
