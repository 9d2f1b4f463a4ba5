"""The addresses of the public site that are the same in every language: its files."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from steelyard.website.views import data, feeds, open_data, sitemap

app_name = "data"


def read(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """The view for everybody, and for reading alone."""
    return login_not_required(require_safe(view))


urlpatterns = [
    path("sitemap.xml", read(sitemap.index), name="sitemap"),
    path("sitemap-<int:part>.xml", read(sitemap.part), name="sitemap_part"),
    path("robots.txt", read(sitemap.robots), name="robots"),
    path("feeds/<slug:feed>.<slug:lang>.atom", read(feeds.feed), name="feed"),
    path("data/catalog", read(open_data.catalog_itself), name="catalog_itself"),
    path("data/catalog.<slug:form>", read(open_data.catalog), name="catalog"),
    path("data/<slug:series>/<path:name>", read(data.file), name="file"),
]
