"""Results of the assessments: which there are, a ranking, one unit's reasons, one item, comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from steelyard.kernel.bilingual import Text
from steelyard.look.language import lang
from steelyard.papers.numbers import number
from steelyard.publication.region_map import DOCUMENT as MAP
from steelyard.publication.results import Assessment, UnitResult
from steelyard.website import pictures
from steelyard.website.arranging import Arrangement, grouped
from steelyard.website.register import Register, address_of
from steelyard.website.shown import ANNOUNCED
from steelyard.website.site import PublishedAssessment, site_at
from steelyard.website.standings import (
    PLACES,
    Line,
    bar_of,
    difference_said,
    middle_of,
    peers_of,
    possible_said,
    ranked_by,
    shades,
    side_by_side,
    tiles_of,
    tree_of,
)

HASHED = {
    "scheme": Text("考核细则", "Scheme"),
    "values": Text("数据", "Values"),
    "snapshot": Text("数据快照", "Snapshot"),
}
"""What the hashes of a result are of."""


def assessments(request: HttpRequest) -> HttpResponse:
    site = site_at(request.now)
    return render(request, "website/assessments.html", {"published": site.assessments.values()})


def history(request: HttpRequest) -> HttpResponse:
    """What was announced, year by year, each with its source: beside computed results, never of them."""
    site = site_at(request.now)
    register = site.books.get(ANNOUNCED)
    return render(
        request,
        "website/history.html",
        {"years": _by_year(register) if register else [], "places": site.places},
    )


def _by_year(register: Register) -> list[tuple[str, list[dict[str, object]]]]:
    """Announced results by period, the latest first."""
    rows: list[dict[str, object]] = [
        {**dict(zip(register.at, row, strict=True)), "key": address_of(register.key(row))}
        for row in register.rows
    ]
    rows.sort(key=lambda row: (str(row["assessment"]), row["rank"] or 0, str(row["place"])))
    rows.sort(key=_period, reverse=True)
    return [(period, list(of_year)) for period, of_year in groupby(rows, _period)]


def _period(row: Mapping[str, object]) -> str:
    return str(row["period"])


def assessment(request: HttpRequest, series: str) -> HttpResponse:
    published = published_or_404(request, series)
    it = published.assessment
    asked = Arrangement.asked(it, lang(), request.GET.get("sort", ""), request.GET.get("group", ""))
    rows = published.once("rows", lang(), lambda: {one.code: _row(it, one) for one in it.listed})
    return render(
        request,
        "website/assessment.html",
        {
            **_around(published),
            "asked": asked,
            "headings": asked.headings(it, lang()),
            "rows": [rows[one.code] for one in asked.units(it, lang())],
            "at_a_glance": published.once("at a glance", lang(), lambda: _at_a_glance(published)),
            "about": published.once("about", lang(), lambda: _about(published)),
        },
    )


def _at_a_glance(published: PublishedAssessment) -> SafeString:
    it = published.assessment
    tiles, columns = tiles_of(it)
    told = {
        "it": it,
        "shades": shades(it),
        "tiles": tiles,
        "tile_columns": columns,
        "map": published.package.document(MAP) if MAP in published.package.hashes else None,
    }
    return render_to_string("website/at_a_glance.html", told)


def _about(published: PublishedAssessment) -> SafeString:
    it = published.assessment
    told = {
        **_around(published),
        "picture": pictures.ranks_picture(it, lang()),
        "announced": [(it.units.get(one["place"]), one) for one in it.announced],
    }
    return render_to_string("website/about_the_ranking.html", told)


def _row(it: Assessment, one: UnitResult) -> dict[str, object]:
    dimensions = [one.items.get(item.code) for item in it.dimensions] if it.scope.points else []
    return {
        "unit": one,
        "bar": bar_of(one.score, it.full),
        "interval": pictures.interval_said(one),
        "dimensions": [number(got.points if got else None, PLACES) for got in dimensions],
    }


def unit(request: HttpRequest, series: str, code: str) -> HttpResponse:
    published = published_or_404(request, series)
    it = published.assessment
    found = _unit_or_404(it, code)
    lines = tree_of(it, found)
    dimensions = [line for line in lines if line.item.depth == 1]
    return render(
        request,
        "website/unit.html",
        {
            **_around(published),
            "unit": found,
            "interval": pictures.interval_said(found),
            "lines": lines,
            "dimensions": dimensions,
            "picture": pictures.profile_picture(it, found, dimensions, lang()),
            "peers": peers_of(it, found),
            "is_listed": any(one.code == code for one in it.listed),
            "full": number(it.full),
            "lost_most": _lost_most(lines),
        },
    )


def _lost_most(lines: Sequence[Line]) -> list[Line]:
    """The three items on which it lies furthest below the median: why it is not further up."""
    compared = [
        (line.got.points - line.median, line)
        for line in lines
        if not line.is_group and line.got.points is not None and line.median is not None
    ]
    below = sorted((pair for pair in compared if pair[0] < 0), key=lambda pair: pair[0])
    return [line for _, line in below[:3]]


def item(request: HttpRequest, series: str, code: str) -> HttpResponse:
    published = published_or_404(request, series)
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
            "possible": possible_said(found.kind, found.possible),
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
    published = published_or_404(request, series)
    it = published.assessment
    one, other = (_asked_unit(it, request.GET.get(name, "")) for name in ("one", "other"))
    pairs = list(side_by_side(it.items, one, other)) if one and other else []
    return render(
        request,
        "website/compare.html",
        {
            **_around(published),
            "choices": list(grouped(it, lang())),
            "one": one,
            "other": other,
            "pairs": pairs,
            "total_difference": difference_said(one.score, other.score) if pairs else "",
        },
    )


def years(request: HttpRequest, series: str, code: str) -> HttpResponse:
    """One unit in two years; the other year is in the address, else the one before."""
    published = published_or_404(request, series)
    it = published.assessment
    found = _unit_or_404(it, code)
    others = [
        one.assessment
        for one in site_at(request.now).assessments.values()
        if one.assessment.series != series and code in one.assessment.units
    ]
    asked = request.GET.get("with", "")
    other = next((one for one in others if one.series == asked), _nearest(others, it.period))
    pairs = list(side_by_side(it.items, found, other.units[code])) if other else []
    return render(
        request,
        "website/years.html",
        {**_around(published), "unit": found, "others": others, "other": other,
         "before": other.units[code] if other else None, "pairs": pairs,
         "total_difference": difference_said(found.score, other.units[code].score) if other else ""},
    )  # fmt: skip


def _nearest(others: Sequence[Assessment], period: str) -> Assessment | None:
    """The latest before the period, else the first after it; ``others`` begin with the latest."""
    before = [one for one in others if one.period < period]
    return (before or [*others[::-1], None])[0]


def downloads(request: HttpRequest, series: str) -> HttpResponse:
    told = {**_around(published_or_404(request, series)), "hashed": HASHED}
    return render(request, "website/downloads.html", told)


def published_or_404(request: HttpRequest, series: str) -> PublishedAssessment:
    """An assessment that may be shown now."""
    found = site_at(request.now).assessments.get(series)
    if found is None:
        raise Http404
    return found


def _download(published: PublishedAssessment, name: str) -> Mapping[str, object]:
    """A file as ``look/downloads.html`` shows it."""
    title = name.removeprefix("downloads/")
    address = reverse("data:file", args=[published.assessment.series, title])
    return {"title": title, "address": address, "size": published.package.sizes[name]}


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
    documents = ("assessment.json", "assessment.schema.json")
    names += [name for name in documents if name in published.package.hashes]
    return {
        "published": published,
        "it": it,
        "shades": shades(it),
        "downloads": [_download(published, name) for name in names],
    }
