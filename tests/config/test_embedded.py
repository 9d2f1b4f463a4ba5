"""The embedded database, started by several who know nothing of each other."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from steelyard.config.database import embedded
from tests.config.offices import own_home


def test_of_those_who_start_it_for_the_first_time_at_once_each_has_it() -> None:
    with own_home() as home:
        starts = [started_after(home, seconds=0.2) for _ in range(8)]
        assert [start.communicate(timeout=120)[1] for start in starts] == [""] * 8
        assert embedded.address(home)


def started_after(home: Path, seconds: float) -> subprocess.Popen[str]:
    time.sleep(seconds)
    command = [sys.executable, "-m", "steelyard.config.database.embedded", str(home)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
