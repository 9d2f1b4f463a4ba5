"""Every address of the office."""

from __future__ import annotations

from django.urls import include, path

from steelyard.config.health import show_health
from steelyard.config.metrics import show_metrics

urlpatterns = [
    path("", include("steelyard.people.urls")),
    path("health/", show_health, name="health"),
    path("metrics", show_metrics, name="metrics"),
    path("history/", include("steelyard.trail.urls")),
]
