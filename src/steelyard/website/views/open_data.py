"""The catalogue of open data: for people as a page, for programs as JSON-LD and Turtle (DCAT)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steelyard.website.dcat import datasets, graph, json_ld, turtle
from steelyard.website.site import site_at

FORMS = {
    "jsonld": ("application/ld+json", json_ld),
    "ttl": ("text/turtle; charset=utf-8", turtle),
}


def page(request: HttpRequest) -> HttpResponse:
    site = site_at(request.now)
    return render(request, "website/open_data.html", {"datasets": list(datasets(site))})


def catalog(request: HttpRequest, form: str) -> HttpResponse:
    if form not in FORMS:
        raise Http404
    media, write = FORMS[form]
    site = site_at(request.now)
    origin = f"{request.scheme}://{request.get_host()}"
    return HttpResponse(write(graph(list(datasets(site)), origin)), content_type=media)
