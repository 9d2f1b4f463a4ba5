"""Every address of the office."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("", include("steelyard.people.urls")),
    path("", include("steelyard.assessment.urls")),
    path("account/", include("allauth.urls")),
    path("language/", login_not_required(set_language), name="set_language"),
    path("files/", include("steelyard.files.urls")),
    path("history/", include("steelyard.trail.urls")),
]
