"""The sitemap for people and for programs, and what programs may read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date
from xml.sax.saxutils import escape

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steelyard.website.addresses import LANGUAGES, Address, Column, columns
from steelyard.website.feeds import FEEDS
from steelyard.website.site import Site, site_at
from steelyard.website.where import HREFLANG, root_of

A_PART = 50_000
"""Addresses of one file, as sitemaps.org allows at most."""

SHOWN = 30
"""Entries of a column that the page lists; of more the column itself has them all."""

_SPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def page(request: HttpRequest) -> HttpResponse:
    site = site_at(request.now)
    feeds = [(name, title) for name, (title, _) in FEEDS.items()]
    return render(
        request, "website/sitemap.html", {"columns": list(_columns(site)), "feeds": feeds}
    )


def _columns(site: Site) -> Iterator[tuple[Column, Address | None, list[Address], int]]:
    """Every column that has a page, its entries, the newest first, and how many are not listed."""
    for column in columns().values():
        mine = [one for one in site.addresses.values() if one.column == column.code]
        index = site.addresses.get(f"{column.address}/") if column.address else None
        below = [one for one in mine if one is not index and _is_listed(one, index)]
        below.sort(key=lambda one: one.day or date.min, reverse=True)
        if mine:
            yield column, index, below[:SHOWN], max(0, len(below) - SHOWN)


def _is_listed(one: Address, index: Address | None) -> bool:
    """Those right below their column; what is below these is reached from there."""
    return one.above == (index.path if index else "")


def index(request: HttpRequest) -> HttpResponse:
    """``/sitemap.xml``: its parts."""
    root, site = root_of(request), site_at(request.now)
    parts = -(-len(_all(site)) // A_PART)
    lines = [
        f"<sitemap><loc>{escape(root)}/sitemap-{number}.xml</loc></sitemap>"
        for number in range(1, parts + 1)
    ]
    return _xml(
        '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
        lines,
        "</sitemapindex>",
    )


def part(request: HttpRequest, part: int) -> HttpResponse:
    root, everything = root_of(request), _all(site_at(request.now))
    some = everything[(part - 1) * A_PART : part * A_PART] if part else []
    if not some:
        raise Http404
    return _xml(f"<urlset {_SPACES}>", [_url(root, *one) for one in some], "</urlset>")


def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be read; what became of a message is nobody's to collect."""
    hidden = "".join(f"Disallow: /{lang}/contact/state/\n" for lang in LANGUAGES)
    text = f"User-agent: *\n{hidden}Sitemap: {root_of(request)}/sitemap.xml\n"
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _all(site: Site) -> list[tuple[str, Address]]:
    """Every page in every language that programs may collect."""
    return [
        (lang, one)
        for one in site.addresses.values()
        for lang in LANGUAGES
        if one.path != "contact/state/"
    ]


def _url(root: str, lang: str, one: Address) -> str:
    def at(language: str) -> str:
        return escape(f"{root}/{language}/{one.path}", {'"': "&quot;"})

    others = "".join(
        f'<xhtml:link rel="alternate" hreflang="{HREFLANG[each]}" href="{at(each)}"/>'
        for each in LANGUAGES
    )
    others += f'<xhtml:link rel="alternate" hreflang="x-default" href="{at("zh-hans")}"/>'
    changed = (
        f"<lastmod>{one.changed_at.astimezone(UTC).isoformat(timespec='seconds')}</lastmod>"
        if one.changed_at
        else ""
    )
    return f"<url><loc>{at(lang)}</loc>{changed}{others}</url>"


def _xml(opening: str, lines: Sequence[str], closing: str) -> HttpResponse:
    content = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', opening, *lines, closing, ""])
    return HttpResponse(content, content_type="application/xml; charset=utf-8")
