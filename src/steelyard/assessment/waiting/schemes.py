"""What of a scheme waits for whom: an approval to give, a comment to answer, a draft to send on.

To comment is a deadline of its own, and listed as one.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from steelyard.assessment.models import ApprovalStep, SchemeVersion
from steelyard.assessment.queries.approvals import standings_of_scheme
from steelyard.assessment.rules.approvals import next_step
from steelyard.assessment.rules.states import CommentState, SchemeState
from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, holds, reach
from steelyard.people.rules.roles import Action, Role
from steelyard.people.waiting import Waiting

MOST = 50


def waiting_schemes(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """At most :data:`MOST` of each kind."""
    found = _approvals(account, held, today)
    office = reach(held, Action.RUN_ASSESSMENT, today)
    return [*found, *_comments(office)] if office else found


def _approvals(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    roles = {one.role.value for one in held if one.is_held_on(today)}
    steps = ApprovalStep.objects.filter(subject="scheme", dropped=False, role__in=roles)
    up = SchemeVersion.objects.filter(
        state=SchemeState.CHECKED, assessment__in=steps.values("assessment")
    ).select_related("assessment")
    found = []
    for version in up[:MOST]:
        standings = standings_of_scheme(version)
        due = next_step(standings)
        step = ApprovalStep.objects.filter(pk=due.number).first() if due else None
        took_one = any(one.counts and one.given and one.given.by == account for one in standings)
        office = version.assessment.office_id
        if step is not None and not took_one and holds(held, Role(step.role), office, today):
            url = reverse("assessment:scheme_approval", args=[version.assessment.code])
            found.append(_waiting(version, url, say(step.title)))
    return found


def _comments(office: frozenset[int]) -> list[Waiting]:
    still_open = Count("comments", filter=Q(comments__state=CommentState.OPEN))
    out = (
        SchemeVersion.objects.filter(
            state__in=(SchemeState.OUT, SchemeState.DRAFT), assessment__office__in=office
        )
        .annotate(waits=still_open)
        .filter(waits__gt=0)
        .select_related("assessment")
    )
    return [
        _waiting(
            one, f"{reverse('assessment:comments', args=[one.assessment.code])}?state=open",
            say(Text(f"有{one.waits}条意见待处理", f"comments to answer: {one.waits}")),
        )
        for one in out[:MOST]
    ]  # fmt: skip


def _waiting(version: SchemeVersion, url: str, said: str) -> Waiting:
    mark = say(Text("：", ": "))
    return Waiting(f"{say(version.assessment.title)}{mark}{said}", url, None, _("Assessments"))
