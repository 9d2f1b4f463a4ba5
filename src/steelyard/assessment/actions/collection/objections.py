"""Contest a record behind a figure; its source upholds or rejects that, with a reason."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, Objection
from steelyard.assessment.permissions import may_not
from steelyard.assessment.permissions.collection import may_not_answer
from steelyard.assessment.queries.assessments import bodies_for, division_of, issued
from steelyard.assessment.queries.collection.corrections import (
    corrected_since,
    figure_behind,
    standing_of,
)
from steelyard.assessment.queries.figures.computed import records_behind
from steelyard.assessment.rules.collection.objections import against_answering, against_raising
from steelyard.assessment.rules.schemes.division import Way
from steelyard.assessment.rules.states import (
    OBJECTION,
    ObjectionMove,
    ObjectionState,
    Stage,
)
from steelyard.kernel.bilingual import Text, same
from steelyard.kernel.refusals import Refusal, Refused, refuse_if_any
from steelyard.notices.actions import end_deadline, start_deadline, tell
from steelyard.notices.queries import who_may
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Organisation
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action, Role
from steelyard.supply.actions.requests import ask_to_correct
from steelyard.supply.models import Delivery
from steelyard.supply.rules.deliveries import Status
from steelyard.trail.acting import acting
from steelyard.trail.versions import refuse_if_changed

AREA, TASK = "assessment", "answer"
"""Under which a source has its deadline to answer an objection."""

DAYS_TO_ANSWER = 5
"""Working days: the record is there, and one looks it up."""


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
        named = divided.body[input_code] if divided else ""
        source, delivery = _source_of(found, behind.get(record), named, today)
        raised = Objection.objects.create(
            assessment=found, unit=unit, body_id=source, input_code=input_code, record=record,
            delivery=delivery, text=text.strip(), raised_by_id=by, raised_at=now,
        )  # fmt: skip
        start_clock(raised=raised, by=by, now=now)
        return raised


def _source_of(
    found: Assessment, name: str | None, body: str, today: date
) -> tuple[int, Delivery | None]:
    """Who answers for a record: whoever delivered it, else the body that the scheme names, else the office."""
    bodies = bodies_for(found, today)
    delivery = Delivery.objects.filter(name=name or None, body__in=bodies.values()).first()
    if delivery is not None:
        return delivery.body_id, delivery
    return bodies.get(body) or found.office_id, None


def start_clock(*, raised: Objection, by: int, now: datetime) -> None:
    """The body has its days to answer, or the office for which it waits."""
    name = raised.unit.name
    role = _answers(raised, timezone.localdate(now))
    start_deadline(
        area=AREA, object_id=raised.pk, task=TASK,
        what=Text(
            f"答复{name.zh}对记录{raised.record}的异议",
            f"Answer the objection of {name.say('en')} to {raised.record}",
        ),
        path=reverse("assessment:objection", args=[raised.assessment.code, raised.pk]),
        organisation=raised.body_id, role=role, working_days=DAYS_TO_ANSWER, by=by, now=now,
    )  # fmt: skip


def _answers(raised: Objection, today: date) -> Role:
    """Who at the source answers. A figure that nobody supplies, and a record of the office's own where
    nobody supplies for it, wait for those who run the assessment."""
    if raised.body_id != raised.assessment.office_id:
        return Role.SUPPLYING_BODY
    supplies = raised.delivery is not None and who_may(
        Action.ANSWER_OBJECTIONS, raised.body_id, today
    )
    return Role.SUPPLYING_BODY if supplies else Role.ASSESSING_OFFICE


def answer_objection(
    *, objection: int, move: ObjectionMove, reason: str, seen: int | None = None, by: int,
    now: datetime,
) -> Objection:  # fmt: skip
    """Uphold or reject an objection, as the body whose record it is or the office, with a reason. Upheld, the body is
    asked to correct the delivery that the record came with, unless it did so meanwhile.

    Raises:
        Refused: who asks may not, it is answered, or there is no reason.
        ChangedMeanwhile: it was answered since it was seen.
    """
    today = timezone.localdate(now)
    figure = figure_behind(Objection.objects.get(pk=objection))  # it may take long: before the lock
    with acting(f"{move}_objection", by=by):
        row = (
            Objection.objects.select_for_update(of=("self",))
            .select_related("assessment", "delivery")
            .get(pk=objection)
        )
        held = load_held(by, today) or ()
        refuse_if_any(may_not_answer(held, row.body_id, row.assessment.office_id, today))
        refuse_if_changed(row, seen, answer=reason.strip())
        refuse_if_any(OBJECTION.against(ObjectionState(row.state), move))
        refuse_if_any(against_answering(reason))
        leads_to = OBJECTION.after(ObjectionState(row.state), move)
        if leads_to is None:
            raise Refused([Refusal("wrong_state", Text("不能这样做", "this does not happen"))])
        row.state, row.answer = leads_to, reason.strip()
        row.answered_by_id, row.answered_at = by, now
        if leads_to is ObjectionState.UPHELD:
            row.figure = figure
            _correct_at_its_source(row, by, now)
        row.save()
        row.version += 1
        end_deadline(area=AREA, object_id=row.pk, task=TASK, by=by, now=now)
        _tell_answered(row, now)
        return row


def _correct_at_its_source(row: Objection, by: int, now: datetime) -> None:
    """A correction of this record that was signed since it was contested meets what is asked for; returned, or
    no longer signed, it is owed by a day as if none had been."""
    if row.delivery is None:
        return
    row.correction = corrected_since(row.delivery, row.record, row.raised_at)
    standing = standing_of(row.delivery)
    if standing is None or (row.correction and row.correction.status != Status.SIGNED):
        return
    note = f"数据异议成立 / objection upheld: {row.record}\n{row.answer}"
    row.asked = ask_to_correct(standing, note=note, by=by, now=now, met_by=row.correction)


def _tell_answered(row: Objection, now: datetime) -> None:
    today = timezone.localdate(now)
    words = {"what": same(row.record), "answer": OBJECTION.states[ObjectionState(row.state)]}
    tell(
        Kind.OBJECTION_ANSWERED, who_may(Action.FILL_ITEMS, row.unit_id, today), area=AREA,
        object_id=row.pk, path=reverse("assessment:objection", args=[row.assessment.code, row.pk]),
        words=words, once=f"objection:{row.pk}:{row.state}", now=now,
    )  # fmt: skip
