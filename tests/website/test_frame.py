"""What stands around every public page: links to what there is, both languages, the footer of the region's sites."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.urls import Resolver404, resolve
from django.utils import translation

from steelyard.kernel.bilingual import Text
from steelyard.website.frame import Named, links, links_around


def test_page_that_is_not_built_is_not_linked() -> None:
    there, not_there = Named("website:home", Text("首页")), Named("website:none", Text("无"))
    assert [one.title.zh for one in links((there, not_there), "/zh-hans/")] == ["首页"]


def test_page_that_nobody_wrote_is_not_linked() -> None:
    pages = (Named("website:home", Text("关于"), "about"), Named("website:design", Text("设计")))
    assert [one.title.zh for one in links(pages, "/", {"privacy"})] == ["设计"]
    assert [one.title.zh for one in links(pages, "/", {"about"})] == ["关于", "设计"]


@pytest.mark.parametrize("lang", ["zh-hans", "en"])
def test_every_link_of_the_frame_leads_somewhere(lang: str) -> None:
    with translation.override(lang):
        around = links_around(f"/{lang}/plan/measures/")
        for one in (link for kind in around.values() for link in kind):
            try:
                resolve(one.address)
            except Resolver404:  # pragma: no cover
                pytest.fail(one.address)
    assert [one.title.en for one in around["main"] if one.is_here] == ["Implementation plan"]


def test_each_page_names_itself_in_the_other_language() -> None:
    page = Client().get("/en/plan/").text
    assert (
        '<link rel="alternate" hreflang="zh-Hans" href="http://testserver/zh-hans/plan/">' in page
    )
    assert (
        '<a id="language" class="language" href="/zh-hans/plan/" lang="zh-Hans" hreflang="zh-Hans">中文</a>'
        in page
    )


def test_the_other_language_shows_what_was_asked_for() -> None:
    page = Client().get("/en/plan/measures/", {"q": "新会", "sort": "-due_on"}).text
    (address,) = re.findall(r'<a id="language"[^>]* href="([^"]+)"', page)
    assert unescape(address) == "/zh-hans/plan/measures/?q=%E6%96%B0%E4%BC%9A&sort=-due_on"


def test_navigation_works_without_script() -> None:
    page = Client().get("/zh-hans/").text
    assert '<details class="menu"><summary>菜单</summary>' in page
    assert "<script" not in page.replace('<script type="application/ld+json">', "")  # data, not run
    assert " style=" not in page
