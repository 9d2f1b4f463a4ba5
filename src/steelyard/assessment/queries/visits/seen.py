"""Which visits exist for a person, and who fetches the photographs of what was found?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from steelyard.assessment.models import Finding, ReportCorrection, Visit
from steelyard.assessment.permissions import units_seen
from steelyard.assessment.permissions.visits import offices_whose_visits
from steelyard.assessment.queries.assessments import division_of, issued
from steelyard.assessment.rules.states import VisitState
from steelyard.files.models import File
from steelyard.notices.models import Deadline
from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action

AREA, REPORT = "assessment", "report_visit"
"""Under which the office has its deadline to report on a visit."""


def visits_seen_by(held: Iterable[Held], on: date) -> QuerySet[Visit]:
    """The visits that exist for a person.

    An unannounced one exists for the unit once it is done. A planned one exists for it once it is
    announced, and stays if it is cancelled then.
    """
    held = tuple(held)
    of_offices = Q(assessment__office__in=offices_whose_visits(held, on))
    of_units = Q(unit__in=units_seen(held, on)) & (
        Q(state=VisitState.DONE) | Q(announced_at__isnull=False)
    )
    return Visit.objects.filter(of_offices | of_units).select_related("unit", "assessment")


def with_a_day() -> QuerySet[Deadline]:
    """The deadlines of visits that run: these wait already, each with its day."""
    return Deadline.objects.filter(area=AREA, task=REPORT, ended_on=None)


def sees_taken_off(
    account: int, held: tuple[Held, ...], on: date, rows: frozenset[int]  # noqa: ARG001
) -> frozenset[int]:  # fmt: skip
    """Photographs that were taken off a report are the office's alone: one may have shown somebody else."""
    offices = offices_whose_visits(held, on)
    found = ReportCorrection.objects.filter(pk__in=rows, visit__assessment__office__in=offices)
    return frozenset(found.values_list("pk", flat=True))


def sees_photographs(
    account: int, held: tuple[Held, ...], on: date, rows: frozenset[int]  # noqa: ARG001
) -> frozenset[int]:  # fmt: skip
    """Those of some findings whose photographs a person may fetch: the office; once the visit is done
    the unit, and the body that scores the item."""
    seen = visits_seen_by(held, on)
    done = Q(visit__state=VisitState.DONE)
    at_office = Q(visit__assessment__office__in=offices_whose_visits(held, on))
    found = set(
        Finding.objects.filter(at_office | done, pk__in=rows, visit__in=seen).values_list(
            "pk", flat=True
        )
    )
    return frozenset(found | _scored_by(held, on, rows - found))


def _scored_by(held: tuple[Held, ...], on: date, rows: Iterable[int]) -> set[int]:
    bodies = reach(held, Action.SCORE_ITEMS, on)
    if not bodies:
        return set()
    codes = set(Organisation.objects.filter(pk__in=bodies).values_list("code", flat=True))
    waiting = Finding.objects.filter(pk__in=rows, visit__state=VisitState.DONE).exclude(item="")
    found = set()
    for one in waiting.select_related("visit__assessment"):
        version = issued(one.visit.assessment)
        duties = division_of(version).duties if version else ()
        if any(duty.item.code == one.item and duty.scoring_body in codes for duty in duties):
            found.add(one.pk)
    return found


def sees_originals(
    account: int, held: tuple[Held, ...], on: date, rows: frozenset[int]  # noqa: ARG001
) -> frozenset[int]:  # fmt: skip
    """The photographs of which a person may fetch the file as it was sent: those of their own office."""
    found = File.objects.filter(pk__in=rows, organisation__in=offices_whose_visits(held, on))
    return frozenset(found.values_list("pk", flat=True))
