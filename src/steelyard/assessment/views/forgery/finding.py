"""Which suspicions, and for whom?"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment, Suspicion
from steelyard.assessment.permissions import may_not, no_right_to
from steelyard.assessment.queries.assessments import (
    bodies_for,
    division_of,
    issued,
    scheme_of,
)
from steelyard.assessment.queries.forgery import suspicions_seen_by
from steelyard.assessment.queries.scoring import own_units
from steelyard.assessment.rules.forgery import own_unit
from steelyard.assessment.views.finding import find
from steelyard.kernel.bilingual import Text
from steelyard.people.rules.roles import Action
from steelyard.people.views.asking import NotAllowed


def find_suspicions(request: HttpRequest, code: str) -> tuple[Assessment, QuerySet[Suspicion]]:
    """The assessment, and those of its suspicions that exist for this person.

    Raises:
        Http404: none does, and this person raises and decides none here.
    """
    found = find(request, code)
    seen = suspicions_seen_by(request.held, found, request.today)
    if not sees_any(request, found) and not seen.exists():
        raise Http404
    return found, seen


def find_suspicion(request: HttpRequest, found: Assessment, number: int) -> Suspicion:
    one = suspicions_seen_by(request.held, found, request.today).filter(pk=number).first()
    if one is None:
        raise Http404
    return one


def titles_of(found: Assessment) -> Mapping[str, Text]:
    """The items of the scheme that was issued, by their code."""
    version = issued(found)
    return {code: one.title for code, one in scheme_of(version).item.items()} if version else {}


def sees_any(request: HttpRequest, found: Assessment) -> bool:
    """The office, whether there is one or not."""
    actions = (Action.RAISE_SUSPICION, Action.DECIDE_SUSPICION)
    return any(
        not may_not(request.held, action, found.office_id, request.today) for action in actions
    )


# --- who may not --------------------------------------------------------------------------------


def refuse_unless_raises(request: HttpRequest, found: Assessment, item: str) -> None:
    """
    Raises:
        NotAllowed: they are neither of the office nor of the body that scores the item.
    """
    version = issued(found)
    duties = division_of(version).duties if version else ()
    scored_by = {one.item.code: one.scoring_body for one in duties}
    body = bodies_for(found, request.today).get(scored_by.get(item, ""))
    towards = [found.office_id, *([body] if body else [])]
    if all(may_not(request.held, Action.RAISE_SUSPICION, one, request.today) for one in towards):
        raise NotAllowed([no_right_to(Action.RAISE_SUSPICION)])


def refuse_own_unit(request: HttpRequest, unit: int) -> None:
    """
    Raises:
        NotAllowed: they hold a role in the unit.
    """
    if own_units(request.held, [unit], request.today):
        raise NotAllowed([own_unit()])


def refuse_unless_theirs(
    request: HttpRequest, found: Assessment, one: Suspicion, action: Action
) -> None:
    refusals = may_not(request.held, action, found.office_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    if own_units(request.held, [one.unit_id], request.today):
        raise NotAllowed([own_unit()])
