"""Forged material on the page of an assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.forgery import suspicions_seen_by
from steelyard.assessment.rules.states import SuspicionState
from steelyard.assessment.views.forgery.finding import sees_any
from steelyard.assessment.views.forgery.one import OPEN
from steelyard.assessment.views.part import Part


def suspicions_part(request: HttpRequest, found: Assessment) -> Part | None:
    """On the assessment's page, ever after, for those who may see them."""
    states = list(
        suspicions_seen_by(request.held, found, request.today)
        .order_by()
        .values_list("state", flat=True)
    )
    if not states:
        return None
    is_open = sum(state in OPEN for state in states)
    forged = states.count(SuspicionState.CONFIRMED)
    said = _("undecided: %(open)d; found to be forged: %(forged)d") % {
        "open": is_open, "forged": forged,
    }  # fmt: skip
    url = reverse("assessment:suspicions", args=[found.code])
    return Part(_("Forged material"), url, said, bool(is_open) and sees_any(request, found))
