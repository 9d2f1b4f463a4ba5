"""Which delivery is it, as far as it exists for whoever asks?"""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, QueryDict

from steelyard.people.views.asking import NotAllowed
from steelyard.supply.models import Delivery
from steelyard.supply.permissions import may_not_make
from steelyard.supply.queries import seen_by
from steelyard.supply.rules.deliveries import Move
from steelyard.trail.side_by_side import version_of


def find(
    request: HttpRequest, number: int, shown: Sequence[str] = ("body", "replaces", "uploaded_by")
) -> Delivery:
    """The delivery, if it exists for whoever asks; with what the page shows of others."""
    found = seen_by(request.held, request.today).select_related(*shown)
    delivery = found.filter(pk=number).first()
    if delivery is None:
        raise Http404
    return delivery


def find_for(request: HttpRequest, number: int, move: Move) -> Delivery:
    """The delivery, if this person may make the move at all.

    Raises:
        Http404: it does not exist for this person.
        NotAllowed: it does, and the move is not for them.
    """
    found = find(request, number, ["body"])
    refusals = may_not_make(request.held, move, found.body_id, request.today)
    if refusals:
        raise NotAllowed(refusals)
    return found


def seen_version(sent: QueryDict) -> int:
    return version_of(sent, "seen")
