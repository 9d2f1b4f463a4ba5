"""A part of the office is started again, given up, and stopped."""

from __future__ import annotations

import os
import subprocess
import sys

import psutil
import pytest

from steelyard.config.serving.children import IS_LINUX, RESTARTS, Child, Command, EndedTooOften
from tests.config.offices import wait_for


def child(code: str, grace: float = 10) -> Child:
    made = Child(Command("part", ("-c", code), grace), dict(os.environ))
    made.start()
    return made


def test_a_part_that_ends_again_and_again_is_given_up() -> None:
    ends_at_once = child("raise SystemExit(3)")
    seen: list[int] = []

    def watch() -> None:
        while len(seen) <= RESTARTS:
            ends_at_once.process.wait(30)
            seen.append(ends_at_once.restart_if_ended(clock=lambda: len(seen)))

    with pytest.raises(EndedTooOften) as caught:
        watch()
    assert seen == [3] * RESTARTS
    assert caught.value.status == 3


def test_a_part_that_ends_now_and_then_is_started_each_time() -> None:
    part = child("pass")
    for hour in range(RESTARTS + 3):
        part.process.wait(30)
        assert part.restart_if_ended(clock=lambda hour=hour: hour * 3600.0) == 0
    part.stop()


def test_a_part_that_lives_is_left_alone() -> None:
    part = child("import time; time.sleep(60)")
    assert part.restart_if_ended() is None
    part.stop()
    assert part.process.returncode == -15


def test_a_part_that_does_not_listen_is_killed_with_all_it_started(tmp_path) -> None:
    note = tmp_path / "pids"
    part = child(
        "import os, signal, time\n"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        "other = os.fork()\n"
        f"if other: open({str(note)!r}, 'w').write(str(other))\n"
        "time.sleep(60)",
        grace=0.2,
    )
    wait_for(lambda: note.exists() and note.read_text())
    other = psutil.Process(int(note.read_text()))
    part.stop()
    assert part.process.returncode == -9
    wait_for(lambda: not other.is_running() or other.status() == psutil.STATUS_ZOMBIE)


@pytest.mark.skipif(not IS_LINUX, reason="only Linux tells a process of its parent's death")
def test_a_part_ends_when_the_office_is_killed() -> None:
    office = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import os, time\n"
            "from steelyard.config.serving.children import spawn\n"
            "print(spawn(('-c', 'import time; time.sleep(60)'), os.environ).pid, flush=True)\n"
            "time.sleep(60)",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    with office:
        part = psutil.Process(int(office.stdout.readline()))
        office.kill()
    wait_for(lambda: not part.is_running() or part.status() == psutil.STATUS_ZOMBIE)
