"""Contest a record behind a figure; its source upholds or rejects that, with a reason."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, Objection
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import bodies_below, division_of, issued
from steelyard.assessment.queries.computed import records_behind
from steelyard.assessment.rules.division import Way
from steelyard.assessment.rules.objections import against_answering, against_raising
from steelyard.assessment.rules.states import (
    OBJECTION,
    ObjectionMove,
    ObjectionState,
    Stage,
)
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.notices.actions import tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

AREA = "assessment"


def contest(
    *, assessment: int, unit: Organisation, input_code: str, record: str, text: str, by: int,
    now: datetime,
) -> Objection:  # fmt: skip
    """Say that a record behind a figure of one's own unit is wrong. Said again by the same person
    while it is open, it is the first.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    today = timezone.localdate(now)
    refuse_if_any(may_not(load_held(by, today) or (), Action.FILL_ITEMS, unit.pk, today))
    looked = Assessment.objects.get(pk=assessment)
    behind = records_behind(looked, unit.code, input_code)  # it takes long: before the lock
    with acting("contest_record", by=by):
        found = held_still(assessment)
        there = Objection.objects.filter(
            assessment=found, unit=unit, input_code=input_code, record=record,
            state=ObjectionState.OPEN,
        ).first()  # fmt: skip
        if there is not None and (there.raised_by_id, there.text) == (by, text.strip()):
            return there
        version = issued(found)
        divided = division_of(version) if version else None
        is_computed = divided is not None and divided.way.get(input_code) is Way.RECORDS
        refuse_if_any(
            against_raising(
                stage=Stage(found.stage), text=text, is_computed=is_computed,
                is_there=record in behind, is_open=there is not None,
            )
        )  # fmt: skip
        bodies = bodies_below(found.office, today)
        body = bodies.get(divided.body[input_code]) if divided else None
        return Objection.objects.create(
            assessment=found, unit=unit, body_id=body or found.office_id, input_code=input_code,
            record=record, text=text.strip(), raised_by_id=by, raised_at=now,
        )  # fmt: skip


def answer_objection(
    *, objection: int, move: ObjectionMove, reason: str, seen: int | None = None, by: int,
    now: datetime,
) -> Objection:  # fmt: skip
    """Uphold or reject an objection, as the body whose record it is, with a reason. The record is then
    mended by a correction of its delivery, where it was delivered.

    Raises:
        Refused: who asks may not, it is answered, or there is no reason.
        ChangedMeanwhile: it was answered since it was seen.
    """
    today = timezone.localdate(now)
    with acting(f"{move}_objection", by=by):
        row = Objection.objects.select_for_update(of=("self",)).get(pk=objection)
        held = load_held(by, today) or ()
        refuse_if_any(may_not(held, Action.ANSWER_OBJECTIONS, row.body_id, today))
        refuse_if_changed(row, seen, answer=reason.strip())
        refuse_if_any(OBJECTION.against(ObjectionState(row.state), move))
        refuse_if_any(against_answering(reason))
        leads_to = OBJECTION.after(ObjectionState(row.state), move)
        if leads_to is None:
            raise Refused([Refusal("wrong_state", Text("不能这样做", "this does not happen"))])
        row.state, row.answer = leads_to, reason.strip()
        row.answered_by_id, row.answered_at = by, now
        row.save()
        row.version += 1
        _tell_answered(row, now)
        return row


def _tell_answered(row: Objection, now: datetime) -> None:
    today = timezone.localdate(now)
    words = {"what": same(row.record), "answer": OBJECTION.states[ObjectionState(row.state)]}
    tell(
        Kind.OBJECTION_ANSWERED, who_may(Action.FILL_ITEMS, row.unit_id, today), area=AREA,
        object_id=row.pk, path=reverse("assessment:objection", args=[row.assessment.code, row.pk]),
        words=words, once=f"objection:{row.pk}:{row.state}", now=now,
    )  # fmt: skip
