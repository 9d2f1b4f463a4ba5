"""Does the public site answer? Whoever watches over it asks here; nothing else is looked at."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse


def alive(_request: HttpRequest) -> JsonResponse:
    return JsonResponse({"alive": True})
