"""The office, from its start to its end: the order in which its parts are started and stopped.

    home claimed → port → database → prepared → web server and background worker
    stop asked   → web server → background worker → database

Nothing here loads Django: the parts are processes of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from uuid import uuid4

from steelyard.config import production, running, stamp
from steelyard.config.children import Child, Command, adopt_orphans, bury_orphans
from steelyard.config.listening import is_loopback, listen
from steelyard.config.roles import OWNER
from steelyard.config.watch import Say, Watch
from steelyard.config.which_database import Database
from steelyard.config.wishes import Stopped, Wish, finish, listening_for_stop
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

WEB = Command(
    "web", ("-m", "gunicorn", "--config", "python:steelyard.config.web_server",
            "steelyard.config.wsgi:application"),
)  # fmt: skip

BACKGROUND = (Command("worker", ("-m", "django", "work", "--child")),)
"""What works beside the web server: one command a process, started and watched like it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person who starts the office asked for."""

    home: Path
    production: bool
    host: str
    port: int
    lang: Lang


def serve(asked: Asked, say: Say) -> int:
    """Serve until told to stop; 0 then, 1 if a part of the office would not stay alive.

    Raises:
        Faulty: it may not start, or cannot; each reason.
        running.RunsAlready: an office serves this home.
    """
    _refuse(asked, os.environ)
    with listening_for_stop() as wish, running.claimed(asked.home):
        adopt_orphans()
        with listen(asked.host, asked.port) as port:
            return _serve_at(port, asked, wish, say)


def _serve_at(port: socket, asked: Asked, wish: Wish, say: Say) -> int:
    database = Database.told(asked.home, os.environ)
    address = _address(asked, port, say)
    environment = _environment(asked, address, port)
    running.write_note(asked.home, environment[running.RUN], address)
    try:
        environment["DATABASE_URL"] = database.start(environment, wish)
        _prepare(asked.home, database, environment, wish)
        with _children(environment, port.fileno(), say) as children:
            return Watch(children, database, environment, address, wish, say).keep()
    except Stopped:
        return 0
    finally:
        database.stop()
        bury_orphans(())
        say(Text("已停止。", "Stopped."))


def _refuse(asked: Asked, told: Mapping[str, str]) -> None:
    if asked.production:
        raise_if_any(production.reasons_against(told))
    elif not is_loopback(asked.host):
        raise Faulty([_open_demo(asked.host)])


def _address(asked: Asked, listening: socket, say: Say) -> str:
    port = listening.getsockname()[1]
    if port != asked.port:
        say(_taken(asked.port, port))
    return f"http://{_shown(asked.host)}:{port}"


def _environment(asked: Asked, address: str, listening: socket) -> dict[str, str]:
    """What the parts are told. The owner of the tables is not for them to be."""
    told = {name: value for name, value in os.environ.items() if name != OWNER}
    return {
        "STEELYARD_SITE": _site(asked, address),
        **told,
        "STEELYARD_HOME": str(asked.home),
        "STEELYARD_PRODUCTION": "1" if asked.production else "",
        "STEELYARD_LANG": asked.lang,
        "STEELYARD_SOCKET": str(listening.fileno()),
        "DJANGO_SETTINGS_MODULE": "steelyard.config.settings",
        "PROMETHEUS_MULTIPROC_DIR": str(asked.home / "metrics"),
        "PYTHONUNBUFFERED": "1",
        running.RUN: str(uuid4()),
    }


def _site(asked: Asked, address: str) -> str:
    """Where mails send people, if nobody said: the first of the office's own names."""
    if not asked.production:
        return address
    return f"https://{os.environ['STEELYARD_HOSTS'].split(',')[0]}"


def _prepare(home: Path, database: Database, environment: Mapping[str, str], wish: Wish) -> None:
    """Tables as this release wants them, and a folder for what is measured; by whoever owns them."""
    metrics = home / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir()
    url = database.owner or environment["DATABASE_URL"]
    if not stamp.is_prepared(home, url):
        finish(("-m", "steelyard.config.prepare"), {**environment, "DATABASE_URL": url}, wish)
        stamp.set_stamp(home, url)
    database.let_office_in()


@contextmanager
def _children(environment: Mapping[str, str], port: int, say: Say) -> Iterator[list[Child]]:
    """The parts, started; stopped in their order in the end."""
    children = [Child(WEB, environment, (port,))]
    children += [Child(command, environment) for command in BACKGROUND]
    for child in children:
        child.start()
    try:
        yield children
    finally:
        say(Text("正在停止…", "stopping…"))
        for child in children:
            child.stop()


def _shown(host: str) -> str:
    """
    >>> _shown("0.0.0.0"), _shown("::1"), _shown("127.0.0.1")
    ('127.0.0.1', '[::1]', '127.0.0.1')
    """
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _taken(asked: int, port: int) -> Text:
    return Text(f"端口 {asked} 已被占用，改用 {port}。", f"Port {asked} is taken; using {port}.")


def _open_demo(host: str) -> Fault:
    return Fault(
        "demo-in-the-open",
        Text(
            f"演示账号的密码人人皆知，不能在 {host} 上向其他机器开放",
            f"the demo accounts' password is known to all, so {host} may not be opened to other machines",
        ),
        Text(
            "请去掉 --host，或用 --production 启动", "leave out --host, or start with --production"
        ),
    )
