"""Results of the assessments: which there are, a ranking, one unit's reasons, one item, comparisons."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from steelyard.papers.numbers import number
from steelyard.publication.results import Assessment, UnitResult
from steelyard.website.site import PublishedAssessment, site_at
from steelyard.website.standings import (
    PLACES,
    bar_of,
    full_of,
    middle_of,
    peers_of,
    ranked_by,
    shades,
    side_by_side,
    tree_of,
)


def assessments(request: HttpRequest) -> HttpResponse:
    site = site_at(timezone.now())
    return render(request, "website/assessments.html", {"published": site.assessments.values()})


def history(request: HttpRequest) -> HttpResponse:
    """What was announced, year by year, each with its source: beside computed results, never of them."""
    site = site_at(timezone.now())
    register = site.registers.get(("results", "announced"))
    return render(request, "website/history.html", {"register": register, "places": site.places})


def assessment(request: HttpRequest, series: str) -> HttpResponse:
    published = published_or_404(series)
    it = published.assessment
    return render(
        request,
        "website/assessment.html",
        {
            **_around(published),
            "rows": [_row(it, one) for one in it.listed],
            "tiles": [one for one in (*it.listed, *it.unlisted) if one.tile],
            "announced": [(it.units.get(one["place"]), one) for one in it.announced],
        },
    )


def _row(it: Assessment, one: UnitResult) -> dict[str, object]:
    dimensions = [one.items[item.code] for item in it.dimensions if item.code in one.items]
    return {
        "unit": one,
        "bar": bar_of(one.score, full_of(it)),
        "dimensions": [number(got.points, PLACES) for got in dimensions],
    }


def unit(request: HttpRequest, series: str, code: str) -> HttpResponse:
    published = published_or_404(series)
    it = published.assessment
    found = _unit_or_404(it, code)
    lines = tree_of(it, found)
    return render(
        request,
        "website/unit.html",
        {
            **_around(published),
            "unit": found,
            "lines": lines,
            "dimensions": [line for line in lines if line.item.depth == 1],
            "peers": peers_of(it, found),
            "is_listed": any(one.code == code for one in it.listed),
            "full": number(full_of(it)),
        },
    )


def item(request: HttpRequest, series: str, code: str) -> HttpResponse:
    published = published_or_404(series)
    it = published.assessment
    found = next((one for one in it.items if one.code == code), None)
    ranked = ranked_by(it, code)
    if found is None or not ranked:
        raise Http404
    return render(
        request,
        "website/item.html",
        {
            **_around(published),
            "item": found,
            "below": [one for one in it.items if one.parent == code],
            "above": next((one for one in it.items if one.code == found.parent), None),
            "middle": number(middle_of(code, it.listed), PLACES),
            "rows": [
                (one, got, number(got.points, PLACES), bar_of(got.points, got.possible))
                for one, got in ranked
            ],
        },
    )


def compare(request: HttpRequest, series: str) -> HttpResponse:
    """Two units of one year, side by side; which two is in the address."""
    published = published_or_404(series)
    it = published.assessment
    one, other = (_asked_unit(it, request.GET.get(name, "")) for name in ("one", "other"))
    pairs = list(side_by_side(it.items, one, other)) if one and other else []
    return render(
        request,
        "website/compare.html",
        {**_around(published), "units": it.listed, "one": one, "other": other, "pairs": pairs},
    )


def years(request: HttpRequest, series: str, code: str) -> HttpResponse:
    """One unit in two years; the other year is in the address, else the one before."""
    published = published_or_404(series)
    it = published.assessment
    found = _unit_or_404(it, code)
    others = [
        one.assessment
        for one in site_at(timezone.now()).assessments.values()
        if one.assessment.series != series and code in one.assessment.units
    ]
    asked = request.GET.get("with", "")
    other = next((one for one in others if one.series == asked), others[0] if others else None)
    pairs = list(side_by_side(it.items, found, other.units[code])) if other else []
    return render(
        request,
        "website/years.html",
        {**_around(published), "unit": found, "others": others, "other": other,
         "before": other.units[code] if other else None, "pairs": pairs},
    )  # fmt: skip


def downloads(request: HttpRequest, series: str) -> HttpResponse:
    return render(request, "website/downloads.html", _around(published_or_404(series)))


def published_or_404(series: str) -> PublishedAssessment:
    """An assessment that may be shown now."""
    found = site_at(timezone.now()).assessments.get(series)
    if found is None:
        raise Http404
    return found


def _unit_or_404(it: Assessment, code: str) -> UnitResult:
    found = it.units.get(code)
    if found is None:
        raise Http404
    return found


def _asked_unit(it: Assessment, code: str) -> UnitResult | None:
    return next((one for one in it.listed if one.code == code), None)


def _around(published: PublishedAssessment) -> dict[str, object]:
    """What every page of an assessment shows: itself, its package, its files, its shades."""
    it = published.assessment
    names = [name for name in published.package.files if name.startswith("downloads/")]
    return {
        "published": published,
        "it": it,
        "shades": shades(it),
        "downloads": [
            (name.removeprefix("downloads/"), published.package.sizes[name]) for name in names
        ],
    }
