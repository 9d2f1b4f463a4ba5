"""Rows typed into a page, or pasted from a spreadsheet: they become the sheet of the delivery."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.people.views.asking import NotAllowed, who_and_when
from steelyard.records.catalogue.model import Table
from steelyard.supply.actions import deliveries as actions
from steelyard.supply.actions.deliveries import File
from steelyard.supply.checking import from_json
from steelyard.supply.meanwhile import is_meanwhile, show_rows
from steelyard.supply.models import Delivery
from steelyard.supply.queries import load_catalogue
from steelyard.supply.rows import sheet_of
from steelyard.supply.rules import grids
from steelyard.supply.rules.deliveries import Move
from steelyard.supply.showing import ByField, faults_by_field, numbered_rows
from steelyard.supply.views.deliveries.finding import find_for, seen_version

SPARE_ROWS = 5
SIZES = {"text": 20, "code": 12, "day": 10, "yes_no": 5, "whole": 7, "number": 9, "money": 11}
"""Letters wide, by the type of the column."""

MOST_PASTED = 2_000_000
TOO_LARGE = gettext_lazy(
    "This sheet is too large, or too broken, to be typed into: upload another."
)


@dataclass(frozen=True, slots=True)
class Box:
    """One cell to type into."""

    name: str
    title: str
    value: str
    size: int
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One row of cells, under the number by which the faults of the sheet know it."""

    number: int
    boxes: tuple[Box, ...]

    @property
    def faulty(self) -> list[Box]:
        return [one for one in self.boxes if one.faults]


@require_http_methods(["GET", "HEAD", "POST"])
def grid(request: HttpRequest, number: int) -> HttpResponse:
    """Type rows in, or paste them. More rows are asked for without saving."""
    found = find_for(request, number, Move.UPLOAD)
    table = load_catalogue().tables[found.table_code]
    if request.method != "POST":
        return _as_it_is(request, found, table)
    text = request.POST.get("pasted", "")[:MOST_PASTED]
    typed = grids.posted(request.POST, table)
    rows, seen = [*typed, *grids.pasted(text, table)], seen_version(request.POST)
    refusals = _odd_pasted(text, table, len(typed), len(rows))
    if refusals:
        return _grid_page(request, found, table, typed, seen, refusals, pasted=text, spare=10)
    if "more" in request.POST or "paste" in request.POST:
        return _grid_page(request, found, table, rows, seen, spare=10)
    return _save(request, found, table, rows, seen)


def _as_it_is(request: HttpRequest, found: Delivery, table: Table) -> HttpResponse:
    rows = numbered_rows(sheet_of(found), table)
    if rows is None or len(rows) > grids.MOST_ROWS:
        messages.warning(request, TOO_LARGE)
        return redirect("supply:delivery", found.pk)
    return _grid_page(
        request, found, table, list(rows.values()), found.version,
        at_cells=found.faults, numbers=tuple(rows),
    )  # fmt: skip


def _save(
    request: HttpRequest, found: Delivery, table: Table, rows: grids.Rows, seen: int
) -> HttpResponse:
    sent = File(f"{found.file_name.rpartition('.')[0]}.csv", grids.as_csv(rows, table))
    told = {"delivery": found.pk, "details": _same(found), "file": sent, "seen": seen}
    try:
        saved = actions.mend(**told, **who_and_when(request))
    except Refused as refused:
        if refused.lacks_a_right:
            raise NotAllowed(refused.refusals) from refused
        both = show_rows(request, found, seen, rows) if is_meanwhile(refused) else None
        if both is not None:
            return both
        said = tuple(say(one.text) for one in refused.refusals)
        return _grid_page(request, found, table, rows, seen, said, status=409)
    if saved.fault_count:
        return redirect("supply:grid", found.pk)
    messages.success(request, _("Saved; every row is in order."))
    return redirect("supply:delivery", found.pk)


def _same(found: Delivery) -> actions.Details:
    """What is said of the delivery stays as it is."""
    return actions.Details(
        table=found.table_code, starts=found.starts, ends=found.ends, cut_off=found.cut_off,
        covers=tuple(found.covers.split()), sample=found.sample, source=found.source,
        licence=found.licence, note=found.note,
    )  # fmt: skip


MOST_NAMED = 20


def _odd_pasted(text: str, table: Table, above: int, rows: int) -> tuple[str, ...]:
    odd, wide = grids.odd_headings(text, table), grids.too_wide(text, table, above)
    said = []
    if odd:
        named = {"headings": ", ".join(odd)}
        said.append(_("The table has no column %(headings)s; remove or rename it.") % named)
    if wide and not odd:
        named = ", ".join(map(str, list(wide)[:MOST_NAMED])) + (
            " …" if len(wide) > MOST_NAMED else ""
        )
        said.append(
            _(
                "Pasted rows with more cells than there are columns, as they would be numbered here: %(rows)s."
            )
            % {"rows": named}
        )
    if rows > grids.MOST_ROWS:
        most = {"most": grids.MOST_ROWS}
        said.append(_("More than %(most)s rows are better uploaded as a sheet.") % most)
    return tuple(said)


def _grid_page(
    request: HttpRequest, found: Delivery, table: Table, rows: grids.Rows, seen: int,
    refusals: tuple[str, ...] = (), *, at_cells: list[dict[str, Any]] | None = None, pasted: str = "",
    numbers: Sequence[int] = (), spare: int = SPARE_ROWS, status: int = 200,
) -> HttpResponse:  # fmt: skip
    by_cell, whole = faults_by_field(map(from_json, at_cells or []), table)
    every = [*rows, *[[""] * len(table.fields)] * spare]
    lines = [
        _line(at, number, row, table, by_cell)
        for at, (number, row) in enumerate(zip(_numbered(numbers), every, strict=False))
    ]
    context = {
        "delivery": found,
        "table": table,
        "fields": [(one, say(one.title)) for one in table.fields],
        "lines": lines,
        "seen": seen,
        "pasted": pasted,
        "refusals": refusals,
        "whole": [say(one) for one in whole],
        "fault_count": sum(len(held) for held in by_cell.values()) + len(whole),
        "lists": _lists(table),
    }
    if refusals and status == 200:
        status = 422
    return render(request, "supply/grid.html", context, status=status)


def _numbered(known: Sequence[int]) -> Iterator[int]:
    """The numbers of the rows in their sheet, then on; without one, as in the sheet that is made of them."""
    yield from known
    yield from count(max(known, default=grids.FIRST_ROW - 1) + 1)


def _line(at: int, number: int, row: Sequence[str], table: Table, by_cell: ByField) -> Line:
    boxes = []
    for field, value in zip(table.fields, row, strict=True):
        faults = by_cell.get((number, field.code), ())
        said = tuple(f"{say(one.what)} — {say(one.mend)}" for one in faults)
        size = SIZES.get(field.type, 12)
        boxes.append(Box(f"r{at}-{field.code}", say(field.title), value, size, said))
    return Line(number, tuple(boxes))


def _lists(table: Table) -> list[tuple[str, list[tuple[str, str]]]]:
    """For each coded column what may be chosen; a browser offers it while one types."""
    codes = load_catalogue().codes
    return [
        (one.code, [(code, say(text)) for code, text in codes[one.codes].items()])
        for one in table.fields
        if one.codes
    ]
