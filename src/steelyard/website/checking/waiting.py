"""What waits for those who write: briefings whose figures newer records say otherwise, by the last site check."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting
from steelyard.website.checking.office import last_report


def waiting(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    if not reach(held, Action.EDIT_PROSE, today):
        return []
    report = last_report() or {}
    return [
        Waiting(
            _("Newer records say otherwise: “%(title)s”")
            % {"title": say(Text(one["title"]["zh"], one["title"]["en"]))},
            f"{reverse('site_check')}#briefings",
            None,
            _("Website"),
        )
        for one in report.get("briefings", [])
    ]
