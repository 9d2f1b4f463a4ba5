"""Every page asks who is there, but for those that say they are for everyone: they do not even ask."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse


class SignedIn(LoginRequiredMiddleware):
    """As Django's, which looks into the session before it looks whether it needs to."""

    def process_view(
        self, request: HttpRequest, view_func: Callable[..., HttpResponse], *given: object
    ) -> HttpResponse | None:
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, *given)
