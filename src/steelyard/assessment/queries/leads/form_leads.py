"""To which assessment does a lead from the form belong, and if to none, to which office?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import QuerySet

from steelyard.assessment.models import Assessment, Lead
from steelyard.assessment.permissions.visits import offices_whose_leads
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.rules.leads import RUNNING
from steelyard.assessment.rules.states import Stage
from steelyard.people.models import Holding, Organisation
from steelyard.people.queries import load_above, load_below, on_day
from steelyard.people.rules.reach import Held
from steelyard.people.rules.roles import Action, Role, may


def running_of(unit: Organisation) -> list[Assessment]:
    """The running assessments in which a unit is assessed."""
    found = Assessment.objects.filter(stage__in=RUNNING).select_related("office").order_by("pk")
    return [one for one in found if unit.code in _codes_of(one)]


def _codes_of(assessment: Assessment) -> set[str]:
    version = issued(assessment)
    return set(units_of(version)) if version else set()


def office_of(unit: Organisation | None, running: Sequence[Assessment], today: date) -> int | None:
    """The office in whose inbox a lead waits: the highest of those that assess the unit; else the highest
    that handles leads. Never the unit itself, nor one below it, if there is any other.
    """
    own = load_below(unit.pk, today) if unit else frozenset[int]()
    above = load_above([unit.pk], today) if unit else frozenset[int]()
    assess, handle = {one.office_id for one in running}, _handling(today)
    for some in (assess - own, handle & above - own, handle - own, handle):
        if some:
            return min(some, key=lambda one: (-len(load_below(one, today)), one))
    return Organisation.objects.order_by("pk").values_list("pk", flat=True).first()


def _handling(today: date) -> set[int]:
    """The organisations in which somebody handles leads today."""
    roles = [role.value for role in Role if may(role, Action.HANDLE_LEADS)]
    held = Holding.objects.filter(on_day(today), role__in=roles, account__is_active=True)
    return set(held.values_list("organisation_id", flat=True))


def inbox_seen_by(held: Iterable[Held], on: date) -> QuerySet[Lead]:
    """The leads of no assessment that exist for a person."""
    return Lead.objects.filter(
        assessment__isnull=True, office__in=offices_whose_leads(held, on)
    ).select_related("unit", "office", "received_by", "concluded_by", "informant")


def may_belong_to(lead: Lead) -> QuerySet[Assessment]:
    """The assessments that a lead may be assigned to: of its office, with a scheme in force."""
    stages = (*RUNNING, Stage.FROZEN)
    return Assessment.objects.filter(office=lead.office_id, stage__in=stages).order_by("-starts")
