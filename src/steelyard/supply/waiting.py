"""What deliveries wait for whom: a draft to sign, one returned to mend, one signed to accept.

What the office asked for waits with its day, as a deadline; its draft is not listed a second time.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from steelyard.kernel.bilingual import Text
from steelyard.look.language import say
from steelyard.people.rules.reach import Held, reach
from steelyard.people.rules.roles import Action
from steelyard.people.waiting import Waiting
from steelyard.supply.models import SAME, Delivery, DeliveryRequest
from steelyard.supply.queries import load_catalogue
from steelyard.supply.rules.deliveries import Status
from steelyard.supply.rules.requests import State

MOST = 200
SAID = {
    Status.DRAFT: _("sign, or mend first"),
    Status.RETURNED: _("mend: it was returned"),
    Status.SIGNED: _("accept or return"),
}


def waiting_deliveries(account: int, held: tuple[Held, ...], today: date) -> list[Waiting]:
    """At most :data:`MOST`, oldest first; nobody accepts what they signed."""
    own = reach(held, Action.SIGN_DELIVERY, today)
    below = reach(held, Action.ACCEPT_DELIVERY, today)
    if not own and not below:
        return []
    asked_for = Exists(
        DeliveryRequest.objects.filter(state=State.OPEN, **{name: OuterRef(name) for name in SAME})
    )
    found = (
        Delivery.objects.filter(
            Q(body__in=own, status__in=[Status.DRAFT, Status.RETURNED]) & ~asked_for
            | Q(body__in=below, status=Status.SIGNED) & ~Q(signer=account)
        )
        .select_related("body")
        .only("table_code", "status", "starts", "body__name_zh", "body__name_en")
        .order_by("id")[:MOST]
    )
    return [_waiting(one) for one in found]


def _waiting(one: Delivery) -> Waiting:
    table = say(load_catalogue().tables[one.table_code].title)
    mark = say(Text("：", ": "))
    title = f"{table} {one.starts.year} · {say(one.body.name)}{mark}{SAID[Status(one.status)]}"
    return Waiting(title, reverse("supply:delivery", args=[one.pk]), None, _("Deliveries"))
