"""A person hears of a role that they are given, or that ends. Called inside its transaction."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse

from steelyard.kernel.bilingual import Text, same
from steelyard.notices.actions import tell
from steelyard.notices.rules.texts import Kind
from steelyard.people.models import Holding
from steelyard.people.rules.roles import ROLES, Role
from steelyard.people.telling import Change

KINDS = {
    Change.GIVEN: Kind.ROLE_GIVEN,
    Change.ENDS: Kind.ROLE_ENDS,
    Change.WITHDRAWN: Kind.ROLE_WITHDRAWN,
}


def tell_of_role(holding: Holding, change: Change, day: date, now: datetime) -> None:
    organisation = holding.organisation
    tell(
        KINDS[change],
        [holding.account_id],
        area="people",
        object_id=holding.pk,
        path=reverse("people:me"),
        words={
            "what": ROLES[Role(holding.role)],
            "who": Text(organisation.name_zh, organisation.name_en),
            "due": same(str(day)),
        },
        once=f"role:{holding.pk}:{change.value}:{day}",
        now=now,
    )
