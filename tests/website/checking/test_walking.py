"""A walk sees what a visitor would: dead links, anchors to nowhere, how far away a page is."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.website.checking.crawl import seen_on, walked
from steelyard.website.checking.fetching import Fetch, Fetched, from_address
from steelyard.website.checking.reading import read
from steelyard.website.rules.site_check.seen import DeadLink

HEAD = '<html lang="zh-Hans"><title>T</title><a href="#main">skip</a><main id="main"><h1>H</h1>'


def site(pages: dict[str, str]) -> Fetch:
    """A site of a few pages; what is not there is 404."""

    def fetch(path: str) -> Fetched:
        if path not in pages:
            return Fetched(404, "text/html")
        kind = "application/xml" if path.endswith(".xml") else "text/html"
        return Fetched(200, kind, pages[path].encode())

    return fetch


def test_clicks_are_the_fewest_that_lead_there() -> None:
    pages = {"/en/": '<a href="a/">', "/en/a/": '<a href="/en/b/?x=1#y"><a href="https://other/">',
             "/en/b/": '<a href="../">'}  # fmt: skip
    walk = walked(site(pages), ["/en/"])
    assert walk.clicks == {"/en/": 0, "/en/a/": 1, "/en/b/": 2}


def test_turning_the_pages_of_a_list_is_no_step() -> None:
    pages = {"/en/": '<a href="a/">', "/en/a/": '<a href="?page=2"><a href="?q=x">',
             "/en/a/?page=2": '<a href="/en/b/">', "/en/b/": ""}  # fmt: skip
    walk = walked(site(pages), ["/en/"])
    assert walk.clicks == {"/en/": 0, "/en/a/": 1, "/en/a/?page=2": 1, "/en/b/": 2}


def test_of_a_long_list_the_first_pages_are_visited() -> None:
    links = "".join(f'<a href="{number}/">' for number in range(130))
    pages = {"/en/": '<a href="a/">', "/en/a/": links}
    pages |= {f"/en/a/{number}/": "" for number in range(130)}
    walk = walked(site(pages), ["/en/"])
    assert (len(walk.read), len(walk.left_out)) == (102, 30)


def test_dead_links_and_anchors_to_nowhere_are_told_with_their_page() -> None:
    pages = {"/zh-hans/": HEAD + '<a href="gone/"><a href="#nowhere"><img src="/x.png">',
             "/en/": HEAD}  # fmt: skip
    seen = seen_on(site(pages), today=date(2026, 11, 26))
    assert set(seen.dead_links) == {
        DeadLink("/zh-hans/", "/zh-hans/gone/", 404),
        DeadLink("/zh-hans/", "/x.png", 404),
        DeadLink("/zh-hans/", "/zh-hans/#nowhere", 200),
    }


def test_anchor_of_another_question_is_not_looked_for_on_the_page_itself() -> None:
    pages = {"/zh-hans/": HEAD + '<a href="?place=440700#tree">', "/en/": HEAD}
    assert seen_on(site(pages), today=date(2026, 11, 26)).dead_links == []


def test_home_page_that_does_not_open_is_seen() -> None:
    assert seen_on(site({"/en/": HEAD}), today=date(2026, 11, 26)).pages["/zh-hans/"].status == 404


def test_columns_and_their_days_come_from_the_sitemap() -> None:
    listed = "".join(
        f"<url><loc>http://x/zh-hans/{at}</loc>{changed}</url>"
        for at, changed in (
            ("", "<lastmod>2026-11-20T00:00:00+00:00</lastmod>"),
            ("news/", ""),
            ("news/a/", "<lastmod>2026-11-19T00:00:00+00:00</lastmod>"),
            ("plan/", ""),
        )
    )
    pages = {"/zh-hans/": HEAD, "/en/": HEAD, "/sitemap.xml": "<loc>http://x/sitemap-1.xml</loc>",
             "/sitemap-1.xml": listed}  # fmt: skip
    seen = seen_on(site(pages), today=date(2026, 11, 26))
    columns = {one.code: (one.entries, one.newest) for one in seen.columns}
    assert seen.home_changed_on == date(2026, 11, 20)
    assert columns["news"] == (1, date(2026, 11, 19))
    assert columns["plan"] == (0, None)
    assert "/zh-hans/plan/" in seen.missing_pages


def test_page_is_read_as_a_visitor_meets_it() -> None:
    page = read(
        HEAD + '<img src="a.png"><img src="b.png" alt=""><input name="q"><label>Day <input></label>'
        '<label for="n">N</label><input id="n"><input type="hidden"><textarea aria-label="m"></textarea>'
        '<div tabindex="3"></div><div onclick="x"></div><footer>粤ICP备1号</footer>'
        '<link rel="alternate" hreflang="en" href="/en/"><input type="search" aria-label="s">'
    )
    assert (page.lang, page.title, page.main_headings, page.has_skip_link) == (
        "zh-Hans",
        "T",
        1,
        True,
    )
    assert (page.pictures_without_text, page.fields_without_name, page.keyboard_traps) == (1, 1, 2)
    assert (page.text_fields, page.is_searchable, page.foot) == (1, True, "粤ICP备1号")
    assert page.other_languages == ["en"]


@pytest.mark.parametrize(
    "url", ["https://127.0.0.1/", "http://example.com/", "nonsense", "file:///"]
)
def test_no_other_machine_is_asked(url: str) -> None:
    with pytest.raises(Faulty, match="not-this-machine"):
        from_address(url)


def test_server_that_does_not_answer_is_told_as_such() -> None:
    fetch, _ = from_address("http://127.0.0.1:9/")
    assert fetch("/en/").status == 0
