"""What the office and the public site outside have in common: parts that are kept alive until told to stop.

Nothing here loads Django: the parts are processes of their own.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from steelyard.config.children import Child, EndedTooOften, bury_orphans, spawn
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty

_TICK = 0.1
_READY_WITHIN = 60.0
_PREPARED_WITHIN = 600.0

Say = Callable[[Text], None]


class Stopped(Exception):
    """Somebody asked to stop before it was ready."""


@dataclass(slots=True)
class Wish:
    """Whether somebody wishes it to stop."""

    stop: bool = False


@contextmanager
def listening_for_stop() -> Iterator[Wish]:
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


def done(arguments: tuple[str, ...], environment: Mapping[str, str], wish: Wish) -> None:
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


def watch(
    children: Sequence[Child],
    address: str,
    wish: Wish,
    say: Say,
    *,
    ready: Sequence[Text],
    tend: Callable[[], None] = lambda: None,
) -> int:
    """Say ``ready`` when ``address`` answers; keep the children alive until told to stop.

    ``tend`` looks after what is no child, now and then. Returns 0 if told to stop, 1 if a part
    would not stay alive.
    """
    is_ready, end = False, time.monotonic() + _READY_WITHIN
    while not wish.stop:
        if not is_ready:
            is_ready = answers(address)
            if is_ready:
                for line in ready:
                    say(line)
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
        try:
            tend()
        except Stopped:
            return 0
        time.sleep(_TICK)
    return 0


@contextmanager
def stopping(children: Sequence[Child], say: Say) -> Iterator[None]:
    """However it ends, the children are stopped, one after the other."""
    try:
        yield
    finally:
        say(Text("正在停止…", "stopping…"))
        for child in children:
            child.stop()


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


def shown(host: str) -> str:
    """
    >>> shown("0.0.0.0"), shown("::1"), shown("127.0.0.1")
    ('127.0.0.1', '[::1]', '127.0.0.1')
    """
    if host in ("0.0.0.0", "::"):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host else host


def taken(asked: int, port: int) -> Text:
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
