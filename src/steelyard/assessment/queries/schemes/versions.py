"""Which versions of a scheme exist for a person, whom may it name, and with what may one begin?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import bodies_for, part_of
from steelyard.assessment.queries.schemes.comments import is_insider
from steelyard.assessment.rules.drafting import Document
from steelyard.assessment.rules.schemes.bodies import Known, Matching, match
from steelyard.assessment.rules.schemes.division import UNKNOWN
from steelyard.assessment.rules.schemes.division import against as against_division
from steelyard.assessment.rules.states import SchemeState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.models import Organisation, Placement
from steelyard.people.queries import load_below, on_day
from steelyard.people.rules.reach import Held
from steelyard.scheme import given
from steelyard.scheme.model import Scheme

OPEN_TO_ALL = (SchemeState.OUT, SchemeState.ISSUED, SchemeState.REPLACED)
UNITS = (Organisation.Kind.CITY, Organisation.Kind.DISTRICT)


def versions_seen_by(
    held: Iterable[Held], assessment: Assessment, on: date
) -> QuerySet[SchemeVersion]:
    """All for the office; for others those that are out for comments, settled, or in force."""
    found = assessment.schemes.select_related("made_by", "issued_by", "based_on")
    if is_insider(tuple(held), assessment, on):
        return found
    settled = Q(state=SchemeState.CHECKED, based_on__isnull=True)
    return found.filter(Q(state__in=OPEN_TO_ALL) | settled)


def possible_units(assessment: Assessment, on: date) -> QuerySet[Organisation]:
    """The cities below a province, the districts below a city."""
    region = assessment.region
    kind = UNITS[1] if region.kind == Organisation.Kind.CITY else UNITS[0]
    below = load_below(region.pk, on) - {region.pk}
    return Organisation.objects.filter(pk__in=below, kind=kind).order_by("code")


def units_below(assessment: Assessment, on: date) -> list[tuple[str, Text]]:
    return [(one.code, one.name) for one in possible_units(assessment, on)]


def possible_bodies(assessment: Assessment, on: date) -> QuerySet[Organisation]:
    """The office, the region that it assesses and what stands below that, but for the units."""
    office, region = assessment.office_id, assessment.region.pk
    is_a_unit = Q(kind__in=UNITS) & ~Q(pk__in=(office, region))
    found = Organisation.objects.filter(pk__in=part_of(assessment, on))
    return found.exclude(is_a_unit).order_by("code")


def own_bodies(assessment: Assessment, on: date) -> list[Known]:
    """The office's own, to choose from: those of :func:`possible_bodies` that stand below no unit, and last the
    units themselves."""
    of_units = Placement.objects.filter(on_day(on), parent__kind__in=UNITS)
    below_units = of_units.exclude(parent=assessment.office_id).values("organisation")
    found = possible_bodies(assessment, on).exclude(pk__in=below_units)
    return [*(Known(one.code, one.name) for one in found), Known(given.UNITS, given.UNITS_TITLE)]


def known_bodies(assessment: Assessment, on: date) -> list[Known]:
    """The same as values, to match the bodies of a scheme with."""
    return [Known(one.code, one.name) for one in possible_bodies(assessment, on)]


def against_the_division(scheme: Scheme, assessment: Assessment, on: date) -> tuple[Refusal, ...]:
    """What keeps the work from being divided; of a body that exists elsewhere, that it has no part in it."""
    known = bodies_for(assessment, on)
    refusals = against_division(scheme, known)
    strange = {one.field for one in refusals if one.code == UNKNOWN}
    outside = codes_there_are(strange) if strange else frozenset()
    return against_division(scheme, known, outside) if outside else refusals


def bodies_to_match(assessment: Assessment, document: Document, on: date) -> Matching:
    """The bodies of a scheme that are no organisation with a part in the assessment."""
    known = known_bodies(assessment, on)
    found = match(document, known)
    outside = codes_there_are(one.code for one in found.open) if found.open else frozenset()
    return match(document, known, outside) if outside else found


def codes_there_are(codes: Iterable[str]) -> frozenset[str]:
    """Those of them that are organisations, wherever they stand."""
    found = Organisation.objects.filter(code__in=list(codes))
    return frozenset(found.values_list("code", flat=True))


def with_a_scheme(assessment: Assessment) -> list[SchemeVersion]:
    """The scheme in force of each other assessment of the same office, to begin with."""
    found = SchemeVersion.objects.filter(
        assessment__office=assessment.office_id, state=SchemeState.ISSUED
    ).exclude(assessment=assessment.pk)
    return list(found.select_related("assessment").order_by("-assessment__starts")[:20])
