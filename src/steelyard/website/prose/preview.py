"""A draft as the public would see it: the same template, fed from the draft instead of a package."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import datetime

from steelyard.publication.package import media_type
from steelyard.website.prose.export import Held, value_of
from steelyard.website.prose.models import ProsePage
from steelyard.website.reading import told


def context_of(page: ProsePage, now: datetime) -> Mapping[str, object]:
    held = Held()
    value = value_of(page, held, now)
    shown = {name: _address(name, content) for name, content in held.files.items()}
    return {**told(value, [], now), "files": shown, "is_preview": True}


def _address(name: str, content: bytes) -> str:
    """The file itself as its address: what was never published has no other."""
    return f"data:{media_type(name)};base64,{base64.b64encode(content).decode()}"
