"""What was said of a draft: who sees what, who was asked, by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Max, Q, QuerySet

from steelyard.assessment.models import Assessment, Comment, SchemeVersion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.rules.schemes.carrying_out import Left, is_carried_out
from steelyard.assessment.rules.states import CommentState, SchemeState
from steelyard.notices.models import Deadline
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, may_towards, reach
from steelyard.people.rules.roles import Action

SEES = Action.SEE_ASSESSMENT
AREA, TASK = "assessment", "comment"
"""Under which an organisation that is asked for comments has its deadline."""


def task_of(version: SchemeVersion, organisation: int) -> str:
    """What an organisation is asked for in the round that is out, or was last."""
    return f"{TASK}-{version.rounds}-{organisation}"


def deadlines_of_comments(version: SchemeVersion) -> QuerySet[Deadline]:
    """Of the latest round: who was asked in an earlier one is not asked for ever."""
    return Deadline.objects.filter(
        area=AREA, object_id=version.pk, task__startswith=f"{TASK}-{version.rounds}-"
    ).select_related("organisation")


def comments_due(version: SchemeVersion) -> date | None:
    """The last day for those who were asked and have not spoken yet."""
    still_open = deadlines_of_comments(version).filter(ended_on__isnull=True)
    return still_open.aggregate(last=Max("due"))["last"]


def due_for(version: SchemeVersion, organisation: int) -> date | None:
    """The last day on which an organisation may comment; of one that was not asked, that of all."""
    asked = deadlines_of_comments(version).order_by("-id")
    own = asked.filter(organisation=organisation).first()
    return own.due if own is not None else asked.aggregate(last=Max("due"))["last"]


def standing_comments(version: SchemeVersion, organisation: int) -> QuerySet[Comment]:
    """What an organisation said in the latest round and did not withdraw."""
    said = Comment.objects.filter(scheme=version, round=version.rounds, organisation=organisation)
    return said.exclude(state=CommentState.WITHDRAWN)


def has_no_comments(version: SchemeVersion, organisation: int) -> bool:
    """Whether an organisation that was asked said in the latest round that it has none: its deadline is
    met, and nothing that it said stands."""
    asked = deadlines_of_comments(version).filter(organisation=organisation).order_by("-id").first()
    is_met = asked is not None and asked.end == Deadline.End.MET
    return is_met and not standing_comments(version, organisation).exists()


def is_insider(held: Iterable[Held], assessment: Assessment, on: date) -> bool:
    """Whoever works in the office that runs it, or looks after it."""
    return not may_not(held, Action.SEE_ASSESSMENT, assessment.office_id, on)


def comments_seen_by(held: Iterable[Held], assessment: Assessment, on: date) -> QuerySet[Comment]:
    """All for the office; for others those of their own organisation, and all of a round that is closed."""
    found = Comment.objects.filter(scheme__assessment=assessment)
    held = tuple(held)
    if not is_insider(held, assessment, on):
        own = {one.organisation for one in held if may_towards([one], SEES, one.organisation, on)}
        is_closed = ~Q(scheme__state=SchemeState.OUT) | Q(round__lt=F("scheme__rounds"))
        found = found.filter(Q(organisation__in=own) | is_closed & ~Q(state="withdrawn"))
    return found.select_related("organisation", "scheme", "said_by", "answered_by")


def organisations_that_comment(
    held: Iterable[Held], below: Iterable[int], on: date
) -> QuerySet[Organisation]:
    """For which of the organisations below the office a person may speak."""
    own = reach(held, Action.COMMENT_ON_SCHEME, on) & frozenset(below)
    return Organisation.objects.filter(pk__in=own).order_by("code")


def is_followed(comment: Comment, version: SchemeVersion) -> bool | None:
    """Whether a version shows that an adopted comment was carried out; None of one that was not adopted."""
    return is_carried_out(
        version.document, state=comment.state, item=comment.item, of_hash=comment.of_hash,
        note=comment.carried_out,
    )  # fmt: skip


def not_carried_out(version: SchemeVersion) -> list[Comment]:
    """The adopted comments of every round that the version does not show, in the order of their items."""
    adopted = Comment.objects.filter(scheme=version, state=CommentState.ADOPTED)
    return [one for one in adopted.select_related("organisation") if not is_followed(one, version)]


def left_of(version: SchemeVersion) -> tuple[Left, ...]:
    return tuple(
        Left(one.item, one.about, one.organisation.name) for one in not_carried_out(version)
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """An organisation that was asked: until when, how much it said, whether it answered at all."""

    organisation: Organisation
    deadline: int
    due: date
    said: int
    has_spoken: bool


def asked_of(version: SchemeVersion) -> list[Asked]:
    """Who was asked in the latest round, in the order of their codes."""
    told: dict[int, int] = {}
    said = Comment.objects.filter(scheme=version, round=version.rounds).exclude(state="withdrawn")
    for number in said.values_list("organisation", flat=True):
        told[number] = told.get(number, 0) + 1
    latest: dict[int, Deadline] = {}
    for one in deadlines_of_comments(version).order_by("id"):
        latest[one.organisation_id] = one
    return [
        Asked(
            one.organisation, one.pk, one.due, told.get(one.organisation_id, 0),
            one.end == Deadline.End.MET,
        )
        for one in sorted(latest.values(), key=lambda one: one.organisation.code)
    ]  # fmt: skip
