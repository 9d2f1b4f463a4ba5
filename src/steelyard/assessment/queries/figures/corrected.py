"""What will the records give, once the corrections are frozen that were accepted since?

Told beside what counts, and never instead of it: a correction counts from the next frozen records on.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache

from steelyard.assessment.models import Assessment, SchemeVersion
from steelyard.assessment.queries.assessments import scheme_of, snapshot_that_counts
from steelyard.assessment.queries.figures.counting import SNAPSHOTS_KEPT
from steelyard.assessment.queries.figures.missing_records.accepted import (
    indicators_for,
    load_accepted,
    tables_of,
)
from steelyard.kernel.faults import Faulty
from steelyard.records.snapshot.corrected import corrected
from steelyard.records.tally import tally
from steelyard.supply.frozen import opened
from steelyard.supply.models import Delivery, Snapshot
from steelyard.supply.rows import as_delivered
from steelyard.supply.rules.deliveries import Status
from steelyard.weighing.values import Cell, Values

Corrections = dict[str, Delivery]
"""A delivery in the newest frozen records → the accepted correction that the next ones take in its place."""


def load_accepted_since(assessment: Assessment, snapshot: Snapshot | None, on: date) -> Corrections:
    """None of a year that is frozen for good: there is no next."""
    if snapshot is None or not _are_any(snapshot):
        return {}
    listed = {one.pk: one for one in load_accepted(assessment, on).counted}
    frozen = set(snapshot.listed.values_list("delivery", flat=True))
    found = {}
    for one in listed.values():
        if one.status == Status.ACCEPTED and one.pk not in frozen:
            replaced = _first_frozen(one, listed, frozen)
            if replaced is not None:
                found[replaced.name] = one
    return found


def _are_any(snapshot: Snapshot) -> bool:
    """Asked first, since hardly ever there is one: whether any delivery in it was replaced since."""
    replaced = snapshot.deliveries.filter(status=Status.REPLACED, collection="")
    return replaced.exclude(corrections__in=snapshot.deliveries.values("pk")).exists()


def _first_frozen(
    one: Delivery, listed: dict[int, Delivery], frozen: Collection[int]
) -> Delivery | None:
    """What it corrects, or what that corrects, and so on: the first that is in the frozen records."""
    replaced = one.replaces
    while replaced is not None and replaced.pk not in frozen:
        before = listed.get(replaced.pk)
        replaced = before.replaces if before is not None else None
    return replaced


def load_as_corrected(
    assessment: Assessment, version: SchemeVersion, unit: str, on: date
) -> dict[str, Cell]:
    """Input → its figure of a unit with the corrections that were accepted since, of every input whose rows they
    replace. Nothing without such corrections, or if it cannot be counted."""
    snapshot = snapshot_that_counts(assessment)
    corrections = load_accepted_since(assessment, snapshot, on)
    if snapshot is None or not corrections:
        return {}
    touched = {one.table_code for one in corrections.values()}
    reading = [one for one in indicators_for(version) if touched & tables_of([one])]
    if not reading:
        return {}
    values, scheme = _values(snapshot, version, corrections), scheme_of(version)
    found = {one.code: values.cell(one.code, scheme.period_label, unit) for one in reading}
    return {code: cell for code, cell in found.items() if cell is not None}


def load_moved(
    assessment: Assessment, version: SchemeVersion, unit: str, now: Mapping[str, Cell], on: date
) -> dict[str, Cell]:
    """Of the same, those that are other than they are ``now``."""
    found = load_as_corrected(assessment, version, unit, on)
    return {
        code: one for code, one in found.items() if code in now and one.value != now[code].value
    }


def _values(snapshot: Snapshot, version: SchemeVersion, corrections: Corrections) -> Values:
    named = tuple(sorted((name, one.pk) for name, one in corrections.items()))
    return _counted(snapshot.folder, snapshot.identifier, version.content_hash, version.pk, named)


@lru_cache(maxsize=SNAPSHOTS_KEPT)
def _counted(
    folder: str,
    identifier: str,
    content_hash: str,
    number: int,
    corrections: tuple[tuple[str, int], ...],
) -> Values:
    """A frozen snapshot and what was accepted never change: counted once in a process."""
    scheme = scheme_of(SchemeVersion(pk=number, content_hash=content_hash))
    of = Delivery.objects.select_related("replaces").in_bulk([pk for _, pk in corrections])
    with as_delivered([of[pk] for _, pk in corrections]) as sent:
        instead = dict(zip([name for name, _ in corrections], sent, strict=True))
        try:
            with opened(folder, identifier) as frozen, corrected(frozen, instead) as found:
                return tally.supplied(scheme, found)
        except Faulty:
            return Values()
