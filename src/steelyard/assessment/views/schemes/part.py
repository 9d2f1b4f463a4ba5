"""The scheme as a card on the page of its assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from steelyard.assessment.models import Assessment
from steelyard.assessment.rules.states import SCHEME, SchemeState
from steelyard.assessment.views.part import Part
from steelyard.assessment.views.schemes.finding import find_version
from steelyard.assessment.waiting.schemes import waiting_schemes
from steelyard.look.language import say


def scheme_part(request: HttpRequest, found: Assessment) -> Part | None:
    url = reverse("assessment:scheme", args=[found.code])
    version = find_version(request, found, None)
    title = pgettext("of an assessment", "Scheme")
    if version is None:
        return Part(title, url, _("There is nothing to see yet"))
    said = _("version %(number)s: %(state)s") % {
        "number": version.number, "state": say(SCHEME.states[SchemeState(version.state)]),
    }  # fmt: skip
    waiting = waiting_schemes(request.user.pk, request.held, request.today)
    waits = any(f"/{found.code}/" in one.url for one in waiting)
    return Part(title, url, said, waits=waits)
