"""What every answer carries, in the office and outside: from where a page may load, and what may run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from steelyard.config.answers.refusal_style import refusal_style

Answer = Callable[[HttpRequest], HttpResponse]


def secured(get_response: Answer) -> Answer:
    """A page may load from this site alone, and nothing written into the page itself runs.

    The style of the pages that say no stands in them; it alone may.
    """
    own_style = f"'sha256-{_hash_of(refusal_style())}'"

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        policy = _policy(style=own_style if response.status_code >= 400 else "")
        response.setdefault("Content-Security-Policy", policy)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return middleware


def _policy(style: str = "") -> str:
    told = dict(settings.CONTENT_SECURITY_POLICY)
    if style:
        told["style-src"] = f"'self' {style}"
    return "; ".join(f"{name} {source}" for name, source in told.items())


def _hash_of(style: str) -> str:
    return b64encode(sha256(style.encode()).digest()).decode()
