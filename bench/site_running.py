"""The public site over packages of its own: as it is served, and once more without what keeps its pages.

Started when first asked for, in a folder that goes with it; ended whatever happens.
"""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bench.office_running import answers, stop, wait_for
from steelyard.config.serving.listening import listen
from steelyard.publication.package import Head
from steelyard.publication.publishing import assessment_files, publish
from steelyard.publication.scope import read_scope
from steelyard.publication.signing import make_key
from steelyard.records.catalogue.read import shipped
from steelyard.records.sample.write import write_sample
from steelyard.records.snapshot.freeze import freeze
from steelyard.records.tally.tally import tallied
from steelyard.regions import sampled
from steelyard.scheme.model import Scheme
from steelyard.weighing.uncertainty.how_sure import how_sure
from steelyard.weighing.weigh import weigh

SERIES = "guangdong-2021"
_SCALE = 0.02
"""Of the sample's records: the pages are the same, and sooner there."""


class SiteRunning:
    """``address`` is where it is served with its pages kept; ``bare`` where each is made anew."""

    def __init__(self) -> None:
        self._processes: list[subprocess.Popen[bytes]] = []
        self._home: Path | None = None
        self.address, self.bare = "", ""

    def __enter__(self) -> SiteRunning:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def ready(self) -> SiteRunning:
        if not self._home:
            atexit.register(self.end)
            self._home = Path(tempfile.mkdtemp(prefix="steelyard-bench-site-"))
            _publish(self._home)
            self.address = self._start("steelyard.config.outside.wsgi:application")
            self.bare = self._start("bench.bare_site.site:application")
        return self

    def end(self) -> None:
        """Nothing lives on, nothing stays."""
        if self._home is None:
            return
        for process in self._processes:
            stop(process)
        shutil.rmtree(self._home, ignore_errors=True)
        self._home = None
        atexit.unregister(self.end)

    def _start(self, application: str) -> str:
        """One web server, under the very settings of ``steelyard serve --public``."""
        assert self._home
        words = (
            sys.executable, "-m", "gunicorn", "--config",
            "python:steelyard.config.outside.web_server", application,
        )  # fmt: skip
        kept = {name: value for name, value in os.environ.items() if not _is_ours(name)}
        with listen("127.0.0.1", 8300) as socket:
            address = f"http://127.0.0.1:{socket.getsockname()[1]}"
            told = kept | {
                "STEELYARD_SOCKET": str(socket.fileno()),
                "STEELYARD_PUBLICATIONS": str(self._home / "packages"),
                "STEELYARD_PUBLICATION_KEYS": str(self._home / "key.pub"),
            }
            process = subprocess.Popen(
                words, env=told, pass_fds=(socket.fileno(),), stdin=subprocess.DEVNULL
            )
        self._processes.append(process)
        wait_for(lambda: answers(address), process)
        return address


def _is_ours(name: str) -> bool:
    return name.startswith("STEELYARD_") or name in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def _publish(home: Path) -> None:
    """The sample assessment of Guangdong, everything that can be published of it."""
    region = sampled("guangdong")
    write_sample(region.home, home / "deliveries", 2021, scale=_SCALE)
    snapshot = freeze(
        [region.real, home / "deliveries"], home / "snapshot", period="2021", catalogue=shipped()
    )
    scheme = Scheme.read(region.scheme)
    result = weigh(scheme, tallied(scheme, snapshot).values)
    result = replace(result, how_sure=how_sure(result, 1000))
    scope = replace(read_scope(region.home / "sample_scope.toml"), records=False)
    head = Head(
        kind="assessment", series=SERIES, title=scheme.title, published_at=datetime.now(UTC),
        sample=True,
    )  # fmt: skip
    publish(home / "packages", head, assessment_files(result, scope), make_key(home / "key"))
