"""Pictures and documents as those who write prose see them. Never guessed at, never run."""

from __future__ import annotations

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

SHOWN = {"jpg": "image/jpeg", "jpeg": "image/jpeg", "png": "image/png"}


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponse:  # noqa: ARG001
    ending = name.rpartition(".")[2].lower()
    try:
        content = default_storage.open(name, "rb")
    except (OSError, SuspiciousFileOperation) as error:
        raise Http404 from error
    response = FileResponse(
        content,
        as_attachment=ending not in SHOWN,
        content_type=SHOWN.get(ending, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cache-Control"] = "private, max-age=3600"
    return response
