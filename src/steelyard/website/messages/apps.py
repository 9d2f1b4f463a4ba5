"""Messages of the public, as Django knows them."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    name = "steelyard.website.messages"
    label = "public_messages"
    verbose_name = _("messages of the public")

    def ready(self) -> None:
        from steelyard.letterbox import intake
        from steelyard.notices import sweeps
        from steelyard.people import navigation
        from steelyard.people.rules.roles import Action
        from steelyard.website.messages.actions import forget_people, take_letter
        from steelyard.website.messages.rules import FORMAT

        navigation.announce(
            _("Messages of the public"), "messages:list", [Action.EDIT_PROSE], order=61
        )
        sweeps.announce("public_messages", lambda now: forget_people(now=now))
        intake.announce(FORMAT, take_letter)
