"""What of upheld objections waits for the office: accepted corrections to freeze, records to correct elsewhere.

What a body has to correct waits for it with its day, as the deadline of a request; a signed correction
waits for the office among the deliveries.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.collection.corrections import not_frozen, to_correct_elsewhere
from steelyard.assessment.rules.states import ObjectionState
from steelyard.assessment.rules.supplied.limits import WHEN
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_corrections(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    offices = reach(held, Action.RUN_ASSESSMENT, today)
    if not offices:
        return []
    found = Assessment.objects.filter(
        office__in=offices, stage__in=sorted(WHEN), objections__state=ObjectionState.UPHELD
    )
    return [line for one in found.distinct().order_by("pk")[:MOST] for line in _of(one)]


def _of(found: Assessment) -> Iterator[Waiting]:
    told = {"assessment": say(found.title)}
    if count := not_frozen(found):
        said = _("Freeze the records anew, with accepted corrections (%(count)s): %(assessment)s")
        yield Waiting(said % (told | {"count": count}), reverse("supply:snapshots"), None, AREA)
    if count := to_correct_elsewhere(found):
        said = _("Have records corrected that came with no delivery (%(count)s): %(assessment)s")
        url = reverse("assessment:objections", args=[found.code])
        yield Waiting(said % (told | {"count": count}), url, None, AREA)
