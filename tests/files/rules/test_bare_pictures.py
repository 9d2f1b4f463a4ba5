"""A picture without what was noted beside it: no place, hour, device, name; the same pixels, the same way up."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageChops, ImageOps, PngImagePlugin

from steelyard.files.rules.bare_pictures import bare
from steelyard.files.rules.kinds import kind_of

NOTED = (
    b"Honor 90",
    b"2026:11",
    b"XMP-SECRET",
    b"comment of a person",
    b"22.57",
    b"AFTER THE END",
    b"GPS",
)


def shape() -> Image.Image:
    found = Image.new("RGB", (48, 32), "white")
    found.paste("red", (0, 0, 20, 8))
    return found


def noted(orientation: int = 1) -> Image.Exif:
    told = Image.Exif()
    told[0x010F], told[0x0110] = "Honor", "Honor 90"
    told[0x0132], told[0x0112] = "2026:11:27 09:00:00", orientation
    place = told.get_ifd(0x8825)
    place[1], place[2] = "N", (22.0, 34.0, 22.57)
    return told


def jpeg(orientation: int = 1, **more: Any) -> bytes:
    held = io.BytesIO()
    shape().save(
        held, "JPEG", exif=noted(orientation), comment=b"comment of a person", quality=90, **more
    )
    content = held.getvalue()
    secret = b"http://ns.adobe.com/xap/1.0/\0XMP-SECRET"
    beside = b"\xff\xe1" + struct.pack(">H", len(secret) + 2) + secret
    return content[:2] + beside + content[2:] + b"AFTER THE END\xff\xd9"


def png(orientation: int = 1) -> bytes:
    held, told = io.BytesIO(), PngImagePlugin.PngInfo()
    told.add_text("Comment", "comment of a person")
    told.add_itxt("XML:com.adobe.xmp", "XMP-SECRET")
    shape().save(held, "PNG", exif=noted(orientation), pnginfo=told)
    return held.getvalue() + b"AFTER THE END"


def seen(content: bytes) -> Image.Image:
    """As a person sees it: turned the right way up."""
    return ImageOps.exif_transpose(Image.open(io.BytesIO(content))).convert("RGB")


SORTS = {
    "jpeg": jpeg, "progressive": lambda way=1: jpeg(way, progressive=True),
    "restarts": lambda way=1: jpeg(way, restart_marker_rows=1), "png": png,
}  # fmt: skip


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("way", range(1, 9))
def test_nothing_noted_is_left_and_a_person_sees_the_very_same_picture(sort: str, way: int) -> None:
    content = SORTS[sort](way)
    assert any(one in content for one in NOTED), "there was something to leave out"
    found = bare(content)
    assert found is not None
    assert [one for one in NOTED if one in found] == []
    assert dict(Image.open(io.BytesIO(found)).getexif()) == ({0x0112: way} if way > 1 else {})
    assert ImageChops.difference(seen(content), seen(found)).getbbox() is None
    assert kind_of(io.BytesIO(found)) == kind_of(io.BytesIO(content))
    assert bare(found) == found


def test_a_profile_of_colours_and_how_colours_are_coded_stay() -> None:
    held = io.BytesIO()
    shape().convert("CMYK").save(held, "JPEG", icc_profile=b"a profile of colours")
    found = bare(held.getvalue())
    assert found is not None
    left, was = (Image.open(io.BytesIO(one)) for one in (found, held.getvalue()))
    assert left.info["icc_profile"] == b"a profile of colours"
    assert left.mode == was.mode == "CMYK"
    assert left.tobytes() == was.tobytes()


def _chunk(kind: bytes, told: bytes) -> bytes:
    return struct.pack(">I", len(told)) + kind + told + struct.pack(">I", zlib.crc32(kind + told))


def test_what_is_not_known_of_a_png_is_left_out() -> None:
    content = png()
    at = 8 + 25
    strange = (
        content[:at] + _chunk(b"tIME", b"1234567") + _chunk(b"prVt", b"XMP-SECRET") + content[at:]
    )
    assert bare(strange) == bare(content)


@pytest.mark.parametrize(
    "content",
    [b"", b"a,b\n1,2\n", b"\x89PNG\r\n\x1a\n", png()[:80], jpeg()[:60], jpeg()[:400], b"\xff\xd8\xff",
     b"\xff\xd8\xff\xe1\0\0", b"\xff\xd8\xff\xe1\xff\xffab"],
)  # fmt: skip
def test_of_what_is_no_whole_picture_there_is_none(content: bytes) -> None:
    assert bare(content) is None
