"""An upload that says it is far too large is stopped before a byte of it lies on our disk."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST = 256 << 20
"""Bytes of a request. Whatever an area takes is less, and refused with its reason."""


class NothingEndless(FileUploadHandler):
    """Stands before the handlers that write."""

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, *_: Any, **__: Any  # noqa: N803, ARG002
    ) -> None:  # fmt: skip
        if content_length > MOST:
            raise RequestDataTooBig(f"{content_length} bytes are announced, {MOST} are the most")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None
