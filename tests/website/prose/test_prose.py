"""Prose from draft to the public: by whom, when, in which language, and cleaned of what is hostile."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from PIL import Image
from wagtail.models import Locale, Page

from steelyard.kernel.refusals import Refused
from steelyard.people.models import Account, Holding
from steelyard.people.rules.roles import Role
from steelyard.publication.prose import stray
from steelyard.publication.shelf import read_shelf
from steelyard.website.prose import actions, models
from steelyard.website.prose.cleaning import clean
from steelyard.website.prose.export import Held, live_pages, shown_picture, value_of
from steelyard.website.prose.groups import follow_roles, names_of
from steelyard.website.prose.models import Home, NewsArticle, NewsList, PlainPage, Publication
from steelyard.website.prose.withheld import load_withheld
from tests.people.builders import Region, day, person, region, signed_in
from tests.people.walking import addresses, ask
from tests.publication.test_prose import HOSTILE

pytestmark = pytest.mark.django_db


@pytest.fixture
def guangdong() -> Region:
    return region()


def editor(guangdong: Region) -> Account:
    return person("e", Role.EDITOR, guangdong.guangdong, "陈编")


def moderator(guangdong: Region) -> Account:
    return person("m", Role.MODERATOR, guangdong.guangdong, "何审")


def live(parent: Page, page: models.ProsePage) -> models.ProsePage:
    parent.refresh_from_db()
    page.locale = parent.specific.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return page


def site(trees: dict[str, Home], lang: str = "zh-hans") -> tuple[Home, NewsList]:
    """A first page and a list of news, live."""
    home = trees[lang]
    home.save_revision(clean=False).publish()
    news = live(home, NewsList(title="新闻" if lang == "zh-hans" else "News", slug="news"))
    return Home.objects.get(pk=home.pk), news


def published() -> None:
    actions.publish_prose(by=None, now=timezone.now())


def status(address: str) -> int:
    return Client().get(address).status_code


# who


def test_roles_stand_for_groups_on_their_days_alone(
    guangdong: Region, trees: dict[str, Home]
) -> None:
    account = editor(guangdong)
    client = signed_in(account)
    assert client.get("/editors/").status_code == 200
    assert [one.name for one in account.groups.all()] == ["Editors"]
    Holding.objects.filter(account=account).update(ends=day(0))
    assert client.get("/editors/").status_code == 404
    assert client.get(f"/editors/pages/{trees['en'].pk}/edit/").status_code == 404


def test_who_changes_roles_changes_groups_the_same_day(
    guangdong: Region, trees: dict[str, Home]
) -> None:
    from steelyard.people.queries import load_held

    account = moderator(guangdong)
    follow_roles(account, load_held(account.pk, day(0)), day(0))
    assert [one.name for one in account.groups.all()] == ["Moderators"]
    assert names_of(load_held(account.pk, day(0)), day(0)) == {"Moderators"}
    follow_roles(account, (), day(0))
    assert not account.groups.exists()


def test_the_editors_pages_are_nothing_to_others(guangdong: Region) -> None:
    clerk = signed_in(person("k", Role.CLERK, guangdong.guangdong))
    prefix = next(p for p in get_resolver().url_patterns if str(p.pattern) == "editors/")
    listed = list(addresses(prefix, "editors/", below="editors/"))
    assert len(listed) > 100
    for pattern in listed:
        plain = f"/{pattern}".replace("<int:page_id>", "1").replace("<int:pk>", "1")
        found = ask(clerk, "get", plain).status_code
        assert found in (301, 404), pattern  # 301: a line end was added, to be asked again
        sent = ask(Client(), "get", plain)
        assert sent.status_code in (301, 302, 404), pattern


@pytest.mark.parametrize(
    "closed",
    ["account/x/", "users/", "groups/", "sites/", "locales/", "password_reset/", "login/",
     "workflows/list/", "collections/", "pages/2/privacy/"],
)  # fmt: skip
def test_accounts_and_settings_are_not_wagtails(
    guangdong: Region, trees: dict[str, Home], closed: str
) -> None:
    assert signed_in(moderator(guangdong)).get(f"/editors/{closed}").status_code == 404


@pytest.mark.parametrize("closed", ["login/", "password_reset/"])
def test_there_is_one_way_to_sign_in(closed: str) -> None:
    assert Client().get(f"/editors/{closed}").status_code == 404


def test_the_editors_policy_is_theirs_alone(guangdong: Region, trees: dict[str, Home]) -> None:
    client = signed_in(editor(guangdong))
    assert "'unsafe-inline'" in client.get("/editors/")["Content-Security-Policy"]
    assert "unsafe" not in client.get("/")["Content-Security-Policy"]
    assert "gravatar" not in client.get("/editors/").text


def test_only_a_moderator_publishes(guangdong: Region, trees: dict[str, Home]) -> None:
    site(trees)
    with pytest.raises(Refused):
        actions.publish_prose(by=editor(guangdong).pk, now=timezone.now())
    assert actions.publish_prose(by=moderator(guangdong).pk, now=timezone.now()) is not None


# moderation


def test_an_editor_hands_in_and_a_moderator_publishes(
    guangdong: Region, trees: dict[str, Home], shelf_of_ours: Path
) -> None:
    _, news = site(trees)
    writes, reviews = signed_in(editor(guangdong)), signed_in(moderator(guangdong))
    add = reverse("wagtailadmin_pages:add", args=["prose", "newsarticle", news.pk])
    form = {
        "title": "开庭公告", "slug": "hearing", "day": "2022-03-01", "summary": "", "body-count": "0",
    }  # fmt: skip
    assert writes.post(add, form | {"action-publish": "1"}).status_code == 302
    article = NewsArticle.objects.get(slug="hearing")
    assert not article.live, "an editor's word does not publish"
    edit = reverse("wagtailadmin_pages:edit", args=[article.pk])
    assert writes.post(edit, form | {"action-submit": "1"}).status_code == 302
    published()
    assert status("/zh-hans/news/hearing/") == 404
    assert "开庭公告" in reviews.get("/").text, "it waits on the moderator's first page"
    task = article.current_workflow_state.current_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[article.pk, "approve", task.pk])
    assert writes.post(approve, {"comment": ""}).status_code in (302, 403)
    assert not NewsArticle.objects.get(pk=article.pk).live
    assert reviews.post(approve, {"comment": ""}).status_code in (200, 302)
    assert NewsArticle.objects.get(pk=article.pk).live
    published()
    assert status("/zh-hans/news/hearing/") == 200
    shown = reviews.get(reverse("wagtailadmin_pages:view_draft", args=[article.pk]))
    assert "开庭公告" in shown.text


def test_an_address_is_one_that_can_be_published(guangdong: Region, trees: dict[str, Home]) -> None:
    _, news = site(trees)
    add = reverse("wagtailadmin_pages:add", args=["prose", "newsarticle", news.pk])
    form = {"title": "公告", "day": "2022-03-01", "summary": "", "body-count": "0"}
    for slug in ("公告", "a_b", "A", "a--b"):
        signed_in(editor_once(guangdong)).post(add, form | {"slug": slug})
    assert not NewsArticle.objects.exists()


def editor_once(guangdong: Region) -> Account:
    return Account.objects.filter(username="e").first() or editor(guangdong)


# time


def test_a_page_goes_live_and_comes_down_at_its_time(
    guangdong: Region, trees: dict[str, Home], shelf_of_ours: Path
) -> None:
    _, news = site(trees)
    now = timezone.now()
    page = NewsArticle(title="按时", slug="in-time", live=False, locale=news.locale)
    news.add_child(instance=page)
    page.go_live_at = now + timedelta(hours=1)
    page.save_revision().publish()
    published()
    assert status("/zh-hans/news/in-time/") == 404
    revision = page.revisions.latest("pk")
    revision.content["go_live_at"] = None
    revision.approved_go_live_at = now - timedelta(seconds=1)
    revision.save()
    actions.keep_times(now=timezone.now())
    published()
    assert status("/zh-hans/news/in-time/") == 200
    Page.objects.filter(pk=page.pk).update(expire_at=now - timedelta(seconds=1))
    published()
    assert status("/zh-hans/news/in-time/") == 404
    actions.keep_times(now=timezone.now())
    assert not Page.objects.get(pk=page.pk).live


def test_a_change_is_a_correction_that_says_what_changed(
    trees: dict[str, Home], shelf_of_ours: Path
) -> None:
    home, news = site(trees)
    published()
    published()
    assert Publication.objects.count() == 1
    live(home, PlainPage(title="关于我们", slug="about"))
    live(news, NewsArticle(title="新的", slug="new"))
    published()
    news.unpublish()
    published()
    first, second, third = read_shelf(shelf_of_ours, [actions.publishing_key().public]).packages
    assert second.head.replaces == first.identifier
    assert second.head.reason.zh == "新增：关于我们、新的"
    assert third.head.reason.zh == "撤下：新闻、新的"
    assert status("/zh-hans/news/new/") == 404, "below what came down nothing is up"


# languages


def test_a_translation_is_found_at_the_same_address(
    guangdong: Region, trees: dict[str, Home], shelf_of_ours: Path
) -> None:
    _, news = site(trees)
    site(trees, "en")
    article = live(news, NewsArticle(title="双语", slug="both"))
    published()
    only = Client().get("/en/news/both/")
    assert "has not been translated" in only.text
    assert 'lang="zh-Hans"' in only.text
    parent = NewsList.objects.get(locale__language_code="en")
    parent.translation_key = news.translation_key
    parent.save()
    client = signed_in(editor(guangdong))
    submit = reverse("simple_translation:submit_page_translation", args=[article.pk])
    english = Locale.objects.get(language_code="en")
    assert client.post(submit, {"locales": [english.pk]}).status_code == 302
    copy = NewsArticle.objects.get(slug="both", locale=english)
    assert not copy.live
    copy.title = "Both languages"
    copy.save_revision().publish()
    published()
    assert "Both languages" in Client().get("/en/news/both/").text
    assert "双语" in Client().get("/zh-hans/news/both/").text


# content


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_marks_are_gone_from_what_is_exported(html: str) -> None:
    for stored in (html, f"<p>{html}</p>", f'<p data-block-key="a">a {html} b</p>'):
        assert stray(clean(stored)) == ()


def test_every_block_is_published_as_it_was_written(
    trees: dict[str, Home], shelf_of_ours: Path
) -> None:
    _, news = site(trees)
    picture = models.Picture.objects.create(
        title="p", alt_zh="大厅", alt_en="hall", file=SimpleUploadedFile("p.jpg", jpeg())
    )
    body = [
        ("heading", {"text": "标题 <b>", "level": "3"}),
        ("paragraph", '<p onclick="x()">正文<script>alert(1)</script></p>'),
        ("picture", {"picture": picture, "caption": ""}),
    ]
    article = live(news, NewsArticle(title="图", slug="blocks", body=body))
    held = Held()
    value = value_of(NewsArticle.objects.get(pk=article.pk), held, timezone.now())
    assert value.blocks[0].text == "标题 <b>"
    assert value.blocks[1].html == "<p>正文</p>"
    assert (value.blocks[2].alt, value.blocks[2].width) == ("大厅", 1600)
    published()
    page = Client().get("/zh-hans/news/blocks/")
    assert "标题 &lt;b&gt;" in page.text
    assert "alert(1)" not in page.text
    assert 'alt="大厅"' in page.text
    file = Client().get(f"/zh-hans/files/{value.blocks[2].file}")
    assert (file.status_code, file["Content-Type"]) == (200, "image/jpeg")
    assert status("/zh-hans/files/" + "0" * 64 + ".jpg") == 404


def jpeg(exif: bytes = b"") -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (2000, 1000), "red").save(written, "JPEG", exif=exif)
    return written.getvalue()


def test_what_the_camera_noted_is_not_published(trees: dict[str, Home]) -> None:
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    picture = models.Picture.objects.create(
        title="p", alt_zh="a", alt_en="a", file=SimpleUploadedFile("q.jpg", jpeg(exif.tobytes()))
    )
    content, ending, width, height = shown_picture(picture)
    assert (ending, width, height) == ("jpg", 1600, 800)
    assert b"secret place" not in content


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("p.jpg", jpeg(), True),
        ("p.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>", False),
        ("p.jpg", b"<html><script>x()</script>", False),
        ("p.png", jpeg(), False),
    ],
)
def test_a_picture_is_what_its_content_says(
    guangdong: Region, trees: dict[str, Home], name: str, content: bytes, taken: bool
) -> None:
    client = signed_in(editor(guangdong))
    form = {"title": "p", "alt_zh": "大厅", "alt_en": "hall"}
    answer = client.post("/editors/images/add/", form | {"file": SimpleUploadedFile(name, content)})
    assert models.Picture.objects.exists() is taken
    assert answer.status_code == (302 if taken else 200)


@pytest.mark.parametrize("without", ["alt_zh", "alt_en"])
def test_a_picture_needs_its_words_in_both_languages(
    guangdong: Region, trees: dict[str, Home], without: str
) -> None:
    client = signed_in(editor(guangdong))
    form = {"title": "p", "alt_zh": "大厅", "alt_en": "hall"} | {without: " "}
    client.post("/editors/images/add/", form | {"file": SimpleUploadedFile("p.jpg", jpeg())})
    assert not models.Picture.objects.exists()


def test_a_document_is_no_page_and_no_program(guangdong: Region, trees: dict[str, Home]) -> None:
    from wagtail.documents.models import Document

    client = signed_in(editor(guangdong))
    for name, content in (("a.pdf", b"<html>"), ("a.html", b"<html>"), ("a.txt", b"\x00\x01")):
        sent = {"title": "a", "file": SimpleUploadedFile(name, content)}
        client.post("/editors/documents/add/", sent)
    assert not Document.objects.exists()
    client.post(
        "/editors/documents/add/", {"title": "a", "file": SimpleUploadedFile("a.txt", b"abc")}
    )
    assert Document.objects.count() == 1


def test_nothing_that_is_not_live_is_exported(trees: dict[str, Home], shelf_of_ours: Path) -> None:
    home, _ = site(trees)
    page = live(home, PlainPage(title="隐私", slug="privacy"))
    page.title = "草稿秘密"
    page.save_revision()
    titles = {one.title for one in live_pages(timezone.now())}
    assert "隐私" in titles
    assert "草稿秘密" not in titles
    published()
    for package in read_shelf(shelf_of_ours, [actions.publishing_key().public]).packages:
        assert all("草稿秘密" not in package.read(name).decode() for name in package.files)


# what may not be published


def figure(address: str) -> list[tuple[str, dict[str, str]]]:
    return [("figure", {"value": "7", "what": "件", "source": "公报", "address": address})]


@pytest.fixture
def own_home(settings: Any, tmp_path: Path) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, home=tmp_path)


def test_page_that_may_not_be_published_holds_up_no_other(
    guangdong: Region, trees: dict[str, Home], shelf_of_ours: Path, own_home: None
) -> None:
    _, news = site(trees)
    odd = live(news, NewsArticle(title="旧稿", slug="odd", body=figure("https://example.org/")))
    published()
    odd.title, odd.body = "新稿", figure("ftp://example.org/")
    odd.save_revision(clean=False).publish()
    live(news, NewsArticle(title="从未公开", slug="never", body=figure("ftp://example.org/")))
    live(news, NewsArticle(title="另一篇", slug="fine"))
    published()
    assert status("/zh-hans/news/fine/") == 200
    assert "旧稿" in Client().get("/zh-hans/news/odd/").text, "it stays as it was"
    assert status("/zh-hans/news/never/") == 404
    assert actions.latest().head.reason.zh == "新增：另一篇"

    client = signed_in(editor(guangdong), "zh-hans")
    edit = reverse("wagtailadmin_pages:edit", args=[odd.pk])
    assert edit in client.get("/").text, "it waits on the editor's first page"
    for page in (client.get(edit).text, client.get("/site-check/").text):
        assert "第1段" in page
        assert "ftp://example.org/" in page
        assert "链接以 https://" in page
    assert "block 1" in signed_in(moderator(guangdong)).get("/site-check/").text

    odd.body = figure("https://example.org/")
    odd.save_revision(clean=False).publish()
    published()
    assert "新稿" in Client().get("/zh-hans/news/odd/").text
    assert edit not in client.get("/").text


def test_picture_that_is_gone_is_told_as_such(
    trees: dict[str, Home], shelf_of_ours: Path, own_home: None
) -> None:
    home, news = site(trees)
    picture = models.Picture.objects.create(
        title="p", alt_zh="大厅", alt_en="hall", file=SimpleUploadedFile("gone.jpg", jpeg())
    )
    body = [("picture", {"picture": picture, "caption": ""})]
    live(news, NewsArticle(title="图", slug="gone", body=body))
    picture.file.storage.delete(picture.file.name)
    live(home, PlainPage(title="关于我们", slug="about"))
    published()
    assert status("/zh-hans/about/") == 200
    (found,) = load_withheld()
    assert (found.title, found.address) == ("图", "/zh-hans/news/gone/")
    assert "cannot be read" in found.said[0].en
