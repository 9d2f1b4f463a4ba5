"""Who comes to ``/editors/``? Those who hold a role that writes or publishes prose today; for others there is nothing.

Wagtail's pages have a policy of their own, by name; what Wagtail offers about accounts is the office's, and
is not offered here.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from steelyard.kernel.refusals import Refused
from steelyard.look.language import say
from steelyard.website.prose.groups import follow_roles, may_enter

Answer = Callable[[HttpRequest], HttpResponse]

CLOSED = ("account/", "users/", "groups/", "sites/", "locales/", "login/", "password_reset/",
          "failwhale/", "test404/", "workflows/", "collections/", "styleguide/")  # fmt: skip
"""Below ``/editors/``: accounts, sites and settings, which are not decided there."""

NEEDED = ("workflows/action/", "workflows/collect_action_data/", "workflows/confirm_cancellation/",
          "workflows/status/", "workflows/preview/", "workflows/confirm/")  # fmt: skip
"""Below a closed address, and open all the same: to approve what waits."""


PRIVACY = re.compile(r"/privacy/|/add_privacy/")
"""Who may read a page: everyone, once it is published."""


def gate(get_response: Answer) -> Answer:
    policy = "; ".join(
        f"{name} {source}" for name, source in settings.EDITORS_SECURITY_POLICY.items()
    )

    def middleware(request: HttpRequest) -> HttpResponse:
        path = request.path_info
        if not path.startswith(settings.EDITORS):
            return get_response(request)
        mine = path == f"{settings.EDITORS}account/"
        if is_closed(path) and not mine:
            raise Http404  # for nobody too: Wagtail has a way to sign in that counts no failures
        if not request.user.is_authenticated:
            return get_response(request)
        if not may_enter(request.held, request.today):
            raise Http404
        if mine:
            return redirect("people:me")
        follow_roles(request.user, request.held, request.today)
        response = get_response(request)
        response.setdefault("Content-Security-Policy", policy)
        return response

    middleware.process_exception = explained  # type: ignore[attr-defined]
    return middleware


def explained(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """What was refused among Wagtail's pages, told on the page from which it was asked.

    A part of a page, which a script asks for, says it plainly: nobody would see a page in its place.
    """
    if not isinstance(error, Refused) or not request.path_info.startswith(settings.EDITORS):
        return None
    reasons = [say(one.text) for one in error.refusals]
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return HttpResponse(
            "\n".join(reasons), status=403, content_type="text/plain; charset=utf-8"
        )
    for one in reasons:
        messages.error(request, one)
    return redirect(_asked_from(request))


def _asked_from(request: HttpRequest) -> str:
    before = urlsplit(request.headers.get("referer", ""))
    is_ours = before.netloc == request.get_host() and before.path.startswith(settings.EDITORS)
    return before.path if is_ours else reverse("wagtailadmin_home")


def is_closed(path: str) -> bool:
    below = path.removeprefix(settings.EDITORS)
    if PRIVACY.search(below):
        return True
    return below.startswith(CLOSED) and not below.startswith(NEEDED)
