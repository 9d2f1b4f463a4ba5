"""Where the differences stand: the card on the page of the assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.states import DifferenceState
from steelyard.assessment.views.differences.finding import HAVE_THEM, seen_of, settles_here
from steelyard.assessment.views.part import Part


def differences_part(request: HttpRequest, found: Assessment) -> Part | None:
    if found.stage not in HAVE_THEM:
        return None
    states = list(seen_of(request, found).order_by().values_list("state", flat=True))
    settles = settles_here(request, found)
    if not states and not settles:
        return None
    still = states.count(DifferenceState.OPEN)
    said = _("%(open)s of %(all)s open") % {"open": still, "all": len(states)}
    url = reverse("assessment:differences", args=[found.code])
    return Part(_("Differences"), url, said, bool(still) and settles)
