"""A file's name arrives as it was sent: what is wrong with it is said, not taken out in silence.

Django drops the letters of a name that cannot be printed before anybody could object to them.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParser


class AsSent(MultiPartParser):
    def sanitize_file_name(self, file_name: str) -> str | None:
        """Its last part, as a file would be called there."""
        last = html.unescape(file_name).rsplit("/")[-1].rsplit("\\")[-1]
        return None if last in ("", ".", "..") else last


def names_as_sent(get_response: Callable[[HttpRequest], HttpResponse]) -> Any:
    """Stands before whatever reads a form."""

    def middleware(request: HttpRequest) -> HttpResponse:
        def parse(told: Any, data: Any) -> Any:
            return AsSent(told, data, request.upload_handlers, request.encoding).parse()

        request.parse_file_upload = parse
        return get_response(request)

    return middleware
