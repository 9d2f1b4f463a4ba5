"""The pages that say no: each stands for itself, so that it comes whatever else is broken.

They are the same for everybody, in both languages, and are filled without asking who wants them:
neither the session nor the database is touched. A page that is not there leads on from where one is.
"""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.template.context_processors import csrf
from django.template.loader import render_to_string

from steelyard.config.answers.refusal_style import refusal_style
from steelyard.config.answers.ways import ways
from steelyard.files.store import NotAsKept

LONGEST_WAITS = {"/account/password/reset/": 10}
"""Minutes after which a form may be sent again, where it is not one."""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """What cannot be understood; what is too much to be read at all says so, with how much is read."""
    if isinstance(exception, RequestDataTooBig):
        most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0
        return _page("413.html", 413, most=f"{most / 1_000_000:.1f}")
    return _page("400.html", 400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """With the refusals, if it was refused for some."""
    said = [one.text for one in getattr(exception, "refusals", ())]
    return _page("403.html", 403, refusals=said)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    return _page("404.html", 404, ways=ways(request), **csrf(request))


def not_as_kept(request: HttpRequest, exception: NotAsKept) -> HttpResponse:  # noqa: ARG001
    """With what is missing or altered, by its hash, and what to do."""
    told = {"what": exception.what, "mend": exception.MEND, "tagged": exception.tagged}
    return _page("409.html", 409, **told)


def too_many(request: HttpRequest) -> HttpResponse:
    """Sent too often, by :data:`ACCOUNT_RATE_LIMITS`: with how long to wait."""
    minutes = LONGEST_WAITS.get(request.path, 1)
    answer = _page("429.html", 429, minutes=minutes)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def went_wrong(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    return _page("500.html", 500)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """A form that was not of this office's making, or had been open for too long."""
    return _page("403_csrf.html", 403)


def _page(template: str, status: int, **told: object) -> HttpResponse:
    style = {"style": refusal_style()}
    return HttpResponse(render_to_string(template, style | told), status=status)
