"""A file to take away: never shown as a page, never guessed at, kept by no cache, and if a browser
opens it all the same, in a sandbox."""

from __future__ import annotations

from typing import IO

from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
BYTES = "application/octet-stream"

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def download(content: bytes | IO[bytes], name: str, media: str) -> HttpResponseBase:
    """The content as an answer that is saved under ``name``."""
    if isinstance(content, bytes):
        disposition = content_disposition_header(True, name)
        headers = {**ALWAYS, "Content-Disposition": disposition}
        return HttpResponse(content, content_type=media, headers=headers)
    return FileResponse(
        content, as_attachment=True, filename=name, content_type=media, headers=ALWAYS
    )
