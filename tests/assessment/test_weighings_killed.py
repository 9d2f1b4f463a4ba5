"""The worker is killed with the signal that nobody can catch, while it weighs: what happens then?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.db import connection

from steelyard.assessment.models import Weighing
from steelyard.assessment.rules.states import WeighingState
from tests.assessment.frozen_year import frozen
from tests.assessment.year import Year
from tests.notices.test_outbox import database_url

pytestmark = pytest.mark.django_db(transaction=True)

SLOWLY = """
import time, django
django.setup()
from django.core.management import call_command
from steelyard.assessment.actions.weighings import running
def weighed(*told):
    print("weighing", flush=True)
    time.sleep(60)
running.weighed = weighed
call_command("work")
"""


@pytest.fixture(autouse=True)
def leaves_nothing_in_the_queue(transactional_db: None) -> Iterator[None]:
    """The queue is no table of Django's: the killed worker and its jobs would stay for other tests."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")


def environment() -> dict[str, str]:
    return {
        **os.environ, "DATABASE_URL": database_url(), "STEELYARD_HOME": str(settings.ENVIRONMENT.home),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }  # fmt: skip


def ended(weighing: Weighing, seconds: float) -> bool:
    pause = threading.Event()
    for _ in range(int(seconds * 10)):
        weighing.refresh_from_db()
        if weighing.ended_at:
            return True
        pause.wait(0.1)
    return False


def test_killed_while_it_weighs_it_is_taken_up_by_the_next_worker_and_gives_one_result() -> None:
    """Long before the dead worker's sign of life is missed, which takes half a minute."""
    weighing = frozen(Year())
    slowly = [sys.executable, "-c", SLOWLY]
    with subprocess.Popen(slowly, env=environment(), stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        began = worker.stdout.readline()
        worker.kill()
        assert (worker.wait(20), began) == (-9, b"weighing\n")
    weighing.refresh_from_db()
    assert (weighing.state, weighing.attempts, weighing.result_hash) == (
        WeighingState.RUNNING, 1, "",
    )  # fmt: skip
    command = [sys.executable, "-m", "django", "work"]
    with subprocess.Popen(command, env=environment()) as worker:
        done = ended(weighing, 25)
        worker.kill()
    assert (done, weighing.state, weighing.attempts) == (True, WeighingState.DONE, 2)
    assert Weighing.objects.exclude(result_hash="").count() == 1
