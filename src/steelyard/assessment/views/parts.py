"""The parts of an assessment, as cards on its page: each for those who have something to do there.

A part announces itself here with a function that answers for one assessment and one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest

from steelyard.assessment.models import Assessment
from steelyard.assessment.views.collection.part import objections_part, submissions_part
from steelyard.assessment.views.differences.part import differences_part
from steelyard.assessment.views.forgery.part import suspicions_part
from steelyard.assessment.views.leads.part import leads_part
from steelyard.assessment.views.missing import missing_part
from steelyard.assessment.views.papers.part import papers_part
from steelyard.assessment.views.part import Part
from steelyard.assessment.views.reviews.part import review_part
from steelyard.assessment.views.schemes.part import scheme_part
from steelyard.assessment.views.scoring.part import scoring_part, side_by_side_part
from steelyard.assessment.views.standing import standing_part
from steelyard.assessment.views.supplied.part import sheets_part
from steelyard.assessment.views.visits.part import visits_part
from steelyard.assessment.views.weighings import weighings_part

Ask = Callable[[HttpRequest, Assessment], Part | None]

PARTS: tuple[Ask, ...] = (
    scheme_part,
    submissions_part,
    sheets_part,
    missing_part,
    differences_part,
    scoring_part,
    objections_part,
    review_part,
    visits_part,
    leads_part,
    suspicions_part,
    side_by_side_part,
    weighings_part,
    papers_part,
    standing_part,
)
"""In the order of the work."""


def parts_for(request: HttpRequest, found: Assessment) -> Iterator[Part]:
    for ask in PARTS:
        part = ask(request, found)
        if part is not None:
            yield part
