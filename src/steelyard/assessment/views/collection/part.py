"""The card of the collection on the page of an assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.permissions.collection import may_not_answer
from steelyard.assessment.queries.collection import submissions_seen_by
from steelyard.assessment.queries.collection.corrections import load_outcomes
from steelyard.assessment.queries.figures.computed import objections_seen_by
from steelyard.assessment.rules.collection.corrections import OUTSTANDING, Outcome
from steelyard.assessment.rules.collection.submissions import is_missing, title_of
from steelyard.assessment.rules.states import ObjectionState, Stage, SubmissionState
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
    stage = Stage(found.stage)
    locked = sum(state == SubmissionState.LOCKED for _pk, _unit, state, _due in listed)
    if len(listed) > 1:
        said = _("%(locked)s of %(all)s signed") % {"locked": locked, "all": len(listed)}
        if missing := sum(
            is_missing(SubmissionState(state), stage) for _p, _u, state, _d in listed
        ):
            said += f" · {_('%(count)s not submitted') % {'count': missing}}"
        url = reverse("assessment:submissions", args=[found.code])
        return Part(_("Submissions"), url, said)
    number, unit, state, due = listed[0]
    title = say(title_of(SubmissionState(state), stage))
    said = _("%(state)s, due by %(due)s") % {"state": title, "due": due or "–"}
    waits = unit in own and state == SubmissionState.FILLING and found.stage == Stage.COLLECTING
    url = reverse("assessment:submission", args=[found.code, number])
    return Part(_("Submission"), url, said, waits)


def objections_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For those who contest records, whose records they are, and the office: if there is one."""
    seen = objections_seen_by(request.held, request.today).filter(assessment=found)
    rows = list(seen)
    if not rows:
        return None
    waiting = [one.body_id for one in rows if one.state == ObjectionState.OPEN]
    answers = [
        one
        for one in set(waiting)
        if not may_not_answer(request.held, one, found.office_id, request.today)
    ]
    said = _("%(open)s of %(all)s not answered yet") % {"open": len(waiting), "all": len(rows)}
    became = load_outcomes(found, rows, request.today)
    if outstanding := sum(one in OUTSTANDING for one in became):
        said += f" · {_('%(count)s to be corrected') % {'count': outstanding}}"
    if late := became.count(Outcome.LATE):
        said += f" · {_('%(count)s late') % {'count': late}}"
    url = reverse("assessment:objections", args=[found.code])
    return Part(_("Objections to records"), url, said, bool(answers))
