"""The registry of addresses is the site: every page that links lead to, and no other."""

from __future__ import annotations

import json
import re
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client, override_settings
from django.utils import timezone

from steelyard.website.checking import crawl
from steelyard.website.checking.crawl import Walk, above, walked
from steelyard.website.checking.fetching import from_application
from steelyard.website.site import site_at
from steelyard.website.views import sitemap
from tests.website.shelf import BRIEFING, SERIES

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ATOM = "{http://www.w3.org/2005/Atom}"


OF_A_LIST = 60
"""Of so long a list every page is visited, every item of the assessment too; of a longer one the first."""


@pytest.fixture(scope="module")
def walk(shelf: object) -> Walk:
    from tests.website.shelf import KEY

    with (
        pytest.MonkeyPatch.context() as patch,
        override_settings(PUBLICATIONS=shelf, PUBLICATION_KEYS=(KEY.public,)),
    ):
        patch.setattr(crawl, "MOST_OF_A_LIST", OF_A_LIST)
        return walked(from_application(WSGIHandler(), "testserver"), ["/zh-hans/", "/en/"])


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_links_lead_to_the_pages_of_the_registry_and_to_no_other(walk: Walk, lang: str) -> None:
    at = f"/{lang}/"
    found = {one.removeprefix(at).partition("?")[0] for one in walk.read if one.startswith(at)}
    known = set(site_at(timezone.now()).addresses)
    assert found <= known
    unseen = {f"{at}{one}" for one in known - found}
    assert {one for one in unseen if walk.below[above(one)] <= OF_A_LIST} == set()
    assert len(found) > 500, "so many there are to be seen"


def test_no_link_is_dead(walk: Walk) -> None:
    assert {at: one.status for at, one in walk.fetched.items() if one.status != 200} == {}


def test_every_page_bears_one_heading_a_language_and_a_link_to_the_content(walk: Walk) -> None:
    odd = [
        at for at, page in walk.read.items() if page.main_headings != 1 or not page.has_skip_link
    ]
    assert odd == []


def test_sitemap_page_lists_every_column_in_both_languages() -> None:
    for lang in ("zh-hans", "en"):
        page = Client().get(f"/{lang}/sitemap/").text
        for address in ("briefings/", "results/", "plan/", "courts/fees/", f"results/{SERIES}/"):
            assert f'href="/{lang}/{address}"' in page


def located(path: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(Client().get(path).content))


def test_sitemap_for_programs_has_every_page_in_both_languages_with_its_alternates() -> None:
    (part,) = located("/sitemap.xml")
    assert part.findtext(f"{SITEMAP}loc") == "http://testserver/sitemap-1.xml"
    pages = located("/sitemap-1.xml")
    assert len(pages) == 2 * (len(site_at(timezone.now()).addresses) - 1)
    by_address = {one.findtext(f"{SITEMAP}loc"): one for one in pages}
    one = by_address[f"http://testserver/en/results/{SERIES}/"]
    assert one.findtext(f"{SITEMAP}lastmod") == "2022-03-01T01:00:00+00:00"
    assert [link.attrib["hreflang"] for link in one[2:]] == ["zh-Hans", "en", "x-default"]


def test_long_sitemap_comes_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "A_PART", 10_000)
    parts = [one.findtext(f"{SITEMAP}loc") for one in located("/sitemap.xml")]
    held = [url for at in parts for url in located(str(at).removeprefix("http://testserver"))]
    assert len(held) == 2 * (len(site_at(timezone.now()).addresses) - 1)
    assert len(parts) == -(-len(held) // 10_000)
    assert len(parts) > 2
    assert Client().get(f"/sitemap-{len(parts) + 1}.xml").status_code == 404


def test_robots_are_led_to_the_sitemap() -> None:
    assert "Sitemap: http://testserver/sitemap.xml" in Client().get("/robots.txt").text


@override_settings(PUBLIC_URL="https://ip.example.gov.cn/")
def test_whole_addresses_are_those_of_the_site_that_the_settings_name() -> None:
    assert b"https://ip.example.gov.cn/sitemap-1.xml" in Client().get("/sitemap.xml").content
    page = Client().get("/en/results/").text
    assert '<link rel="canonical" href="https://ip.example.gov.cn/en/results/">' in page


# --- feeds ----------------------------------------------------------------------------------


@pytest.mark.parametrize("feed", ["news.zh", "news.en", "results.zh", "results.en"])
def test_feed_is_as_rfc_4287_asks(feed: str) -> None:
    answer = Client().get(f"/feeds/{feed}.atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    root = ElementTree.fromstring(answer.content)
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"{ATOM}{name}")) == 1  # 4.1.1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None  # 4.1.1: or one in every entry
    links = {one.attrib["rel"]: one.attrib["href"] for one in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver/feeds/{feed}.atom"
    entries = root.findall(f"{ATOM}entry")
    assert entries
    for one in entries:
        for name in ("id", "title", "updated"):
            assert len(one.findall(f"{ATOM}{name}")) == 1  # 4.1.2
        assert one.find(f"{ATOM}link[@rel='alternate']") is not None  # 4.1.2: it has no content
    ids = [one.findtext(f"{ATOM}id") for one in [root, *entries]]
    assert len(set(ids)) == len(ids)  # 4.2.6
    moments = [datetime.fromisoformat(one.findtext(f"{ATOM}updated") or "") for one in entries]
    assert all(one.tzinfo for one in moments)  # 3.3
    assert moments == sorted(moments, reverse=True)
    assert datetime.fromisoformat(root.findtext(f"{ATOM}updated") or "") == max(moments)
    for link in root.iter(f"{ATOM}link"):
        path = link.attrib["href"].removeprefix("http://testserver")
        assert Client().get(path).status_code == 200


def test_feed_that_there_is_not_is_not_there() -> None:
    assert Client().get("/feeds/none.zh.atom").status_code == 404
    assert Client().get("/feeds/news.fr.atom").status_code == 404


# --- metadata -------------------------------------------------------------------------------


def told(path: str) -> list[dict[str, object]]:
    page = Client().get(path).text
    return [
        json.loads(one)
        for one in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    ]


def test_page_names_itself_in_every_language() -> None:
    page = Client().get(f"/en/results/{SERIES}/?x=1").text
    for language, at in (("zh-Hans", "zh-hans"), ("en", "en"), ("x-default", "zh-hans")):
        address = f"http://testserver/{at}/results/{SERIES}/"
        assert f'<link rel="alternate" hreflang="{language}" href="{address}">' in page
    assert f'<link rel="canonical" href="http://testserver/en/results/{SERIES}/">' in page
    assert '<meta property="og:title"' in page
    assert page.count("<title>") == 1


def test_page_says_where_it_stands() -> None:
    (trail, _dataset) = told(f"/en/briefings/{BRIEFING}/")
    steps = [(one["position"], one["item"]) for one in trail["itemListElement"]]  # type: ignore[attr-defined]
    assert steps == [
        (1, "http://testserver/en/"),
        (2, "http://testserver/en/briefings/"),
        (3, f"http://testserver/en/briefings/{BRIEFING}/"),
    ]


def test_data_of_a_page_can_be_fetched_where_it_says() -> None:
    (_trail, dataset) = told(f"/zh-hans/results/{SERIES}/")
    assert dataset["@type"] == "Dataset"
    for one in dataset["distribution"]:  # type: ignore[attr-defined]
        assert Client().get(one["contentUrl"].removeprefix("http://testserver")).status_code == 200


def test_every_description_says_something(walk: Walk) -> None:
    for at in walk.read:
        html = walk.fetched[at].content.decode()
        (said,) = re.findall(r'<meta name="description" content="(.*?)">', html)
        assert said.strip(), at


def test_policy_runs_no_script_that_stands_in_a_page() -> None:
    assert "unsafe-inline" not in Client().get("/en/")["Content-Security-Policy"]
    assert settings.CONTENT_SECURITY_POLICY["default-src"] == "'self'"
