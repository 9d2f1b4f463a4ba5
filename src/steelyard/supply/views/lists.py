"""The list of deliveries: mine, or all below me; searched, filtered, sorted, page by page."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from steelyard.people.lists import page_of
from steelyard.people.rules.reach import reach
from steelyard.people.rules.roles import Action
from steelyard.supply.forms import FilterForm
from steelyard.supply.models import Delivery
from steelyard.supply.queries import load_catalogue, seen_by

SORTS = {
    "name": ("name",),
    "body": ("body__code", "-id"),
    "table": ("table_code", "-id"),
    "period": ("starts", "ends", "-id"),
    "rows": ("rows", "-id"),
    "uploaded": ("uploaded_at", "-id"),
    "status": ("status", "-id"),
}
USUAL = "-uploaded"
PLACE = (Action.SEE_DELIVERY, Action.DELIVER)
"""Whoever may do neither has nothing to look for here."""


@require_safe
def deliveries(request: HttpRequest) -> HttpResponse:
    if not any(reach(request.held, one, request.today) for one in PLACE):
        raise Http404
    form = FilterForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    sort = request.GET.get("sort", USUAL)
    found = _sorted(filtered(seen_by(request.held, request.today), asked), sort)
    shown = found.select_related("body").only(
        "name", "table_code", "starts", "ends", "covers", "status", "rows", "fault_count", "sample",
        "uploaded_at", "signer_name", "body__name_zh", "body__name_en",
    )  # fmt: skip
    context = {
        "page": page_of(shown, request),
        "form": form,
        "is_filtered": any(asked.values()),
        "sort": sort,
        "may_deliver": bool(reach(request.held, Action.DELIVER, request.today)),
    }
    return render(request, "supply/deliveries.html", context)


def filtered(found: QuerySet[Delivery], asked: dict[str, str]) -> QuerySet[Delivery]:
    if asked.get("status"):
        found = found.filter(status=asked["status"])
    if asked.get("table"):
        found = found.filter(table_code=asked["table"])
    if asked.get("q"):
        said = asked["q"]
        titles = [
            one.code
            for one in load_catalogue().tables.values()
            if said.lower() in f"{one.title.zh} {one.title.en}".lower()
        ]
        found = found.filter(
            Q(name__icontains=said)
            | Q(body__name_zh__icontains=said)
            | Q(body__name_en__icontains=said)
            | Q(table_code__in=titles)
        )
    return found


def _sorted(found: QuerySet[Delivery], sort: str) -> QuerySet[Delivery]:
    is_down, by = sort.startswith("-"), sort.removeprefix("-")
    columns = SORTS.get(by, SORTS["uploaded"])
    first = f"-{columns[0]}" if is_down else columns[0]
    return found.order_by(first, *columns[1:])
