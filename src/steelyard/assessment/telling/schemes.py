"""Who is told of what happens to a scheme?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.models import ApprovalStep, Comment, SchemeVersion
from steelyard.assessment.queries.approvals import vacant_steps
from steelyard.assessment.queries.assessments import bodies_for
from steelyard.assessment.rules.approvals import Step
from steelyard.assessment.rules.states import COMMENT, CommentState
from steelyard.kernel.bilingual import same
from steelyard.notices.actions import tell
from steelyard.notices.queries import load_holders, who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.rules.roles import MAY, ROLES, Action, Role

SPEAKS = tuple(role for role in Role if Action.COMMENT_ON_SCHEME in MAY[role])
"""The roles that are told of a scheme: those who may comment on it."""


def tell_all(kind: Kind, version: SchemeVersion, *, reason: str = "", now: datetime) -> None:
    """Everybody below the office who has to work by it."""
    found = version.assessment
    today = timezone.localdate(now)
    posts = {(number, role) for number in bodies_for(found, today).values() for role in SPEAKS}
    holders = load_holders(posts, today)
    whom = sorted({account for accounts in holders.values() for account in accounts})
    _tell(kind, whom, version, reason=reason, now=now)


def tell_the_office(
    kind: Kind, version: SchemeVersion, *, by: int, reason: str, now: datetime
) -> None:
    whom = who_may(Action.RUN_ASSESSMENT, version.assessment.office_id, timezone.localdate(now))
    _tell(kind, [one for one in whom if one != by], version, reason=reason, now=now)


def tell_the_next(version: SchemeVersion, step: Step | None, *, by: int, now: datetime) -> None:
    """Those who hold the step that is due."""
    if step is None:
        return
    found = ApprovalStep.objects.get(pk=step.number)
    office = version.assessment.office_id
    holders = load_holders({(office, found.role)}, timezone.localdate(now))
    whom = [one for one in holders.get((office, found.role), ()) if one != by]
    tell(
        Kind.APPROVAL_WAITS, whom, area="assessment", object_id=version.pk,
        path=reverse("assessment:scheme_approval", args=[version.assessment.code]),
        words={"what": version.assessment.title, "step": found.title},
        once=f"approval:{version.pk}:{step.number}:{version.content_hash[-16:]}:{now:%Y%m%d%H%M}",
        now=now,
    )  # fmt: skip


def tell_of_vacant_steps(version: SchemeVersion, *, now: datetime) -> None:
    """As of a vacant body: the administrators, and the office itself, each led where they can do something."""
    today, found = timezone.localdate(now), version.assessment
    for step in vacant_steps(version, today):
        for action, path in (
            (Action.MANAGE_PEOPLE, reverse("people:organisation", args=[found.office_id])),
            (Action.RUN_ASSESSMENT, reverse("assessment:scheme_approval", args=[found.code])),
        ):
            tell(
                Kind.STEP_VACANT, who_may(action, found.office_id, today), area="assessment",
                object_id=version.pk, path=path,
                words={
                    "what": found.title, "step": step.title, "who": found.office.name,
                    "role": ROLES[Role(step.role)],
                },
                once=f"vacant-step:{version.pk}:{step.pk}:{version.content_hash[-16:]}:{today}", now=now,
            )  # fmt: skip


def tell_of_answer(comment: Comment, *, by: int, now: datetime) -> None:
    """Those who may speak for the organisation that said it."""
    whom = who_may(Action.COMMENT_ON_SCHEME, comment.organisation_id, timezone.localdate(now))
    found = comment.scheme.assessment
    tell(
        Kind.COMMENT_ANSWERED, [one for one in whom if one != by], area="assessment",
        object_id=comment.pk,
        path=reverse("assessment:comment", args=[found.code, comment.pk]),
        words={
            "what": found.title, "answer": COMMENT.states[CommentState(comment.state)],
            "reason": same(comment.answer),
        },
        once=f"comment:{comment.pk}:{comment.version}", now=now,
    )  # fmt: skip


def _tell(
    kind: Kind, whom: Iterable[int], version: SchemeVersion, *, reason: str, now: datetime
) -> None:
    found = version.assessment
    tell(
        kind, whom, area="assessment", object_id=version.pk,
        path=reverse("assessment:scheme_version", args=[found.code, version.number]),
        words={"what": found.title, "reason": same(reason)},
        once=f"scheme:{version.pk}:{kind}:{now:%Y%m%d%H%M}", now=now,
    )  # fmt: skip
