"""The sheet of a delivery: as it was sent, with its faults, compared with an earlier one."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from steelyard.look.language import lang
from steelyard.people.views.downloads import BYTES, XLSX, download
from steelyard.supply import kept
from steelyard.supply.checking import check, faults_sheet, typed_rows
from steelyard.supply.queries import load_catalogue, load_earlier, load_places, seen_by
from steelyard.supply.rows import sheet_of
from steelyard.supply.rules.comparing import Comparison
from steelyard.supply.rules.comparing import compare as compare_rows
from steelyard.supply.views.deliveries.finding import find

MOST_LISTED_CHANGES = 200


@require_safe
def file(request: HttpRequest, number: int) -> HttpResponse:
    """The file as it was sent; never shown inline."""
    found = find(request, number)
    return download(kept.content_of(found.file_hash), found.file_name, BYTES)


@require_safe
def faults(request: HttpRequest, number: int) -> HttpResponse:
    """The sender's sheet with all faults coloured, to take away."""
    found = find(request, number)
    sheet = sheet_of(found)
    listed = check(sheet, load_catalogue()).faults
    if not listed:
        raise Http404
    stem = found.file_name.rpartition(".")[0]
    return download(faults_sheet(sheet, listed, lang()), f"{stem}-{_('faults')}.xlsx", XLSX)


@require_safe
def compare(request: HttpRequest, number: int) -> HttpResponse:
    """What is new, gone and changed since last year, or since what it corrects."""
    found = find(request, number)
    table = load_catalogue().tables[found.table_code]
    earlier = load_earlier(found, seen_by(request.held, request.today))
    comparison = None
    if earlier is not None and not found.fault_count:
        now = typed_rows(sheet_of(found), load_catalogue())
        before = typed_rows(sheet_of(earlier), load_catalogue())
        if now is not None and before is not None:
            day = table.dated[0] if table.dated else ""
            comparison = compare_rows(now, before, key=table.key, place=table.place, day=day)
    context = {
        "delivery": found,
        "table": table,
        "earlier": earlier,
        "comparison": comparison,
        "places": load_places(one.of for one in comparison.by_place) if comparison else {},
        "most": MOST_LISTED_CHANGES,
        "most_slice": f":{MOST_LISTED_CHANGES}",
        "is_cut": comparison is not None and _is_cut(comparison),
        "too_large": earlier is not None and not found.fault_count and comparison is None,
    }
    return render(request, "supply/compare.html", context)


def _is_cut(found: Comparison) -> bool:
    return any(len(one) > MOST_LISTED_CHANGES for one in (found.changed, found.new, found.gone))
