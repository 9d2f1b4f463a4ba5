"""The worker: freeze, weigh, replicate, keep. It may die anywhere and begin again."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from steelyard.assessment import results
from steelyard.assessment.models import Weighing
from steelyard.assessment.rules.frozen.weighings import DIED_TOO_OFTEN, FAILED, MOST_ATTEMPTS
from steelyard.assessment.rules.states import WEIGHING, WeighingMove, WeighingState
from steelyard.assessment.telling.weighings import tell_of_the_end
from steelyard.assessment.weighing import Tell, as_written, weighed
from steelyard.files.store import NotAsKept
from steelyard.kernel.faults import Fault, Faulty
from steelyard.supply.actions import snapshots
from steelyard.supply.checking import FAULTS_KEPT, as_json
from steelyard.supply.frozen import opened
from steelyard.supply.models import Snapshot
from steelyard.trail.acting import acting

log = logging.getLogger(__name__)


def carry_out(*, weighing: int, now: Callable[[], datetime]) -> Weighing:
    """Freeze, weigh, replicate, keep. Done or refused already, it is left as it is.

    What nobody foresaw ends it too, and is told in the log: it never stands there running for ever.
    """
    asked = _begun(weighing)
    if asked is None:
        return Weighing.objects.get(pk=weighing)
    if asked.attempts > MOST_ATTEMPTS:
        return _refused(asked, [DIED_TOO_OFTEN], now())
    try:
        return _carried_out(asked, now)
    except Faulty as error:
        return _refused(asked, error.faults, now())
    except NotAsKept as error:
        log.error("weighing %s: %s", weighing, error)
        return _refused(asked, [error.fault], now())
    except Exception:
        log.exception("weighing %s failed", weighing)
        return _refused(asked, [FAILED], now())


def _carried_out(asked: Weighing, now: Callable[[], datetime]) -> Weighing:
    """
    Raises:
        Faulty: with every value that the scheme refuses.
    """
    frozen = snapshots.carry_out(snapshot=asked.snapshot_id, by=asked.asked_by_id, now=now())
    if frozen.status != Snapshot.Status.FROZEN:
        return _ended(asked, WeighingMove.REFUSE, now(), faults=list(frozen.faults))
    tell, scheme = _teller(asked), as_written(asked.scheme)
    tell(10)
    with opened(frozen.folder, frozen.identifier) as records:
        result = weighed(scheme, records, asked.replications, asked.seed, tell)
    tell(80)
    return _ended(
        asked, WeighingMove.FINISH, now(), result_hash=results.keep_result(result),
        papers=results.keep_papers(result),
    )  # fmt: skip


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


# --- the steps ------------------------------------------------------------------------------


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


def _refused(asked: Weighing, faults: Sequence[Fault], now: datetime) -> Weighing:
    """With its snapshot, if that is not frozen yet: whoever asks again asks for a new one, of what is
    mended by then."""
    snapshots.give_up(snapshot=asked.snapshot_id, faults=faults, by=asked.asked_by_id, now=now)
    told = [as_json(one) for one in faults[:FAULTS_KEPT]]
    return _ended(asked, WeighingMove.REFUSE, now, faults=told)


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
        tell_of_the_end(found, now)
        return found
