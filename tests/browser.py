"""A page as a person sees it: pictures, accessibility faults, what it asks of other sites.

Used by tests marked ``browser``, and by hand::

    python -m tests.browser out/report.html report.png --width 400 --dark
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = "no Chromium to look at pages with (Debian: apt install chromium fonts-noto-cjk)"
QUIET = (  # nothing that Chromium does of its own accord reaches for a network or a graphics card
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

VIOLATIONS = "axe.run({resultTypes: ['violations']}).then(results => results.violations)"
"""Every rule is asked; of what is in order axe then need not say where each element stands."""

ON_PLAIN_PAPER = (
    "document.querySelectorAll('.scroll').forEach(one => { one.style.backgroundImage = 'none' })"
)
WITH_SHADOWS = ON_PLAIN_PAPER.replace("'none'", "''")
"""The shadow at the edge of a wide table is taken away and put back: over a picture axe says nothing
of the contrast of words."""


def chromium() -> str | None:
    """Where this machine keeps Chromium, if it has one."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def opened(
    page_path: Path, width: int = 1280, *, dark: bool = False, print_media: bool = False
) -> Iterator[Page]:
    """The page in a new Chromium with an empty profile, at ``width`` CSS pixels, offline."""
    with _tab(width) as tab:
        tab.emulate_media(
            color_scheme="dark" if dark else "light", media="print" if print_media else "screen"
        )
        tab.route(_is_elsewhere(page_path), lambda route: route.abort())
        tab.goto(page_path.resolve().as_uri())
        yield tab


@contextmanager
def _tab(width: int) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        try:
            yield browser.new_page(viewport={"width": width, "height": 900})
        finally:
            browser.close()


def _is_elsewhere(page_path: Path) -> Callable[[str], bool]:
    own = (page_path.resolve().as_uri(), "data:", "blob:")
    return lambda address: not address.startswith(own)


def shoot(
    page_path: Path, png: Path, width: int = 1280, *, dark: bool = False, print_media: bool = False
) -> None:
    """A picture of the whole page, from top to bottom."""
    with opened(page_path, width, dark=dark, print_media=print_media) as page:
        page.screenshot(path=png, full_page=True)


def violations(page_path: Path, width: int = 1280, *, dark: bool = False) -> list[str]:
    """What axe-core (all its rules) holds against the page: one line for each element at fault."""
    with opened(page_path, width, dark=dark) as page:
        page.evaluate(ON_PLAIN_PAPER)
        page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
        found = page.evaluate(VIOLATIONS)
    return [_line(rule, node) for rule in found for node in rule["nodes"]]


def _line(rule: dict[str, Any], node: dict[str, Any]) -> str:
    return f"{rule['id']}: {rule['help']}: {node['html'][:200]}"


def outside_requests(page_path: Path) -> list[str]:
    """Every address but its own that the page asks for while it loads. None is let out."""
    asked: list[str] = []

    def note(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    with _tab(width=1280) as tab:
        tab.route(_is_elsewhere(page_path), note)
        tab.goto(page_path.resolve().as_uri(), wait_until="networkidle")
    return asked


def overflow(page_path: Path, width: int) -> int:
    """By how many CSS pixels the page is wider than a window of ``width``: 0 if it fits."""
    with opened(page_path, width) as page:
        return int(page.evaluate("document.documentElement.scrollWidth - window.innerWidth"))


def main() -> None:
    words = argparse.ArgumentParser(description="Take a picture of a page and list its axe faults.")
    words.add_argument("page", type=Path)
    words.add_argument("png", type=Path)
    words.add_argument("--width", type=int, default=1280)
    words.add_argument("--dark", action="store_true")
    words.add_argument("--print", action="store_true", dest="print_media")
    asked = words.parse_args()
    shoot(asked.page, asked.png, asked.width, dark=asked.dark, print_media=asked.print_media)
    print("\n".join(violations(asked.page, asked.width, dark=asked.dark)) or "no axe violations")


if __name__ == "__main__":
    main()
