from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "steelyard.files"
    verbose_name = _("files")

    def ready(self) -> None:
        from steelyard.files.sweep import sweep
        from steelyard.notices import sweeps
        from steelyard.people import navigation

        navigation.announce(_("Files"), "files:mine", order=79)
        sweeps.announce("files", sweep)
