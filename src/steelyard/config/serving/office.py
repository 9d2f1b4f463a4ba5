"""The office, from its start to its end: the order in which its parts are started and stopped.

    home claimed → port → database → prepared → web server and background worker
    stop asked   → web server → background worker → database

Nothing here loads Django: the parts are processes of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from socket import socket
from uuid import uuid4

from steelyard.config import production
from steelyard.config.database.roles import OWNER
from steelyard.config.database.which import Database
from steelyard.config.serving import running, stamp
from steelyard.config.serving.children import Child, Command, adopt_orphans, bury_orphans
from steelyard.config.serving.listening import address_of, is_loopback, listen
from steelyard.config.serving.watch import GivenUp, Say, Watch, stopped_in_the_end
from steelyard.config.serving.wishes import Stopped, Wish, finish, listening_for_stop
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

WEB = Command(
    "web", ("-m", "gunicorn", "--config", "python:steelyard.config.serving.web_server",
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
    address = address_of(port, asked.host, asked.port, say)
    environment = _environment(asked, address, port)
    running.write_note(asked.home, environment[running.RUN], address)
    try:
        if database.is_new():
            say(Text("首次启动：正在建立数据库…", "First start: making the database…"))
        environment["DATABASE_URL"] = database.start(environment, wish)
        _prepare(asked.home, database, environment, wish)
        children = _children(environment, port.fileno())

        def tend() -> None:
            if database.has_ended():
                start_again(database, environment, wish, say)

        with stopped_in_the_end(children, say):
            return Watch(children, address, wish, say, _ready(address), tend).keep()
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
        finish(
            ("-m", "steelyard.config.serving.prepare"), {**environment, "DATABASE_URL": url}, wish
        )
        stamp.set_stamp(home, url)
    database.let_office_in()


def _children(environment: Mapping[str, str], port: int) -> list[Child]:
    return [
        Child(WEB, environment, (port,)),
        *(Child(command, environment) for command in BACKGROUND),
    ]


STARTS = 6
"""As often as any part is the database started again: whoever starts it may be killed, or short of
memory for a moment."""


def start_again(database: Database, environment: Mapping[str, str], wish: Wish, say: Say) -> None:
    """
    Raises:
        GivenUp: it does not start, however often.
    """
    for _ in range(STARTS):
        say(_DATABASE_ENDED)
        with suppress(Faulty):
            database.start(environment, wish)
            return
    raise GivenUp(_NO_DATABASE)


_NO_DATABASE = Text(
    "数据库反复无法启动，停止；原因见上。",
    "The database does not start, however often; stopping. The reason is above.",
)
_DATABASE_ENDED = Text("数据库中断，重新启动。", "The database has ended; starting it again.")


def _ready(address: str) -> tuple[Text, ...]:
    """Where the office is, and where what the public reads."""
    return (
        Text(
            f"权衡已启动：{address}（Ctrl-C 停止）",
            f"Steelyard serves at {address} (Ctrl-C stops it)",
        ),
        Text(f"公开网站：{address}/zh-hans/", f"The public site: {address}/en/"),
    )


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
