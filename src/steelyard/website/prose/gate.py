"""Who comes to ``/editors/``? Those who hold a role that writes or publishes prose today; for others there is nothing.

Wagtail's pages have a policy of their own, by name; what Wagtail offers about accounts is the office's, and
is not offered here.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

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
        if not path.startswith(settings.EDITORS) or not request.user.is_authenticated:
            return get_response(request)
        if not may_enter(request.held, request.today) or is_closed(path):
            raise Http404
        follow_roles(request.user, request.held, request.today)
        response = get_response(request)
        response.setdefault("Content-Security-Policy", policy)
        return response

    return middleware


def is_closed(path: str) -> bool:
    below = path.removeprefix(settings.EDITORS)
    if PRIVACY.search(below):
        return True
    return below.startswith(CLOSED) and not below.startswith(NEEDED)
