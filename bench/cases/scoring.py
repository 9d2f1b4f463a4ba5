"""How long does whoever scores wait for an item: 21 cities side by side, with their material?"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from bench.measure import Case
from bench.office_load import Question, ask
from bench.office_running import OfficeRunning

CITIES, PIECES = 21, 5
PAGE, BARE = "/assessments/{code}/scoring/{item}/", "/scored/{code}/{item}/"


class ScoringRunning(OfficeRunning):
    """An office in which a year is being scored."""

    def _fill(self) -> bytes:
        words = (sys.executable, "-m", "bench.scoring_fill", str(PIECES))
        told = self._bare_environment()
        filled = subprocess.run(words, env=told, stdout=subprocess.PIPE, timeout=90, check=True)
        return filled.stdout


def cases() -> Iterator[Case]:
    with ScoringRunning(0, 0) as office:
        yield Case(
            name=f"the page on which {CITIES} cities are scored, {PIECES} pieces of material each",
            ours=lambda: _read(office.ready().address, PAGE, office),
            peer=lambda: _read(office.ready().bare, BARE, office),
            peer_name="a bare view that renders the same rows",
            limit_ratio=1.5,
            runs=40,
            note=(
                "The bare view asks for the same rows and renders the very table of the page. It asks"
                " for no rights, and no points follow by the scheme's rule."
            ),
        )


def _read(address: str, path: str, office: OfficeRunning) -> None:
    told = office.told
    answer = ask(address, Question(path.format(**told), told["scorer"]))
    rows = answer.text.count("-f-plan_points")
    if answer.status != 200 or rows != CITIES:
        raise RuntimeError(f"not the rows to be scored: {answer.status}, {rows} of {CITIES}")
