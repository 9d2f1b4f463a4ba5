"""An editor drafts and translates, a moderator approves, and at its time the public reads it."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Revision

from steelyard.people.rules.roles import Role
from steelyard.website.prose.models import Home, NewsArticle, NewsList
from steelyard.website.prose.tasks import publish_prose
from steelyard.website.prose.trees import set_up_trees
from tests.journeys.walking import looked_at, sign_in, window, with_password
from tests.people.builders import person, region
from tests.website.prose.conftest import shelf_of_ours
from tests.website.prose.test_prose import site

__all__ = ["shelf_of_ours"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def lists_of_news() -> tuple[NewsList, NewsList]:
    """The list of news in both trees, each the other's translation."""
    trees: dict[str, Home] = set_up_trees()
    _, chinese = site(trees)
    _, english = site(trees, "en")
    english.translation_key = chinese.translation_key
    english.save()
    return chinese, english


def test_news_is_drafted_translated_scheduled_approved_and_read(
    live_server: object, shelf_of_ours: Path
) -> None:
    place = region().guangdong
    editor = with_password(person("e", Role.EDITOR, place, "陈编"))
    moderator = with_password(person("m", Role.MODERATOR, place, "何审"))
    chinese, _ = lists_of_news()
    with window(str(live_server)) as page:
        sign_in(page, editor)
        number = drafts(page, chinese.pk)
        translates(page, number)
        hands_in(page, number)
        sign_in(page, moderator)
        approves(page, number)
        publish_prose()
        assert page.goto("/zh-hans/news/circuit-court/").status == 404
        its_time_comes(number)
        publish_prose()
        page.goto("/zh-hans/news/")
        looked_at(page, "news")
        page.get_by_role("link", name="巡回审判点启用").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("巡回审判点启用")
        looked_at(page, "article")
    assert not NewsArticle.objects.get(locale__language_code="en").live


def drafts(page: Page, parent: int) -> int:
    """With its day of publication set for later."""
    page.goto(f"/editors/pages/add/prose/newsarticle/{parent}/")
    page.fill("#id_title", "巡回审判点启用")
    page.get_by_role("tab").nth(1).click()
    page.wait_for_timeout(500)  # Wagtail makes an address of the title a moment later
    page.fill("#id_slug", "circuit-court")
    page.locator("#id_slug").blur()
    expect(page.locator("#id_slug")).to_have_value("circuit-court")
    later = (timezone.localtime() + timedelta(hours=2)).strftime("%Y-%m-%d %H:%M")
    page.locator("[name=go_live_at]").evaluate("(field, value) => { field.value = value }", later)
    page.locator("footer .action-save").first.click()
    page.wait_for_url(re.compile("/edit/"), wait_until="commit", timeout=30_000)
    found = re.search(r"pages/(\d+)/edit", page.url)
    assert found
    return int(found[1])


def translates(page: Page, number: int) -> None:
    page.goto(f"/editors/translation/submit/page/{number}/")
    page.locator("[name=locales]").check()
    page.locator("main input[type=submit]").click()
    page.wait_for_url(re.compile("/edit/"))


def hands_in(page: Page, number: int) -> None:
    page.goto(f"/editors/pages/{number}/edit/")
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[name=action-submit]").click()
    page.wait_for_load_state()
    expect(page.locator("footer button[name=action-publish]")).to_have_count(0)


def approves(page: Page, number: int) -> None:
    page.goto("/")
    page.get_by_role("link", name="巡回审判点启用").click()
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[data-workflow-action-name=approve]").first.click()
    page.wait_for_function(
        "!document.querySelector('button[data-workflow-action-name=approve]')", timeout=15_000
    )
    article = NewsArticle.objects.get(pk=number)
    assert (article.live, article.approved_schedule) == (False, True)


def its_time_comes(number: int) -> None:
    """As if two hours had passed."""
    revision = Revision.objects.get(object_id=str(number), approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = None
    revision.save()
