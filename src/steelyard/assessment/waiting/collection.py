"""What of the collection waits for whom: a submission to approve, items for a department to fill in.

The whole submission waits with its day for the city's officer, as a deadline, which says with whom it
lies once it is put up; an objection waits as a deadline for its answer.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import ApprovalStep, Submission
from steelyard.assessment.permissions.approvals import may_not_approve
from steelyard.assessment.queries.approvals import standings_of_submission
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.rules.approvals import Subject, next_step
from steelyard.assessment.rules.collection.claims import Claim
from steelyard.assessment.rules.states import Stage, SubmissionState
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")
_UNANSWERED = ["", *(one for one in Claim if one is not Claim.NOT_APPLICABLE)]
"""Claims beside which an item still needs its self-score."""


def waiting_submissions(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    return [*_to_approve(account, held, today), *_to_fill_in(held, today)]


def _to_fill_in(held: tuple[Held, ...], today: date) -> list[Waiting]:
    """For a department: how many of the items given to it are without a self-score or a claim."""
    departments = reach(held, Action.FILL_ITEMS, today)
    if not departments:
        return []
    empty = Q(
        answers__department__in=departments,
        answers__self_score=None,
        answers__claim__in=_UNANSWERED,
    )
    found = (
        Submission.objects.filter(state=SubmissionState.FILLING, assessment__stage=Stage.COLLECTING)
        .annotate(empty=Count("answers", filter=empty))
        .filter(empty__gt=0)
        .select_related("unit", "assessment", "deadline")
        .order_by("pk")[:MOST]
    )
    return [
        Waiting(
            _("Fill in the items given to you (%(count)s): %(assessment)s")
            % {"count": one.empty, "assessment": say(one.assessment.title)},
            reverse("assessment:submission", args=[one.assessment.code, one.pk]),
            one.deadline.due if one.deadline else None, AREA,
        )
        for one in found
    ]  # fmt: skip


def with_signatories(numbers: frozenset[int]) -> dict[int, Text]:
    """What is said to those who put a submission up: whose step it waits for."""
    found = Submission.objects.filter(pk__in=numbers, state=SubmissionState.APPROVING)
    return {one.pk: _put_up(one) for one in found.select_related("assessment")}


def _put_up(one: Submission) -> Text:
    step = next_step(standings_of_submission(one, hash_of_submission(one)))
    title, whose = one.assessment.title, step.title if step else Text("审签", "approval")
    return Text(
        f"{title.zh}自评材料：已提请审签，等待“{whose.zh}”",
        f"Submission for {title.say('en')}: put up, waits for “{whose.say('en')}”",
    )


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
    standings = standings_of_submission(one, hash_of_submission(one))
    step = next_step(standings)
    took = any(s.counts and s.given is not None and s.given.by == account for s in standings)
    if step is None or took:
        return False
    row = ApprovalStep.objects.select_related("assessment").get(pk=step.number)
    return not may_not_approve(held, row, one.unit_id, today)
