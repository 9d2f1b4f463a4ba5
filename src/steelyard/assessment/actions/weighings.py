"""Freeze the records of an assessment into a snapshot, and weigh it in the background.

Asking is one transaction: what was collected becomes deliveries of the office, the snapshot is asked
for with them and with what bodies delivered, and the weighing is given to the worker. The worker may
be killed at any time and begins again, :data:`~steelyard.assessment.rules.weighings.MOST_ATTEMPTS` times;
a weighing is finished once, and whatever happens it ends.
"""

from __future__ import annotations

import io
import logging
import os
import tomllib
import zipfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.utils import timezone

from steelyard.assessment import results
from steelyard.assessment.actions.assessments import held_still
from steelyard.assessment.models import Assessment, SchemeVersion, Weighing
from steelyard.assessment.permissions import may_not
from steelyard.assessment.queries.assessments import division_of, issued, scheme_of
from steelyard.assessment.queries.forgery import forged_since
from steelyard.assessment.queries.frozen import load_collected
from steelyard.assessment.rules.frozen import TABLES, Row, rows_of
from steelyard.assessment.rules.states import WEIGHING, Stage, WeighingMove, WeighingState
from steelyard.assessment.rules.weighings import (
    DIED_TOO_OFTEN,
    FAILED,
    MOST_ATTEMPTS,
    against_another,
    while_weighing,
)
from steelyard.kernel.faults import Fault, Faulty
from steelyard.kernel.periods import Period
from steelyard.kernel.refusals import refuse_if_any
from steelyard.people.queries import load_held
from steelyard.people.rules.roles import Action
from steelyard.records.snapshot.snapshot import Snapshot as Frozen
from steelyard.scheme.model import Scheme
from steelyard.scheme.read import scheme_from_document
from steelyard.scheme.write import scheme_toml
from steelyard.supply.actions import snapshots
from steelyard.supply.actions.deliveries.own import Own, deliver_own
from steelyard.supply.checking import FAULTS_KEPT, as_json
from steelyard.supply.models import Snapshot
from steelyard.supply.queries import load_catalogue, load_listed
from steelyard.tables.write import csv_bytes
from steelyard.trail.acting import acting
from steelyard.weighing.result import Result

if TYPE_CHECKING:
    from steelyard.weighing.uncertainty.findings import HowSure

log = logging.getLogger(__name__)

REPLICATIONS = 10_000
_LOOK_SECONDS = 0.5
_NO_TIME = (1980, 1, 1, 0, 0, 0)
Tell = Callable[[int], None]
"""Told how many percent are done."""


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
    version, period = issued(found), Period(found.starts, found.ends)
    scheme, cut_off = scheme_of(version), found.cut_off or found.last_day
    rows = rows_of(load_collected(found, timezone.localdate(now)), scheme, division_of(version))
    deliver_own(
        office=found.office, of=period, cut_off=cut_off, among=TABLES, by=by, now=now,
        tables={table: _own(found, table, listed) for table, listed in rows.items()},
    )  # fmt: skip
    asked = snapshots.ask(
        office=found.office, starts=found.starts, ends=found.ends, cut_off=cut_off, by=by, now=now
    )
    there = {one.table_code for one in load_listed(asked)}
    refuse_if_any(while_weighing(rows, there))
    weighing = Weighing.objects.create(
        assessment=found, snapshot=asked, scheme=version, asked_by_id=by, asked_at=now,
        replications=REPLICATIONS if scheme.uncertainty else 0,
        seed=scheme.uncertainty.seed if scheme.uncertainty else 0,
    )  # fmt: skip
    from steelyard.assessment.tasks import weigh_frozen

    weigh_frozen.defer(weighing=weighing.pk)
    return weighing


def _own(found: Assessment, table: str, rows: list[Row]) -> Own:
    fields = load_catalogue().tables[table].fields
    columns = [one.code for one in fields if any(one.code in row for row in rows)]
    content = csv_bytes(columns, [[row.get(column, "") for column in columns] for row in rows])
    return Own(
        table=table, content=content, rows=len(rows), sample=found.sample,
        source=f"{found.title_zh} {found.title_en}".strip(),
    )  # fmt: skip


# --- the worker -----------------------------------------------------------------------------


def carry_out(*, weighing: int, now: Callable[[], datetime]) -> Weighing:
    """Freeze, weigh, replicate, keep. Done or refused already, it is left as it is.

    What nobody foresaw ends it too, and is told in the log: it never stands there running for ever.
    """
    asked = _begun(weighing)
    if asked is None:
        return Weighing.objects.get(pk=weighing)
    if asked.attempts > MOST_ATTEMPTS:
        return _ended(asked, WeighingMove.REFUSE, now(), faults=[as_json(DIED_TOO_OFTEN)])
    try:
        return _carried_out(asked, now)
    except Exception:
        log.exception("weighing %s failed", weighing)
        return _ended(asked, WeighingMove.REFUSE, now(), faults=[as_json(FAILED)])


def _carried_out(asked: Weighing, now: Callable[[], datetime]) -> Weighing:
    frozen = snapshots.carry_out(snapshot=asked.snapshot_id, by=asked.asked_by_id, now=now())
    if frozen.status != Snapshot.Status.FROZEN:
        return _ended(asked, WeighingMove.REFUSE, now(), faults=list(frozen.faults))
    tell = _teller(asked)
    tell(10)
    try:
        result = weighed(
            as_written(asked.scheme), frozen_of(frozen), asked.replications, asked.seed, tell
        )
    except Faulty as error:
        faults = list(map(as_json, _first(error.faults)))
        return _ended(asked, WeighingMove.REFUSE, now(), faults=faults)
    from steelyard.weighing.document import result_bytes

    tell(80)
    kept = results.keep(result_bytes(result))
    papers = {name: results.keep(content) for name, content in _papers(result)}
    return _ended(asked, WeighingMove.FINISH, now(), result_hash=kept, papers=papers)


def take_up_again(now: datetime) -> int:  # noqa: ARG001  (a sweep is told the hour)
    """Give those to the worker again that wait or run, and for which it has no job any more.

    A job whose worker died is run again by itself; this is for jobs that are lost or ended in a failure.
    """
    from procrastinate.contrib.django.models import ProcrastinateJob

    from steelyard.assessment.tasks import weigh_frozen

    alive = ProcrastinateJob.objects.filter(task_name="weigh_frozen", status__in=("todo", "doing"))
    known = {args.get("weighing") for args in alive.values_list("args", flat=True)}
    left = Weighing.objects.filter(state__in=(WeighingState.ASKED, WeighingState.RUNNING))
    lost = sorted(set(left.values_list("pk", flat=True)) - known)
    for number in lost:
        weigh_frozen.defer(weighing=number)
    return len(lost)


def as_written(version: SchemeVersion) -> Scheme:
    """The scheme as one reads it from its file: the database keeps no order of keys, the file does."""
    return scheme_from_document(tomllib.loads(scheme_toml(version.document), parse_float=str))


def frozen_of(snapshot: Snapshot) -> Frozen:
    """The folder of a snapshot, opened."""
    return Frozen.open(settings.ENVIRONMENT.home / "snapshots" / snapshot.folder)


def weighed(
    scheme: Scheme, snapshot: Frozen, replications: int, seed: int, tell: Tell = lambda _: None
) -> Result:
    """What ``steelyard weigh`` gives, with the replications that were asked for.

    Raises:
        Faulty: with every value that the scheme refuses.
    """
    from steelyard.records.tally.tally import tally
    from steelyard.weighing.weigh import weigh

    result = weigh(scheme, tally(scheme, snapshot))
    tell(30)
    if not replications:
        return result
    return replace(result, how_sure=_replicated(result, replications, seed, tell))


def _replicated(result: Result, replications: int, seed: int, tell: Tell) -> HowSure:
    """On all processors, while this thread, which has the database, tells how far it is."""
    from steelyard.weighing.uncertainty.how_sure import how_sure

    done = 0

    def note(so_far: int, _: int) -> None:
        nonlocal done
        done = so_far

    with ThreadPoolExecutor(1) as beside:
        work = beside.submit(
            how_sure, result, replications, seed=seed, threads=os.cpu_count() or 1, progress=note
        )
        while wait([work], timeout=_LOOK_SECONDS).not_done:
            tell(30 + 50 * done // replications)
        return work.result()


def _papers(result: Result) -> Iterable[tuple[str, bytes]]:
    """The report and the workbook in both languages, and all of it in one archive each."""
    from steelyard.papers.write import papers

    for lang in ("zh", "en"):
        written = papers(result, lang)
        yield f"report-{lang}.html", written["report.html"]
        yield f"result-{lang}.xlsx", written["result.xlsx"]
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
            for path, content in sorted(written.items()):
                package.writestr(zipfile.ZipInfo(path, _NO_TIME), content)
        yield f"papers-{lang}.zip", target.getvalue()


def _first(faults: Iterable[Fault]) -> list[Fault]:
    return list(faults)[:FAULTS_KEPT]


def _begun(weighing: int) -> Weighing | None:
    """The weighing, running; None if it ended before."""
    asked_by = Weighing.objects.values_list("asked_by", flat=True).get(pk=weighing)
    with acting("run_weighing", by=asked_by):
        found = _held(weighing)
        if WEIGHING.against(WeighingState(found.state), WeighingMove.RUN):
            return None
        found.state, found.progress = WeighingState.RUNNING, 0
        found.attempts += 1
        found.save()
        return found


def _held(weighing: int) -> Weighing:
    found = Weighing.objects.select_for_update(of=("self",))
    return found.select_related("assessment__office", "snapshot", "scheme").get(pk=weighing)


_STEP = 10
"""Progress is written down every so many percent: each is a row of the trail."""


def _teller(asked: Weighing) -> Tell:
    said = 0

    def tell(percent: int) -> None:
        nonlocal said
        if percent < said + _STEP:
            return
        said = percent
        with acting("run_weighing", by=asked.asked_by_id):
            Weighing.objects.filter(pk=asked.pk, state=WeighingState.RUNNING).update(
                progress=percent
            )

    return tell


def _ended(asked: Weighing, move: WeighingMove, now: datetime, **told: object) -> Weighing:
    with acting("end_weighing", by=asked.asked_by_id):
        found = _held(asked.pk)
        leads_to = WEIGHING.after(WeighingState(found.state), move)
        if leads_to is None:  # another worker was faster
            return found
        found.state, found.ended_at = leads_to, now
        found.progress = 100 if move is WeighingMove.FINISH else found.progress
        for name, value in told.items():
            setattr(found, name, value)
        found.save()
        return found
