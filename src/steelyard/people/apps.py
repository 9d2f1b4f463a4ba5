from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PeopleConfig(AppConfig):
    name = "steelyard.people"
    verbose_name = _("people and organisations")

    def ready(self) -> None:
        from steelyard.people import navigation, waiting
        from steelyard.people.rules.roles import Action
        from steelyard.people.second_factor import second_factor_to_set_up

        navigation.announce(_("Waiting for me"), "people:waiting", order=0)
        see = (Action.SEE_PEOPLE,)
        navigation.announce(_("Organisations"), "people:organisations", see, order=80)
        navigation.announce(_("Accounts"), "people:accounts", see, order=81)
        waiting.announce("people", second_factor_to_set_up)
