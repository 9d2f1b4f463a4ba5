"""The office itself as an app, for its templates and commands."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "steelyard.config"
    label = "office"

    def ready(self) -> None:
        from steelyard.config.logs import set_up_structlog

        set_up_structlog()
