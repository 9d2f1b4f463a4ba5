from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NoticesConfig(AppConfig):
    name = "steelyard.notices"
    verbose_name = _("notices")

    def ready(self) -> None:
        from steelyard.notices.roles import tell_of_role
        from steelyard.notices.waiting import waiting
        from steelyard.people import navigation, telling
        from steelyard.people import waiting as first_page
        from steelyard.people.rules.roles import Action

        first_page.announce("notices", waiting)
        telling.announce("notices", tell_of_role)
        navigation.announce(_("Notices"), "notices:list", order=5)
        navigation.announce(_("Deadlines"), "notices:deadlines", [Action.SEE_DEADLINE], order=10)
        navigation.announce(
            _("Mail that did not arrive"), "notices:mails", [Action.SEE_MAILS], order=82
        )
