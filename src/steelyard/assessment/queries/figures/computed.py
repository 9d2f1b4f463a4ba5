"""Which rows stand behind a figure that is computed from records, and who contests one of them?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from django.db.models import Q, QuerySet

from steelyard.assessment.models import Assessment, Objection, SchemeVersion
from steelyard.assessment.queries.assessments import issued, scheme_of, snapshot_that_counts
from steelyard.assessment.queries.collection import looked_after, objectors
from steelyard.kernel.faults import Faulty
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.records.listing import Listing, listing
from steelyard.supply.frozen import opened
from steelyard.supply.models import Snapshot


def rows_behind(
    snapshot: Snapshot, version: SchemeVersion, unit: str, input_code: str
) -> Listing | None:
    """The rows behind a figure of a unit, without what is personal; None if they cannot be listed.

    Raises:
        SnapshotMissing, SnapshotChanged: they are not there as they were frozen.
    """
    named = snapshot.folder, snapshot.identifier
    return _listed(*named, version.content_hash, version.pk, unit, input_code)


@lru_cache(maxsize=64)
def _listed(
    folder: str, identifier: str, content_hash: str, number: int, unit: str, input_code: str
) -> Listing | None:
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    try:
        with opened(folder, identifier) as records:
            return listing(scheme, records, unit, input_code)
    except Faulty:
        return None


def records_of(found: Listing) -> dict[str, tuple[object, ...]]:
    """Record → its row: rows without a name of their own are not contested one by one."""
    if "record" not in found.given:
        return {}
    place = found.headings.index("record")
    return {str(row[place]): row for row in (*found.rows, *found.earlier)}


def records_behind(assessment: Assessment, unit: str, input_code: str) -> dict[str, str]:
    """Record → the name of the delivery that it came with, "" if no single one."""
    snapshot, version = snapshot_that_counts(assessment), issued(assessment)
    if snapshot is None or version is None:
        return {}
    found = rows_behind(snapshot, version, unit, input_code)
    if found is None:
        return {}
    place = found.headings.index("delivery") if "delivery" in found.headings else None
    return {
        record: "" if place is None else str(row[place] or "")
        for record, row in records_of(found).items()
    }


# --- objections -----------------------------------------------------------------------------------


def objections_seen_by(held: Iterable[Held], on: date) -> QuerySet[Objection]:
    """Those of one's own unit, those to one's own records, and those of the assessments of one's office."""
    held = tuple(held)
    own = objectors(held, on) | reach(held, Action.SIGN_SUBMISSION, on)
    return Objection.objects.filter(
        Q(unit__in=own)
        | Q(body__in=reach(held, Action.ANSWER_OBJECTIONS, on))
        | Q(assessment__office__in=looked_after(held, on))
    ).select_related(
        "unit", "body", "raised_by", "answered_by", "assessment", "delivery", "asked__delivery",
        "correction",
    )  # fmt: skip


def open_by_record(assessment: Assessment, unit: int, input_code: str) -> Mapping[str, Objection]:
    """Record → its last objection, of one figure of a unit."""
    found = (
        Objection.objects.filter(assessment=assessment, unit=unit, input_code=input_code)
        .select_related("unit", "delivery", "asked__delivery", "correction")
        .order_by("pk")
    )
    return {one.record: one for one in found}
