"""The background worker: what it does by itself, how it stops, and how one sees that it lives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as office
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app

from steelyard.kernel.bilingual import same
from steelyard.notices import actions, sweeps, tasks
from steelyard.notices.models import Mail, Notice
from steelyard.notices.queries import load_pulse
from steelyard.notices.rules.texts import Kind
from steelyard.trail.acting import acting
from tests.notices.builders import account
from tests.notices.test_outbox import database_url

transactional = pytest.mark.django_db(transaction=True)


def told(number: int = 1) -> None:
    who = account()
    with acting("return_delivery"):
        actions.tell(
            Kind.DELIVERY_RETURNED, [who.pk], area="supply", object_id=number, path="/",
            words={"what": same("海关备案"), "reason": same("缺页")},
            once=f"delivery:{number}", now=timezone.now(),
        )  # fmt: skip


def waiting_jobs() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'todo' ORDER BY id")
        return [name for (name,) in cursor.fetchall()]


@pytest.fixture(autouse=True)
def nothing_of_earlier_workers(request: pytest.FixtureRequest) -> None:
    """The queue is no table of Django's: what a test leaves that kills its worker stays for the next."""
    marked = request.node.get_closest_marker("django_db")
    if marked is None:
        return
    request.getfixturevalue("transactional_db" if marked.kwargs.get("transaction") else "db")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs")
        cursor.execute("DELETE FROM procrastinate_workers")


def eventually(what: Callable[[], bool], seconds: float = 30) -> bool:
    pause = threading.Event()
    for _ in range(int(seconds * 10)):
        if what():
            return True
        pause.wait(0.1)
    return False


@pytest.fixture
def letters(tmp_path: Path) -> Path:
    return tmp_path / "letters"


@pytest.fixture
def work(tmp_path: Path, letters: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts workers on the tests' database, and ends those that still run."""
    (tmp_path / "told.py").write_text(
        "from steelyard.config.settings import *\n"
        "EMAIL_BACKEND = 'django.core.mail.backends.filebased.EmailBackend'\n"
        f"EMAIL_FILE_PATH = {str(letters)!r}\n"
    )
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "told",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), *filter(None, sys.path)]),
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(*arguments: str, before: tuple[str, ...] = ()) -> subprocess.Popen[bytes]:
        command = [*before, sys.executable, "-m", "django", "work", *arguments]
        started.append(subprocess.Popen(command, env=environment))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait(20)


def sent(letters: Path) -> int:
    found = list(letters.iterdir()) if letters.exists() else []
    return sum(each.read_text().count("Message-ID:") for each in found)


@transactional
def test_telling_many_calls_the_sender_once() -> None:
    told(1)
    told(2)
    assert waiting_jobs().count("send_notices") == 1  # others may wait beside it


@transactional
def test_telling_goes_well_even_if_the_queue_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> None:
        raise RuntimeError("no queue")

    monkeypatch.setattr(tasks, "wake", broken)
    told()
    assert Notice.objects.count() == 1


@transactional
def test_a_worker_sends_what_waits_and_stops(
    work: Callable[..., subprocess.Popen[bytes]], letters: Path
) -> None:
    told(1)
    told(2)
    assert work("--once").wait(60) == 0
    assert sent(letters) == 2
    assert list(Mail.objects.values_list("state", flat=True)) == ["sent", "sent"]


@transactional
def test_a_worker_that_waits_sends_at_once_shows_its_pulse_and_stops_when_asked(
    work: Callable[..., subprocess.Popen[bytes]], letters: Path
) -> None:
    process = work()
    assert eventually(lambda: load_pulse(timezone.now()).is_alive)
    told()
    assert eventually(lambda: sent(letters) == 1, 20)
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    assert load_pulse(timezone.now()).seen_at is None


@transactional
def test_after_the_database_ended_its_connections_the_worker_or_the_next_one_goes_on(
    work: Callable[..., subprocess.Popen[bytes]], letters: Path
) -> None:
    """It mends its connections, or ends with an error, and then `serve` starts another at once."""
    process = work()
    assert eventually(lambda: load_pulse(timezone.now()).is_alive)
    told(1)
    assert eventually(lambda: sent(letters) == 1, 20)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        assert cursor.fetchall()
    told(2)
    if not eventually(lambda: sent(letters) == 2, 20):
        assert process.poll() not in (None, 0)
        work()
    assert eventually(lambda: sent(letters) == 2, 20)
    states = Mail.objects.values_list("state", flat=True)
    assert eventually(lambda: list(states.all()) == ["sent", "sent"])  # noted a moment later


@transactional
def test_a_worker_whose_parent_was_killed_stops_by_itself(
    work: Callable[..., subprocess.Popen[bytes]], tmp_path: Path
) -> None:
    mark = tmp_path / "pid"
    parent = work("--child", before=("sh", "-c", f'"$@" & echo $! > {mark}; wait', "sh"))
    assert eventually(lambda: load_pulse(timezone.now()).is_alive)
    parent.kill()
    parent.wait(20)
    assert eventually(lambda: load_pulse(timezone.now()).seen_at is None, 20)
    assert mark.read_text().strip().isdecimal()


@pytest.mark.django_db
def test_a_job_of_a_worker_that_died_runs_again() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " VALUES ('default', 'remind', 'doing', %s)", [worker],
        )  # fmt: skip
    from asgiref.sync import async_to_sync

    async_to_sync(tasks.take_up_stalled.func)()
    assert waiting_jobs() == ["remind"]


@pytest.mark.django_db(transaction=True)
def test_a_stalled_job_that_is_asked_for_again_holds_up_no_other() -> None:
    from asgiref.sync import async_to_sync

    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
        )
        (worker,) = cursor.fetchone()
        for name, lock in (("remind", "remind"), ("sweep", None)):
            cursor.execute(
                "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, queueing_lock)"
                " VALUES ('default', %s, 'doing', %s, %s)", [name, worker, lock],
            )  # fmt: skip
    tasks.remind.defer()
    async_to_sync(tasks.take_up_stalled.func)()
    others = ["send_notices"]  # of a worker that an earlier test killed: it may ask a moment later
    assert sorted(name for name in waiting_jobs() if name not in others) == ["remind", "sweep"]


def begun_by_one_killed_just_now() -> None:
    """A job of a worker whose last sign of life is not old enough to be missed."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now()) RETURNING id"
        )
        (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id)"
            " VALUES ('default', 'remind', 'doing', %s)", [worker],
        )  # fmt: skip


def begun() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name FROM procrastinate_jobs WHERE status = 'doing'")
        return [name for (name,) in cursor.fetchall()]


@transactional
def test_a_worker_that_begins_alone_takes_up_at_once_what_a_killed_one_left(
    work: Callable[..., subprocess.Popen[bytes]],
) -> None:
    begun_by_one_killed_just_now()
    assert work("--once").wait(60) == 0
    assert "remind" not in begun()


@transactional
def test_a_worker_that_begins_beside_another_leaves_alone_what_is_begun(
    work: Callable[..., subprocess.Popen[bytes]],
) -> None:
    other = work()
    assert eventually(lambda: load_pulse(timezone.now()).is_alive)
    begun_by_one_killed_just_now()
    assert work("--once").wait(60) == 0
    assert "remind" in begun()
    other.kill()
    other.wait(20)
    assert work("--once").wait(60) == 0
    assert "remind" not in begun()


@pytest.mark.django_db
def test_the_pulse_tells_how_long_the_oldest_job_has_waited() -> None:
    now = timezone.now()
    assert load_pulse(now).waiting == 0
    tasks.remind.defer()
    Mail.objects.create(key="k", account=account(), created_at=now, next_at=now)
    pulse = load_pulse(now + timedelta(minutes=2))
    assert (pulse.is_alive, pulse.waiting, pulse.failed) == (False, 1, 0)
    assert 100 < pulse.oldest_seconds < 140
    assert dict(pulse.mails) == {"waiting": 1}


@pytest.mark.django_db
def test_the_metrics_tell_of_the_queue_and_of_mails_that_are_unsure() -> None:
    now = timezone.now()
    mail = Mail.objects.create(key="k", account=account(), created_at=now, next_at=now)
    for state in ("trying", "unsure"):
        Mail.objects.filter(pk=mail.pk).update(state=state)
    tasks.remind.defer()
    told = Client().get("/metrics").content.decode()
    assert 'steelyard_mails{state="unsure"} 1.0' in told
    assert 'steelyard_mails{state="given_up"} 0.0' in told
    assert "steelyard_jobs_waiting 1.0" in told
    assert "steelyard_worker_alive 0.0" in told


def test_each_task_that_runs_by_itself_is_called_once_at_a_time() -> None:
    periodic = {name for name, _ in app.periodic_registry.periodic_tasks}
    assert periodic >= {"send_notices", "remind", "sweep", "take_up_stalled", "tidy"}
    assert {app.tasks[name].queueing_lock for name in periodic} == periodic


def test_a_sweep_that_fails_keeps_no_other_from_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    swept = []

    def broken(now: object) -> None:
        raise RuntimeError("no disk")

    monkeypatch.setattr(sweeps, "_sweeps", {"one": broken, "two": swept.append})
    now = timezone.now()
    sweeps.sweep_all(now)
    assert swept == [now]


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", "notices", verbosity=0)


def test_the_queue_is_in_the_list_of_tables_that_leave_no_trace() -> None:
    from steelyard.trail.untraced import UNTRACED

    tables = {model._meta.db_table for model in _models_of("procrastinate")}
    assert tables <= set(UNTRACED)


def _models_of(label: str) -> list:
    from django.apps import apps

    return list(apps.get_app_config(label).get_models())


def test_in_a_demonstration_mails_are_printed() -> None:
    assert office.MAIL.backend.endswith("console.EmailBackend")
