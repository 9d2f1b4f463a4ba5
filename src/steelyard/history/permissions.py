"""Who may see the history of a thing? Values in, refusals out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal
from steelyard.people.models import Organisation
from steelyard.people.permissions import NOT_YOURS
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action

UNKNOWN = Refusal(NOT_YOURS, Text("没有这一对象", "there is no such thing"))


def may_not_see(
    held: tuple[Held, ...], organisations: frozenset[int], on: date, *, needs_all: bool = False,
    is_still_its_own: bool = False,
) -> tuple[Refusal, ...]:  # fmt: skip
    """It is seen by who sees the trail of one of its organisations; what is the office's as a whole,
    by who sees all.

    ``needs_all``: nobody can say of which of its organisations it is, so all of them must be seen.
    ``is_still_its_own``: who sees the trail of the organisation itself sees it, and nobody from above.
    """
    seen = reach((replace(one, below=frozenset()) for one in held) if is_still_its_own else held,
                 Action.SEE_TRAIL, on)  # fmt: skip
    if organisations:
        sees = organisations <= seen if needs_all else bool(organisations & seen)
    else:
        sees = bool(seen) and not Organisation.objects.exclude(pk__in=seen).exists()
    return () if sees else (UNKNOWN,)
