from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "steelyard.people"

    def ready(self) -> None:
        from steelyard.people import navigation

        navigation.announce(_("Waiting for me"), "people:waiting", order=0)
