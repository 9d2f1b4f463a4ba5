"""The API of all areas, under /api/: each area has a router in its ``api.py``.

Whoever is signed in may use it, as the same person with the same rights as on the pages. What is
refused answers with the refusals, each with its stable code: 403 where a right is missing, 409 where
the state forbids it. What does not exist for the person answers 404.
"""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.security import django_auth

from steelyard.kernel.refusals import Refused

api = NinjaAPI(
    title="Steelyard 权衡", version="1", auth=django_auth, docs_url=None, urls_namespace="api"
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    said = [
        {"code": one.code, "zh": one.text.zh, "en": one.text.en, "field": one.field}
        for one in error.refusals
    ]
    status = 403 if error.lacks_a_right else 409
    return api.create_response(request, {"refusals": said}, status=status)


def _urls() -> tuple[list[URLPattern], str, str]:
    """The API answers 401 itself, where a page would lead to the form for signing in."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns, app, namespace


def mounted(at: str) -> Any:
    from steelyard.assessment.api import router

    api.add_router("/deliveries", router, tags=["deliveries"])
    return path(at, _urls())
