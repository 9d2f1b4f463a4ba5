"""Someone who reads the public site in a real browser: no account, no database, and no other host."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from django.test import override_settings
from playwright.sync_api import Page, Request, sync_playwright

from steelyard.config.outside import settings as public_settings
from tests.browser import QUIET, chromium
from tests.journeys.walking import looked_at


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        """Say nothing: what is asked for stands in the test."""


@contextmanager
def public_site(shelf: Path, keys: tuple[str, ...]) -> Iterator[str]:
    """The address of a public site over a shelf, in this process, as it stands alone."""
    alone = {
        "ROOT_URLCONF": public_settings.ROOT_URLCONF,
        "MIDDLEWARE": public_settings.MIDDLEWARE,
        "CONTENT_SECURITY_POLICY": public_settings.CONTENT_SECURITY_POLICY,
        "TEMPLATES": public_settings.TEMPLATES,
    }
    with override_settings(PUBLICATIONS=shelf, PUBLICATION_KEYS=keys, **alone):
        server = ThreadedWSGIServer(("127.0.0.1", 0), _Quiet)
        server.set_app(StaticFilesHandler(WSGIHandler()))
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


class Reader:
    """A browser window, and what it complained of or asked elsewhere."""

    def __init__(self, page: Page, address: str) -> None:
        self.page, self.address = page, address
        self.complaints: list[str] = []
        self.visited: set[str] = set()
        page.on("console", lambda said: self._said(said.type, said.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("request", self._asked)

    def _said(self, kind: str, text: str) -> None:
        is_no = "status of 422" in text  # that a form lacks an answer is no fault of the page
        if kind in ("error", "warning") and not is_no:
            self.complaints.append(text)

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.complaints.append(f"asked {request.url}")

    def looks(self, name: str = "") -> None:
        """The page has no faults of access, said nothing, asked nobody else; each address once."""
        if self.page.url not in self.visited:
            self.visited.add(self.page.url)
            looked_at(self.page, name)
        assert self.complaints == []


@contextmanager
def reader(
    address: str, *, language: str = "zh-CN", width: int = 1280, script: bool = True, zoom: int = 1
) -> Iterator[Reader]:
    """A new browser. Zoomed, a page has that much fewer pixels of its own across."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
        try:
            context = browser.new_context(
                base_url=address, locale=language, viewport={"width": width // zoom, "height": 900},
                device_scale_factor=zoom, java_script_enabled=script,
            )  # fmt: skip
            context.set_default_timeout(20_000)
            context.route(lambda url: not url.startswith(address), lambda route: route.abort())
            yield Reader(context.new_page(), address)
        finally:
            browser.close()
