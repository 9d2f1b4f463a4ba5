"""How much is asked of the office, and how long do answers take? For Prometheus, at ``/metrics``.

In a demonstration this machine alone may read them. In production whoever brings the token of
``STEELYARD_METRICS_TOKEN``; without a token set there is nothing at this address. That a request
comes from this machine proves nothing there: behind a proxy all of them do.
"""

from __future__ import annotations

import os
from secrets import compare_digest

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector

from steelyard.notices.metrics import queue_registry

REQUESTS = Counter("steelyard_requests_total", "Requests answered", ("method", "view", "status"))
SECONDS = Histogram("steelyard_request_seconds", "How long an answer took", ("view",))

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count(request: HttpRequest, status: int, seconds: float) -> None:
    """Count one answer under the name of its view; what any stranger may type makes no new name."""
    match = request.resolver_match
    view = match.view_name if match else "none"
    method = request.method if request.method in _METHODS else "other"
    REQUESTS.labels(method, view, str(status)).inc()
    SECONDS.labels(view).observe(seconds)


def count_kept(method: str, status: int, seconds: float) -> None:
    """Count an answer of the public site that was kept."""
    REQUESTS.labels(method, "kept", str(status)).inc()
    SECONDS.labels("kept").observe(seconds)


@login_not_required
def show_metrics(request: HttpRequest) -> HttpResponse:
    if not _may_read(request):
        raise Http404
    told = generate_latest(_registry()) + generate_latest(queue_registry())
    return HttpResponse(told, content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    if settings.ENVIRONMENT.demo:
        is_forwarded = "HTTP_X_FORWARDED_FOR" in request.META
        return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not is_forwarded
    token = settings.ENVIRONMENT.metrics_token
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and compare_digest(brought.encode(), token.encode())


def _registry() -> CollectorRegistry:
    """The counts of all web processes together, where there are several."""
    if not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)
    return registry
