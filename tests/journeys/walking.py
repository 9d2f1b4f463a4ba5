"""Someone at the office's pages in a real browser: signs in, reads, presses, and looks for axe faults."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_FILE_PATH
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client
from playwright.sync_api import Error as PlaywrightError
from playwright.sync_api import Page, sync_playwright

from steelyard.people.models import Account
from tests.browser import QUIET, VIOLATIONS, chromium

PASSWORD = "beam-and-weight-2022"


@contextmanager
def window(
    address: str,
    *,
    language: str = "zh-CN",
    width: int = 1280,
    scripts: bool = True,
    also: tuple[str, ...] = (),
) -> Iterator[Page]:
    """A new Chromium with an empty profile that may speak to the office and to nobody else.

    But for ``also``, addresses of other servers of the test.
    """
    # Playwright runs a loop of its own in this thread; Django then fears for its connections.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    try:
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=list(QUIET))
            try:
                yield _page(browser, (address, *also), language, width, scripts)
            finally:
                browser.close()
                connections.close_all()  # in that loop Django has opened one of its own
    finally:
        if before is None:
            del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]
        else:
            os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = before


def _page(
    browser: Any, addresses: tuple[str, ...], language: str, width: int, scripts: bool
) -> Page:
    context = browser.new_context(
        base_url=addresses[0],
        locale=language,
        viewport={"width": width, "height": 900},
        java_script_enabled=scripts,
    )
    context.set_default_timeout(15_000)
    context.route(lambda url: not url.startswith(addresses), lambda route: route.abort())
    return context.new_page()


def with_password(account: Account) -> Account:
    account.set_password(PASSWORD)
    account.save()
    return account


def let_in(page: Page, account: Account) -> None:
    """The browser is given a session of this account, and none other's.

    How one comes by it is walked in test_signing_in.py and test_report_a_lead.py; the form takes two pages
    each time.
    """
    client, name = Client(), settings.SESSION_COOKIE_NAME
    client.force_login(account)
    page.context.clear_cookies()
    cookie = {"name": name, "value": client.cookies[name].value, "domain": "localhost", "path": "/"}
    page.context.add_cookies([cookie])  # type: ignore[list-item]


def sign_in(page: Page, account: Account) -> None:
    """By the form."""
    cache.clear()  # how many signed in within this minute, on the walks before this one too
    page.context.clear_cookies()
    page.goto("/account/login/")
    page.fill("input[name=login]", account.username)
    page.fill("input[name=password]", PASSWORD)
    page.locator("main form button[type=submit], main form button.primary").first.click()
    page.wait_for_url(lambda url: "login" not in url)


def faults_of(page: Page) -> list[str]:
    """What axe-core holds against the page as it stands: one line for each element at fault.

    A link just pressed may take the page away while axe looks at it; then axe looks at the page that came.
    """
    for _ in range(2):
        page.wait_for_load_state()
        with suppress(PlaywrightError):
            return _faults_now(page)
    page.wait_for_load_state()
    return _faults_now(page)


def _faults_now(page: Page) -> list[str]:
    page.evaluate(AXE_FILE_PATH.read_text(encoding="utf-8"))
    found = page.evaluate(VIOLATIONS)
    width = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    wide = [f"the page is {width} pixels too wide"] if width > 0 else []
    return wide + [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


def looked_at(page: Page, name: str = "") -> None:
    """The page has no faults; with STEELYARD_PICTURES set to a folder, a picture of it is kept there."""
    folder = os.environ.get("STEELYARD_PICTURES")
    if folder and name:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)
    found = faults_of(page)
    assert not found, "\n".join([page.url, *found])
