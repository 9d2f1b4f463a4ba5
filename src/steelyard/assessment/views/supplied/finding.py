"""The sheet that an address means, for those for whom it exists."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import bodies_for, division_of, issued
from steelyard.assessment.queries.collection import looked_after
from steelyard.assessment.queries.supplied import (
    sheets_seen_by,
    with_days,
)
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.views.finding import find
from steelyard.people.rules.reach import may_towards, reach
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed


def find_sheet(request: HttpRequest, found: Assessment, number: int) -> Sheet:
    seen = with_days(sheets_seen_by(request.held, request.today))
    one = seen.filter(assessment=found, pk=number).first()
    if one is None:
        raise Http404
    return one


def is_own(request: HttpRequest, one: Sheet) -> bool:
    return may_towards(request.held, Action.SUPPLY_FIGURES, one.body_id, request.today)


def refuse_unless_own(request: HttpRequest, one: Sheet) -> None:
    """
    Raises:
        NotAllowed: it is another body's.
    """
    refusals = may_not(request.held, Action.SUPPLY_FIGURES, one.body_id, request.today)
    if refusals:
        raise NotAllowed(refusals)


def find_sheets(request: HttpRequest, code: str) -> tuple[Assessment, QuerySet[Sheet]]:
    """The assessment, and those of its sheets that exist for this person.

    Raises:
        Http404: none does, and none may come.
    """
    found = find(request, code)
    seen = sheets_seen_by(request.held, request.today).filter(assessment=found)
    if not (_waits_for_sheets(request, found) or seen.exists()):
        raise Http404
    return found, seen


def _waits_for_sheets(request: HttpRequest, found: Assessment) -> bool:
    """Whether a sheet may come that exists for this person: of the office, or of a body of which the scheme
    wants one; before one is issued, of any body that supplies."""
    if found.office_id in looked_after(request.held, request.today):
        return True
    bodies, version = reach(request.held, Action.SUPPLY_FIGURES, request.today), issued(found)
    if version is None or not bodies:
        return bool(bodies)
    divided, named = division_of(version), bodies_for(found, request.today)
    return any(named.get(divided.body[code]) in bodies for code in divided.inputs(Way.SHEET))
