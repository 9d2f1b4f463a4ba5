"""Results of the assessments: which there are, one year's ranking, one unit's reasons."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steelyard.website.site import PublishedAssessment, site_at


def assessments(request: HttpRequest) -> HttpResponse:
    site = site_at(timezone.now())
    return render(request, "website/assessments.html", {"assessments": site.assessments.values()})


def assessment(request: HttpRequest, series: str) -> HttpResponse:
    return render(request, "website/assessment.html", {"published": published_or_404(series)})


def unit(request: HttpRequest, series: str, code: str) -> HttpResponse:
    published = published_or_404(series)
    found = published.assessment.units.get(code)
    if found is None:
        raise Http404
    return render(request, "website/unit.html", {"published": published, "unit": found})


def published_or_404(series: str) -> PublishedAssessment:
    """An assessment that may be shown now."""
    found = site_at(timezone.now()).assessments.get(series)
    if found is None:
        raise Http404
    return found
