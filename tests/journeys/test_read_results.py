"""A citizen asks why their city is where it is; a journalist downloads the ranking and computes it again."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.journeys.reading import Reader, public_site, reader
from tests.website.shelf import KEY, SERIES, publish_assessment, publish_registers

pytestmark = pytest.mark.browser

WORDS = {
    "zh": {
        "path": "/zh-hans/", "language": "zh-CN", "results": "考核结果", "city": "江门", "other": "440600",
        "why": "为什么得这些分", "compare": "与另一地比较", "press": "比较", "years": "与另一年比较",
        "alone": "尚未公布其他年份的结果。", "data": "数据", "ranking": "排名", "name": "地区", "first": "潮州",
        "rule": "计分规则", "group": "分组", "show": "显示",
    },
    "en": {
        "path": "/en/", "language": "en-GB", "results": "Results", "city": "Jiangmen", "other": "440600",
        "why": "Why this score", "compare": "Compare with another place", "press": "Compare",
        "years": "Compare with another year", "alone": "No other year has been published.", "data": "Data",
        "ranking": "Ranking", "name": "Place", "first": "Chaozhou", "rule": "Rule", "group": "Peer group",
        "show": "Show",
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("shelf")
    publish_assessment(folder)
    publish_registers(folder)
    with public_site(folder, (KEY.public,)) as found:
        yield found


@pytest.mark.parametrize(("lang", "width"), [("zh", 1280), ("en", 320)])
def test_a_citizen_asks_why_their_city_is_where_it_is(address: str, lang: str, width: int) -> None:
    said = WORDS[lang]
    with reader(address, language=said["language"], width=width) as read:
        finds_the_ranking(read, said, f"{lang}_{width}")
        asks_for_the_city(read, said, f"{lang}_{width}")
        compares(read, said, f"{lang}_{width}")


def finds_the_ranking(read: Reader, said: dict[str, str], name: str) -> None:
    page = read.page
    page.goto(f"{said['path']}results/")
    read.looks(f"results_list_{name}")
    page.locator("main").get_by_role("link", name=re.compile("2021")).first.click()
    read.looks(f"results_ranking_{name}")
    table = page.locator("table.ranking")
    table.get_by_role("link", name=said["name"], exact=True).click()
    expect(table.locator("tbody th").first).to_have_text(said["first"])
    page.get_by_label(said["group"]).select_option("core")
    page.get_by_role("button", name=said["show"], exact=True).click()
    expect(table.locator("tbody tr")).to_have_count(9)
    page.go_back()
    expect(table.locator("tbody tr")).to_have_count(21)
    page.wait_for_load_state()  # nobody goes back again before the page is there
    page.go_back()
    expect(table.locator("tbody th").first).not_to_have_text(said["first"])
    page.wait_for_load_state()


def asks_for_the_city(read: Reader, said: dict[str, str], name: str) -> None:
    page = read.page
    tile = page.locator(".tile a", has_text=said["city"])
    tile.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(said["city"])
    expect(page.get_by_role("heading", name=re.compile(said["why"]))).to_be_visible()
    read.looks(f"results_unit_{name}")
    page.locator("table.why tbody a").nth(1).click()
    expect(page.get_by_text(said["rule"], exact=True)).to_be_visible()
    read.looks(f"results_item_{name}")
    page.go_back()


def compares(read: Reader, said: dict[str, str], name: str) -> None:
    page = read.page
    page.get_by_role("link", name=said["compare"]).click()
    expect(page.locator("#one")).to_have_value("440700")
    page.locator("#other").select_option(said["other"])
    page.get_by_role("button", name=said["press"], exact=True).click()
    expect(page.locator("table.why tbody tr").first).to_be_visible()
    read.looks(f"results_compare_{name}")
    page.goto(f"{said['path']}results/{SERIES}/440700/")
    page.get_by_role("link", name=said["years"]).click()
    expect(page.get_by_text(said["alone"])).to_be_visible()
    read.looks(f"results_years_{name}")
    page.goto(f"{said['path']}results/history/")
    read.looks(f"results_history_{name}")


def test_a_list_is_sorted_chosen_from_and_turned_without_loading_its_page(address: str) -> None:
    """The keyboard stays where it was, the address says what is shown, and so does the other language's."""
    with reader(address, language="en-GB") as read:
        page = read.page
        page.goto(f"/en/results/{SERIES}/")
        page.evaluate("window.stays = true")
        page.locator("#sort-name").focus()
        page.keyboard.press("Enter")
        expect(page.locator("table.ranking tbody th").first).to_have_text("Chaozhou")
        assert page.url.endswith("?sort=name#ranking")
        expect(page.locator("#sort-name")).to_be_focused()
        expect(page.locator("#language")).to_have_attribute("href", re.compile("sort=name"))
        page.locator("#group").select_option("core")
        page.locator("#show").click()
        expect(page.locator("table.ranking tbody tr")).to_have_count(9)
        assert page.evaluate("window.stays")
        page.locator("table.ranking tbody a").first.click()
        page.wait_for_url(re.compile(r"/44\d{4}/$"))
        page.goto("/en/plan/measures/")
        page.evaluate("window.stays = true")
        page.locator("#next-page").click()
        expect(page.locator("nav.pages [aria-current=page]")).to_have_text("2")
        expect(page.locator("#next-page")).to_be_focused()
        assert page.evaluate("window.stays")
        assert read.complaints == []


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_journalist_downloads_and_replays_the_ranking(
    address: str, lang: str, tmp_path: Path
) -> None:
    said = WORDS[lang]
    with reader(address, language=said["language"]) as read:
        page = read.page
        page.goto(f"{said['path']}results/{SERIES}/")
        page.locator(".tabs").get_by_role("link", name=said["data"]).click()
        read.looks(f"results_data_{lang}")
        with page.expect_download() as download:
            page.get_by_role("link", name="sample-replay.zip").click()
        assert download.value.suggested_filename == f"{SERIES}-sample-replay.zip"
        zipfile.ZipFile(download.value.path()).extractall(tmp_path)
        first = page_s_first(page.goto(f"{said['path']}results/{SERIES}/") and read)
    done = subprocess.run(
        [sys.executable, "-I", "replay.py", "--check"], cwd=tmp_path, env={"PYTHONIOENCODING": "utf-8"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    ranking = (tmp_path / "ranking.csv").read_text(encoding="utf-8-sig").splitlines()
    assert first in ranking[1].split(",")


def page_s_first(read: Reader) -> str:
    return str(read.page.locator("table.ranking tbody th").first.inner_text())


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_zoomed_twice_every_page_can_still_be_read(address: str, lang: str) -> None:
    said = WORDS[lang]
    with reader(address, language=said["language"], zoom=2) as read:
        for path in ("", "440700/", "compare/?one=440700&other=440600", "downloads/", "items/A/"):
            read.page.goto(f"{said['path']}results/{SERIES}/{path}")
            read.looks()


def test_without_script_a_city_is_found_and_compared(address: str) -> None:
    with reader(address, script=False) as read:
        page = read.page
        page.goto(f"/zh-hans/results/{SERIES}/?group=core&sort=name")
        page.locator("table.ranking").get_by_role("link", name="江门").click()
        page.get_by_role("link", name="与另一地比较").click()
        page.locator("#other").select_option("440600")
        page.get_by_role("button", name="比较", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("江门与佛山")
        assert read.complaints == []
