"""Take a lead in, check it, conclude on it; open the seal of who told of it."""

from __future__ import annotations

import secrets
from datetime import date, datetime

from django.utils import timezone
from django.views.decorators.debug import sensitive_variables

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.informant_seal import seal, unseal
from steelyard.assessment.models import Informant, InformantRead, Lead, Visit
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import issued, units_of
from steelyard.assessment.queries.visits import items_of
from steelyard.assessment.rules import leads as rules
from steelyard.assessment.rules.leads import NOBODY, Channel, Told
from steelyard.assessment.rules.states import LEAD, LeadMove, LeadState, Stage, VisitState
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import A_CLICK, acting
from steelyard.trail.versions import refuse_if_changed

RECEIPT = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
TO_COME = (VisitState.PLANNED, VisitState.ANNOUNCED)


@sensitive_variables("text", "told", "sealed", "row")
def receive_lead(
    *, assessment: int, unit: int, channel: Channel, text: str, item: str = "", told: Told = NOBODY,
    by: int, now: datetime,
) -> Lead:  # fmt: skip
    """Take a lead in. Who told of it is sealed at once: whoever typed it cannot read it back.

    Raises:
        Refused: who asks may not; or what the rules say against it.
    """
    today = timezone.localdate(now)
    with acting("receive_lead", by=by):
        found = held_still(assessment)
        _refuse_unless(Action.HANDLE_LEADS, by, found.office_id, today)
        version = issued(found)
        units = {one.pk for one in units_of(version).values()} if version else {unit}
        refuse_if_any(
            rules.against_lead(
                text=text, item=item, items=items_of(found), is_assessed=unit in units,
                stage=Stage(found.stage),
            )
        )  # fmt: skip
        row = {
            "assessment": found, "office_id": found.office_id, "unit_id": unit, "item": item, "channel": channel,
            "text": text.strip(), "received_by_id": by,
        }  # fmt: skip
        lead = Lead.objects.filter(**row, received_at__gt=now - A_CLICK).last()
        lead = lead or Lead.objects.create(**row, receipt=a_receipt(), received_at=now)
        if told and not Informant.objects.filter(lead=lead).exists():
            Informant.objects.create(lead=lead, sealed=seal(told, lead.pk))
        return lead


def a_receipt() -> str:
    """What a caller may be told, and name again: drawn by chance, it tells neither day nor place."""
    return "-".join("".join(secrets.choice(RECEIPT) for _ in range(4)) for _ in range(3))


def check_lead(
    *, lead: int, visit: int | None = None, seen: int | None = None, by: int, now: datetime
) -> Lead:
    """Begin to check it, by a visit to the same unit if there is one.

    Raises:
        Refused: who asks may not; it is not new; the visit is to another unit.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    with acting("check_lead", by=by):
        found = held_lead(lead, by, now)
        refuse_if_changed(found, seen)
        refuse_if_any(_against(found, LeadMove.CHECK))
        refuse_if_any(_against_visit(found, visit))
        found.state, found.visit_id = LeadState.CHECKING, visit
        found.save()
        return found


def conclude_lead(
    *, lead: int, move: LeadMove, conclusion: str, seen: int | None = None, by: int, now: datetime
) -> Lead:
    """Confirm it, or close it as unfounded, with what came of it.

    Raises:
        Refused: who asks may not; it does not stand so; no conclusion is given; the visit by which it is
            checked is still to come.
        ChangedMeanwhile: somebody changed it since it had the version ``seen``.
    """
    with acting(f"{move}_lead", by=by):
        found = held_lead(lead, by, now)
        refuse_if_changed(found, seen)
        refuse_if_any(_against(found, move, conclusion))
        after = LEAD.after(LeadState(found.state), move)
        if after not in (LeadState.CONFIRMED, LeadState.UNFOUNDED):
            raise ValueError(f"{move} does not conclude")
        found.state, found.conclusion = after, conclusion.strip()
        found.concluded_by_id, found.concluded_at = by, now
        found.save()
        return found


@sensitive_variables()
def open_informant(*, lead: int, reason: str, by: int, now: datetime) -> Told:
    """Who told of a lead, for the head of the office; that it was opened is written down first.

    Raises:
        Refused: who asks may not; no reason is given; nobody is sealed there.
        SealBroken: it cannot be opened with the key of this office; nothing is written down.
    """
    today = timezone.localdate(now)
    with acting("open_informant", by=by):
        found = Lead.objects.get(pk=lead)
        _refuse_unless(Action.OPEN_INFORMANTS, by, found.office_id, today)
        refuse_if_any(rules.against_opening(reason))
        informant = Informant.objects.filter(lead=found).first()
        if informant is None:
            raise Refused([
                Refusal("nobody_sealed", Text("举报人没有留下信息", "who told of it left no name"))
            ])  # fmt: skip
        InformantRead.objects.create(informant=informant, by_id=by, at=now, reason=reason.strip())
        return unseal(bytes(informant.sealed), found.pk)


def held_lead(lead: int, by: int, now: datetime) -> Lead:
    """The row of a lead, locked until the transaction ends, if it is for this person."""
    found = Lead.objects.select_for_update(of=("self",)).get(pk=lead)
    _refuse_unless(Action.HANDLE_LEADS, by, found.office_id, timezone.localdate(now))
    return found


def _refuse_unless(action: Action, by: int, office: int, today: date) -> None:
    refuse_if_any(may_not(load_held(by, today), action, office, today))


def _against(lead: Lead, move: LeadMove, conclusion: str = "") -> tuple[Refusal, ...]:
    return rules.against_move(
        LeadState(lead.state), move, conclusion=conclusion,
        is_placed=lead.assessment_id is not None, waits_for=_visit_to_wait_for(lead),
    )  # fmt: skip


def _visit_to_wait_for(lead: Lead) -> date | None:
    """The day of the visit by which it is checked, while there is no report on it."""
    visit = Visit.objects.filter(pk=lead.visit_id, state__in=TO_COME).first()
    return visit.planned_on if visit else None


def _against_visit(lead: Lead, visit: int | None) -> tuple[Refusal, ...]:
    if visit is None:
        return ()
    same = {"assessment": lead.assessment_id, "unit": lead.unit_id}
    if Visit.objects.filter(pk=visit, **same).exists():
        return ()
    what = Text("这次检查不是对该单位的检查", "that visit is not to this unit")
    return (Refusal("visit_elsewhere", what, "visit"),)
