"""What every answer carries, and what is noted of every request."""

from __future__ import annotations

import time
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from steelyard.config import metrics

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


def secured(get_response: Answer) -> Answer:
    """A page may load from this office alone, and nothing written into the page itself runs."""
    own_style = f"'sha256-{_hash_of(REFUSAL_STYLE)}'"

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = _policy(style=own_style if response.status_code >= 400 else "")
        response.setdefault("Content-Security-Policy", policy)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


REFUSAL_STYLE = Path(__file__).with_name("templates") / "refused.css"
"""The style of pages that say no stands in them, so that they need nothing else; it alone may."""


def _policy(style: str = "") -> str:
    told = dict(settings.CONTENT_SECURITY_POLICY)
    if style:
        told["style-src"] = f"'self' {style}"
    return "; ".join(f"{name} {source}" for name, source in told.items())


def _hash_of(path: Path) -> str:
    return b64encode(sha256(path.read_bytes()).digest()).decode()


def _account(request: HttpRequest) -> int | None:
    """Who asked, if that was found out for the answer; noting it asks the database nothing."""
    user = getattr(request, "_cached_user", None)
    return user.pk if user is not None else None
