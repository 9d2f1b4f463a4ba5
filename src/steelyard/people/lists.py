"""Lists over many rows: one page of them, in an order that the reader may choose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 50


def ordered(rows: QuerySet, request: HttpRequest, orders: Mapping[str, str], otherwise: str):
    """The rows by the column that the address asks for, if it is one of ``orders``; then by key."""
    asked = request.GET.get("sort", "")
    column = orders.get(asked.removeprefix("-"), orders[otherwise])
    return rows.order_by(f"-{column}" if asked.startswith("-") else column, "pk")


def page_of(rows: QuerySet | Sequence[Any], request: HttpRequest, size: int = ROWS) -> Page:
    """The page that the address asks for; the nearest there is, if it asks for another."""
    page = Paginator(rows, size).get_page(request.GET.get("page"))
    page.pages = list(page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1))
    return page


def answer_of(
    rows: QuerySet | Sequence[Any], number: int, name: str, out: Callable[[Any], Any]
) -> dict[str, Any]:
    """The same for programs: how many there are, on how many pages, and those of one page."""
    pages = Paginator(rows, ROWS)
    told = [out(one) for one in pages.get_page(number)]
    return {"count": pages.count, "pages": pages.num_pages, name: told}
