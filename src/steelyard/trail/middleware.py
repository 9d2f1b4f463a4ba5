"""Notes who a request comes from, so that whatever it writes is in the trail under that name."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from steelyard.trail.acting import act_as, request_of

Answer = Callable[[HttpRequest], HttpResponse]


def actor(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        with request_of(_account(request), getattr(request, "number", "")):
            return get_response(request)

    return middleware


def _account(request: HttpRequest) -> int | None:
    """Where nobody is known the session is not asked, so that the answer hangs on no cookie."""
    if request.path_info.startswith(settings.KNOWS_NOBODY):
        return None
    return request.user.pk if request.user.is_authenticated else None


def signed_in(user: Any, **_: Any) -> None:
    """From the moment of signing in, the request is that account's."""
    act_as(user.pk)
