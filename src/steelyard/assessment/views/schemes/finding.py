"""Which version of the scheme is it, as far as it exists for whoever asks?"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import under_way
from steelyard.assessment.queries.schemes import versions_seen_by
from steelyard.assessment.rules.states import SCHEME, SchemeMove, SchemeState
from steelyard.assessment.views.finding import find_for
from steelyard.kernel.refusals import Refused
from steelyard.people.rules.roles import Action


def find_version(
    request: HttpRequest, found: Assessment, number: int | None
) -> SchemeVersion | None:
    """The version of a number; without one the version in hand, else the one in force.

    Raises:
        Http404: there is none of the number for this person.
    """
    seen = list(versions_seen_by(request.held, found, request.today))
    if number is None:
        drafted = [
            one for one in seen if one.state in ("draft", "out", "checked") and not one.based_on_id
        ]
        in_force = [one for one in seen if one.state == SchemeState.ISSUED]
        return next(iter(drafted + in_force + seen), None)
    one = next((one for one in seen if one.number == number), None)
    if one is None:
        raise Http404
    return one


def runs(request: HttpRequest, found: Assessment) -> bool:
    return not may_not(request.held, Action.RUN_ASSESSMENT, found.office_id, request.today)


def is_in_hand(version: SchemeVersion | None) -> bool:
    return version is not None and version.state == SchemeState.DRAFT


def find_draft(request: HttpRequest, code: str) -> tuple[Assessment, SchemeVersion]:
    """The draft, for whoever may change it.

    Raises:
        Http404: the assessment does not exist for this person, or there is no draft.
        NotAllowed: they see the assessment, and may not.
        Refused: what there is is a draft no longer.
    """
    found = find_for(request, code, Action.RUN_ASSESSMENT)
    version = under_way(found)
    if version is None:
        raise Http404
    refusals = SCHEME.against(SchemeState(version.state), SchemeMove.EDIT)
    if refusals:
        raise Refused(refusals)
    version.assessment = found
    return found, version
