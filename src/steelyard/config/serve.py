"""The office, from its start to its end: the order in which its parts are started and stopped.

    home claimed → port → database → prepared → web server and background worker
    stop asked   → web server → background worker → database

Nothing here loads Django: the parts are processes of their own.
"""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener
from uuid import uuid4

from steelyard.config import embedded, production, running, stamp
from steelyard.config.children import (
    Child,
    Command,
    EndedTooOften,
    adopt_orphans,
    bury_orphans,
    spawn,
)
from steelyard.config.listening import is_loopback, listen
from steelyard.kernel.bilingual import Lang, Text
from steelyard.kernel.faults import Fault, Faulty, raise_if_any

WEB = Command(
    "web", ("-m", "gunicorn", "--config", "python:steelyard.config.web_server",
            "steelyard.config.wsgi:application"),
)  # fmt: skip

BACKGROUND = (Command("worker", ("-m", "django", "work", "--child")),)
"""What works beside the web server: one command a process, started and watched like it."""

_TICK = 0.1
_READY_WITHIN = 60.0
_PREPARED_WITHIN = 600.0

Say = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person who starts the office asked for."""

    home: Path
    production: bool
    host: str
    port: int
    lang: Lang


class Stopped(Exception):
    """Somebody asked the office to stop before it was ready."""


@dataclass(slots=True)
class Wish:
    """Whether somebody wishes the office to stop."""

    stop: bool = False


def serve(asked: Asked, say: Say) -> int:
    """Serve until told to stop; 0 then, 1 if a part of the office would not stay alive.

    Raises:
        Faulty: it may not start, or cannot; each reason.
        running.RunsAlready: an office serves this home.
    """
    environment = _environment(asked)
    _refuse(asked, environment)
    with _listening_for_stop() as wish, running.claimed(asked.home):
        adopt_orphans()
        with listen(asked.host, asked.port) as socket:
            port = socket.getsockname()[1]
            address = f"http://{_shown(asked.host)}:{port}"
            if port != asked.port:
                say(_taken(asked.port, port))
            run = str(uuid4())
            running.write_note(asked.home, run, address)
            try:
                url = _database(asked.home, environment, wish)
                environment |= {running.RUN: run, "DATABASE_URL": url}
                environment["STEELYARD_SOCKET"] = str(socket.fileno())
                environment.setdefault("STEELYARD_SITE", _site(environment, asked, address))
                _prepare(asked, environment, url, wish)
                children = _start_children(environment, socket.fileno())
                try:
                    return _watch(children, asked, environment, address, wish, say)
                finally:
                    say(Text("正在停止…", "stopping…"))
                    for child in children:
                        child.stop()
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


@contextmanager
def _listening_for_stop() -> Iterator[Wish]:
    """Ctrl-C and the system's wish to stop are noted, and acted upon in order."""
    wish = Wish()

    def note(*_: object) -> None:
        wish.stop = True

    signals = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {one: signal.signal(one, note) for one in signals}
    try:
        yield wish
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _is_embedded() -> bool:
    return not os.environ.get("DATABASE_URL")


def _database(home: Path, environment: Mapping[str, str], wish: Wish) -> str:
    """The address of the database, the embedded one started in a process that Ctrl-C does not reach."""
    given = environment.get("DATABASE_URL")
    if given:
        return given
    # It outlives a run that is killed, so it does not carry the run's name.
    nameless = {name: value for name, value in environment.items() if name != running.RUN}
    _done(("-m", "steelyard.config.embedded", str(home)), nameless, wish)
    return embedded.address(home)


def _prepare(asked: Asked, environment: Mapping[str, str], url: str, wish: Wish) -> None:
    metrics = asked.home / "metrics"
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir()
    if not stamp.is_prepared(asked.home, url):
        _done(("-m", "steelyard.config.prepare"), environment, wish)
        stamp.set_stamp(asked.home, url)


def _done(arguments: tuple[str, ...], environment: Mapping[str, str], wish: Wish) -> None:
    """Run Python to its end, or until somebody wishes to stop.

    Raises:
        Faulty: it failed; what it said stands above.
        Stopped: somebody wished to stop.
    """
    process = spawn(arguments, environment)
    end = time.monotonic() + _PREPARED_WITHIN
    while process.poll() is None:
        if wish.stop or time.monotonic() > end:
            process.terminate()
            process.wait()
            raise Stopped
        time.sleep(0.02)
    if process.returncode:
        raise Faulty([_failed(" ".join(arguments))])
    if wish.stop:
        raise Stopped


def _start_children(environment: Mapping[str, str], socket: int) -> list[Child]:
    children = [Child(WEB, environment, (socket,))]
    children += [Child(command, environment) for command in BACKGROUND]
    for child in children:
        child.start()
    return children


def _watch(
    children: list[Child],
    asked: Asked,
    environment: Mapping[str, str],
    address: str,
    wish: Wish,
    say: Say,
) -> int:
    """Say when the office answers; from then on keep its parts alive, until told to stop."""
    is_ready, end = False, time.monotonic() + _READY_WITHIN
    while not wish.stop:
        if not is_ready:
            is_ready = answers(address)
            if is_ready:
                say(_ready(address))
            elif time.monotonic() > end:
                say(Text("网站没有应答，停止。", "The site does not answer; stopping."))
                return 1
        for child in children:
            try:
                status = child.restart_if_ended()
            except EndedTooOften as error:
                say(_ended_too_often(error))
                return 1
            if status is not None:
                say(_ended(child.command.name, status))
        bury_orphans(children)
        if _is_embedded() and not embedded.address(asked.home):
            say(Text("数据库中断，重新启动。", "The database has ended; starting it again."))
            try:
                _database(asked.home, {**environment, "DATABASE_URL": ""}, wish)
            except Stopped:
                return 0
        time.sleep(_TICK)
    return 0


def answers(address: str) -> bool:
    """Whether a web server answers there at all, whatever it says."""
    opener = build_opener(ProxyHandler({}))
    try:
        with opener.open(f"{address}/health/", timeout=5):
            return True
    except HTTPError:
        return True
    except OSError:
        return False


def _shown(host: str) -> str:
    """
    >>> _shown("0.0.0.0"), _shown("::1"), _shown("127.0.0.1")
    ('127.0.0.1', '[::1]', '127.0.0.1')
    """
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def _ready(address: str) -> Text:
    return Text(
        f"权衡已启动：{address}（Ctrl-C 停止）",
        f"Steelyard serves at {address} (Ctrl-C stops it)",
    )


def _taken(asked: int, port: int) -> Text:
    return Text(f"端口 {asked} 已被占用，改用 {port}。", f"Port {asked} is taken; using {port}.")


def _ended(name: str, status: int) -> Text:
    return Text(
        f"进程 {name} 中断（{status}），已重新启动。",
        f"Process {name} ended ({status}); started again.",
    )


def _ended_too_often(error: EndedTooOften) -> Text:
    name, status = error.command.name, error.status
    return Text(
        f"进程 {name} 反复中断（{status}），停止。",
        f"Process {name} ends again and again ({status}); stopping.",
    )


def _failed(what: str) -> Fault:
    return Fault(
        "start-failed",
        Text(f"启动时 {what} 失败，原因见上", f"{what} failed; the reason is above"),
        Text("请排除后重新启动", "mend it and start again"),
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
