"""The history of one thing, as a page and to take away."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.history import export
from steelyard.history.queries import Thing, entries_of, load_thing, load_words
from steelyard.history.reading import Act, acts_of
from steelyard.people.lists import page_of
from steelyard.people.views.downloads import CSV, XLSX, download

MOST = 100_000
"""Entries that are taken away at once."""

EXPORTS: dict[str, tuple[Callable[[Iterable[Act]], bytes], str]] = {
    "csv": (export.as_csv, CSV),
    "xlsx": (export.as_workbook, XLSX),
}


@require_safe
def history(request: HttpRequest, table: str, number: int) -> HttpResponse:
    thing = _found(request, table, number)
    page = page_of(entries_of(table, number), request)
    entries = list(page)
    acts = list(acts_of(thing.model, entries, load_words(thing.model, entries)))
    return render(request, "history/history.html", {"thing": thing, "page": page, "acts": acts})


@require_safe
def take_away(request: HttpRequest, table: str, number: int, ending: str) -> HttpResponse:
    thing = _found(request, table, number)
    made, media = EXPORTS[ending]
    entries = list(entries_of(table, number)[:MOST])
    words = load_words(thing.model, entries)
    content = made(acts_of(thing.model, entries, words, longest=1 << 20))
    return download(content, f"{table}-{number}.{ending}", media)


def _found(request: HttpRequest, table: str, number: int) -> Thing:
    """The thing, or 404: whoever may not see its history cannot tell whether there is one."""
    thing = load_thing(table, number, request.held, request.today)
    if thing is None:
        raise Http404
    return thing
