"""When does a request of the public site come? Taken once, at the edge.

Gives every request ``now`` and ``today`` (the region's), as the office's ``people.standing`` does for its own:
a page that looks at the shelf twice sees it as of one moment.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

Answer = Callable[[HttpRequest], HttpResponse]


def moment(get_response: Answer) -> Answer:
    def middleware(request: HttpRequest) -> HttpResponse:
        request.now = timezone.now()
        request.today = timezone.localdate(request.now)
        return get_response(request)

    return middleware
