"""What is noted of every request of the office."""

from __future__ import annotations

import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

from steelyard.config.answers import metrics

Answer = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("steelyard.request")


def noted(get_response: Answer) -> Answer:
    """One line a request: its number, who, what, how it ended, how long; and its count.

    The number is in the answer too, for a person to quote, and in the trail of what was written.
    What was typed is not noted: neither the question behind the address nor what a form held.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        number = request.number = str(uuid4())
        structlog.contextvars.bind_contextvars(request=number)
        began = time.perf_counter()
        try:
            response = get_response(request)
            seconds = time.perf_counter() - began
            response["X-Request-ID"] = number
            metrics.count(request, response.status_code, seconds)
            log.info(
                "request",
                method=request.method,
                path=request.path,
                status=response.status_code,
                account=_account(request),
                milliseconds=round(seconds * 1000, 1),
            )
            return response
        finally:
            structlog.contextvars.unbind_contextvars("request")

    return middleware


def note_kept(method: str, path: str, status: int, seconds: float) -> None:
    """The same of an answer of the public site that was kept, which Django did not see."""
    metrics.count_kept(method, status, seconds)
    log.info(
        "request", method=method, path=path, status=status, account=None,
        milliseconds=round(seconds * 1000, 1),
    )  # fmt: skip


def _account(request: HttpRequest) -> int | None:
    """Who asked, if that was found out for the answer; noting it asks the database nothing."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user is not None else None
