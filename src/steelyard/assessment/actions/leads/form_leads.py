"""Take in what a citizen reported on the public form, once; assign it to an assessment if it is of none.

It goes to the only running assessment in which its unit is assessed; else it waits in the inbox of the
office above. Who reported it is sealed before anything is written.
"""

from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.actions.leads import held_lead
from steelyard.assessment.informant_seal import seal
from steelyard.assessment.models import Assessment, Informant, Lead
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.leads.form_leads import office_of, running_of
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules import leads as rules
from steelyard.assessment.rules.leads import Channel, Told
from steelyard.assessment.rules.states import LeadState, Stage
from steelyard.assessment.telling.leads import tell_of_lead
from steelyard.kernel.refusals import refuse_if_any
from steelyard.letterbox.leads import LeadLetter, read_letter
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

TAKING = 7_204_332
"""The number of an advisory lock: one lead is taken in at a time, so that none is twice."""


class NoOffice(ValueError):
    """There is no organisation that could handle it."""


@sensitive_variables()
def take_letter(content: bytes, now: datetime) -> bool:
    """Take in a lead that was carried in; False if it is there already.

    Raises:
        ValueError: it is none.
    """
    return take_lead(read_letter(content), now=now)


@sensitive_variables()
def take_lead(letter: LeadLetter, *, now: datetime) -> bool:
    """Take it in, seal who told it, tell those who handle leads; False if it is there already.

    Raises:
        NoOffice: nobody could handle it.
    """
    today = timezone.localdate(now)
    with acting("take_lead"):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TAKING])
        if Lead.objects.filter(receipt=letter.number).exists():
            return False
        unit = Organisation.objects.filter(code=letter.unit).first() if letter.unit else None
        running = running_of(unit) if unit else []
        found = running[0] if len(running) == 1 else None
        office = found.office_id if found else office_of(unit, running, today)
        if office is None:
            raise NoOffice("there is no office yet that handles leads")
        lead = Lead.objects.create(
            office_id=office, assessment=found, unit=unit, channel=Channel.FORM,
            item=_item_of(letter, found) if found else "",
            matter=letter.matter, text=letter.text, happened=letter.happened,
            place=letter.place if unit else f"{letter.unit} {letter.place}".strip(),
            receipt=letter.number, received_at=now,
        )  # fmt: skip
        told = Told(name=letter.name, contact=letter.contact)
        if told:
            Informant.objects.create(lead=lead, sealed=seal(told, lead.pk))
        tell_of_lead(lead, now=now)
    return True


def _item_of(letter: LeadLetter, found: Assessment) -> str:
    """The item that was chosen, if it is the same in this scheme: of the same code and of the same name.
    The form offers the items of what was published last."""
    title = items_of(found).get(letter.item)
    return letter.item if title and letter.matter.startswith(f"{letter.item} {title.zh}") else ""


def place_lead(
    *, lead: int, assessment: int, unit: int, item: str = "", seen: int | None = None, by: int,
    now: datetime,
) -> Lead:  # fmt: skip
    """Assign a lead of the inbox to an assessment of the same office.

    Raises:
        Refused: who asks may not; it is assigned or concluded already; the unit is not assessed there.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    with acting("place_lead", by=by):
        there = held_still(assessment)
        found = held_lead(lead, by, now)
        refuse_if_changed(found, seen)
        today = timezone.localdate(now)
        held = load_held(by, today)
        refuse_if_any(may_not(held, Action.HANDLE_LEADS, there.office_id, today))
        refuse_if_any(
            rules.against_placing(LeadState(found.state), is_placed=found.assessment_id is not None)
        )
        refuse_if_any(
            rules.against_lead(
                text=found.text, item=item, items=items_of(there), stage=Stage(there.stage),
                is_assessed=_is_assessed(there, unit) and found.unit_id in (None, unit),
                is_same_office=there.office_id == found.office_id,
            )
        )  # fmt: skip
        found.assessment, found.unit_id, found.item = there, unit, item
        found.save()
        return found


def _is_assessed(assessment: Assessment, unit: int) -> bool:
    version = issued(assessment)
    return version is not None and any(one.pk == unit for one in units_of(version).values())
