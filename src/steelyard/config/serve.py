"""The office, from its start to its end: the order in which its parts are started and stopped.

    home claimed → port → database → prepared → web server and background worker
    stop asked   → web server → background worker → database

Nothing here loads Django: the parts are processes of their own.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from steelyard.config import embedded, production, running, stamp
from steelyard.config.children import Child, Command, adopt_orphans, bury_orphans
from steelyard.config.listening import is_loopback, listen
from steelyard.config.supervising import (
    Say,
    Stopped,
    Wish,
    done,
    listening_for_stop,
    shown,
    stopping,
    taken,
    watch,
)
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
    environment = _environment(asked)
    _refuse(asked, environment)
    with listening_for_stop() as wish, running.claimed(asked.home):
        adopt_orphans()
        with listen(asked.host, asked.port) as socket:
            port = socket.getsockname()[1]
            address = f"http://{shown(asked.host)}:{port}"
            if port != asked.port:
                say(taken(asked.port, port))
            run = str(uuid4())
            running.write_note(asked.home, run, address)
            try:
                url = _database(asked.home, environment, wish)
                environment |= {running.RUN: run, "DATABASE_URL": url}
                environment["STEELYARD_SOCKET"] = str(socket.fileno())
                environment.setdefault("STEELYARD_SITE", _site(environment, asked, address))
                _prepare(asked, environment, url, wish)
                children = _start_children(environment, socket.fileno())

                def tend() -> None:
                    _tend_database(asked.home, environment, wish, say)

                with stopping(children, say):
                    return watch(children, address, wish, say, ready=_ready(address), tend=tend)
            except Stopped:
                return 0
            finally:
                if _is_embedded():
                    embedded.stop(asked.home)
                bury_orphans(())
                say(Text("已停止。", "Stopped."))


def _environment(asked: Asked) -> dict[str, str]:
    return {
        **os.environ,
        "STEELYARD_HOME": str(asked.home),
        "STEELYARD_PRODUCTION": "1" if asked.production else "",
        "STEELYARD_LANG": asked.lang,
        "DJANGO_SETTINGS_MODULE": "steelyard.config.settings",
        "PROMETHEUS_MULTIPROC_DIR": str(asked.home / "metrics"),
        "PYTHONUNBUFFERED": "1",
    }


def _site(environment: Mapping[str, str], asked: Asked, address: str) -> str:
    """Where mails send people, if nobody said: the first of the office's own names."""
    if not asked.production:
        return address
    return f"https://{environment['STEELYARD_HOSTS'].split(',')[0]}"


def _refuse(asked: Asked, environment: Mapping[str, str]) -> None:
    if asked.production:
        raise_if_any(production.reasons_against(environment))
    elif not is_loopback(asked.host):
        raise Faulty([_open_demo(asked.host)])


def _is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def _database(home: Path, environment: Mapping[str, str], wish: Wish) -> str:
    """The address of the database, the embedded one started in a process that Ctrl-C does not reach."""
    given = environment.get("DATABASE_URL")
    if given:
        return given
    # It outlives a run that is killed, so it does not carry the run's name.
    nameless = {name: value for name, value in environment.items() if name != running.RUN}
    done(("-m", "steelyard.config.embedded", str(home)), nameless, wish)
    return embedded.address(home)


def _prepare(asked: Asked, environment: Mapping[str, str], url: str, wish: Wish) -> None:
    metrics = asked.home / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir()
    if not stamp.is_prepared(asked.home, url):
        done(("-m", "steelyard.config.prepare"), environment, wish)
        stamp.set_stamp(asked.home, url)


def _start_children(environment: Mapping[str, str], socket: int) -> list[Child]:
    children = [Child(WEB, environment, (socket,))]
    children += [Child(command, environment) for command in BACKGROUND]
    for child in children:
        child.start()
    return children


def _tend_database(home: Path, environment: Mapping[str, str], wish: Wish, say: Say) -> None:
    """The embedded database, started again where it has ended."""
    if _is_embedded() and not embedded.address(home):
        say(Text("数据库中断，重新启动。", "The database has ended; starting it again."))
        _database(home, {**environment, "DATABASE_URL": ""}, wish)


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
