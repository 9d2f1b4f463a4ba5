"""What became of the records that were contested: their deliveries, the requests, the corrections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models.functions import Coalesce

from steelyard.assessment.models import Assessment, Objection
from steelyard.assessment.queries.assessments import issued, snapshot_that_counts
from steelyard.assessment.queries.figures.counting import figures_from_records
from steelyard.assessment.rules.collection.corrections import (
    Outcome,
    Traces,
    against_signing,
    outcome,
)
from steelyard.assessment.rules.states import ObjectionState
from steelyard.kernel.refusals import Refusal
from steelyard.notices.models import Deadline
from steelyard.supply.actions.requests import AREA, TASK
from steelyard.supply.models import Delivery
from steelyard.supply.queries import same_thing
from steelyard.supply.rows import left_as_they_were
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.requests import State

CORRECTED = (Status.SIGNED, Status.ACCEPTED, Status.REPLACED)


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of an objection. ``before``: the figure when it was upheld; ``after``: as it is counted
    with the correction, None as long as that is not frozen."""

    outcome: Outcome
    due: date | None = None
    delivery: Delivery | None = None
    before: str = ""
    after: str | None = None


def figure_behind(one: Objection) -> str:
    """What is counted today of the unit, "" if nothing is."""
    version = issued(one.assessment)
    found = figures_from_records(one.assessment, version) if version else {}
    return found.get((one.unit.code, one.input_code), "")


def standing_of(delivery: Delivery) -> Delivery | None:
    """The accepted delivery of the same thing: itself, or what replaced it since."""
    return same_thing(delivery).filter(status=Status.ACCEPTED).select_related("body").first()


def corrected_since(delivery: Delivery, record: str, since: datetime) -> Delivery | None:
    """The last correction of the same thing that was signed since then, held until the transaction ends;
    None if the record reads in it as before: it corrected something else."""
    found = (
        same_thing(delivery)
        .select_for_update(of=("self",))
        .filter(replaces__isnull=False, status__in=CORRECTED, signed_at__gte=since)
        .order_by("-signed_at", "-pk")
        .first()
    )
    if found is None or left_as_they_were(found, delivery, [record]):
        return None
    return found


def found_wrong_and_left(correction: Delivery) -> tuple[Refusal, ...]:
    """Which records that are to be corrected does a correction leave as they were?"""
    asked = Objection.objects.filter(
        state=ObjectionState.UPHELD, asked__state=State.OPEN,
        delivery__in=same_thing(correction).values("pk"),
    ).select_related("delivery")  # fmt: skip
    by_delivery: dict[Delivery, list[str]] = {}
    for one in asked.order_by("pk"):
        if one.delivery is not None:
            by_delivery.setdefault(one.delivery, []).append(one.record)
    left = (left_as_they_were(correction, before, those) for before, those in by_delivery.items())
    return against_signing(sorted({record for those in left for record in those}))


def load_corrections(
    assessment: Assessment, objections: Iterable[Objection], today: date
) -> dict[int, Correction]:
    """Objection → what became of it; of any number of them in as many questions."""
    found = _without_figures(assessment, list(objections), today)
    counted = [one for one in found if found[one].outcome is Outcome.COUNTED]
    version = issued(assessment) if counted else None
    figures = figures_from_records(assessment, version) if version else {}
    after = {one: figures.get((one.unit.code, one.input_code), "") for one in counted}
    return {one.pk: replace(told, after=after.get(one)) for one, told in found.items()}


def load_outcomes(
    assessment: Assessment, objections: Iterable[Objection], today: date
) -> list[Outcome]:
    """As :func:`load_corrections`, for whoever asks for no figure: no records are counted."""
    return [one.outcome for one in _without_figures(assessment, list(objections), today).values()]


def _without_figures(
    assessment: Assessment, listed: list[Objection], today: date
) -> dict[Objection, Correction]:
    upheld = [one for one in listed if one.state == ObjectionState.UPHELD]
    dues = _dues([one.asked_id for one in upheld if one.asked_id])
    corrected = any(one.asked_id or one.correction_id for one in upheld)
    snapshot = snapshot_that_counts(assessment) if corrected else None
    frozen = set(snapshot.listed.values_list("delivery", flat=True)) if snapshot else set()
    return {one: _correction(one, dues, frozen, today) for one in listed}


def _dues(requests: list[int]) -> dict[int, date]:
    rows = Deadline.objects.filter(area=AREA, task=TASK, object_id__in=requests).order_by("id")
    return dict(rows.values_list("object_id", "due")) if requests else {}


def _correction(one: Objection, dues: dict[int, date], frozen: set[int], today: date) -> Correction:
    asked = one.asked
    delivery = _signed((asked.delivery if asked else None) or one.correction)
    due = dues.get(asked.pk) if asked else None
    found = outcome(Traces(
        state=ObjectionState(one.state), is_delivered=one.delivery_id is not None,
        asked=State(asked.state) if asked else None, is_late=due is not None and due < today,
        correction=Status(delivery.status) if delivery else None,
        is_frozen=delivery is not None and delivery.pk in frozen,
    ))  # fmt: skip
    return Correction(found, due, delivery, one.figure)


def _signed(delivery: Delivery | None) -> Delivery | None:
    """A correction that was returned, or is signed no longer, corrects nothing."""
    return delivery if delivery is not None and delivery.status in CORRECTED else None


def not_frozen(assessment: Assessment) -> int:
    """How many upheld objections have a correction that was accepted and is in no frozen records yet."""
    snapshot = snapshot_that_counts(assessment)
    frozen = (
        snapshot.listed.values("delivery") if snapshot else Delivery.objects.none().values("pk")
    )
    corrected_by = Coalesce("asked__delivery", "correction")
    upheld = Objection.objects.filter(assessment=assessment, state=ObjectionState.UPHELD)
    accepted = Delivery.objects.filter(status__in=(Status.ACCEPTED, Status.REPLACED))
    found = upheld.annotate(by=corrected_by).filter(by__in=accepted.values("pk"))
    return found.exclude(by__in=frozen).count()


def to_correct_elsewhere(assessment: Assessment) -> int:
    """How many upheld objections are to records that came with no single delivery."""
    return Objection.objects.filter(
        assessment=assessment, state=ObjectionState.UPHELD, delivery=None
    ).count()
