"""Ask for a weighing: deliver what was collected, ask for its snapshot, give both to the worker."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, SchemeVersion, Weighing
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.forgery import forged_since
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.rules.frozen import Row, rows_of
from steelyard.assessment.rules.frozen.weighings import against_another
from steelyard.assessment.rules.states import Stage, WeighingState
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.supply.actions import snapshots
from steelyard.supply.actions.deliveries.collected import Collection, Rows, deliver_collected
from steelyard.supply.models import Snapshot
from steelyard.supply.queries import load_catalogue
from steelyard.tables.write import csv_bytes
from steelyard.trail.acting import acting

REPLICATIONS = 10_000


def freeze(found: Assessment, terms: object, by: int, now: datetime) -> None:  # noqa: ARG001
    """Freeze what the office and its bodies delivered, and what was collected and judged."""
    _ask(found, by, now)


def reopen(found: Assessment, terms: Any, by: int, now: datetime) -> None:
    """Part of the step back to scoring: the refused weighing stays as it was frozen, and says why it was
    not the last."""
    last = found.weighings.select_for_update().first()
    last.reopened_why, last.reopened_by_id, last.reopened_at = terms.reason.strip(), by, now
    last.save()


def ask_again(*, assessment: int, by: int, now: datetime, seen: int | None = None) -> Weighing:
    """Freeze and weigh anew: after a refusal, once what stood in the way is mended; and after material
    was found to be forged that the last weighing did not know of.

    ``seen``: the weighing that the person saw; if there is a later one, it is that.

    Raises:
        Refused: who asks may not, or with everything that stands against it.
    """
    today = timezone.localdate(now)
    with acting("ask_for_weighing", by=by):
        found = held_still(assessment)
        refuse_if_any(may_not(load_held(by, today), Action.RUN_ASSESSMENT, found.office_id, today))
        last = found.weighings.first()
        if last is not None and seen is not None and last.pk > seen:
            return last
        state = WeighingState(last.state) if last is not None else None
        is_forged = bool(last and forged_since(last))
        refuse_if_any(against_another(Stage(found.stage), state, forged_since=is_forged))
        return _ask(found, by, now)


def _ask(found: Assessment, by: int, now: datetime) -> Weighing:
    version, collection = issued(found), _collection_of(found)
    rows = rows_of(load_collected(found, now), scheme_of(version), division_of(version))
    tables = {table: _written(found, table, listed) for table, listed in rows.items()}
    deliver_collected(of=collection, tables=tables, by=by, now=now)
    asked = snapshots.ask(
        office=found.office, starts=found.starts, ends=found.ends, cut_off=collection.cut_off,
        collection=collection.name, by=by, now=now,
    )  # fmt: skip
    return _given_to_the_worker(found, version, asked, by, now)


def _collection_of(found: Assessment) -> Collection:
    """What it collects goes by its code, which no other assessment ever has."""
    return Collection(
        name=found.code, office=found.office, period=Period(found.starts, found.ends),
        cut_off=found.cut_off or found.last_day,
    )  # fmt: skip


def _written(found: Assessment, table: str, rows: list[Row]) -> Rows:
    fields = load_catalogue().tables[table].fields
    columns = [one.code for one in fields if any(one.code in row for row in rows)]
    content = csv_bytes(columns, [[row.get(column, "") for column in columns] for row in rows])
    return Rows(
        content=content, count=len(rows), sample=found.sample,
        source=f"{found.title_zh} {found.title_en}".strip(),
    )  # fmt: skip


def _given_to_the_worker(
    found: Assessment, version: SchemeVersion, snapshot: Snapshot, by: int, now: datetime
) -> Weighing:
    from steelyard.assessment.tasks import weigh_frozen

    varies = scheme_of(version).uncertainty
    weighing = Weighing.objects.create(
        assessment=found, snapshot=snapshot, scheme=version, asked_by_id=by, asked_at=now,
        replications=REPLICATIONS if varies else 0, seed=varies.seed if varies else 0,
    )  # fmt: skip
    weigh_frozen.defer(weighing=weighing.pk)
    return weighing
