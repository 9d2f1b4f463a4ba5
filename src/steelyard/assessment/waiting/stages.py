"""What of the assessment itself waits for its office: from the cut-off day on its freeze, and the steps before."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from steelyard.assessment.models import Assessment
from steelyard.assessment.queries.stages import load_state
from steelyard.assessment.rules.frozen.cut_off import BEFORE_THE_FREEZE, LEADS_ON
from steelyard.assessment.rules.stages import Asked, against
from steelyard.assessment.rules.states import ASSESSMENT, Stage, StageMove
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting

MOST = 50
AREA = gettext_lazy("Assessments")


def waiting_freezes(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    offices = reach(held, Action.RUN_ASSESSMENT, today)
    if not offices:
        return []
    come = Assessment.objects.filter(
        office__in=offices, stage__in=BEFORE_THE_FREEZE, cut_off__lte=today
    ).order_by("cut_off", "pk")
    return [
        Waiting(title, reverse("assessment:assessment", args=[one.code]), one.cut_off, AREA)
        for one in come[:MOST]
        if (title := _next(one, today))
    ]


def _next(found: Assessment, today: date) -> str:
    """What the office is to do; empty while the step that comes before the freeze is not possible yet.

    Records may be cut off while the collection is still running: then nothing is late.
    """
    move = LEADS_ON[Stage(found.stage)]
    told = {"assessment": say(found.title), "move": say(ASSESSMENT.moves[move])}
    if move is StageMove.FREEZE:
        return _("The cut-off has come, to be frozen: %(assessment)s") % told
    if against(load_state(found, today), Asked(move=move, on=today)):
        return ""
    return _("The cut-off has come, next is “%(move)s”: %(assessment)s") % told
