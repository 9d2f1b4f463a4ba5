"""Who may see a deadline, and who may put it off? Values in, refusals out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import NOT_ALLOWED, Refusal
from steelyard.notices.models import Deadline
from steelyard.people.permissions import NOT_YOURS
from steelyard.people.rules.reach import Held, may_towards
from steelyard.people.rules.roles import Action


def is_ones_own(held: Iterable[Held], deadline: Deadline, account: int, today: date) -> bool:
    """It is theirs to meet: of their account, or of a role that they hold."""
    return deadline.account_id == account or any(
        one.is_held_on(today)
        and one.organisation == deadline.organisation_id
        and one.role.value == deadline.role
        for one in held
    )


UNKNOWN = Refusal(NOT_YOURS, Text("没有这一期限", "there is no such deadline"))
NOT_EXTENDED = Refusal(NOT_ALLOWED, Text("您无权延长该期限", "you may not extend this deadline"))


def may_not_extend(held: Iterable[Held], deadline: Deadline, today: date) -> tuple[Refusal, ...]:
    may = may_towards(held, Action.EXTEND_DEADLINE, deadline.organisation_id, today)
    return () if may else (NOT_EXTENDED,)


def may_not_see(
    held: Iterable[Held], deadline: Deadline, account: int, today: date
) -> tuple[Refusal, ...]:
    """It is seen by whose it is, and by who may see deadlines of that organisation."""
    listed = tuple(held)
    sees = may_towards(listed, Action.SEE_DEADLINE, deadline.organisation_id, today)
    return () if sees or is_ones_own(listed, deadline, account, today) else (UNKNOWN,)
