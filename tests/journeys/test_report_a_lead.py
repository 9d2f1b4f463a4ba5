"""A citizen reports a matter outside, by keyboard and without script; inside an officer finds it, and not who told it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from steelyard.assessment.models import Lead
from steelyard.website.messages import actions as messages
from steelyard.website.prose.actions import publishing_key
from tests.assessment.visits import collecting
from tests.journeys.reading import public_site, reader
from tests.journeys.walking import looked_at, sign_in, window, with_password
from tests.website.prose.conftest import shelf_of_ours
from tests.website.shelf import KEY, publish_assessment

__all__ = ["shelf_of_ours"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NAME, TEXT = "鸩鹮举报人", "台账鸓鷅是补做的"
SENT = {"zh": "已收到您反映的线索", "en": "Your report was taken"}
WRONG = {"zh": "请写明发生了什么", "en": "say what happened"}
SEALED = {"zh": "已封存", "en": "Sealed."}
HOME = {"zh": "/zh-hans/", "en": "/en/"}


@pytest.mark.parametrize(
    ("lang", "width", "zoom"), [("zh", 1280, 1), ("en", 320, 1), ("zh", 1280, 2)]
)
def test_from_the_form_to_the_officer(
    live_server: Any, shelf_of_ours: Path, settings: Any, tmp_path: Path, lang: str, width: int,
    zoom: int,
) -> None:  # fmt: skip
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)
    year = collecting()
    chen = with_password(year.chen)
    publish_assessment(shelf_of_ours)
    messages.publish_messages(now=timezone.now())
    outside = {
        "TAKES_LEADS": "steelyard.website.leads.put_lead", "MESSAGES": tmp_path / "outbox",
        "COUNTS_SENDERS": tmp_path / "senders",
    }  # fmt: skip
    keys = (KEY.public, publishing_key().public)
    with (
        override_settings(**outside),
        public_site(shelf_of_ours, keys) as address,
        reader(address, language=lang, width=width, zoom=zoom, script=zoom == 1) as read,
    ):
        reports(read, lang, name=f"report_{lang}_{width}_{zoom}", looks=zoom == 1)
    assert messages.take_folder(tmp_path / "outbox", now=timezone.now()).new == 1
    one = Lead.objects.get()
    with window(str(live_server), language=lang, width=max(width, 390)) as page:
        sign_in(page, chen)
        finds(page, one, lang, f"{lang}_{width}_{zoom}")


def reports(read: Any, lang: str, name: str, *, looks: bool) -> None:
    """First with nothing, which is refused, then whole; the keyboard alone is used."""
    page = read.page
    page.goto(HOME[lang])
    page.locator(f"footer a[href='{HOME[lang]}report/']").press("Enter")
    form = page.locator("main form")
    form.locator("#text").evaluate("one => one.removeAttribute('required')")
    form.locator("#place").fill("鵱鷜市场")
    form.locator("button.primary").press("Enter")
    expect(page.locator("#faults")).to_contain_text(WRONG[lang])
    expect(form.locator("#place")).to_have_value("鵱鷜市场")
    if looks:
        looked_at(page, f"{name}_wrong")
    form.locator("#text").press_sequentially(TEXT)
    form.locator("#name").press_sequentially(NAME)
    form.locator("button.primary").press("Enter")
    expect(page.locator("#taken")).to_have_text(SENT[lang])
    assert NAME not in page.content()
    if looks:
        looked_at(page, f"{name}_taken")
        page.goto(f"{HOME[lang]}report/")
        looked_at(page, name)
    assert read.complaints == []


def finds(page: Page, one: Lead, lang: str, name: str) -> None:
    """From what waits for her she comes to the lead; who told it is sealed."""
    page.locator(f"main a[href='/leads/{one.pk}/']").first.press("Enter")
    expect(page.locator("#told + p")).to_have_text(TEXT)
    expect(page.locator("main")).to_contain_text(SEALED[lang])
    expect(page.locator("main")).to_contain_text(one.receipt)
    assert NAME not in page.content()
    looked_at(page, f"lead_{name}")
    page.goto("/leads/")
    looked_at(page, f"inbox_{name}")
