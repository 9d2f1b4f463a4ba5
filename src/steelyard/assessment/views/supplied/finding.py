"""The sheet that an address means, for those for whom it exists."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment, Sheet
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.supplied import (
    sheets_seen_by,
    with_days,
)
from steelyard.people.rules.reach import may_towards
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import (
    NotAllowed,
)


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
