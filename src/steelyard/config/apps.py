"""The office itself as an app, for its templates and commands."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "steelyard.config"
    label = "office"

    def ready(self) -> None:
        from steelyard.config.logs import set_up_structlog
        from steelyard.config.lost import tell_of_lost
        from steelyard.notices import sweeps
        from steelyard.people.sheet_imports import sweep_sheets

        set_up_structlog()
        sweeps.announce("lost", tell_of_lost)
        sweeps.announce("people", sweep_sheets)  # an area below the sweeps, which cannot itself
