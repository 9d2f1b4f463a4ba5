"""A visitor finds the court that hears their case, and its fee, by keyboard, without an account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from django.utils.text import capfirst
from playwright.sync_api import expect

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.jobs import asked as asked_at_the_desk
from steelyard.kernel.bilingual import Lang
from tests.journeys.reading import Reader, public_site, reader
from tests.website.shelf import KEY, publish_registers

pytestmark = pytest.mark.browser

Answers = dict[str, str]
HOME = {"zh": "/zh-hans/", "en": "/en/"}
SUIT: dict[str, Answers] = {
    "zh": {"cause": "侵害商标权纠纷", "place": "江门市", "filed": "2021-01-04", "amount": "50万"},
    "en": {"cause": "trademark infringement", "place": "Jiangmen", "filed": "2021-01-04", "amount": "500,000"},
}  # fmt: skip
COST: dict[str, Answers] = {
    "zh": {"standard": "知识产权民事案件", "accepted": "2021-01-04", "amount": "50万"},
    "en": {"standard": "civil intellectual-property case", "accepted": "2021-01-04", "amount": "500,000"},
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("shelf")
    publish_registers(folder)
    with public_site(folder, (KEY.public,)) as found:
        yield found


@pytest.mark.parametrize(("lang", "width"), [("zh", 1280), ("en", 320)])
def test_a_visitor_finds_their_court_and_fee(address: str, lang: Lang, width: int) -> None:
    with reader(address, language=lang, width=width) as read:
        comes_to_the_counter(read, HOME[lang], f"{lang}_{width}")
        asks(read, "which", SUIT[lang], lang)
        read.looks(f"court_{lang}_{width}")
        read.page.locator("nav.tabs a[href$='/fees/']").press("Enter")
        asks(read, "fee", COST[lang], lang)
        read.looks(f"fee_{lang}_{width}")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_without_script_and_twice_as_large_they_find_it_too(address: str, lang: Lang) -> None:
    with reader(address, language=lang, script=False, zoom=2) as read:
        comes_to_the_counter(read, HOME[lang])
        asks(read, "which", SUIT[lang], lang)
        assert read.complaints == []


def comes_to_the_counter(read: Reader, home: str, name: str = "") -> None:
    page = read.page
    page.goto(home)
    menu = page.locator("details.menu summary")
    if menu.is_visible():
        menu.press("Enter")
    page.locator(f"nav.public-nav a[href='{home}courts/']:visible").press("Enter")
    if name:
        read.looks(f"courts_{name}")
    page.locator("ul.doors a[href$='/which/']").press("Enter")


def asks(read: Reader, job: str, answers: Answers, lang: Lang) -> None:
    """The amount is asked for once it is known to matter; then the answer is that of the desk."""
    page = read.page
    for code, words in answers.items():
        field = page.locator(f"#f-{code}")
        if code == "amount":
            expect(page.locator("#e-amount")).to_be_visible()
        field.fill(words)
        if code in ("filed", "accepted", "amount"):
            field.press("Enter")
            page.wait_for_load_state()
    found = asked_at_the_desk(job, CourtRules.of("guangdong"), answers, today=date.today())
    expect(page.locator("#answer")).to_have_text(capfirst(found.headline.say(lang)))
