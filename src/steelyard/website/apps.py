"""The public site, as Django knows it."""

from __future__ import annotations

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    name = "steelyard.website"
    label = "website"
