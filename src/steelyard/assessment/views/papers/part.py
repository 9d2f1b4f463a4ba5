"""Papers on the page of an assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.papers.seen import COLLECTED
from steelyard.assessment.views.papers.taken import asker
from steelyard.assessment.views.part import Part


def papers_part(request: HttpRequest, found: Assessment) -> Part | None:
    """For the office from the start; for others once the collection is open: then there is the notice."""
    if found.stage not in COLLECTED and not asker(request).runs(found):
        return None
    said = _("notice, sheets and letters, as Word and Excel")
    return Part(_("Papers"), reverse("assessment:papers", args=[found.code]), said)
