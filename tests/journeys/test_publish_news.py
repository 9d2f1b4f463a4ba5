"""An editor drafts and translates, a moderator approves, and at its time the public reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from wagtail.models import Revision

from steelyard.people.models import Account
from steelyard.people.rules.roles import Role
from steelyard.website.prose.actions import publishing_key
from steelyard.website.prose.models import Home, NewsArticle, NewsList
from steelyard.website.prose.tasks import publish_prose
from steelyard.website.prose.trees import set_up_trees
from tests.journeys.reading import Reader, public_site, reader
from tests.journeys.walking import let_in, looked_at, window
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


@pytest.fixture
def newsroom(live_server: object, shelf_of_ours: Path) -> Newsroom:
    place = region().guangdong
    lists_of_news()
    return Newsroom(
        str(live_server),
        shelf_of_ours,
        person("e", Role.EDITOR, place, "陈编"),
        person("m", Role.MODERATOR, place, "何审"),
    )


@dataclass
class Newsroom:
    """An office with an editor and a moderator, and what of it is read outside."""

    address: str
    shelf: Path
    editor: Account
    moderator: Account

    @contextmanager
    def inside(self, account: Account) -> Iterator[Page]:
        """Someone at their desk; our own pages say nothing, and no page asks anyone else."""
        complaints: list[str] = []
        with window(self.address) as page:
            page.on("request", lambda one: complaints.extend(self._elsewhere(one.url)))
            page.on("console", lambda said: complaints.extend(_said(page, said.type, said.text)))
            page.on("pageerror", lambda error: complaints.extend(_said(page, "error", str(error))))
            let_in(page, account)
            page.goto("/")
            looked_at(page, f"first_page_{account.username}")
            yield page
        assert complaints == []

    def _elsewhere(self, url: str) -> list[str]:
        return [] if url.startswith((self.address, "data:", "blob:")) else [f"asked {url}"]

    @contextmanager
    def outside(self, lang: str, width: int = 1280) -> Iterator[Reader]:
        """A reader of the public site as it stands alone."""
        language = {"zh-hans": "zh-CN", "en": "en-GB"}[lang]
        with (
            public_site(self.shelf, (publishing_key().public,)) as address,
            reader(address, language=language, width=width) as read,
        ):
            yield read


def _said(page: Page, kind: str, text: str) -> list[str]:
    """Wagtail's own pages are excepted by name."""
    is_wagtails = "/editors/" in page.url
    return [f"{page.url}: {text}"] if kind in ("error", "warning") and not is_wagtails else []


TITLES = {"zh-hans": "巡回审判点启用", "en": "A circuit court opens"}
CORRECTED = {"zh-hans": "更正：巡回审判点启用日期", "en": "A circuit court opens"}
SLUG = "circuit-court"


def test_news_is_drafted_translated_scheduled_approved_read_corrected_and_taken_down(
    newsroom: Newsroom,
) -> None:
    chinese = NewsList.objects.get(locale__language_code="zh-hans")
    with newsroom.inside(newsroom.editor) as page:
        first = drafts(page, chinese.pk)
        second = translates(page, first, TITLES["en"])
        for number in (first, second):
            hands_in(page, number)
    with newsroom.inside(newsroom.moderator) as page:
        approves(page, first, TITLES["zh-hans"])
        approves(page, second, TITLES["en"])
    publish_prose()
    for lang in TITLES:
        is_not_there(newsroom, lang)
    for number in (first, second):
        its_time_comes(number)
    publish_prose()
    for lang, title in TITLES.items():
        is_read(newsroom, lang, title)

    with newsroom.inside(newsroom.editor) as page:
        changes(page, first, CORRECTED["zh-hans"])
    publish_prose()
    is_read(newsroom, "zh-hans", TITLES["zh-hans"])  # a change is nothing until it is approved
    with newsroom.inside(newsroom.moderator) as page:
        approves(page, first, CORRECTED["zh-hans"], live=True)
    publish_prose()
    for lang, title in CORRECTED.items():
        is_read(newsroom, lang, title)

    with newsroom.inside(newsroom.moderator) as page:
        takes_down(page, first)
    publish_prose()
    with newsroom.outside("zh-hans") as read:
        answer = read.page.goto(f"/zh-hans/news/{SLUG}/")
        assert answer is not None
        expect(read.page.get_by_text(CORRECTED["zh-hans"])).to_have_count(0)


def test_a_moderator_is_offered_no_approval_of_their_own_text(newsroom: Newsroom) -> None:
    chinese = NewsList.objects.get(locale__language_code="zh-hans")
    with newsroom.inside(newsroom.moderator) as page:
        number = drafts(page, chinese.pk)
        hands_in(page, number)
        page.goto("/")
        expect(page.get_by_role("link", name=TITLES["zh-hans"])).to_have_count(0)
        page.goto(f"/editors/pages/{number}/edit/")
        expect(page.locator("button[data-workflow-action-name=approve]")).to_have_count(0)
        expect(page.locator("footer button[name=action-publish]")).to_have_count(0)


def is_not_there(newsroom: Newsroom, lang: str) -> None:
    with newsroom.outside(lang) as read:
        answer = read.page.goto(f"/{lang}/news/{SLUG}/")
        assert answer is not None
        assert answer.status == 404
        read.page.goto(f"/{lang}/news/")
        expect(read.page.get_by_text(TITLES[lang])).to_have_count(0)


def is_read(newsroom: Newsroom, lang: str, title: str) -> None:
    """From the list to the article; on a telephone too."""
    for width in (1280, 320):
        with newsroom.outside(lang, width) as read:
            read.page.goto(f"/{lang}/news/")
            read.looks(f"news_{lang}_{width}")
            read.page.get_by_role("link", name=title).click()
            expect(read.page.get_by_role("heading", level=1)).to_contain_text(title)
            read.looks(f"article_{lang}_{width}")


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


def translates(page: Page, number: int, title: str) -> int:
    """Into English, with its own title; the number of the translation."""
    page.goto(f"/editors/translation/submit/page/{number}/")
    page.locator("[name=locales]").check()
    page.locator("main input[type=submit]").click()
    page.wait_for_url(re.compile("/edit/"))
    found = re.search(r"pages/(\d+)/edit", page.url)
    assert found
    assert int(found[1]) != number
    page.fill("#id_title", title)
    page.locator("footer .action-save").first.click()
    page.wait_for_load_state()
    expect(page.locator("#id_title")).to_have_value(title)
    return int(found[1])


def hands_in(page: Page, number: int) -> None:
    page.goto(f"/editors/pages/{number}/edit/")
    submits(page)
    expect(page.locator("footer button[name=action-publish]")).to_have_count(0)


def changes(page: Page, number: int, title: str) -> None:
    page.goto(f"/editors/pages/{number}/edit/")
    page.fill("#id_title", title)
    submits(page)


def submits(page: Page) -> None:
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[name=action-submit]").click()
    page.wait_for_url(lambda url: "/edit/" not in url, wait_until="commit")


def approves(page: Page, number: int, title: str, *, live: bool = False) -> None:
    page.goto("/")
    page.get_by_role("link", name=title).click()
    page.locator("footer .w-dropdown__toggle").click()
    page.locator("button[data-workflow-action-name=approve]").first.click()
    page.wait_for_url(lambda url: "/edit/" not in url, wait_until="commit")
    article = NewsArticle.objects.get(pk=number)
    assert (article.live, article.approved_schedule) == ((True, False) if live else (False, True))


def takes_down(page: Page, number: int) -> None:
    page.goto(f"/editors/pages/{number}/unpublish/")
    page.locator("main [type=submit]").first.click()
    page.wait_for_url(lambda url: "/unpublish/" not in url, wait_until="commit")
    assert not NewsArticle.objects.get(pk=number).live


def its_time_comes(number: int) -> None:
    """As if two hours had passed."""
    revision = Revision.objects.get(object_id=str(number), approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - timedelta(seconds=1)
    revision.content["go_live_at"] = None
    revision.save()
