"""Which comment, on which draft, and for whom does a person speak?"""

from __future__ import annotations

from django.http import Http404, HttpRequest

from steelyard.assessment.models import Assessment, Comment, SchemeVersion
from steelyard.assessment.queries.assessments import bodies_for, under_way
from steelyard.assessment.queries.schemes.comments import (
    comments_seen_by,
    organisations_that_comment,
)
from steelyard.assessment.rules.states import SchemeState
from steelyard.people.models import Organisation


def find_comment(request: HttpRequest, found: Assessment, number: int) -> Comment:
    comment = comments_seen_by(request.held, found, request.today).filter(pk=number).first()
    if comment is None:
        raise Http404
    return comment


def scheme_out(found: Assessment) -> SchemeVersion | None:
    """The draft that is out for comments, if one is."""
    version = under_way(found)
    return version if version is not None and version.state == SchemeState.OUT else None


def organisations_spoken_for(request: HttpRequest, found: Assessment) -> list[Organisation]:
    """Those that were asked and for which this person may comment."""
    below = bodies_for(found, request.today).values()
    return list(organisations_that_comment(request.held, below, request.today))
