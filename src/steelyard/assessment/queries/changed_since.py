"""What has changed since somebody signed or decided: the scheme behind it, or the records under it."""

from __future__ import annotations

from datetime import datetime

from steelyard.assessment.models import (
    Assessment,
    SchemeVersion,
    SheetVersion,
    Submission,
    Weighing,
)
from steelyard.assessment.queries.assessments import issued, newest_snapshot, scheme_of
from steelyard.assessment.rules.amendments import differences
from steelyard.assessment.rules.drafting import find, listed
from steelyard.assessment.rules.states import SchemeState
from steelyard.supply.models import Snapshot

IN_FORCE = (SchemeState.ISSUED, SchemeState.REPLACED)


def items_amended_since(found: Submission) -> tuple[str, ...]:
    """The items of which the scheme says otherwise since a submission was signed."""
    now = issued(found.assessment)
    if found.scheme_id is None or now is None or found.scheme_id == now.pk:
        return ()
    then = SchemeVersion.objects.get(pk=found.scheme_id)
    return tuple(one.code for one in differences(scheme_of(then), scheme_of(now)))


def figure_amended_since(assessment: Assessment, signed: SheetVersion | None, code: str) -> bool:
    """Whether the scheme says otherwise of a figure since its sheet was signed."""
    if signed is None:
        return False
    then, now = _in_force_at(assessment, signed.signed_at), issued(assessment)
    if then is None or now is None or then.pk == now.pk:
        return False
    was, said = (find(listed(one.document, "inputs"), code) for one in (then, now))
    return (was and was.told) != (said and said.told)


def _in_force_at(assessment: Assessment, at: datetime) -> SchemeVersion | None:
    issued_then = assessment.schemes.filter(state__in=IN_FORCE, issued_at__lte=at)
    return issued_then.order_by("-issued_at").first()


def frozen_since(found: Weighing) -> Snapshot | None:
    """Records of the same period that were frozen after those that were weighed."""
    newest = newest_snapshot(found.assessment)
    weighed = found.snapshot_id
    return newest if newest is not None and weighed is not None and newest.pk > weighed else None
