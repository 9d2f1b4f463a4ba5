"""How long does a citizen wait for the ranking, and how many can be told at once?"""

from __future__ import annotations

import time
from collections.abc import Iterator

from bench.measure import Case, Seconds
from bench.office_load import Answer, Question, ask, ask_at_once, p95
from bench.site_running import SERIES, SiteRunning

READERS, PAGES = 4, 25
VISITORS, VISITS = 40, 25
WANTED = 1000
"""Requests a second, where the server's own static file comes as often."""

RANKING, BARE = f"/en/results/{SERIES}/", f"/en/bare/{SERIES}/"
STATIC = "/static/website/public.css"


def cases() -> Iterator[Case]:
    with SiteRunning() as site:
        yield Case(
            name=f"the public ranking, made anew for {READERS} readers at once: p95",
            ours=lambda: Seconds(p95(_read(site.ready().bare, RANKING, READERS, PAGES))),
            peer=lambda: Seconds(p95(_read(site.ready().bare, BARE, READERS, PAGES))),
            peer_name="a bare view of the same rows",
            limit_ratio=1.5,
            runs=15,
        )
        yield Case(
            name="the public ranking as it is kept, seconds a request",
            ours=lambda: _each(site.ready().address, RANKING),
            peer=lambda: Seconds(max(_each(site.ready().address, STATIC), 1 / WANTED)),
            peer_name=f"{WANTED:,} a second, or as often as the server's static file",
            limit_ratio=1,
            runs=7,
            note=(
                "The static file comes from the same server in the same run; where it comes more often"
                f" than {WANTED:,} times a second, {WANTED:,} is what the kept page is held to. Whoever"
                " asks shares the cores with the server, and opens a connection for each page."
            ),
        )


def _each(address: str, path: str) -> Seconds:
    began = time.perf_counter()
    _read(address, path, VISITORS, VISITS)
    return Seconds((time.perf_counter() - began) / (VISITORS * VISITS))


def _read(address: str, path: str, readers: int, pages: int) -> list[Answer]:
    """Every answer; a first one for the server to warm up does not count."""
    ask(address, Question(path, ""))
    asked = [[Question(path, "")] * pages for _ in range(readers)]
    answers = [one for each in ask_at_once(address, asked) for one in each]
    amiss = [one for one in answers if one.status != 200]
    if amiss:
        raise RuntimeError(f"{len(amiss)} of {len(answers)} not shown: {amiss[0]}")
    return answers
