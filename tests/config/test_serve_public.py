"""The public site alone, of real processes: shown from packages, in an empty place."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

import psutil
import pytest

from steelyard.kernel.bilingual import Text
from steelyard.publication.publishing import publish
from tests.config.offices import PATIENCE, wait_for
from tests.publication.papers import KEY, NINE, OTHER_KEY, assessment, files, head, unit

open_url = build_opener(ProxyHandler({})).open
READY = "The public site is at "


class PublicSite:
    """An empty place, a folder of packages, and a site that is started over it."""

    def __init__(self, home: Path) -> None:
        self.packages, self.empty = home / "packages", home / "empty"
        self.keys, self.log = home / "keys.txt", home / "log"
        for folder in (self.packages, self.empty):
            folder.mkdir()
        self.keys.write_text(f"{KEY.public}  # the publisher's\n", encoding="utf-8")
        self.process: subprocess.Popen[str] | None = None

    def words(self, *more: str) -> list[str]:
        words = (sys.executable, "-m", "steelyard", "serve", "--public", str(self.packages))
        return [*words, "--lang", "en", *more]

    @property
    def environment(self) -> dict[str, str]:
        kept = {"PATH": os.environ["PATH"], "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        return kept | {"HOME": str(self.empty), "LANG": "C.UTF-8"}

    def refused(self, *more: str) -> str:
        done = subprocess.run(
            self.words(*more), env=self.environment, cwd=self.empty, capture_output=True, text=True,
            timeout=PATIENCE, check=False,
        )  # fmt: skip
        assert done.returncode == 2
        return done.stderr

    def start(self, *more: str) -> str:
        with self.log.open("w", encoding="utf-8") as out:
            self.process = subprocess.Popen(
                self.words("--port", "8400", *more), env=self.environment, cwd=self.empty,
                stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
        process = self.process
        wait_for(lambda: READY in self.said() or process.poll() is not None)
        assert process.poll() is None, self.said()
        line = next(one for one in self.said().splitlines() if one.startswith(READY))
        return line.removeprefix(READY).split()[0]

    def said(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def end(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)


@pytest.fixture
def site() -> Iterator[PublicSite]:
    with tempfile.TemporaryDirectory(prefix="steelyard-public-") as home:
        site = PublicSite(Path(home))
        yield site
        site.end()


def status(address: str) -> int:
    try:
        with open_url(address, timeout=10) as answer:
            return int(answer.status)
    except HTTPError as error:
        with error:
            return error.code


def page(address: str) -> str:
    with open_url(address, timeout=10) as answer:
        return str(answer.read().decode())


def test_the_whole_site_from_packages_alone(site: PublicSite) -> None:
    """Put in, corrected, taken away: shown at once, by every process, without a new start."""
    address = site.start("--trusted", str(site.keys))
    ranking = f"{address}results/guangdong-2021/"
    assert [status(ranking) for _ in range(4)] == [404] * 4
    publish(site.packages, head(), files(), KEY)
    assert [status(ranking) for _ in range(8)] == [200] * 8
    better = files(assessment(unit("x", "1", "9.875"), unit("y", "2", "8")))
    later = head(published_at=NINE + timedelta(days=1))
    publish(site.packages, later, better, KEY, reason=Text("更正", "corrected"))
    assert all("9.875" in page(ranking) for _ in range(8))
    (site.packages / "guangdong-2021.2.zip").unlink()
    assert not any("9.875" in page(ranking) for _ in range(8))
    publish(site.packages, head(series="strangers-2021"), files(), OTHER_KEY)
    assert status(f"{address}results/strangers-2021/") == 404
    until = datetime.now(UTC) + timedelta(hours=1)
    publish(site.packages, head(series="later-2021", published_at=datetime.now(UTC),
            embargo_until=until), files(), KEY)  # fmt: skip
    assert status(f"{address}results/later-2021/") == 404
    assert list(site.empty.iterdir()) == []


def test_it_stops_in_order_and_leaves_nobody_behind(site: PublicSite) -> None:
    site.start("--trusted", str(site.keys))
    assert site.process
    family = psutil.Process(site.process.pid).children(recursive=True)
    assert family
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(PATIENCE) == 0
    assert "Stopped." in site.said()
    assert not psutil.wait_procs(family, timeout=10)[1]


def test_a_web_server_that_is_killed_is_started_again(site: PublicSite) -> None:
    address = site.start("--trusted", str(site.keys))
    assert site.process
    (web,) = psutil.Process(site.process.pid).children()
    web.kill()
    wait_for(lambda: "started again" in site.said())
    wait_for(lambda: _answers(address))


def _answers(address: str) -> bool:
    try:
        return status(address) == 200
    except OSError:
        return False


def test_without_trusted_keys_it_refuses(site: PublicSite) -> None:
    assert "[nobody-trusted]" in site.refused()


def test_every_reason_against_a_start_is_said_at_once(site: PublicSite) -> None:
    site.packages.rmdir()
    site.keys.write_text("no key\n", encoding="utf-8")
    said = site.refused("--trusted", str(site.keys), "--messages", "nowhere", "--host", "0.0.0.0")
    for code in ("no-such-folder", "no-public-key", "no-host-names"):
        assert f"[{code}]" in said
    assert said.count("[no-such-folder]") == 2


def test_any_key_is_said_loudly(site: PublicSite) -> None:
    publish(site.packages, head(), files(), OTHER_KEY)
    address = site.start("--any-key")
    assert "WARNING: with --any-key nobody checks who published." in site.said()
    assert status(f"{address}results/guangdong-2021/") == 200


def test_options_of_the_public_site_mean_nothing_to_an_office(site: PublicSite) -> None:
    words = [sys.executable, "-m", "steelyard", "serve", "--any-key", "--lang", "en"]
    done = subprocess.run(
        words, env=site.environment, cwd=site.empty, capture_output=True, text=True,
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "[public-alone]" in done.stderr
