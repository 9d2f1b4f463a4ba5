"""Urge the units that have not filed yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_for_the_office
from steelyard.assessment.actions.collection.opening import AREA
from steelyard.assessment.actions.urging import note_urging
from steelyard.assessment.models import ApprovalStep, Assessment, Submission
from steelyard.assessment.queries.approvals import standings_of_submission
from steelyard.assessment.queries.collection import hash_of_submission
from steelyard.assessment.rules.approvals import next_step
from steelyard.assessment.rules.states import Stage, SubmissionState
from steelyard.assessment.rules.urging import NOTHING_TO_FILE, against_the_stage_of_units
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import refuse_if_any
from steelyard.notices.queries import load_holders, who_may_each
from steelyard.notices.rules.texts import Kind
from steelyard.notices.telling import notices, write_notices
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting


def urge_units(*, assessment: int, by: int, now: datetime) -> int:
    """Tell whoever fills in or signs for a unit that has not filed once more; at most once a day. How many
    units were urged.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    with acting("urge_units", by=by):
        found = held_for_the_office(assessment, by, now)
        refuse_if_any(against_the_stage_of_units(Stage(found.stage)))
        waiting = list(
            found.submissions.exclude(state=SubmissionState.LOCKED)
            .select_related("unit", "deadline")
            .order_by("unit__code")
        )
        note_urging(
            found, "filing_urged_on", waiting=len(waiting), nothing=NOTHING_TO_FILE, now=now
        )
        _urge(found, waiting, now)
        return len(waiting)


def _urge(found: Assessment, waiting: Sequence[Submission], now: datetime) -> None:
    """All of them are written together: there may be hundreds."""
    today = timezone.localdate(now)
    filling = {one.unit_id for one in waiting if one.state != SubmissionState.APPROVING}
    fill = who_may_each(Action.FILL_ITEMS, filling, today)
    write_notices([
        notice
        for one in waiting
        for notice in notices(
            Kind.REQUEST_URGED, fill.get(one.unit_id) or _who_approves(found, one, today), AREA, one.pk,
            reverse("assessment:submission", args=[found.code, one.pk]),
            {"what": _what(found), "due": same(str(one.deadline.due if one.deadline else today))},
            f"submission:{one.pk}:urged:{today}", now,
        )
    ])  # fmt: skip


def _who_approves(found: Assessment, one: Submission, today: date) -> Sequence[int]:
    """Put up, it waits for those who hold the step that is due."""
    if one.state != SubmissionState.APPROVING:
        return ()
    due = next_step(standings_of_submission(one, hash_of_submission(one)))
    if due is None:
        return ()
    step = ApprovalStep.objects.get(pk=due.number)
    post = (found.office_id if step.at_office else one.unit_id, step.role)
    return load_holders({post}, today)[post]


def _what(found: Assessment) -> Text:
    title = found.title_en or found.title_zh
    return Text(f"填报并签发{found.title_zh}自评材料", f"File the submission for {title}")
