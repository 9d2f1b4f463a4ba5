"""The settings of gunicorn, our web server: threads, and a process a core."""

from __future__ import annotations

import os

from steelyard.config.database.address import POOL
from steelyard.config.outside.web_server import *  # noqa: F403

threads = POOL["max_size"]
"""As many as there are connections for them, so that none waits for one."""


def child_exit(_server: object, worker: object) -> None:
    """The counts of a worker that ended stay; what it was doing does not."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess

        multiprocess.mark_process_dead(worker.pid)
