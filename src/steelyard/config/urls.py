"""Every address of the office."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("steelyard.people.urls")),
    path("history/", include("steelyard.trail.urls")),
]
