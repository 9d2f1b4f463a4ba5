"""The office itself as an app, for its templates and commands."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "steelyard.config"
    label = "office"
