"""What was kept is not there any more, or is not as it was: said as it is, and told in the log as an error.

It is no fault of who asks, nor is there "no such page". Nobody is given other bytes than those filed.
"""

from __future__ import annotations

from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from steelyard.config.answers.refused import not_as_kept
from steelyard.files.store import NotAsKept

Answer = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("steelyard.kept")


def lost(get_response: Answer) -> Answer:
    """Answers for every page that reads from a store."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, NotAsKept):
            return None
        note(request, error)
        return not_as_kept(request, error)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def note(request: HttpRequest, error: NotAsKept) -> None:
    log.error("not as kept", code=error.code, content=error.tagged, path=request.path)
