"""Wagtail's addresses below ``/editors/``, and the files that its pages show."""

from __future__ import annotations

from django.urls import include, path
from wagtail.admin import urls as wagtail_urls
from wagtail.documents import urls as document_urls

from steelyard.website.prose import views

urlpatterns = [
    path("media/<path:name>", views.media, name="prose_media"),
    path("given/", include(document_urls)),
    path("", include(wagtail_urls)),
]
