"""What the worker does by itself, and when. Each may be run twice, or die, without harm."""

from __future__ import annotations

import logging

from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued, UniqueViolation
from procrastinate.jobs import Job, Status

from steelyard.notices import actions, outbox, sweeps

log = logging.getLogger(__name__)

KEPT_HOURS = 24 * 30
"""So long a job that failed stays to be looked at."""


@app.periodic(cron="* * * * *")
@app.task(name="send_notices", queueing_lock="send_notices")
def send_notices(**_: int) -> None:
    """Every minute, and at once when someone is told of something."""
    now = timezone.now()
    outbox.doubt(now=now)
    outbox.pack(now=now)
    outbox.send(now=now)


@app.periodic(cron="*/10 * * * *")
@app.task(name="remind", queueing_lock="remind")
def remind(**_: int) -> None:
    """Every ten minutes; the rules say whether it is time, and whom it was told already."""
    actions.remind(now=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(name="sweep", queueing_lock="sweep")
def sweep(**_: int) -> None:
    """Every ten minutes, so that an office which began at any hour of an evening keeps what was due in it: what areas
    want swept up, say uploads that nothing refers to."""
    sweeps.sweep_all(timezone.now())


async def take_up_begun() -> None:
    """For a worker that begins and knows that no other lives: whatever is begun, nobody works on."""
    for job in await app.job_manager.list_jobs_async(status=Status.DOING.value):
        await _run_again(job)


@app.periodic(cron="* * * * *")
@app.task(name="take_up_stalled", queueing_lock="take_up_stalled")
async def take_up_stalled(**_: int) -> None:
    """Every minute: where several workers live, the jobs of one that died run again; each task here may."""
    for job in await app.job_manager.get_stalled_jobs():
        await _run_again(job)


@app.periodic(cron="*/5 * * * *")
@app.task(name="tidy", queueing_lock="tidy")
async def tidy(**_: int) -> None:
    """Old failures are let go."""
    await app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )


async def _run_again(job: Job) -> None:
    """Unless another of its kind, of which one is enough, has been asked for since: then that one will do."""
    try:
        await app.job_manager.retry_job(job)
    except UniqueViolation:
        log.info("stalled job %s is asked for again already", job.id)
        await app.job_manager.finish_job(job, status=Status.ABORTED, delete_job=True)


def wake() -> None:
    """Ask for the sender now. If one is asked for already, that one will do."""
    try:
        send_notices.defer()
    except AlreadyEnqueued:
        log.debug("the sender is called already")
