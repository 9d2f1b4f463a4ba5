"""Notes who a request comes from, so that whatever it writes is in the trail under that name."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from steelyard.trail.acting import act_as

Answer = Callable[[HttpRequest], HttpResponse]


def actor(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        act_as(request.user.pk if request.user.is_authenticated else None)
        return get_response(request)

    return middleware
