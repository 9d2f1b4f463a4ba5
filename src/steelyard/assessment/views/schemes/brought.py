"""What stands against an amendment under way, and what it brings with it, for those of the office."""

from __future__ import annotations

from django.http import HttpRequest

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.schemes.amendments import checked_amendment
from steelyard.assessment.queries.schemes.comments import is_insider
from steelyard.assessment.rules.states import SchemeState
from steelyard.look.language import say


def brought_by(
    request: HttpRequest, found: Assessment, version: SchemeVersion
) -> dict[str, object]:
    """As the template of the same name asks for it; empty of what is no amendment, is in force already, or is for
    others to see."""
    is_under_way = version.state in (SchemeState.DRAFT, SchemeState.CHECKED)
    if not version.based_on_id or not is_under_way:
        return {}
    if not is_insider(request.held, found, request.today):
        return {}
    checked = checked_amendment(found, version, request.today)
    if checked.scheme is None:
        return {}
    return {
        "refused": [say(one.text) for one in checked.refusals],
        "brought": [say(one) for one in checked.brought.said(checked.scheme)],
        "weighs": True,
    }
