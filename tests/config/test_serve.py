"""The office starts, stops and survives: tried on real processes."""

from __future__ import annotations

import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import psycopg
import pytest

from steelyard.config import production
from steelyard.config.database import embedded
from steelyard.config.database.address import POOL
from steelyard.config.environment import SECRETS
from tests.config.offices import Office, wait_for

open_url = build_opener(ProxyHandler({})).open


@pytest.fixture
def office() -> Iterator[Office]:
    office = Office()
    yield office
    office.end()


@dataclass(frozen=True)
class Begun:
    """An office that was started from nothing, served, and was stopped: what it said and what was left alive."""

    office: Office
    port: int
    address: str
    ended: int
    alive: list[str]


@pytest.fixture(scope="module")
def begun() -> Iterator[Begun]:
    """Once: a first start takes a minute. The tests of what comes after go on from copies of its home."""
    office, port = Office(), free_port()
    try:
        address = office.start("--port", str(port))
        wait_for(lambda: is_well(address))
        ended = office.interrupt()
        yield Begun(office, port, address, ended, office.alive())
    finally:
        office.end()


@pytest.fixture
def settled(begun: Begun) -> Iterator[Office]:
    """An office that was started before, and does not run."""
    office = begun.office.going_on()
    yield office
    office.end()


@pytest.fixture
def port() -> int:
    return free_port()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def is_well(address: str) -> bool:
    try:
        with open_url(f"{address}/health/", timeout=10) as answer:
            return json.load(answer) == {"database": True, "worker": True}
    except HTTPError as refused:
        refused.close()
        return False
    except TimeoutError:  # a busy machine has not answered yet
        return False


def reads_a_session(address: str) -> bool:
    """Whether a web process reaches the database over its own connections."""
    request = Request(f"{address}/account/login/", headers={"Cookie": f"sessionid={'x' * 32}"})
    with open_url(request, timeout=60) as answer:
        return answer.status == 200


def write_rows(office: Office, numbers: range) -> None:
    """Rows that the database has acknowledged."""
    with psycopg.connect(embedded.address(office.home), autocommit=True) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS acknowledged (number int)")
        for number in numbers:
            connection.execute("INSERT INTO acknowledged VALUES (%s)", (number,))


def rows_there(office: Office) -> list[int]:
    with psycopg.connect(embedded.address(office.home)) as connection:
        rows = connection.execute("SELECT number FROM acknowledged ORDER BY 1").fetchall()
    return [number for (number,) in rows]


def test_an_office_starts_serves_and_stops(begun: Begun) -> None:
    assert begun.address == f"http://127.0.0.1:{begun.port}"
    assert begun.office.said().count("steelyard-demo") == 1
    assert "city_officer        unit officer @ Jiangmen" in begun.office.said()
    assert begun.ended == 0
    assert begun.office.said().endswith("stopping…\nStopped.\n")
    assert begun.alive == []


def test_an_office_starts_again(settled: Office, port: int) -> None:
    office = settled
    before = time.monotonic()
    address = office.start("--port", str(port))
    took = time.monotonic() - before
    assert "steelyard-demo" not in office.said()
    assert took < 30, "a second start takes two seconds; a busy machine is forgiven much"
    wait_for(lambda: is_well(address))

    second = office.run("serve", "--port", str(port))
    assert (second.returncode, second.stdout) == (2, "")
    assert second.stderr == f"The office runs already: {address}\n"

    assert office.interrupt(signal.SIGTERM) == 0
    assert office.alive() == []

    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()
        address = office.start("--port", str(port))
        assert address != f"http://127.0.0.1:{port}"
        assert f"Port {port} is taken; using {address.rpartition(':')[2]}." in office.said()

    # What production says of this database, which runs: who may sign in with a known password?
    told = {"DATABASE_URL": embedded.address(office.home), "STEELYARD_HOSTS": "ip.example.org"}
    refused = office.run("serve", "--production", **told)
    assert refused.returncode == 2
    assert "production needs STEELYARD_SECRET_KEY" in refused.stderr
    assert "administrator, assessing_office, assessing_office_440700" in refused.stderr
    assert "auditor, city_head" in refused.stderr
    assert "city_officer, city_officer_440100" in refused.stderr
    assert "clerk" in refused.stderr


def test_whatever_is_killed_nothing_acknowledged_is_lost(settled: Office, port: int) -> None:
    office = settled
    address = office.start("--port", str(port))
    write_rows(office, range(50))

    assert all(reads_a_session(address) for _ in range(20))
    office.web().kill()
    wait_for(lambda: "Process web ended (-9); started again." in office.said())
    wait_for(lambda: is_well(address))

    office.worker().kill()
    wait_for(lambda: "Process worker ended (-9); started again." in office.said())

    office.postmaster().kill()
    wait_for(lambda: "The database has ended; starting it again." in office.said())
    wait_for(lambda: is_well(address))
    assert all(reads_a_session(address) for _ in range(20))
    assert rows_there(office) == list(range(50))
    write_rows(office, range(50, 60))

    before, database = (office.web(), office.worker()), office.postmaster()
    office.kill()
    assert office.start("--port", str(port)) == address
    assert not any(one.is_running() for one in before), "what the killed office left was stopped"
    assert office.postmaster() == database, "its database was adopted"
    wait_for(lambda: is_well(address))
    assert rows_there(office) == list(range(60))

    every = [office.web(), office.worker(), office.postmaster()]
    office.kill()
    for process in every:
        process.kill()
    office.start("--port", str(port))
    wait_for(lambda: is_well(address))
    assert rows_there(office) == list(range(60))
    assert office.interrupt() == 0
    assert office.alive() == []


WRITTEN_BY_THE_WORKER = ("procrastinate_", "notices_notice", "notices_mail", "trail_entry")
"""Its queue, whom it reminds at nine in the morning, what it packs, and the trail of that."""


def all_rows(home: Path) -> dict[str, object]:
    """How many rows each table has, and which triggers stand guard, by table and name.

    The worker goes on in both offices: not of what it writes by itself.
    """
    with psycopg.connect(embedded.address(home)) as connection:
        tables = connection.execute(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        ).fetchall()
        guards = connection.execute(
            "SELECT tgrelid::regclass::text, tgname, tgenabled FROM pg_trigger"
            " WHERE NOT tgisinternal ORDER BY 1, 2"
        ).fetchall()
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()
            for (table,) in tables
            if not table.startswith(WRITTEN_BY_THE_WORKER)
        }
    return {**counts, "triggers": guards}


def notices(home: Path) -> int:
    with psycopg.connect(embedded.address(home)) as connection:
        ((number,),) = connection.execute("SELECT count(*) FROM notices_notice").fetchall()
    return int(number)


OLD_ENTRY = """
    INSERT INTO trail_entry (id, table_name, row_id, verb, after, action, request, at)
    VALUES (0, 'people_account', 1, 'update', '{"id": 1}', '', '', now() - interval '2 days')
"""


def seal_of_a_day_that_is_over(office: Office) -> str:
    """Written as only a superuser can, who is not the office; and sealed."""
    with psycopg.connect(embedded.address(office.home)) as connection:
        connection.execute("SET LOCAL session_replication_role = replica")
        connection.execute(OLD_ENTRY)
    sealed = office.run("trail", "seal")
    assert "sha256:" in sealed.stdout, sealed.stderr
    return sealed.stdout.split()[-1]


def test_a_whole_office_is_backed_up_while_it_serves_and_lives_on_elsewhere(
    settled: Office, port: int
) -> None:
    office = settled
    address, file = office.start("--port", str(port)), str(office.home / "office.backup")
    wait_for(lambda: is_well(address))
    last, told = seal_of_a_day_that_is_over(office), notices(office.home)
    assert office.run("backup", file).returncode == 0
    elsewhere = Office()
    try:
        assert elsewhere.run("restore", file).returncode == 0
        address = elsewhere.start("--port", str(port + 1))
        wait_for(lambda: is_well(address))
        assert "steelyard-demo" not in elsewhere.said(), "its people are there already"
        assert all_rows(elsewhere.home) == all_rows(office.home)
        assert notices(elsewhere.home) >= told > 0
        with psycopg.connect(embedded.address(elsewhere.home), autocommit=True) as connection:
            connection.execute("UPDATE people_account SET name = 'x' WHERE username = 'clerk'")
            ((name,),) = connection.execute(
                "SELECT after ->> 'name' FROM trail_entry ORDER BY id DESC LIMIT 1"
            ).fetchall()
            assert name == "x", "what is written after a restore leaves its trace"
            with pytest.raises(psycopg.errors.RaiseException, match="by triggers alone"):
                connection.execute(OLD_ENTRY)
        export = str(elsewhere.home / "trail")
        assert elsewhere.run("trail", "export", export).returncode == 0
        verified = elsewhere.run("trail", "verify", export, "--last", last)
        assert verified.stdout == "Intact: all is as it was sealed\n"
        written = {path.name for path in (office.home / "files").rglob("*") if path.is_file()}
        there = {path.name for path in (elsewhere.home / "files").rglob("*") if path.is_file()}
        assert written
        assert written == there
    finally:
        elsewhere.end()


def test_production_names_all_that_is_missing_at_once(office: Office) -> None:
    told = {
        "STEELYARD_HOSTS": "ip.example.org",
        "STEELYARD_MAIL": "post@example.org",
        "STEELYARD_OIDC_URL": "https://login.example.org",
    }
    refused = office.run("serve", "--production", **told)
    assert refused.returncode == 2
    assert refused.stderr.count("[secret-missing]") == 2
    assert "production needs STEELYARD_SECRET_KEY" in refused.stderr
    assert "production needs DATABASE_URL" in refused.stderr
    assert refused.stderr.count("[wrong-mail]") == 1
    assert refused.stderr.count("[provider-incomplete]") == 1
    assert list(office.home.iterdir()) == []


@pytest.fixture
def bare(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose environment says nothing but where programs are."""
    for name in list(os.environ):
        if name not in ("PATH", "PYTHONPATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH"):
            monkeypatch.delenv(name)
    return office


def test_from_an_empty_environment_production_says_what_each_secret_is_for(bare: Office) -> None:
    refused = bare.run("serve", "--production")
    assert refused.returncode == 2
    for name in SECRETS:
        (line,) = [line for line in refused.stderr.splitlines() if f"needs {name} " in line]
        assert production._MEANINGS[name].en in refused.stderr, line
    assert refused.stderr.count("[secret-missing]") == len(SECRETS)


def test_production_starts_when_it_is_told_and_a_hundred_at_once_stay_within_the_pool(
    bare: Office, port: int
) -> None:
    told = {
        "STEELYARD_SECRET_KEY": "k" * 60,
        "STEELYARD_HOSTS": "ip.example.org",
        "DATABASE_URL": embedded.start(bare.home),
    }
    address = bare.start("--production", "--port", str(port), **told)
    wait_for(lambda: is_well(address))
    assert "steelyard-demo" not in bare.said()

    by_proxy = {"Host": "ip.example.org", "X-Forwarded-Proto": "https"}
    with open_url(Request(f"{address}/account/login/", headers=by_proxy), timeout=20) as answer:
        assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"
        cookies = answer.headers.get_all("Set-Cookie")
        assert cookies
        assert all("; Secure" in cookie for cookie in cookies)
    with pytest.raises(HTTPError) as elsewhere:
        open_url(Request(f"{address}/", headers={"Host": "evil.example"}), timeout=20)
    assert elsewhere.value.code == 400
    elsewhere.value.close()

    limit = max(2, min(8, os.cpu_count() or 1)) * POOL["max_size"]
    with psycopg.connect(told["DATABASE_URL"], autocommit=True) as looking:
        quiet = sessions(looking)
        with ThreadPoolExecutor(100) as crowd:
            asked = [crowd.submit(reads_a_session, address) for _ in range(300)]
            most = 0
            while not all(one.done() for one in asked):
                most = max(most, sessions(looking))
                time.sleep(0.02)
    assert all(one.result() for one in asked)
    assert most <= quiet + limit
    assert bare.interrupt() == 0


def sessions(looking: psycopg.Connection) -> int:
    """Connections to the database, but for the one that looks."""
    asked = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'"
    (number,) = looking.execute(f"{asked} AND pid <> pg_backend_pid()").fetchone()
    return number


def test_demo_accounts_are_not_offered_to_other_machines(office: Office) -> None:
    refused = office.run("serve", "--host", "0.0.0.0")
    assert refused.returncode == 2
    assert "[demo-in-the-open]" in refused.stderr


def test_a_port_that_is_no_number_is_refused(office: Office) -> None:
    assert "'x' is no port" in office.run("serve", "--port", "x").stderr
