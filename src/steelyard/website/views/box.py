"""What every form has that the public sends: not too many from one place, never kept by a browser. No cookie."""

from __future__ import annotations

import secrets
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from steelyard.letterbox.limiting import Limiter

_in_memory = Limiter()


def limiter() -> Limiter:
    shared = settings.COUNTS_SENDERS
    return Limiter(Path(shared)) if shared else _in_memory


def lets_through(request: HttpRequest, kind: str) -> bool:
    """
    Raises:
        OSError: the count cannot be kept.
    """
    return limiter().lets_through(kind, _place(request), local(request))


def forget_old(request: HttpRequest) -> None:
    limiter().forget(local(request))


def local(request: HttpRequest) -> datetime:
    return timezone.localtime(request.now)


def once_of(request: HttpRequest) -> str:
    """What the form was given at random: by it a form that is sent twice is known."""
    once = request.POST.get("once", "")
    return once if len(once) >= 20 else secrets.token_urlsafe()


def never_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response


def _place(request: HttpRequest) -> str:
    """Where a request comes from: behind so many proxies of ours, what the outermost of them saw."""
    proxies = getattr(settings, "ALLAUTH_TRUSTED_PROXY_COUNT", 0)
    passed = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",")]
    if proxies and len(passed) >= proxies:
        return passed[-proxies]
    return request.META.get("REMOTE_ADDR", "")
