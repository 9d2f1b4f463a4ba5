"""The parts of an assessment, as cards on its page: each for those who have something to do there.

A part announces itself here with a function that answers for one assessment and one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest

from steelyard.assessment.models import Assessment
from steelyard.assessment.views.collection.card import submissions_part
from steelyard.assessment.views.part import Part
from steelyard.assessment.views.schemes.part import scheme_part
from steelyard.assessment.views.visits_card import leads_part, visits_part

Ask = Callable[[HttpRequest, Assessment], Part | None]

PARTS: tuple[Ask, ...] = (
    scheme_part,
    submissions_part,
    visits_part,
    leads_part,
)
"""In the order of the work."""


def parts_for(request: HttpRequest, found: Assessment) -> Iterator[Part]:
    for ask in PARTS:
        part = ask(request, found)
        if part is not None:
            yield part
