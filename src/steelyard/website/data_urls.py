"""The addresses of the public site that are the same in every language: its files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from steelyard.website.views import data, feeds, open_data, sitemap

app_name = "data"
urlpatterns = [
    path("sitemap.xml", login_not_required(sitemap.index), name="sitemap"),
    path("sitemap-<int:part>.xml", login_not_required(sitemap.part), name="sitemap_part"),
    path("robots.txt", login_not_required(sitemap.robots), name="robots"),
    path("feeds/<slug:feed>.<slug:lang>.atom", login_not_required(feeds.feed), name="feed"),
    path("data/catalog.<slug:form>", login_not_required(open_data.catalog), name="catalog"),
    path("data/<slug:series>/<path:name>", login_not_required(data.file), name="file"),
]
