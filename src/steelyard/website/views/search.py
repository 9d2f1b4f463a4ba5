"""Search the whole public site: what is shown now, and nothing else."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from steelyard.look.language import lang
from steelyard.website.searchable import KINDS, everything
from steelyard.website.searching import LONGEST, Index
from steelyard.website.site import Site, site_at

PER_PAGE = 20
_kept: list[tuple[Site, Index]] = []


def index_of(site: Site) -> Index:
    """The index of a state of the site; made when it is first searched."""
    if not _kept or _kept[0][0] is not site:
        _kept[:] = [(site, Index(everything(site)))]
    return _kept[0][1]


def search(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").replace("\0", " ")[:LONGEST].strip()
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    index = index_of(site_at(request.now))
    number = _page_number(request)
    answer = index.search(asked, lang(), kind=kind, first=(number - 1) * PER_PAGE, most=PER_PAGE)
    page = Paginator(range(answer.count), PER_PAGE).get_page(number)
    if page.number != number:
        first = (page.number - 1) * PER_PAGE
        answer = index.search(asked, lang(), kind=kind, first=first, most=PER_PAGE)
    page.pages = page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
    kinds = [
        (code, title, answer.kinds[code], f"?{urlencode({'q': asked, 'kind': code})}")
        for code, title in KINDS.items()
        if code in answer.kinds
    ]
    told = {
        "asked_words": asked,
        "kind": kind,
        "kinds": kinds,
        "kind_titles": KINDS,
        "everything": f"?{urlencode({'q': asked})}",
        "total": sum(answer.kinds.values()),
        "answer": answer,
        "base": f"/{get_language()}/",
        "page": page,
    }
    return render(request, "website/search.html", told)


def _page_number(request: HttpRequest) -> int:
    said = request.GET.get("page", "1")
    return max(1, int(said)) if said.isascii() and said.isdigit() and len(said) < 7 else 1
