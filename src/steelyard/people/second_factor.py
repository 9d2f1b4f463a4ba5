"""Waits for whoever holds a role that counts only with a second factor, and has none."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from steelyard.people.queries import lacks_second_factor
from steelyard.people.rules.reach import Held
from steelyard.people.waiting import Waiting


def second_factor_to_set_up(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:  # noqa: ARG001
    if not lacks_second_factor(account, today):
        return []
    title = _("Set up a second factor: until then your role does not count")
    return [Waiting(title, reverse("mfa_index"), today, _("My account"))]
