"""The report as people see it: accessible, on any width, in the dark, on its own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from steelyard.kernel.bilingual import Lang
from steelyard.papers.report import report_html
from tests.browser import opened, outside_requests, overflow, violations
from tests.papers.doubts import doubted_index, doubted_some
from tests.papers.region import weigh_some
from tests.weighing.test_index_scheme import index

pytestmark = pytest.mark.browser
WIDE, NARROW = 1280, 390


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Lang], Path]:
    folder = tmp_path_factory.mktemp("report")

    def written(lang: Lang) -> Path:
        path = folder / f"{lang}.html"
        if not path.exists():
            path.write_text(report_html(weigh_some(3), lang), encoding="utf-8")
        return path

    return written


@pytest.mark.parametrize(
    ("lang", "width", "dark"),
    [("zh", WIDE, False), ("zh", NARROW, True), ("en", WIDE, True), ("en", NARROW, False)],
)
def test_axe_finds_nothing(
    report: Callable[[Lang], Path], lang: Lang, width: int, dark: bool
) -> None:
    assert violations(report(lang), width, dark=dark) == []


def test_axe_finds_nothing_on_an_index(tmp_path: Path) -> None:
    path = tmp_path / "index.html"
    path.write_text(report_html(index(), "zh"), encoding="utf-8")
    assert violations(path, NARROW) == []


@pytest.mark.parametrize(("lang", "width", "dark"), [("zh", NARROW, False), ("en", WIDE, True)])
def test_axe_finds_nothing_on_doubts(tmp_path: Path, lang: Lang, width: int, dark: bool) -> None:
    path = tmp_path / "doubts.html"
    path.write_text(report_html(doubted_some(5), lang), encoding="utf-8")
    assert violations(path, width, dark=dark) == []


@pytest.mark.parametrize("width", [320, NARROW, 768])
def test_doubts_with_long_titles_fit_every_width(tmp_path: Path, width: int) -> None:
    path = tmp_path / "long.html"
    path.write_text(report_html(doubted_index(5), "en"), encoding="utf-8")
    assert overflow(path, width) == 0


def test_report_of_very_many_units_fits_a_phone(tmp_path: Path) -> None:
    path = tmp_path / "many.html"
    path.write_text(report_html(weigh_some(121), "en"), encoding="utf-8")
    assert overflow(path, NARROW) == 0


def test_page_asks_nothing_of_other_sites(report: Callable[[Lang], Path]) -> None:
    assert outside_requests(report("zh")) == []


def test_page_fits_every_width(report: Callable[[Lang], Path]) -> None:
    with opened(report("en"), WIDE) as page:
        for width in (320, NARROW, 768, WIDE, 1920):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_phone_sees_the_narrow_pictures_and_paper_the_wide(report: Callable[[Lang], Path]) -> None:
    seen = "[...document.querySelectorAll('{}')].filter(e => e.offsetParent).length"
    with opened(report("zh"), NARROW) as page:
        assert page.evaluate(seen.format(".narrow")) > 0
        assert page.evaluate(seen.format(".wide")) == 0
        page.emulate_media(media="print")
        assert page.evaluate(seen.format(".wide")) > 0
        assert page.evaluate(seen.format(".narrow")) == 0
        assert page.evaluate(seen.format("nav, .back, .skip")) == 0
        assert page.evaluate(seen.format(".no-better")) > 0


def test_first_stop_of_the_keyboard_skips_to_the_content(report: Callable[[Lang], Path]) -> None:
    with opened(report("zh"), WIDE) as page:
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到正文"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_dark_pages_print_in_dark_ink_on_white(report: Callable[[Lang], Path]) -> None:
    ground = "getComputedStyle(document.documentElement).backgroundColor"
    with opened(report("zh"), WIDE, dark=True) as page:
        assert page.evaluate(ground) != "rgb(255, 255, 255)"
        page.emulate_media(media="print", color_scheme="dark")
        assert page.evaluate(ground) == "rgb(255, 255, 255)"


def test_every_unit_begins_a_sheet_of_paper(report: Callable[[Lang], Path]) -> None:
    with opened(report("zh"), 1000, print_media=True) as page:
        whole = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
        page.evaluate("document.querySelectorAll('article ~ article').forEach(e => e.remove())")
        with_one = page.pdf(prefer_css_page_size=True).count(b"/Type /Page\n")
    assert whole - with_one >= 2
