"""``work``: the background worker, as `steelyard serve` starts it. Stops gracefully on SIGTERM."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from procrastinate.contrib.django import app

from steelyard.notices.living import living
from steelyard.notices.parent import PARENT

GRACEFUL_SECONDS = 25.0
"""So long a job may go on after the worker was asked to stop: longer than mail may take."""


class Command(BaseCommand):
    help = "Run the background worker: send notices, remind, sweep."
    requires_system_checks = ()
    """They look at the code, which a start does not change, and would load every page for it."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what waits, then stop")
        parser.add_argument("--child", action="store_true", help="stop when our parent is gone")

    def handle(self, *_: Any, once: bool, child: bool, **__: Any) -> None:
        gc.freeze()  # what is loaded stays: else all of it is looked through when the worker ends
        if child:
            threading.Thread(target=_stop_with, args=(_parent(),), daemon=True).start()
        with app.replace_connector(app.connector.get_worker_connector()):
            asyncio.run(_run(once=once))


async def _run(*, once: bool) -> None:
    from steelyard.notices.tasks import take_up_begun

    async with app.open_async(), living(take_up_begun):
        await app.run_worker_async(
            wait=not once,
            name="office",
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACEFUL_SECONDS,
        )


def _parent() -> int:
    """Who started us. Asked too late it is another already: whoever spawned us has left its number."""
    return int(os.environ.get(PARENT) or os.getppid())


def _stop_with(parent: int, every_seconds: float = 1.0) -> None:
    """A parent that was killed cannot tell us; an orphan has another parent."""
    pause = threading.Event()
    while os.getppid() == parent:
        pause.wait(every_seconds)
    os.kill(os.getpid(), signal.SIGTERM)
