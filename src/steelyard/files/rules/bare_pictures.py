"""A picture without what was noted beside it: where it was taken, when, with which device, by whom.

Segments of a JPEG and chunks of a PNG that say nothing of the picture itself are left out, and so is whatever
follows its end; its pixels are the very same bytes. Which way up it is stays, for without that it lies on its
side.

JPEG: ITU-T T.81, annex B; Exif 2.32, 4.5 and 4.6.4 (orientation, 274). PNG: W3C, 3rd edition, 11.3.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator

from steelyard.files.rules.pictures import ALONE, JPEG, PNG

EXIF, PROFILE = b"Exif\0\0", b"ICC_PROFILE\0"
FIRST, LAST, COMMENT, START_OF_SCAN, END = 0xE0, 0xEF, 0xFE, 0xDA, 0xD9
JFIF, OF_EXIF, OF_PROFILES, OF_ADOBE = 0xE0, 0xE1, 0xE2, 0xEE
"""APP0 says how wide a pixel is, APP2 may hold a profile of colours, APP14 how colours are coded: a picture
shows otherwise without them."""
SAYS_HOW_IT_LOOKS = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"bKGD", b"pHYs", b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
ORIENTATION, UPRIGHT = 274, 1


def bare(content: bytes) -> bytes | None:
    """The same picture with nothing beside it; None if it is no whole JPEG or PNG."""
    try:
        if content.startswith(PNG):
            return PNG + b"".join(_chunks(content))
        if content.startswith(JPEG):
            return JPEG + b"".join(_segments(content))
    except (struct.error, IndexError, ValueError):
        return None
    return None


def _chunks(content: bytes) -> Iterator[bytes]:
    at, kind = len(PNG), b""
    while kind != b"IEND":
        (length,) = struct.unpack_from(">I", content, at)
        kind, end = content[at + 4 : at + 8], at + 12 + length
        if end > len(content):
            raise ValueError("a chunk is longer than the file")
        if kind in SAYS_HOW_IT_LOOKS:
            yield content[at:end]
        elif kind == b"eXIf":
            turned = _only_turned(content[at + 8 : end - 4])
            yield _chunk(kind, turned) if turned else b""
        at = end


def _chunk(kind: bytes, told: bytes) -> bytes:
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))


def _segments(content: bytes) -> Iterator[bytes]:
    at = len(JPEG)
    while True:
        at = _past_padding(content, at)
        marker = content[at + 1]
        if marker == END:
            yield content[at : at + 2]
            return
        end = at + 2 if marker in ALONE else at + 2 + _length(content, at + 2)
        if end > len(content):
            raise ValueError("a segment is longer than the file")
        yield _kept(marker, content[at:end])
        if marker == START_OF_SCAN:
            at, end = end, _end_of_scan(content, end)
            yield content[at:end]
        at = end


def _past_padding(content: bytes, at: int) -> int:
    if content[at] != 0xFF:
        raise ValueError("no marker where one has to be")
    while content[at + 1] == 0xFF:
        at += 1
    return at


def _length(content: bytes, at: int) -> int:
    (length,) = struct.unpack_from(">H", content, at)
    if length < 2:
        raise ValueError("a segment without its own length")
    return int(length)


def _kept(marker: int, segment: bytes) -> bytes:
    told = segment[4:]
    if marker == OF_EXIF and told.startswith(EXIF):
        turned = _only_turned(told[len(EXIF) :])
        return _segment(marker, EXIF + turned) if turned else b""
    is_beside = FIRST <= marker <= LAST or marker == COMMENT
    looks = marker in (JFIF, OF_ADOBE) or (marker == OF_PROFILES and told.startswith(PROFILE))
    if marker == JFIF and not told.startswith(b"JFIF\0"):
        looks = False
    return segment if looks or not is_beside else b""


def _segment(marker: int, told: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(told) + 2) + told


def _end_of_scan(content: bytes, at: int) -> int:
    """Where the pixels of a scan end: at the next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 2


def _only_turned(tiff: bytes) -> bytes:
    """The note that says nothing but which way up the picture is; b"" if it is upright."""
    way = _orientation(tiff)
    if not UPRIGHT < way <= 8:
        return b""
    return b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, way, 0, 0)


def _orientation(tiff: bytes) -> int:
    try:
        order = {b"II": "<", b"MM": ">"}[tiff[:2]]
        (at,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, at)
        for number in range(count):
            tag, _type, _count, value = struct.unpack_from(
                f"{order}HHIH", tiff, at + 2 + 12 * number
            )
            if tag == ORIENTATION:
                return int(value)
    except (struct.error, KeyError):
        pass
    return UPRIGHT
