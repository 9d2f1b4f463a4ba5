"""The papers that a person may take away, and one of them as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from steelyard.assessment.models import Assessment, PaperTemplate
from steelyard.assessment.queries.papers.filled import paper_file
from steelyard.assessment.queries.papers.saying import Paper
from steelyard.assessment.queries.papers.seen import (
    Asker,
    Offered,
    paper_seen_by,
    papers_seen_by,
)
from steelyard.assessment.queries.papers.templates import in_use
from steelyard.assessment.rules.papers.kinds import PAPERS, Design, PaperKind, design_of, designs
from steelyard.assessment.views.finding import find
from steelyard.kernel.bilingual import Text
from steelyard.people.lists import page_of
from steelyard.people.views.downloads import XLSX, download

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
MEDIA = {"docx": DOCX, "xlsx": XLSX}


@dataclass(frozen=True, slots=True)
class File:
    """A way to take a paper away. ``number``: the version of its template, 0 for the default."""

    design: Design
    url: str
    title: Text
    number: int


@dataclass(frozen=True, slots=True)
class Line:
    title: Text
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The papers of a kind on this page, and which templates they are made from."""

    kind: PaperKind
    title: Text
    about: Text
    of: Text
    lines: tuple[Line, ...]
    templates: tuple[tuple[Design, int], ...]


def asker(request: HttpRequest) -> Asker:
    return Asker(request.held, request.now)


@require_safe
def papers(request: HttpRequest, code: str) -> HttpResponse:
    found = find(request, code)
    who = asker(request)
    offered = papers_seen_by(who, found)
    kinds = list(dict.fromkeys(one.kind for one in offered))
    show = request.GET.get("show", "")
    wanted = [one for one in offered if show not in kinds or one.kind == show]
    page = page_of(wanted, request)
    context = {
        "assessment": found,
        "page": page,
        "groups": list(_groups(found, page)),
        "kinds": [(kind, PAPERS[kind].title) for kind in kinds],
        "show": show if show in kinds else "",
        "runs": who.runs(found),
    }
    return render(request, "assessment/papers/list.html", context)


def _groups(found: Assessment, offered: Iterable[Offered]) -> Iterator[Group]:
    used, rows = in_use(found.office_id), list(offered)
    for kind in dict.fromkeys(one.kind for one in rows):
        about = PAPERS[kind]
        lines = tuple(
            Line(one.title, tuple(files_of(found, kind, one.of, used)))
            for one in rows
            if one.kind == kind
        )
        numbers = tuple((one, number_of(used, one)) for one in designs() if one.kind == kind)
        yield Group(kind, about.title, about.about, about.of, lines, numbers)


def number_of(used: dict[tuple[str, str, str], PaperTemplate], design: Design) -> int:
    """The version of a template in use, 0 for the one that comes with Steelyard."""
    found = used.get((design.kind, design.lang, design.format))
    return found.number if found and not found.is_default else 0


def files_of(
    found: Assessment, kind: PaperKind, of: str, used: dict[tuple[str, str, str], PaperTemplate]
) -> Iterator[File]:
    for one in designs():
        if one.kind == kind:
            url = reverse(
                "assessment:take_paper", args=[found.code, kind, of, one.lang, one.format]
            )
            yield File(one, url, one.short, number_of(used, one))


@require_safe
def paper(
    request: HttpRequest, code: str, kind: str, of: str, lang: str, form: str
) -> HttpResponseBase:
    found = find(request, code)
    design = design_of(kind, lang, form)
    offered = design and paper_seen_by(asker(request), found, design.kind, of)
    if design is None or offered is None:
        raise Http404
    content = paper_file(Paper(asker(request), found, of, design.lang), design)
    return download(content, file_name(design, offered), MEDIA[design.format.ending])


def file_name(design: Design, offered: Offered | None = None) -> str:
    """考核通知 2021年度考核.docx"""
    of = f" {offered.title.say(design.lang)}" if offered else ""
    return f"{PAPERS[design.kind].title.say(design.lang)}{of}.{design.format.ending}"


# --- links from other pages -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ways:
    """How a paper may be taken away from a page that whoever may take it sees."""

    title: Text
    files: tuple[File, ...]


def links_to(found: Assessment, kind: PaperKind, of: str) -> Ways:
    return Ways(PAPERS[kind].title, tuple(files_of(found, kind, of, {})))
