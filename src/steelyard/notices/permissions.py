"""Who may see a deadline, and who may put it off? Values in, answers out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.notices.models import Deadline
from steelyard.people.rules.reach import Held, may_towards
from steelyard.people.rules.roles import Action


def is_ones_own(deadline: Deadline, account: int, held: Iterable[Held], today: date) -> bool:
    """It is theirs to meet: of their account, or of a role that they hold."""
    return deadline.account_id == account or any(
        one.is_held_on(today)
        and one.organisation == deadline.organisation_id
        and one.role.value == deadline.role
        for one in held
    )


def may_extend(deadline: Deadline, held: Iterable[Held], today: date) -> bool:
    return may_towards(held, Action.EXTEND_DEADLINE, deadline.organisation_id, today)


def may_see(deadline: Deadline, account: int, held: Iterable[Held], today: date) -> bool:
    """Whose it is, and who may see deadlines of that organisation."""
    listed = tuple(held)
    return is_ones_own(deadline, account, listed, today) or may_towards(
        listed, Action.SEE_DEADLINE, deadline.organisation_id, today
    )
