"""Does a workbook or document carry programs? What is sent to an office must not."""

from __future__ import annotations

import io
import zipfile


def carries_macros(content: bytes) -> bool:
    """Of any file; what is no package of Office carries none.

    >>> carries_macros(b"a,b\\n1,2\\n")
    False
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return has_macros(archive)
    except zipfile.BadZipFile:
        return False


def has_macros(archive: zipfile.ZipFile) -> bool:
    """By its parts, or by the type that it says of itself, as .xlsm does."""
    names = [name.lower() for name in archive.namelist()]
    return any(
        name.endswith(("vbaproject.bin", ".xlm")) or "/macrosheets/" in name for name in names
    ) or _says_macros(archive)


def _says_macros(archive: zipfile.ZipFile) -> bool:
    try:
        with archive.open("[Content_Types].xml") as part:
            return b"macroenabled" in part.read(1 << 20).lower()
    except (KeyError, RuntimeError):
        return False
