"""The card of the collection on the page of an assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.collection import submissions_seen_by
from steelyard.assessment.rules.states import SUBMISSION, Stage, SubmissionState
from steelyard.assessment.views.part import Part
from steelyard.look.language import say
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action


def submissions_part(request: HttpRequest, found: Assessment) -> Part | None:
    listed = list(
        submissions_seen_by(request.held, request.today)
        .filter(assessment=found)
        .values_list("pk", "unit", "state", "deadline__due")
    )
    if not listed:
        return None
    own = reach(request.held, Action.FILL_ITEMS, request.today)
    locked = sum(state == SubmissionState.LOCKED for _pk, _unit, state, _due in listed)
    if len(listed) > 1:
        said = _("%(locked)s of %(all)s signed") % {"locked": locked, "all": len(listed)}
        url = reverse("assessment:submissions", args=[found.code])
        return Part(_("Submissions"), url, said)
    number, unit, state, due = listed[0]
    title = say(SUBMISSION.states[SubmissionState(state)])
    said = _("%(state)s, due by %(due)s") % {"state": title, "due": due or "–"}
    waits = unit in own and state == SubmissionState.FILLING and found.stage == Stage.COLLECTING
    url = reverse("assessment:submission", args=[found.code, number])
    return Part(_("Submission"), url, said, waits)
