"""Do the parts live, of the office or of the public site? Watched until somebody wishes to stop."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

from steelyard.config.serving.children import Child, EndedTooOften, bury_orphans
from steelyard.config.serving.wishes import Stopped, Wish
from steelyard.kernel.bilingual import Text

_TICK = 0.1
_READY_WITHIN = 60.0

Say = Callable[[Text], None]


class GivenUp(Exception):
    """It does not go on; ``why`` is for whoever started it."""

    def __init__(self, why: Text) -> None:
        self.why = why
        super().__init__(why.en)


@dataclass(frozen=True, slots=True)
class Watch:
    """What is watched, where it answers, and who is told.

    ``ready``: what is said once it answers. ``tend`` looks after what is no child, now and then.
    """

    children: Sequence[Child]
    address: str
    wish: Wish
    say: Say
    ready: Sequence[Text]
    tend: Callable[[], None] = lambda: None

    def keep(self) -> int:
        """Keep it alive; 0 once somebody wishes to stop, 1 if it would not stay alive."""
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
        for line in self.ready:
            self.say(line)

    def _look(self) -> None:
        """Start again what has ended."""
        self.wish.ask()
        for child in self.children:
            self._restart(child)
        bury_orphans(self.children)
        self.tend()
        time.sleep(_TICK)

    def _restart(self, child: Child) -> None:
        try:
            status = child.restart_if_ended()
        except EndedTooOften as error:
            raise GivenUp(_ended_too_often(error)) from error
        if status is not None:
            self.say(_ended(child.command.name, status))


@contextmanager
def stopped_in_the_end(children: Sequence[Child], say: Say) -> Iterator[None]:
    """Start the children; however it ends, they are stopped one after the other."""
    for child in children:
        child.start()
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


_SILENT = Text("网站没有应答，停止。", "The site does not answer; stopping.")


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
