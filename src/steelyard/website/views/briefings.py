"""Briefings: the list, and one with its figures as footnotes that lead to what they rest on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from steelyard.kernel.bilingual import Text
from steelyard.kernel.exact import plain
from steelyard.look.language import lang
from steelyard.papers.periods import period_text
from steelyard.publication.briefings import (
    BRIEFING,
    Briefing,
    Mentioned,
    PublishedFigure,
    corrected,
    read_briefing,
)
from steelyard.publication.results import Assessment
from steelyard.website.areas import AREAS
from steelyard.website.site import PublishedBriefing, Site, site_at

A_PAGE = 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text, or a figure in it. The first mention of a figure has the anchor to come back to."""

    text: str
    figure: PublishedFigure | None = None
    number: int = 0
    is_first: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """The footnote of a figure: ``places`` are the pages where what it rests on can be read."""

    number: int
    figure: PublishedFigure
    is_mentioned: bool
    places: tuple[tuple[str, Text], ...]


def briefings(request: HttpRequest) -> HttpResponse:
    listed = tuple(site_at(request.now).briefings.values())
    page = Paginator(listed, A_PAGE).get_page(request.GET.get("page"))
    page.pages = page.paginator.get_elided_page_range(page.number)
    return render(request, "website/briefings.html", {"page": page})


def briefing(request: HttpRequest, slug: str) -> HttpResponse:
    site = site_at(request.now)
    published = site.briefings.get(slug)
    if published is None:
        raise Http404
    it = published.briefing
    text = it.texts[lang()]
    mentioned: set[int] = set()
    passages = [(one.standing, list(_pieces(it, one.pieces, mentioned))) for one in text.passages]
    notes = [
        Note(
            number,
            it.figures[name],
            number in mentioned,
            tuple(_places(site, it.figures[name], it)),
        )
        for number, name in enumerate(text.names, 1)
    ]
    told = {
        "published": published,
        "it": it,
        "text": text,
        "period": period_text(it.period),
        "passages": passages,
        "notes": notes,
        "corrected": _corrected(published),
        "downloads": [
            (name.removeprefix("downloads/"), published.package.sizes[name])
            for name in published.package.files
            if name.startswith("downloads/")
        ],
    }
    return render(request, "website/briefing.html", told)


def _pieces(
    it: Briefing, pieces: tuple[str | Mentioned, ...], mentioned: set[int]
) -> Iterator[Piece]:
    for one in pieces:
        if isinstance(one, str):
            yield Piece(one)
        else:
            is_first = one.number not in mentioned
            mentioned.add(one.number)
            yield Piece(one.text, it.figures[one.name], one.number, is_first)


def _places(site: Site, figure: PublishedFigure, it: Briefing) -> Iterator[tuple[str, Text]]:
    """The address below the language, and the name, of every public page with what the figure rests on."""
    if figure.spec.result:
        for series, one in site.assessments.items():
            if is_said_by(one.assessment, it, figure):
                yield f"results/{series}/{it.unit_code}/", one.assessment.title
    yield from _registers(site, figure)


def is_said_by(assessment: Assessment, it: Briefing, figure: PublishedFigure) -> bool:
    """Whether a published assessment of the same period says the same of the unit."""
    unit = assessment.units.get(it.unit_code)
    if unit is None or period_text(it.period).en != assessment.period:
        return False
    said = {
        "rank": unit.rank,
        "group_rank": unit.group_rank,
        "grade": assessment.grades.get(unit.grade, Text()).zh,
        "score": None if unit.score is None else plain(unit.score),
        "units": str(len(assessment.listed)),
    }
    return bool(figure.value) and said.get(str(figure.spec.result)) == figure.value


def _registers(site: Site, figure: PublishedFigure) -> Iterator[tuple[str, Text]]:
    open_tables = set()
    for (area, code), document in site.registers.items():
        if document["table"] in figure.tables:
            open_tables.add(document["table"])
            if area == "results":
                yield "results/history/", Text(**document["title"])
            elif area in AREAS:
                yield f"{AREAS[area].address}/{code}/", Text(**document["title"])
    areas = {
        area
        for (area, _), document in site.statistics.items()
        if document["table"] in figure.tables and document["table"] not in open_tables
    }
    for area in sorted(areas & set(AREAS)):
        yield f"{AREAS[area].address}/", AREAS[area].title


def _corrected(published: PublishedBriefing) -> list[tuple[PublishedFigure, Text]]:
    """The figures that this publication says otherwise than the one before it."""
    if not published.package.head.replaces or not published.earlier:
        return []
    before = read_briefing(published.earlier[0].document(BRIEFING))
    return list(corrected(before, published.briefing))
