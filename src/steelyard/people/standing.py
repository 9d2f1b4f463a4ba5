"""On whose behalf does a request come, and on which day? Taken once, at the edge.

Gives every request ``now``, ``today`` (the region's) and ``held``, the roles of its account today
(loaded when first asked for).
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from steelyard.people.navigation import places_for
from steelyard.people.queries import load_held

Answer = Callable[[HttpRequest], HttpResponse]


def standing(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()
        request.today = timezone.localdate(request.now)
        request.held = SimpleLazyObject(lambda: _held(request))
        return get_response(request)

    return middleware


def _held(request: HttpRequest) -> tuple:
    return load_held(request.user.pk, request.today) if request.user.is_authenticated else ()


def office(request: HttpRequest) -> dict:
    """For templates: ``office.places``, the navigation. Found out when a page asks for it, if one does."""
    return {"office": SimpleLazyObject(lambda: {"places": _places(request)})}


def _places(request: HttpRequest) -> list:
    if not hasattr(request, "held") or not request.user.is_authenticated:
        return []
    return places_for(request.held, request.today, request.path)
