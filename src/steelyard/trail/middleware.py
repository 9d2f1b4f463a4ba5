"""Notes who a request comes from, so that whatever it writes is in the trail under that name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from steelyard.trail.acting import act_as, request_of

Answer = Callable[[HttpRequest], HttpResponse]


def actor(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        account = request.user.pk if request.user.is_authenticated else None
        with request_of(account, getattr(request, "number", "")):
            return get_response(request)

    return middleware


def signed_in(user: Any, **_: Any) -> None:
    """From the moment of signing in, the request is that account's."""
    act_as(user.pk)
