"""Supplied figures on the page of an assessment."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.supplied import sheets_seen_by
from steelyard.assessment.rules.states import SheetState
from steelyard.assessment.rules.supplied.limits import WHEN
from steelyard.assessment.views.part import Part
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action


def sheets_part(request: HttpRequest, found: Assessment) -> Part | None:
    seen = sheets_seen_by(request.held, request.today).filter(assessment=found)
    told = list(seen.values_list("state", "body"))
    if not told:
        return None
    own = reach(request.held, Action.SUPPLY_FIGURES, request.today)
    signed = sum(state == SheetState.SIGNED for state, _body in told)
    said = _("%(signed)s of %(all)s signed") % {"signed": signed, "all": len(told)}
    waits = found.stage in WHEN and any(
        body in own and state != SheetState.SIGNED for state, body in told
    )
    url = reverse("assessment:sheets", args=[found.code])
    return Part(_("Supplied figures"), url, said, waits)
