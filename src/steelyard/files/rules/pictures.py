"""How large is a picture, as its header says? Read without unpacking it.

A picture of a few kilobytes can unpack to gigabytes; whoever shows or prints it asks here first.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import IO

MOST_PIXELS = 120_000_000
"""More than the cameras of today's phones make (108 million), and what a browser can still show."""

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Markers of JPEG that open a frame and say its size; the three left out are tables."""
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})
"""Markers without a length."""


@dataclass(frozen=True, slots=True)
class Size:
    """In pixels."""

    width: int
    height: int

    @property
    def is_absurd(self) -> bool:
        """
        >>> Size(30_000, 30_000).is_absurd, Size(12_000, 9_000).is_absurd
        (True, False)
        """
        return self.width * self.height > MOST_PIXELS


def size_of(content: IO[bytes]) -> Size | None:
    """The size of a PNG or JPEG; None if its header does not say it, or says nought."""
    content.seek(0)
    opening = content.read(8)
    found = None
    if opening == PNG:
        found = _of_png(content.read(16))
    elif opening.startswith(JPEG):
        content.seek(2)
        found = _of_jpeg(content)
    content.seek(0)
    return found if found and found.width and found.height else None


def _of_png(header: bytes) -> Size | None:
    """The first chunk of a PNG is its header: length, name, width, height."""
    if len(header) < 16 or header[4:8] != b"IHDR":
        return None
    return Size(*struct.unpack(">II", header[8:16]))


def _of_jpeg(content: IO[bytes]) -> Size | None:
    """From segment to segment, each by its length, to the first that opens a frame."""
    while content.read(1) == b"\xff":
        marker = content.read(1)
        while marker == b"\xff":  # padding
            marker = content.read(1)
        if not marker:
            return None
        if marker[0] in ALONE:
            continue
        length = int.from_bytes(content.read(2), "big")
        if marker[0] in FRAMES:
            frame = content.read(5)
            if len(frame) < 5:
                return None
            height, width = struct.unpack(">HH", frame[1:])
            return Size(width, height)
        if length < 2:
            return None
        content.seek(length - 2, 1)
    return None
