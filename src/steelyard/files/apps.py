from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilesConfig(AppConfig):
    name = "steelyard.files"

    def ready(self) -> None:
        from steelyard.people import navigation

        navigation.announce(_("Files"), "files:mine", order=80)
