"""Prose, as Django knows it: where it stands in the office's menu, and who hears of what."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProseConfig(AppConfig):
    name = "steelyard.website.prose"
    label = "prose"
    verbose_name = _("website")

    def ready(self) -> None:
        from steelyard.people import navigation
        from steelyard.people import waiting as first_page
        from steelyard.people.rules.roles import Action
        from steelyard.website.prose.waiting import waiting
        from steelyard.website.prose.waking import listen

        navigation.announce(_("Website"), "wagtailadmin_home", [Action.EDIT_PROSE], order=60)
        first_page.announce("prose", waiting)
        listen()
