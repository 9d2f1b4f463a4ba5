"""The first page of the public site: what was written for it, the latest news, what there is to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from steelyard.website.reading import told
from steelyard.website.site import site_at
from steelyard.website.views.prose import language

NEWS = 3


def home(request: HttpRequest) -> HttpResponse:
    site = site_at(request.now)
    page = site.prose.get((language(), ""))
    return render(
        request,
        "website/home.html",
        {
            **(told(page, [], site.now) if page else {}),
            "site": site,
            "assessments": tuple(site.assessments.values()),
            "news": site.news(language())[:NEWS],
        },
    )
