"""Say what an office is called on its papers."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from steelyard.assessment.models import Letterhead
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.papers.letterheads import letterheads_of
from steelyard.assessment.rules.papers.letterheads import Named, against_letterhead, against_seen
from steelyard.kernel.names import against_names
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting


def set_letterhead(
    *, office: int, wanted: Named, seen: int, by: int, now: datetime
) -> Letterhead:  # fmt: skip
    """From now on its papers bear this name; the earlier ones stay. The same again gives the one that is there.

    Raises:
        Refused: who asks may not, somebody changed it since, or it cannot be a name.
    """
    with acting("set_letterhead", by=by):
        Organisation.objects.select_for_update().get(pk=office)
        today = timezone.localdate(now)
        refuse_if_any(may_not(load_held(by, today) or (), Action.RUN_ASSESSMENT, office, today))
        there = letterheads_of(office).first()
        if there is not None and _is(there, wanted):
            return there
        number = there.number if there else 0
        refuse_if_any(against_seen(seen=seen, newest=number))
        names = against_names(name_zh=wanted.name_zh, name_en=wanted.name_en, code=wanted.code)
        refuse_if_any((*against_letterhead(wanted), *names))
        return Letterhead.objects.create(
            office_id=office, number=number + 1, name_zh=wanted.name_zh, name_en=wanted.name_en,
            code=wanted.code, made_by_id=by, made_at=now,
        )  # fmt: skip


def _is(there: Letterhead, wanted: Named) -> bool:
    return Named(there.name_zh, there.name_en, there.code) == wanted
