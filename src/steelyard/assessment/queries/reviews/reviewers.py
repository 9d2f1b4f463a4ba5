"""Who may review, who reviews what, and by when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q, QuerySet

from steelyard.assessment.models import Assessment, Draw, FileReview
from steelyard.assessment.queries.assessments import part_of
from steelyard.assessment.rules.reviews.reviewers import Reviewer
from steelyard.assessment.rules.states import FileState
from steelyard.notices.models import Deadline
from steelyard.people.models import Account, Holding
from steelyard.people.queries import load_below, on_day
from steelyard.people.rules.roles import Action, Role, may


def load_reviewers(assessment: Assessment, on: date) -> dict[int, Reviewer]:
    """Those who hold the role of an expert below the office, where it assesses, today, with all that they hold."""
    below = part_of(assessment, on)
    roles = [role.value for role in Role if may(role, Action.REVIEW_FILES)]
    experts = Holding.objects.filter(
        on_day(on), role__in=roles, organisation__in=below, account__is_active=True
    ).values_list("account", flat=True)
    held: dict[int, set[int]] = {account: set() for account in experts}
    everything = Holding.objects.filter(on_day(on), account__in=list(held))
    for account, organisation in everything.values_list("account", "organisation"):
        held[account].add(organisation)
    return {account: Reviewer(account, frozenset(own)) for account, own in sorted(held.items())}


def posts_of_reviewers(
    assessment: Assessment, reviewers: Collection[int], on: date
) -> dict[int, int]:
    """Account → the organisation below the office in which it holds the role of an expert."""
    roles = [role.value for role in Role if may(role, Action.REVIEW_FILES)]
    found = Holding.objects.filter(
        on_day(on), role__in=roles, account__in=list(reviewers),
        organisation__in=part_of(assessment, on),
    ).order_by("-pk")  # fmt: skip
    return dict(found.values_list("account", "organisation"))


REVIEWING = "review_files_"
"""The task of a reviewer's deadline begins so; its object is the draw."""


def load_due(draw: Draw) -> dict[int, date]:
    """Reviewer → the day by which they are to be done, while their days run."""
    found = Deadline.objects.filter(
        area="assessment", object_id=draw.pk, task__startswith=REVIEWING, ended_on__isnull=True
    )
    return {account: due for account, due in found.values_list("account", "due") if account}


def due_of_draws(account: int) -> dict[int, date]:
    """Draw → the day by which this reviewer is to be done with it."""
    task = f"{REVIEWING}{account}"
    found = Deadline.objects.filter(area="assessment", task=task, ended_on__isnull=True)
    return dict(found.values_list("object_id", "due"))


def open_reviews(draw: Draw) -> QuerySet[FileReview]:
    """Those whose file is there and that are not done."""
    return FileReview.objects.filter(
        file__draw=draw, file__state=FileState.RECEIVED, file__is_reserve=False, done_at=None
    )


@dataclass(frozen=True, slots=True)
class Share:
    """What a reviewer has of a draw: done, left to do, and of those the ones that are there."""

    account: int
    name: str
    done: int
    left: int
    there: int
    urged_on: date | None


def load_shares(draw: Draw) -> list[Share]:
    """One question, however many files."""
    is_there = Q(done_at=None, file__state=FileState.RECEIVED)
    still = Q(done_at=None, file__state__in=(FileState.ASKED, FileState.RECEIVED))
    rows = (
        FileReview.objects.filter(file__draw=draw)
        .order_by("reviewer__name", "reviewer")
        .values_list("reviewer", "reviewer__name")
        .annotate(
            done=Count("pk", filter=Q(done_at__isnull=False)), left=Count("pk", filter=still),
            there=Count("pk", filter=is_there), urged=Max("urged_on", filter=is_there),
        )
    )  # fmt: skip
    return [Share(*row) for row in rows]


def load_accounts(numbers: Iterable[int]) -> QuerySet[Account]:
    return Account.objects.filter(pk__in=list(numbers)).order_by("name", "pk")


def organisations_of_unit(unit: int, on: date) -> frozenset[int]:
    """The unit and what stands below it: whoever holds a role there reviews none of its files."""
    return frozenset(load_below(unit, on)) | {unit}
