"""Which assessments exist for a person, and how does one stand?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet

from steelyard.assessment.models import Assessment, SchemeVersion, Weighing
from steelyard.assessment.rules.schemes.division import Division, division
from steelyard.assessment.rules.states import SchemeState, WeighingState
from steelyard.people.models import Holding, Organisation, Placement
from steelyard.people.queries import load_above, load_below, on_day
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action, Role
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.supply.models import Snapshot


def assessments_seen_by(held: Iterable[Held], on: date) -> QuerySet[Assessment]:
    """Those of the offices in which, or below which, a person has a part in them. Of one that an office leads
    within a unit below it, there is nothing for those beside that unit."""
    own = reach(held, Action.SEE_ASSESSMENT, on)
    above = load_above(own, on) if own else frozenset()
    has_a_part = Q(within=None) | Q(within__in=above) | Q(office__in=own)
    return Assessment.objects.filter(has_a_part, office__in=above).select_related(
        "office", "within"
    )


def offices_for(held: Iterable[Held], on: date) -> QuerySet[Organisation]:
    """The organisations in whose name a person may open an assessment: those, at or below their own, in
    which somebody works as assessing office."""
    staffed = Holding.objects.filter(
        on_day(on), role=Role.ASSESSING_OFFICE, account__is_active=True
    )
    return Organisation.objects.filter(
        pk__in=reach(held, Action.RUN_ASSESSMENT, on)
        & set(staffed.values_list("organisation", flat=True))
    ).order_by("code")


def regions_below(offices: Iterable[Organisation], on: date) -> QuerySet[Organisation]:
    """The cities below these offices that have districts of their own: within each an office may assess."""
    below = frozenset().union(*(load_below(one.pk, on) - {one.pk} for one in offices))
    districts = Placement.objects.filter(
        on_day(on), organisation__kind=Organisation.Kind.DISTRICT, parent__in=below
    )
    return Organisation.objects.filter(
        pk__in=districts.values("parent"), kind=Organisation.Kind.CITY
    ).order_by("code")


def issued(assessment: Assessment) -> SchemeVersion | None:
    """The version of the scheme that is in force; its document is fetched if it is asked for."""
    return assessment.schemes.filter(state=SchemeState.ISSUED).defer("document", "sent").first()


def under_way(assessment: Assessment) -> SchemeVersion | None:
    """The version that is being drafted, commented or approved."""
    states = (SchemeState.DRAFT, SchemeState.OUT, SchemeState.CHECKED)
    return assessment.schemes.filter(state__in=states).first()


def settled_unheard(assessment: Assessment) -> SchemeVersion | None:
    """The version that was settled without a round of comments, if the scheme began with such a one."""
    found = assessment.schemes.exclude(unheard_why="").select_related("unheard_by")
    return found.defer("document", "sent").first()


def snapshots_for(assessment: Assessment) -> QuerySet[Snapshot]:
    """The snapshots of its office that it counts from: its own, and those that bodies' deliveries alone make
    up. What another assessment froze is cut off on another day, and holds what that one collected."""
    return Snapshot.objects.filter(
        office=assessment.office_id, collection__in=("", assessment.code)
    )


def snapshot_that_counts(assessment: Assessment) -> Snapshot | None:
    """The newest frozen one that covers the period; once it is weighed, the one that was weighed, whatever is
    frozen later."""
    weighed = Weighing.objects.filter(
        assessment=assessment, snapshot=OuterRef("pk"), state=WeighingState.DONE
    )
    return _frozen_for(assessment).order_by(Exists(weighed).desc(), "-pk").first()


def newest_snapshot(assessment: Assessment) -> Snapshot | None:
    """The newest frozen one that covers the period, weighed or not."""
    return _frozen_for(assessment).order_by("-pk").first()


def _frozen_for(assessment: Assessment) -> QuerySet[Snapshot]:
    return snapshots_for(assessment).filter(
        status=Snapshot.Status.FROZEN, starts__lte=assessment.starts, ends__gte=assessment.ends
    )


def scheme_of(version: SchemeVersion) -> Scheme:
    """The scheme that a version holds. A sound document only.

    Raises:
        Faulty: the document has faults.
    """
    return _scheme(version.content_hash, version.pk)


def division_of(version: SchemeVersion) -> Division:
    return _division(version.content_hash, version.pk)


@lru_cache(maxsize=16)
def _scheme(content_hash: str, number: int) -> Scheme:  # noqa: ARG001  (the hash is what makes it another)
    return scheme_from_document(
        SchemeVersion.objects.values_list("document", flat=True).get(pk=number)
    )


@lru_cache(maxsize=16)
def _division(content_hash: str, number: int) -> Division:
    return division(_scheme(content_hash, number))


def units_of(version: SchemeVersion) -> dict[str, Organisation]:
    """The organisations that are assessed, by the code of the unit."""
    codes = [unit.code for unit in scheme_of(version).assessed]
    found = Organisation.objects.filter(code__in=codes)
    return {one.code: one for one in found}


def units_assessed(assessment: Assessment) -> QuerySet[Organisation]:
    """The organisations that are assessed by the scheme that was issued; none while there is none."""
    version = issued(assessment)
    codes = [unit.code for unit in scheme_of(version).assessed] if version is not None else []
    return Organisation.objects.filter(code__in=codes)


def part_of(assessment: Assessment, on: date) -> frozenset[int]:
    """The organisations that may have a part in it: the office, and the region that it assesses with all
    below that."""
    return load_below(assessment.region.pk, on) | {assessment.office_id}


def bodies_for(assessment: Assessment, on: date) -> dict[str, int]:
    """Code → number of those: who may supply and score."""
    found = Organisation.objects.filter(pk__in=part_of(assessment, on))
    return dict(found.values_list("code", "pk"))


def units_below(assessment: Assessment, on: date) -> frozenset[str]:
    """The codes of the organisations that may be its units: those below the region."""
    top = assessment.region.pk
    found = Organisation.objects.filter(pk__in=load_below(top, on) - {top})
    return frozenset(found.values_list("code", flat=True))
