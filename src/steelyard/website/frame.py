"""What stands around every public page: the areas, the other language, the links of the footer.

Pages that are built elsewhere (search, sitemap, prose) are linked by the names of their addresses, and
only where there is such an address.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.functional import SimpleLazyObject

from steelyard.kernel.bilingual import Text
from steelyard.website.areas import AREAS
from steelyard.website.site import site_at


@dataclass(frozen=True, slots=True)
class Link:
    """A link of the frame. ``is_here``: the page is it, or stands below it."""

    address: str
    title: Text
    is_here: bool = False


@dataclass(frozen=True, slots=True)
class Named:
    """A page by the name of its address, and what links to it say.

    ``prose``: the path of the page that must have been written for the address to show anything.
    """

    name: str
    title: Text
    prose: str = ""


MAIN = (
    Named("website:assessments", Text("考核结果", "Results")),
    *(Named(f"website:{one.code}", one.title) for one in AREAS.values()),
    Named("website:briefings", Text("简报", "Briefings")),
    Named("website:news", Text("工作动态", "News"), "news"),
)
"""The navigation, in the order of the site."""

BRIEFING = (
    Named("website:sitemap", Text("网站地图", "Sitemap")),
    Named("website:contact", Text("联系我们", "Contact Us")),
    Named("website:about", Text("关于我们", "About Us"), "about"),
)
"""The line of the footer that every page of the region's sites has."""

SMALL_PRINT = (
    Named("website:leads", Text("反映问题线索", "Report a matter")),
    Named("website:copyright", Text("版权声明", "Copyright"), "copyright"),
    Named("website:privacy", Text("隐私政策", "Privacy"), "privacy"),
    Named("website:accessibility", Text("无障碍声明", "Accessibility statement"), "accessibility"),
    Named("website:open_data", Text("开放数据", "Open data")),
    Named("website:design", Text("设计规范", "Design")),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """For templates: ``areas``, ``here`` (the path), ``in_zh`` and ``in_en`` (this page in each language,
    with all that it was asked for), and ``site_frame`` with the links of navigation and footer, found out
    when a page asks for them.
    """
    path, asked = request.path, request.get_full_path()
    return {
        "areas": AREAS.values(),
        "here": path,
        "in_zh": translate_url(asked, "zh-hans"),
        "in_en": translate_url(asked, "en"),
        "site_frame": SimpleLazyObject(lambda: links_around(path, _written(request.now))),
    }


def links_around(path: str, written: Collection[str] | None = None) -> dict[str, list[Link]]:
    """The links of navigation and footer around the page of an address.

    ``written``: the paths of pages of prose that there are; without it, every address is linked.
    """
    return {
        "main": list(links(MAIN, path, written)),
        "briefing": list(links(BRIEFING, path, written)),
        "small_print": list(links(SMALL_PRINT, path, written)),
    }


def links(
    pages: Iterable[Named], path: str, written: Collection[str] | None = None
) -> Iterator[Link]:
    """Those of the pages that there are."""
    for page in pages:
        if page.prose and written is not None and page.prose not in written:
            continue
        try:
            address = reverse(page.name)
        except NoReverseMatch:
            continue
        yield Link(address, page.title, path.startswith(address))


def _written(now: datetime) -> frozenset[str]:
    """The paths of pages of prose that there are, so that nothing links to one that there is not."""
    site = site_at(now)
    found = {path for _, path in site.prose}
    return frozenset(found | {"news"} if site.has_news else found)
