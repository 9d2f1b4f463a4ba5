"""How long does whoever starts the office wait, when it was prepared before?"""

from __future__ import annotations

import atexit
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from bench.measure import Case

_READY = "Steelyard serves at"


def cases() -> Iterator[Case]:
    yield Case(
        name="steelyard serve, a second time: from start to first answer, and to a stop in order",
        ours=start_and_stop,
        limit_seconds=5,
        runs=5,
        note="the warm-up run is the first start, with migrations and sample region",
    )


def start_and_stop() -> None:
    """Start it on a home of its own, wait until it says that it answers, ask it to stop."""
    asked = [sys.executable, "-m", "steelyard", "serve", "--home", str(_home()), "--lang", "en"]
    told = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    with subprocess.Popen(asked, env=told, stdout=subprocess.PIPE, text=True) as office:
        assert office.stdout is not None
        for line in office.stdout:
            if line.startswith(_READY):
                office.send_signal(signal.SIGINT)
    if office.returncode:
        raise RuntimeError("the office did not start")


@cache
def _home() -> Path:
    home = Path(tempfile.mkdtemp(prefix="steelyard-bench-office-"))
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    return home
