"""The addresses of the public site that are the same in every language: its files."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from steelyard.website.views import data, open_data

app_name = "data"
urlpatterns = [
    path("data/catalog.<slug:form>", login_not_required(open_data.catalog), name="catalog"),
    path("data/<slug:series>/<path:name>", login_not_required(data.file), name="file"),
]
