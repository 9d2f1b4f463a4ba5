"""The card of the file review on the page of the assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries import reviews as queries
from steelyard.assessment.rules.reviews.draws import DRAWS_IN
from steelyard.assessment.views.part import Part
from steelyard.assessment.views.reviews.seen import eyes_of


def review_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For the office while files may be drawn; for units and reviewers once theirs are."""
    eyes = eyes_of(request, found)
    draws = queries.draws_seen(eyes, found).count()
    if not draws and not (eyes.everything and found.stage in DRAWS_IN):
        return None
    waiting = queries.waiting_for_reviewer(request.user.pk)
    n = waiting.filter(file__draw__assessment=found).count()
    said = _("To review: %(n)s") % {"n": n} if n else _("Draws: %(n)s") % {"n": draws}
    url = reverse("assessment:reviews", args=[found.code])
    return Part(_("File review"), url, said, bool(n))
