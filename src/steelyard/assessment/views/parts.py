"""The parts of an assessment, as cards on its page: each for those who have something to do there.

A part announces itself here with a function that answers for one assessment and one person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries import reviews
from steelyard.assessment.rules.draws import DRAWS_IN


@dataclass(frozen=True, slots=True)
class Part:
    """A card: its title, where it leads, what is said of it in a line (how much is open)."""

    title: str
    url: str
    said: str = ""
    waits: bool = False


Ask = Callable[[HttpRequest, Assessment], Part | None]


def file_review(request: HttpRequest, found: Assessment) -> Part | None:
    """For the office while files may be drawn; for units and reviewers once theirs are."""
    eyes = reviews.sight(request.held, request.user.pk, found, request.today)
    draws = reviews.draws_seen(eyes, found).count()
    if not draws and not (eyes.everything and found.stage in DRAWS_IN):
        return None
    waiting = reviews.waiting_for_reviewer(request.user.pk)
    n = waiting.filter(file__draw__assessment=found).count()
    said = _("To review: %(n)s") % {"n": n} if n else _("Draws: %(n)s") % {"n": draws}
    url = reverse("assessment:reviews", args=[found.code])
    return Part(_("File review"), url, said, bool(n))


PARTS: tuple[Ask, ...] = (file_review,)
"""In the order of the work."""


def parts_for(request: HttpRequest, found: Assessment) -> Iterator[Part]:
    for ask in PARTS:
        part = ask(request, found)
        if part is not None:
            yield part
