"""One delivery: what is said of it, what is wrong with it, what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from steelyard.look.language import say
from steelyard.records.intake.delivery import written_period
from steelyard.supply.checking import from_json
from steelyard.supply.models import Delivery, DeliveryRequest
from steelyard.supply.permissions import may_not_make
from steelyard.supply.queries import (
    answers,
    load_catalogue,
    load_state,
    period,
    requests_seen_by,
    seen_by,
    with_standing,
)
from steelyard.supply.rows import sheet_of
from steelyard.supply.rules import grids
from steelyard.supply.rules.deliveries import (
    BY_ITSELF,
    MOVE_NAMES,
    OPEN,
    STATUSES,
    Move,
    Status,
    moves_from,
)
from steelyard.supply.rules.delivery_limits import Asked, against
from steelyard.supply.showing import faults_shown
from steelyard.supply.views.deliveries.finding import find

PAGES: Mapping[Move, str] = {
    Move.UPLOAD: "supply:mend",
    Move.RETURN: "supply:return",
    Move.CORRECT: "supply:correct",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """A move that this person may make here; ``refusals`` say why not just now."""

    move: Move
    title: str
    url: str
    is_page: bool
    refusals: tuple[str, ...]


@require_safe
def delivery(request: HttpRequest, number: int) -> HttpResponse:
    return shown(request, find(request, number))


def shown(
    request: HttpRequest, found: Delivery, refusals: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    table = load_catalogue().tables[found.table_code]
    faults = [from_json(one) for one in found.faults]
    context = {
        "delivery": found,
        "table": table,
        "period": written_period(period(found)),
        "status": say(STATUSES[Status(found.status)]),
        "choices": _choices(request, found),
        "refusals": refusals,
        "shown": faults_shown(sheet_of(found), faults) if faults else None,
        "more_faults": found.fault_count - len(faults),
        "corrections": seen_by(request.held, request.today).filter(replaces=found),
        "may_type": _may_type(request, found),
        "answers": _answers(request, found),
    }
    return render(request, "supply/delivery.html", context, status=status)


def _answers(request: HttpRequest, found: Delivery) -> DeliveryRequest | None:
    """The request that it met or that is open for the same thing."""
    seen = requests_seen_by(request.held, request.today)
    to_it = Q(delivery=found)
    if found.status in OPEN:
        to_it |= Q(pk__in=answers(found))
    return with_standing(seen).filter(to_it).first()


def _choices(request: HttpRequest, found: Delivery) -> list[Choice]:
    state = load_state(found)
    return [
        Choice(
            move,
            _title(move),
            reverse(PAGES[move], args=[found.pk])
            if move in PAGES
            else reverse("supply:deed", args=[found.pk, move.value]),
            move in PAGES,
            _against(request, state, move),
        )
        for move in moves_from(state.status)
        if move not in BY_ITSELF
        and not may_not_make(request.held, move, found.body_id, request.today)
    ]


def _title(move: Move) -> str:
    return _("Upload another sheet") if move is Move.UPLOAD else say(MOVE_NAMES[move])


def _against(request: HttpRequest, state: object, move: Move) -> tuple[str, ...]:
    """What stands against a move before its form is filled in: reasons are given there."""
    asked = Asked(move=move, by=request.user.pk, on=request.today, reason="…")
    return tuple(say(one.text) for one in against(state, asked))


def _may_type(request: HttpRequest, found: Delivery) -> bool:
    is_open = found.status in (Status.DRAFT, Status.RETURNED)
    allowed = not may_not_make(request.held, Move.UPLOAD, found.body_id, request.today)
    return is_open and allowed and (found.rows or 0) <= grids.MOST_ROWS
