"""What an account must do by a day: its open deadlines, for everyone's first page."""

from __future__ import annotations

from datetime import date

from django.apps import apps

from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.notices.models import Deadline
from steelyard.notices.queries import deadlines_of
from steelyard.notices.with_others import with_others
from steelyard.people.rules.reach import Held
from steelyard.people.waiting import Waiting


def waiting(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """One question of the database, however many deadlines, and one a kind that may lie with others."""
    found = list(deadlines_of(account, held, today).select_related("organisation"))
    for_several = len({one.organisation_id for one in found}) > 1
    elsewhere = with_others(found)
    return [
        Waiting(
            _what(one, elsewhere.get(one.pk), named=for_several),
            one.path, one.due, name_of_area(one.area),
        )
        for one in found
    ]  # fmt: skip


def _what(one: Deadline, elsewhere: Text | None, *, named: bool) -> str:
    """What is due, or with whom it lies; for whom too, where someone works for several: one table is
    asked of each."""
    what = say(elsewhere or Text(one.what_zh, one.what_en))
    if not named:
        return what
    return f"{what} · {say(Text(one.organisation.name_zh, one.organisation.name_en))}"


def name_of_area(code: str) -> str:
    """What an area is called; its code, if there is none of that name."""
    return apps.app_configs[code].verbose_name if code in apps.app_configs else code
