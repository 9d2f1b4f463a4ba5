"""An office file is a zip of parts: the same parts give the same bytes, whoever packs them and when."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

_NO_TIME = (2000, 1, 1, 0, 0, 0)


def packed(parts: Mapping[str, bytes]) -> bytes:
    """The parts in their order, with one date on every one."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, _NO_TIME)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return target.getvalue()


def without_time(content: bytes) -> bytes:
    """The same package with one date on every part."""
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return packed({name: source.read(name) for name in source.namelist()})
