"""Do the parts of the office live? Watched from their start until somebody wishes to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from steelyard.config.children import Child, EndedTooOften, bury_orphans
from steelyard.config.which_database import Database
from steelyard.config.wishes import Stopped, Wish
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty

_TICK = 0.1
_READY_WITHIN = 60.0
_STARTS = 6

Say = Callable[[Text], None]


class GivenUp(Exception):
    """The office does not go on; ``why`` is for whoever started it."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, where it answers, and who is told."""

    children: Sequence[Child]
    database: Database
    environment: Mapping[str, str]
    address: str
    wish: Wish
    say: Say

    def keep(self) -> int:
        """Keep the office alive; 0 once somebody wishes to stop, 1 if it would not stay alive."""
        try:
            self._wait_for_an_answer()
            while True:
                self._look()
        except Stopped:
            return 0
        except GivenUp as error:
            self.say(error.why)
            return 1

    def _wait_for_an_answer(self) -> None:
        end = time.monotonic() + _READY_WITHIN
        self.wish.ask()
        while not answers(self.address):
            if time.monotonic() > end:
                raise GivenUp(_SILENT)
            self._look()
        self.say(_ready(self.address))

    def _look(self) -> None:
        """Start again what has ended."""
        self.wish.ask()
        for child in self.children:
            self._restart(child)
        bury_orphans(self.children)
        if self.database.has_ended():
            self._restart_database()
        time.sleep(_TICK)

    def _restart_database(self) -> None:
        """As often as any part: whoever starts it may be killed, or short of memory for a moment."""
        for _ in range(_STARTS):
            self.say(_DATABASE_ENDED)
            with suppress(Faulty):
                self.database.start(self.environment, self.wish)
                return
            time.sleep(_TICK)
        raise GivenUp(_NO_DATABASE)

    def _restart(self, child: Child) -> None:
        try:
            status = child.restart_if_ended()
        except EndedTooOften as error:
            raise GivenUp(_ended_too_often(error)) from error
        if status is not None:
            self.say(_ended(child.command.name, status))


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


_SILENT = Text("网站没有应答，停止。", "The site does not answer; stopping.")
_NO_DATABASE = Text(
    "数据库反复无法启动，停止；原因见上。",
    "The database does not start, however often; stopping. The reason is above.",
)
_DATABASE_ENDED = Text("数据库中断，重新启动。", "The database has ended; starting it again.")


def _ready(address: str) -> Text:
    return Text(
        f"权衡已启动：{address}（Ctrl-C 停止）",
        f"Steelyard serves at {address} (Ctrl-C stops it)",
    )


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
