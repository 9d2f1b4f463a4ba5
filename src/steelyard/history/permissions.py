"""Who may see the history of a thing?"""

from __future__ import annotations

from datetime import date

from steelyard.people.models import Organisation
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action


def may_see(
    organisations: frozenset[int], held: tuple[Held, ...], on: date, *, needs_all: bool = False
) -> bool:
    """Who sees the trail of one of its organisations; of what is the office's as a whole: who sees all.

    ``needs_all``: nobody can say of which of its organisations it is, so all of them must be seen.
    """
    seen = reach(held, Action.SEE_TRAIL, on)
    if organisations:
        return organisations <= seen if needs_all else bool(organisations & seen)
    return bool(seen) and not Organisation.objects.exclude(pk__in=seen).exists()
