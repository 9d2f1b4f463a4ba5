"""What an account must do by a day: its open deadlines, for everyone's first page."""

from __future__ import annotations

from datetime import date

from django.apps import apps

from steelyard.look.language import say
from steelyard.notices.queries import deadlines_of
from steelyard.people.rules.reach import Held
from steelyard.people.waiting import Waiting


def waiting(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """One question of the database, however many deadlines."""
    return [
        Waiting(say(one.what), one.path, one.due, name_of_area(one.area))
        for one in deadlines_of(account, held, today)
    ]


def name_of_area(code: str) -> str:
    """What an area is called; its code, if there is none of that name."""
    return apps.app_configs[code].verbose_name if code in apps.app_configs else code
