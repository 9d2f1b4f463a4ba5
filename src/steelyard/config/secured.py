"""What every answer carries, in the office and outside: from where a page may load, and what may run."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse

Answer = Callable[[HttpRequest], HttpResponse]


def secured(get_response: Answer) -> Answer:
    """A page may load from this site alone, and nothing written into the page itself runs."""
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
