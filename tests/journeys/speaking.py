"""Somebody at the office's pages who reads one language: presses, by keyboard, what is written there in it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Locator, Page, expect

from steelyard.kernel.bilingual import Text
from steelyard.people.models import Account, Organisation
from tests.journeys.walking import let_in, looked_at, window

IN_BOTH_LANGUAGES = pytest.mark.parametrize(
    ("language", "width"), [("zh-hans", 1280), ("en", 390)], ids=["zh", "en"]
)
"""The Chinese pages at a desk, the English ones on a telephone."""


@dataclass(frozen=True)
class Person:
    """What a page says is written here in English, as the templates do; the page's own words are pressed."""

    page: Page
    language: str
    journey: str
    scripts: bool = True

    def words(self, text: str | Text, context: str = "") -> str:
        if isinstance(text, Text):
            return text.zh if self.language == "zh-hans" else text.en
        with translation.override(self.language):
            return pgettext(context, text) if context else gettext(text)

    def called(self, organisation: Organisation) -> str:
        return organisation.name_zh if self.language == "zh-hans" else organisation.name_en

    def signs_in(self, account: Account) -> None:
        let_in(self.page, account)

    def opens(self, address: str) -> None:
        answer = self.page.goto(address)
        assert answer is not None
        assert answer.ok, f"{address}: {answer.status}"
        self.looks()

    def follows(self, text: str, context: str = "") -> None:
        self.goes(self.page.get_by_role("link", name=self.words(text, context), exact=True).first)

    def follows_to(self, text: str) -> None:
        """A link that contains this, as it stands: a name, a code, a figure."""
        self.goes(self.page.get_by_role("link", name=text).first)

    def presses(self, text: str | Text, context: str = "") -> None:
        self.goes(self.button(text, context))

    def goes(self, what: Locator) -> None:
        """By Enter, to another page."""
        with self.page.expect_navigation():
            what.press("Enter")
        self.looks()

    def button(self, text: str | Text, context: str = "") -> Locator:
        """By its words; a move begins with a capital there, where the language has them."""
        name = re.compile(f"^{re.escape(self.words(text, context))}$", re.IGNORECASE)
        return self.page.get_by_role("button", name=name).first

    def field(self, label: str, context: str = "") -> Locator:
        """By its label, whether that says that it may stay empty or not."""
        may_be_empty = re.escape(self.words("optional"))
        label = re.escape(self.words(label, context))
        named = re.compile(rf"^\s*{label}\s*({may_be_empty})?\s*$")
        return self.page.get_by_label(named).first

    def fills(self, label: str, value: str, context: str = "") -> None:
        self.field(label, context).fill(value)

    def sees(self, text: str | Text, context: str = "") -> None:
        expect(self.page.locator("main")).to_contain_text(self.words(text, context))

    def sees_no(self, text: str | Text, context: str = "") -> None:
        expect(self.page.locator("main")).not_to_contain_text(self.words(text, context))

    def looks(self) -> None:
        """Nobody is kept from reading the page, and it is in the language of the reader.

        Axe is a script: where there are none, the language is looked at alone.
        """
        told = "zh-Hans" if self.language == "zh-hans" else "en"
        assert (self.page.locator("html").get_attribute("lang") or "").lower() == told.lower()
        if self.scripts:
            looked_at(self.page)
        self._pictured()

    def _pictured(self) -> None:
        folder = os.environ.get("STEELYARD_PICTURES")
        if folder:
            name = f"{self.journey}_{self.language}_{len(list(Path(folder).iterdir())):03}.png"
            self.page.screenshot(path=Path(folder) / name, full_page=True)


@contextmanager
def somebody(
    address: object, language: str, width: int, journey: str, *, scripts: bool = True
) -> Iterator[Person]:
    """At a browser of their own, which may be one that runs no scripts."""
    browser = "zh-CN" if language == "zh-hans" else "en"
    with window(str(address), language=browser, width=width, scripts=scripts) as page:
        yield Person(page, language, journey, scripts)
