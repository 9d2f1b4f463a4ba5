"""The parts of an assessment, as cards on its page: each for those who have something to do there.

A part announces itself here with a function that answers for one assessment and one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest

from steelyard.assessment.models import Assessment
from steelyard.assessment.views.visits_card import leads_part, visits_part


@dataclass(frozen=True, slots=True)
class Part:
    """A card: its title, where it leads, what is said of it in a line (how much is open)."""

    title: str
    url: str
    said: str = ""
    waits: bool = False


Ask = Callable[[HttpRequest, Assessment], Part | None]

PARTS: tuple[Ask, ...] = (visits_part, leads_part)
"""In the order of the work."""


def parts_for(request: HttpRequest, found: Assessment) -> Iterator[Part]:
    for ask in PARTS:
        part = ask(request, found)
        if part is not None:
            yield part
