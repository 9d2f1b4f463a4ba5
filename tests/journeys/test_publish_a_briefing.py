"""An editor drafts a briefing, translates it, sets its minute, publishes it, and corrects it; the public reads it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from steelyard.cli import main, publish
from steelyard.publication.signing import read_key
from steelyard.regions import sampled
from tests.journeys.reading import public_site, reader
from tests.website.shelf import snapshot

pytestmark = pytest.mark.browser

CALLED_AT = datetime(2022, 3, 1, 1, 0, tzinfo=UTC)
MINUTE, BEFORE, AFTER = (
    "2022-03-02 09:00",  # of the region, eight hours ahead
    datetime(2022, 3, 2, 0, 59, 59, tzinfo=UTC),
    datetime(2022, 3, 2, 1, 0, tzinfo=UTC),
)
SERIES = "jiangmen-2021-news"
SAID = {
    "zh": {"language": "zh-CN", "path": "/zh-hans/", "list": "新闻稿和白皮书", "title": "江门市交出守护创新年度答卷"},
    "en": {"language": "en-GB", "path": "/en/", "list": "Briefings", "title": "A year of guarding ideas in Jiangmen"},
}  # fmt: skip


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the editor writes: a key, an empty shelf, and a template of their own."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(publish, "now", lambda: CALLED_AT)
    does("publish", "--new-key", "key")
    (tmp_path / "shelf").mkdir()
    return tmp_path


def does(*words: str, status: int = 0) -> None:
    assert main([*words, "--lang", "en"]) == status


def drafted(english: str) -> str:
    """The template of the region under a title of the editor's own; translated when ``english`` is there."""
    shipped = (sampled("guangdong").home / "brief_news.toml").read_text(encoding="utf-8")
    before, rest = shipped.split("[title]\n", 1)
    lines = rest.split("\n", 2)
    told = ['zh = "{{unit}}市交出守护创新年度答卷"', f'en = "{english}"' if english else 'en = ""']
    return f"{before}[title]\n" + "\n".join([*told, lines[2]])


def publishes(*more: str, status: int = 0) -> None:
    does("publish", "briefing", "news.toml", str(snapshot().folder), "--unit", "440700", "--series", SERIES,
         "--to", "shelf", "--key", "key", *more, status=status)  # fmt: skip


def test_an_editor_drafts_translates_schedules_and_publishes_a_briefing(
    desk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    template = Path("news.toml")
    template.write_text(drafted(""), encoding="utf-8")
    publishes(status=2)  # a briefing is published in both languages or not at all
    assert list(Path("shelf").glob("*.zip")) == []
    template.write_text(drafted("A year of guarding ideas in {{unit}}"), encoding="utf-8")
    does("brief", "news.toml", str(snapshot().folder), "--unit", "440700", "--out", "draft")
    assert "A year of guarding ideas in Jiangmen" in "".join(
        one.read_text(encoding="utf-8") for one in Path("draft").rglob("*.html")
    )
    publishes("--embargo", MINUTE)
    key = read_key(Path("key")).public
    with public_site(desk / "shelf", (key,)) as address:
        for lang in SAID:
            monkeypatch.setattr("django.utils.timezone.now", lambda: BEFORE)
            is_not_there(address, lang)
            monkeypatch.setattr("django.utils.timezone.now", lambda: AFTER)
            is_read(address, lang)
        monkeypatch.setattr(publish, "now", lambda: AFTER)
        template.write_text(drafted("A good year in {{unit}}"), encoding="utf-8")
        publishes("--reason-zh", "改英文标题", "--reason-en", "another title in English")
        is_corrected(address)


def is_not_there(address: str, lang: str) -> None:
    said = SAID[lang]
    with reader(address, language=said["language"]) as read:
        for below in (f"briefings/{SERIES}/", "briefings/", "sitemap/"):
            answer = read.page.goto(f"{said['path']}{below}")
            assert answer is not None
            assert (answer.status == 404) is (SERIES in below)
            expect(read.page.get_by_text(said["title"])).to_have_count(0)


def is_read(address: str, lang: str) -> None:
    """From the list to the text to where a figure comes from; on a telephone too."""
    said = SAID[lang]
    for width in (1280, 320):
        with reader(address, language=said["language"], width=width) as read:
            read.page.goto(f"{said['path']}briefings/")
            read.looks(f"briefings_{lang}_{width}")
            read.page.get_by_role("link", name=said["title"]).click()
            expect(read.page.get_by_role("heading", level=1)).to_contain_text(said["title"])
            read.looks(f"briefing_{lang}_{width}")
            read.page.locator("sup a").first.click()
            expect(read.page.locator("#figure-1")).to_be_in_viewport()


def is_corrected(address: str) -> None:
    with reader(address, language="en-GB") as read:
        read.page.goto(f"/en/briefings/{SERIES}/")
        expect(read.page.get_by_role("heading", level=1)).to_contain_text("A good year in Jiangmen")
        expect(read.page.get_by_text("another title in English")).to_be_visible()
        read.looks("briefing_corrected")
