"""Every page that a reader can come to by links, seen in one Chromium, without a server.

The browser's requests are answered by Django's test client in this very process, so a page needs no
port. What is asked of any other host is noted.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connections
from django.http import HttpResponseBase
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation
from playwright.sync_api import ConsoleMessage, Page, Route

from tests.browser import ON_PLAIN_PAPER, WITH_SHADOWS
from tests.look.scripts import ALL_AGAIN, BY_KEYBOARD, ON_PAPER, ONE_OF_A_KIND, OUT_OF_SIGHT

HOST = "http://localhost"
LARGEST = 150_000
"""Bytes of a page with all that it loads."""

TELEPHONE = (390, 844)
"""The window of a common telephone, held upright."""

WIDE, ZOOMED, NARROW = (1280, 900), (640, 450), (320, 700)
"""Windows. Zoomed: what one of 1280 pixels has left when everything is shown twice as large."""

OF_COLOURS = ("color-contrast", "link-in-text-block")
"""The rules of axe whose answer depends on colours; all others read the page alike by day and in the dark."""

UPRIGHT, LYING = 703, 1031
"""Pixels across that A4 has within the margins of office.css, upright and lying on its side."""

AXE = AXE_FILE_PATH.read_text(encoding="utf-8")

_LINK = re.compile(r'<a\b[^>]*?href="([^"#]+)"')
_STATIC = "/static/"


Pages = MutableMapping[str, HttpResponseBase]


def walked(
    client: Client,
    seeds: Iterable[str],
    within: str = "",
    without: str = "/static/",
    kept: Pages | None = None,
) -> list[str]:
    """The pages that links lead to from ``seeds``: of those that one view makes, the first.

    ``within``: only those below this first part of the address; ``without``: none of those that begin so.
    ``kept``: where the pages are kept by their address.
    """
    waiting, seen, found = list(seeds), set(), []
    while waiting:
        address = waiting.pop(0)
        if address.startswith(without) or (within and not address.startswith(f"/{within}/")):
            continue
        kind = _kind(address)
        if kind is None or kind in seen:
            continue
        answer = client.get(address)
        if answer.status_code == 200:
            seen.add(kind)
        if answer.status_code != 200 or "text/html" not in answer.get("Content-Type", ""):
            answer.close()  # a file to take away is open until it is fetched
            continue
        found.append(address)
        if kept is not None:
            kept[address] = answer
        for link in _LINK.findall(answer.content.decode()):
            whole = urlsplit(urljoin(HOST + address, unescape(link)))
            if f"{whole.scheme}://{whole.netloc}" == HOST:
                waiting.append(whole.path + (f"?{whole.query}" if whole.query else ""))
    return found


def views_of(addresses: Iterable[str]) -> set[str]:
    """The names of the views that make these pages."""
    kinds = (_kind(address) for address in addresses)
    return {str(kind[0]) for kind in kinds if kind}


def _kind(address: str) -> tuple[object, ...] | None:
    """What makes a page: its view, and the area or whether anything was asked for."""
    path, _, asked = address.partition("?")
    lang = path.split("/")[1]
    with translation.override(lang if lang in dict(settings.LANGUAGES) else None):
        try:
            match = resolve(path)
        except Resolver404:
            return None
    return (match.view_name, match.kwargs.get("area"), bool(asked))


@dataclass
class Reader:
    """A page of a browser, whose requests ``client`` answers; notes what went wrong meanwhile.

    ``kept``: pages that were made already, by their address.
    """

    page: Page
    client: Client
    kept: Pages = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    bytes: int = 0
    office: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1))
    """Where pages are made: Playwright's loop runs in this thread, and Django fears for its connections."""

    def opens(self, address: str) -> None:
        self.bytes = 0
        self.page.goto(HOST + address)

    def is_shown(self, window: tuple[int, int], *, dark: bool = False) -> None:
        """The page that is open, in another window or by another light."""
        self.page.set_viewport_size({"width": window[0], "height": window[1]})
        self.page.emulate_media(media="screen", color_scheme="dark" if dark else "light")

    def faults(self) -> list[str]:
        """What axe-core holds against the page as it stands, and by how much it is too wide."""
        return self.too_wide() + self._asked({})

    def faults_of_colours(self) -> list[str]:
        """What is left to ask where everything else was asked in the other light."""
        return self._asked({"runOnly": {"type": "rule", "values": OF_COLOURS}})

    def _asked(self, options: dict[str, object]) -> list[str]:
        self.page.evaluate(ON_PLAIN_PAPER)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(
            "options => axe.run(options).then(results => results.violations)",
            {"resultTypes": ["violations"], **options},
        )
        self.page.evaluate(WITH_SHADOWS)
        return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]

    def on_paper(self) -> list[str]:
        """What is wrong with the page where it is printed on A4, upright unless it says otherwise."""
        self.page.emulate_media(media="print", color_scheme="light")
        lies = self.page.evaluate("getComputedStyle(document.body).page") == "wide"
        self.page.set_viewport_size({"width": LYING if lies else UPRIGHT, "height": 900})
        return self.too_wide() + [str(one) for one in self.page.evaluate(ON_PAPER)]

    def too_wide(self) -> list[str]:
        width = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        return [f"the page is {width} pixels too wide"] if width > 0 else []

    def out_of_sight(self) -> list[str]:
        """The tables of which something lies beyond the edge of a telephone."""
        self.page.emulate_media(media="screen", color_scheme="light")
        self.page.set_viewport_size({"width": TELEPHONE[0], "height": TELEPHONE[1]})
        return [str(one) for one in self.page.evaluate(OUT_OF_SIGHT)]

    def by_keyboard(self) -> list[str]:
        """What a keyboard cannot reach, or reaches without being seen; what needs a script."""
        self.page.keyboard.press("Tab")  # from now on the browser shows where the keyboard is
        return [str(one) for one in self.page.evaluate(BY_KEYBOARD)]

    def heard(self, said: ConsoleMessage) -> None:
        is_no = "status of 40" in said.text  # that a page says no is no fault of the page
        if said.type in ("error", "warning") and not is_no:
            self.wrong.append(f"console: {said.text}")

    def answer(self, route: Route) -> None:
        asked = urlsplit(route.request.url)
        if f"{asked.scheme}://{asked.netloc}" != HOST:
            self.wrong.append(f"asks another host: {route.request.url}")
            route.abort()
            return
        if asked.path.startswith(_STATIC):
            status, headers, body = 200, {}, _static(asked.path.removeprefix(_STATIC))
            headers["Content-Type"] = _type(asked.path)
        else:
            address = asked.path + (f"?{asked.query}" if asked.query else "")
            answer = self.kept.get(address) or self.office.submit(self.client.get, address).result()
            status, headers = answer.status_code, dict(answer.headers)
            body = answer.getvalue() if answer.streaming else answer.content
        self.bytes += len(body)
        route.fulfill(status=status, headers=headers, body=body)


def _static(name: str) -> bytes:
    found = finders.find(name)
    assert found, f"no such file: {name}"
    return Path(found).read_bytes()


def _type(path: str) -> str:
    kinds = {"css": "text/css", "svg": "image/svg+xml", "js": "text/javascript"}
    return kinds[path.rpartition(".")[2]]


@contextmanager
def reader(page: Page, client: Client, kept: Pages | None = None) -> Iterator[Reader]:
    """``client``'s person at the browser's ``page``."""
    found = Reader(page, client, kept or {})
    page.route("**/*", found.answer)
    page.on("console", found.heard)
    page.emulate_media(reduced_motion="reduce")
    try:
        yield found
    finally:
        page.unroute("**/*")
        page.remove_listener("console", found.heard)
        found.office.submit(connections.close_all).result()
        found.office.shutdown()


def looked_over(seen: Reader, address: str, *, is_first: bool = True) -> list[str]:
    """What is wrong with a page: by keyboard, shown twice as large, and wide and narrow, by day and in the dark.

    It is loaded once, and axe asked everything of it. ``is_first``: axe is asked again narrow and in the dark;
    whoever looks over the same pages in a second language, whose words alone are others, need not.
    """
    seen.is_shown(WIDE)
    seen.opens(address)
    found = seen.faults() + seen.by_keyboard()
    seen.is_shown(ZOOMED)
    found += [f"shown twice as large: {one}" for one in seen.too_wide()]
    seen.is_shown(NARROW)
    found += [f"narrow: {one}" for one in seen.too_wide()]
    if is_first:
        found += _narrow_and_in_the_dark(seen)
    if seen.bytes > LARGEST:
        found.append(f"weighs {seen.bytes} bytes")
    found += seen.wrong
    seen.wrong.clear()
    return [f"{address} {one}" for one in found]


def _narrow_and_in_the_dark(seen: Reader) -> list[str]:
    """In each window axe is asked everything in one light, and of colours in the other.

    It has seen the whole page once: of rows alike it is shown one.
    """
    seen.page.evaluate(ONE_OF_A_KIND)
    found = [f"narrow: {one}" for one in seen.faults_of_colours()]
    seen.is_shown(NARROW, dark=True)
    found += [f"narrow, in the dark: {one}" for one in seen.faults()]
    seen.is_shown(WIDE, dark=True)
    found += [f"in the dark: {one}" for one in seen.faults_of_colours()]
    seen.page.evaluate(ALL_AGAIN)
    return found


def on_paper(seen: Reader, address: str) -> list[str]:
    """What is wrong with the page that is open, at this address, where it is printed."""
    return [f"{address} printed: {one}" for one in seen.on_paper()]


def on_a_telephone(seen: Reader, address: str) -> list[str]:
    """What is wrong with the page that is open, at this address, on a telephone."""
    return [f"{address} on a telephone: {one}" for one in seen.out_of_sight()]


def pictured(seen: Reader, name: str) -> None:
    """With STEELYARD_PICTURES set to a folder, the page as it stands is kept there, wide and as on a telephone."""
    folder = os.environ.get("STEELYARD_PICTURES")
    if not folder:
        return
    for width in (1280, 390):
        seen.is_shown((width, 900))
        told = name.replace("/assessments/", "").replace("/", "-")
        seen.page.screenshot(path=Path(folder) / f"{told}_{width}.png", full_page=True)
