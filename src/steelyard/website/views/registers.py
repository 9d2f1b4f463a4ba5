"""Registers: the areas' open records, row by row, and statistics of those that are not open."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steelyard.website.areas import AREAS
from steelyard.website.site import site_at


def area(request: HttpRequest, area: str) -> HttpResponse:
    site = site_at(timezone.now())
    return render(
        request,
        "website/area.html",
        {
            "area": AREAS[area],
            "registers": [one for key, one in site.registers.items() if key[0] == area],
            "statistics": [one for key, one in site.statistics.items() if key[0] == area],
        },
    )


def register(request: HttpRequest, area: str, code: str) -> HttpResponse:
    found = site_at(timezone.now()).registers.get((area, code))
    if found is None:
        raise Http404
    return render(request, "website/register.html", {"area": AREAS[area], "register": found})
