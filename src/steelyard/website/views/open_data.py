"""The catalogue of open data: for people as a page, for programs as JSON-LD and Turtle (DCAT)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

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


def catalog_itself(request: HttpRequest) -> HttpResponse:
    """What the catalogue is called in itself leads to it: for people the page, for programs their form."""
    if request.accepts("text/html") and not _asks_for_anything(request):
        return _see(reverse("website:open_data"))
    form = "ttl" if request.headers.get("Accept", "").startswith("text/turtle") else "jsonld"
    return _see(reverse("data:catalog", args=[form]))


def _asks_for_anything(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "*/*").startswith("*/*")


def _see(address: str) -> HttpResponse:
    """303: not the thing itself, but what tells of it."""
    return HttpResponse(status=303, headers={"Location": address, "Vary": "Accept"})
