"""The header of a picture says how large it is, and is read without unpacking anything."""

from __future__ import annotations

import io
import struct

import pytest

from steelyard.files.rules.pictures import Size, size_of


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR" + struct.pack(">II", width, height) + b"\x08\2\0\0\0"


def jpeg(width: int, height: int, *before: bytes, frame: int = 0xC0) -> bytes:
    size = struct.pack(">HH", height, width)
    return b"".join((b"\xff\xd8", *before, b"\xff", bytes([frame]), b"\0\x11\x08", size, b"\3"))


EXIF = b"\xff\xe1\0\x0aExif\0\0ab"
TABLE = b"\xff\xc4\0\x05\1\2\3"
PADDED = b"\xff\xff\xff\xe0\0\x04ab"
RESTART = b"\xff\xd0"


@pytest.mark.parametrize(
    "content",
    [png(4032, 3024), jpeg(4032, 3024), jpeg(4032, 3024, EXIF, TABLE), jpeg(4032, 3024, PADDED, RESTART),
     jpeg(4032, 3024, EXIF, frame=0xC2)],
)  # fmt: skip
def test_the_size_is_read_and_the_content_stands_at_its_beginning_again(content: bytes) -> None:
    held = io.BytesIO(content)
    assert size_of(held) == Size(4032, 3024)
    assert held.tell() == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", png(0, 480), png(640, 480)[:20], b"\x89PNG\r\n\x1a\n" + b"\0" * 32,
     b"\xff\xd8\xff", b"\xff\xd8" + EXIF, b"\xff\xd8\xff\xe1\0\0", jpeg(640, 480)[:8], jpeg(640, 0)],
)  # fmt: skip
def test_a_header_that_does_not_say_it_gives_none(content: bytes) -> None:
    assert size_of(io.BytesIO(content)) is None


@pytest.mark.parametrize(("size", "is_absurd"), [
    (Size(30_000, 30_000), True), (Size(12_000, 9_000), False), (Size(1, 200_000_000), True),
])  # fmt: skip
def test_what_nobody_could_open_is_absurd(size: Size, is_absurd: bool) -> None:
    assert size.is_absurd is is_absurd
