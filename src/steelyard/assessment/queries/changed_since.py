"""What has changed since somebody signed or decided: the scheme behind it, or the records under it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from steelyard.assessment.models import (
    Assessment,
    SchemeVersion,
    SheetVersion,
    Submission,
    Weighing,
)
from steelyard.assessment.queries.assessments import issued, newest_snapshot, scheme_of
from steelyard.assessment.queries.collection import questions_of
from steelyard.assessment.rules.amendments import differences
from steelyard.assessment.rules.drafting import find, listed
from steelyard.assessment.rules.states import SchemeState
from steelyard.kernel.bilingual import Text
from steelyard.supply.models import Snapshot

IN_FORCE = (SchemeState.ISSUED, SchemeState.REPLACED)


@dataclass(frozen=True, slots=True)
class AmendedSince:
    """The ``items`` of which the scheme says otherwise since a submission was signed, and the ``figures`` that are
    defined otherwise, each with the items that need it."""

    items: tuple[str, ...] = ()
    figures: tuple[tuple[Text, tuple[str, ...]], ...] = ()


def amended_since(found: Submission) -> AmendedSince:
    now = issued(found.assessment)
    if found.scheme_id is None or now is None or found.scheme_id == now.pk:
        return AmendedSince()
    then = SchemeVersion.objects.get(pk=found.scheme_id)
    items = tuple(one.code for one in differences(scheme_of(then), scheme_of(now)))
    return AmendedSince(items, tuple(_figures_amended(then, now, found.unit.code)))


def _figures_amended(
    then: SchemeVersion, now: SchemeVersion, unit: str
) -> Iterator[tuple[Text, tuple[str, ...]]]:
    """Of those that an item of the unit needs, in the order of the scheme in force."""
    needing = {
        code: tuple(
            q.item.code for q in questions_of(now, unit) if code in {i.code for i in q.inputs}
        )
        for code in scheme_of(now).inputs
    }
    for code, source in scheme_of(now).inputs.items():
        if needing[code] and _is_told_otherwise(then, now, code):
            yield (
                Text(source.title.zh or code, source.title.en or source.title.zh or code),
                needing[code],
            )


def figure_amended_since(assessment: Assessment, signed: SheetVersion | None, code: str) -> bool:
    """Whether the scheme says otherwise of a figure since its sheet was signed."""
    if signed is None:
        return False
    then, now = _in_force_at(assessment, signed.signed_at), issued(assessment)
    if then is None or now is None or then.pk == now.pk:
        return False
    return _is_told_otherwise(then, now, code)


def _is_told_otherwise(then: SchemeVersion, now: SchemeVersion, code: str) -> bool:
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
