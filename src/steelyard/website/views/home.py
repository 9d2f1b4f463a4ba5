"""The first page of the public site, where no prose was published: what there is to read."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steelyard.website.site import site_at


def home(request: HttpRequest) -> HttpResponse:
    site = site_at(timezone.now())
    return render(
        request,
        "website/home.html",
        {"site": site, "assessments": tuple(site.assessments.values())},
    )
