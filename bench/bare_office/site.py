"""Two views: one writes a row, one shows the rows of the list of deliveries."""

from __future__ import annotations

import os
from functools import cache

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import include, path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.bare_office.settings")
application = get_wsgi_application()

from django.db import connection  # noqa: E402
from django.template import Engine, Template  # noqa: E402
from django.template.context import make_context  # noqa: E402

from steelyard.people.lists import ROWS  # noqa: E402
from steelyard.supply.models import Delivery  # noqa: E402
from steelyard.supply.views.lists import USUAL  # noqa: E402

TABLE = (
    "CREATE TABLE IF NOT EXISTS bench_note (id bigserial PRIMARY KEY, account bigint, note text)"
)


def write(request: HttpRequest) -> HttpResponse:
    """One row, by whoever is signed in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO bench_note (account, note) VALUES (%s, %s)",
            [request.user.pk, request.POST["note"]],
        )
    return redirect("/listed/")


def listed(request: HttpRequest) -> HttpResponse:
    """The newest deliveries in the very table of the office's page."""
    found = Delivery.objects.select_related("body").order_by("-uploaded_at", "id")[:ROWS]
    context = make_context({"page": _Rows(found), "sort": USUAL}, request)
    return HttpResponse(_table().render(context))


class _Rows(list[Delivery]):
    """Rows with what the table's caption asks of a page: how many there are in all."""

    @property
    def paginator(self) -> object:
        return Delivery.objects.all()


@cache
def _table() -> Template:
    """The table of the office's page, cut out of it."""
    engine = Engine.get_default()
    source = engine.get_template("supply/deliveries.html").source
    begin, end = source.index("<table>"), source.index("</table>")
    return engine.from_string(f"{{% load i18n saying deliveries %}}{source[begin:end]}</table>")


urlpatterns = [
    path("write/", write),
    path("listed/", listed),
    path("", include("steelyard.supply.urls")),  # the rows lead there
]
