"""The worker is killed with the signal that nobody can catch, while it weighs: what happens then?"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from steelyard.assessment.actions.weighings import carry_out
from steelyard.assessment.models import Weighing
from steelyard.assessment.rules.states import WeighingState
from tests.assessment.frozen_year import frozen
from tests.assessment.year import Year
from tests.notices.test_outbox import database_url

pytestmark = pytest.mark.django_db(transaction=True)

SLOWLY = """
import sys, time, django
django.setup()
from django.utils import timezone
from steelyard.assessment.actions.weighings import carry_out, running
def weighed(*told):
    print("weighing", flush=True)
    time.sleep(60)
running.weighed = weighed
carry_out(weighing=int(sys.argv[1]), now=timezone.now)
"""


def test_killed_while_it_weighs_it_is_taken_up_again_and_gives_one_result(tmp_path: Path) -> None:
    weighing = frozen(Year())
    environment = {
        **os.environ, "DATABASE_URL": database_url(), "STEELYARD_HOME": str(settings.ENVIRONMENT.home),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
    }  # fmt: skip
    command = [sys.executable, "-c", SLOWLY, str(weighing.pk)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as worker:
        assert worker.stdout is not None
        began = worker.stdout.readline()
        worker.kill()
        assert (worker.wait(20), began) == (-9, b"weighing\n")
    weighing.refresh_from_db()
    assert (weighing.state, weighing.attempts, weighing.result_hash) == (
        WeighingState.RUNNING, 1, "",
    )  # fmt: skip
    started = time.monotonic()
    ended = carry_out(weighing=weighing.pk, now=timezone.now)
    assert (ended.state, ended.attempts) == (WeighingState.DONE, 2)
    assert Weighing.objects.exclude(result_hash="").count() == 1
    assert time.monotonic() - started < 60
