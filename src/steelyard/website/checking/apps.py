"""The site check, as Django knows it inside."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CheckingConfig(AppConfig):
    name = "steelyard.website.checking"
    label = "site_checking"
    verbose_name = _("site check")

    def ready(self) -> None:
        from steelyard.people import navigation
        from steelyard.people import waiting as first_page
        from steelyard.people.rules.roles import Action
        from steelyard.website.checking.waiting import waiting

        navigation.announce(_("Site check"), "site_check", [Action.EDIT_PROSE], order=62)
        first_page.announce("site_check", waiting)
