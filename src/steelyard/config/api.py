"""The API of all areas, under /api/: each area has its routers in its ``api.py``.

Whoever is signed in may use it, as the same person with the same rights as on the pages. What is
refused answers with the refusals, each with its stable code: 403 where a right is missing, 409 where
the state forbids it, 422 where a field is to be put right, whether it is missing, of another type or at odds
with the rules. What does not exist for the person answers 404.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any, NoReturn

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationErrorContext
from ninja.security import django_auth

from steelyard.config.answers.lost import note
from steelyard.config.answers.unread import FRAME, refusals_of
from steelyard.files.store import NotAsKept
from steelyard.kernel.refusals import Refusal, Refused
from steelyard.people.refused import ToMend
from steelyard.people.views.asking import NotAllowed

SAID = {"type": "object", "required": ["detail"], "properties": {"detail": {"type": "string"}}}
REFUSED = {"$ref": "#/components/schemas/RefusedOut"}
EVERYWHERE: dict[int, tuple[str, dict[str, Any]]] = {
    400: ("The body of the request cannot be read", REFUSED),
    401: ("Nobody is signed in", REFUSED),
    422: (
        "Fields are to be put right, each named: missing, of another type, or refused by a rule",
        REFUSED,
    ),
}
"""What every operation may answer, and its own function does not say."""
WITH_NUMBER = {
    404: ("There is none, or none that you may see", SAID),
    409: (
        "What was filed is missing from the store, or no longer what was filed"
        " (`content_missing`, `content_changed`)",
        REFUSED,
    ),
}
WRITING = {
    403: (
        "A right is missing, or the token of the session, X-CSRFToken (`no_token`)",
        REFUSED,
    )
}


class OfficeAPI(NinjaAPI):
    """Its OpenAPI document says all that an operation answers, refusals of the frame too; these are told as
    every other refusal is."""

    def validation_error_from_error_contexts(
        self, error_contexts: list[ValidationErrorContext]
    ) -> NoReturn:
        raise ToMend(refusals_of(error_contexts))

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> Any:
        prefix = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        told = self._by_the_routers(prefix)  # two schemas of one name would become one
        paths = {
            address: {
                method: _with_refusals(address, method, operation)
                for method, operation in operations.items()
            }
            for address, operations in told["paths"].items()
        }
        return {**told, "paths": paths}

    @cache  # noqa: B019  there is one API in a process
    def _by_the_routers(self, prefix: str) -> Any:
        """Hundreds of models: a second's work, and the same for as long as the process lives."""
        return super().get_openapi_schema(path_prefix=prefix)


def _with_refusals(address: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    """An operation with what the frame may answer."""
    answers = dict(EVERYWHERE)
    answers |= WITH_NUMBER if "{" in address else {}
    answers |= WRITING if method != "get" else {}
    responses = dict(operation["responses"])
    for status, (said, schema) in answers.items():
        answer = {"description": said, "content": {"application/json": {"schema": schema}}}
        responses.setdefault(status, answer)
    return {**operation, "responses": responses}


api = OfficeAPI(
    title="Steelyard 权衡", version="1", auth=django_auth, docs_url=None, urls_namespace="api"
)


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Refused) -> HttpResponse:
    return _said(request, error.refusals, 403 if error.lacks_a_right else 409)


@api.exception_handler(NotAsKept)
def not_as_kept(request: HttpRequest, error: NotAsKept) -> HttpResponse:
    note(request, error)
    return _said(request, [error.refusal], 409)


@api.exception_handler(ToMend)
def to_mend(request: HttpRequest, error: ToMend) -> HttpResponse:
    return _said(request, error.refusals, 422)


@api.exception_handler(HttpError)
def of_the_frame(request: HttpRequest, error: HttpError) -> HttpResponse:
    """Nobody is signed in, the token of the session is missing, or a body cannot be taken apart."""
    return _said(request, [FRAME[error.status_code]], error.status_code)


@api.exception_handler(NotAllowed)
def not_allowed(request: HttpRequest, error: NotAllowed) -> HttpResponse:
    return _said(request, error.refusals, 403)


def _said(request: HttpRequest, refusals: Iterable[Refusal], status: int) -> HttpResponse:
    said = [
        {"code": one.code, "zh": one.text.zh, "en": one.text.en, "field": one.field}
        for one in refusals
    ]
    return api.create_response(request, {"refusals": said}, status=status)


def _urls() -> tuple[list[URLPattern], str, str]:
    """The API answers 401 itself, where a page would lead to the form for signing in."""
    patterns, app, namespace = api.urls
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns, app, namespace


def mounted(at: str) -> Any:
    from steelyard.assessment.api import ROUTERS
    from steelyard.files.api import router as files
    from steelyard.notices.api import deadlines, notices
    from steelyard.supply.api import router
    from steelyard.supply.api_requests import router as requests

    api.add_router("/requests", requests, tags=["requests"])
    api.add_router("/deliveries", router, tags=["deliveries"])
    api.add_router("/files", files, tags=["files"])
    api.add_router("/notices", notices, tags=["notices"])
    api.add_router("/deadlines", deadlines, tags=["deadlines"])
    for tag, router_of_part in ROUTERS:
        api.add_router("/assessments", router_of_part, tags=[tag])
    return path(at, _urls())
