"""Prose of the public site: news, about us, privacy …, as the package on the shelf has them."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from steelyard.publication.package import media_type
from steelyard.publication.prose import ProsePage
from steelyard.website.reading import told
from steelyard.website.site import Site, site_at

A_PAGE = 20
SHOWN = (".jpg", ".png")


def news(request: HttpRequest) -> HttpResponse:
    """The list, a page of it at a time; there without a page of prose too, where there are articles."""
    site = site_at(request.now)
    lang = language()
    listed = site.news(lang)
    page = found(site, "news")
    if page is None and not listed:
        raise Http404
    articles = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    articles.pages = articles.paginator.get_elided_page_range(articles.number)
    return show(request, site, page, template="website/prose/news.html", articles=articles)


def article(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, f"news/{slug}")


def plain(request: HttpRequest, path: str) -> HttpResponse:
    return _page(request, path)


def below_about(request: HttpRequest, slug: str) -> HttpResponse:
    return _page(request, f"about/{slug}")


def file(request: HttpRequest, name: str) -> HttpResponse:
    """A picture or document; its name is its hash, so it never changes."""
    package = site_at(request.now).prose_files.get(name)
    if package is None:
        raise Http404
    response = HttpResponse(package.read(f"files/{name}"), content_type=media_type(name))
    if not name.endswith(SHOWN):
        response["Content-Disposition"] = f'attachment; filename="{name[:12]}{name[64:]}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


def _page(request: HttpRequest, path: str) -> HttpResponse:
    site = site_at(request.now)
    page = found(site, path)
    if page is None:
        raise Http404
    return show(request, site, page)


def found(site: Site, path: str) -> ProsePage | None:
    """The page in the language asked for; if it was not translated, in the other, which says so."""
    lang = language()
    other = "zh-hans" if lang == "en" else "en"
    return site.prose.get((lang, path)) or site.prose.get((other, path))


def language() -> str:
    return "en" if get_language() == "en" else "zh-hans"


def show(
    request: HttpRequest,
    site: Site,
    page: ProsePage | None,
    *,
    template: str = "website/prose/page.html",
    **more: object,
) -> HttpResponse:
    shown = told(page, [], site.now) if page else {}
    is_other = page is not None and page.lang != language()
    return render(request, template, {**shown, "is_other": is_other, **more})
