"""A file is what it contains, whatever it is called; what could harm is refused with its reason."""

import struct
import zipfile
import zlib
from io import BytesIO

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from steelyard.files.rules import archives
from steelyard.files.rules.kinds import ENDINGS, KINDS, MEDIA, Kind, kind_of
from steelyard.kernel.file_names import LONGEST, kept_name


def workbook() -> bytes:
    out = BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["案号", "日期"])
    book.save(out)
    return out.getvalue()


def document() -> bytes:
    out = BytesIO()
    Document().save(out)
    return out.getvalue()


def table() -> bytes:
    out = BytesIO()
    pq.write_table(pa.table({"a": [1, 2]}), out)
    return out.getvalue()


def archive(**members: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def with_members(packed: bytes, **members: bytes) -> bytes:
    out = BytesIO(packed)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return (
        struct.pack(">I", len(content))
        + name
        + content
        + struct.pack(">I", zlib.crc32(name + content))
    )


PNG = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)) + chunk(
    b"IDAT", zlib.compress(b"\0\0")
) + chunk(b"IEND", b"")  # fmt: skip
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1\0\0\1\0\1\0\0" + b"\0" * 40 + b"\xff\xd9"


def asked(content: bytes) -> Kind | list[str]:
    answer = kind_of(BytesIO(content))
    return answer if isinstance(answer, Kind) else [refusal.code for refusal in answer]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (workbook(), Kind.XLSX),
        (document(), Kind.DOCX),
        (table(), Kind.PARQUET),
        (PNG, Kind.PNG),
        (PDF, Kind.PDF),
        (JPEG, Kind.JPEG),
        (archive(**{"a.txt": b"a", "b/c.csv": b"b"}), Kind.ZIP),
        (archive(), Kind.ZIP),
        ("案号,日期\n（2025）粤73知民初1号,2025-03-01\n".encode(), Kind.TEXT),
        ("案号,日期\n（2025）粤73知民初1号,2025-03-01\n".encode("gb18030"), Kind.TEXT),
        (("a,b\n" * 30_000 + "知识产权").encode(), Kind.TEXT),
        ("案号\t日期\r\n".encode("utf-16"), Kind.TEXT),
        (b"\xef\xbb\xbfa,b\n", Kind.TEXT),
    ],
)
def test_a_kind_is_known_by_its_content(content: bytes, kind: Kind) -> None:
    assert asked(content) == kind


@pytest.mark.parametrize(
    ("content", "codes"),
    [
        (b"", ["empty_file"]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, ["old_or_locked_office_file"]),
        (b"MZ\x90\0\3\0\0\0", ["unknown_kind"]),
        (b"\x7fELF\2\1\1\0", ["unknown_kind"]),
        (b"  <!DOCTYPE html><script>alert(1)</script>", ["page_or_program"]),
        (b"\xef\xbb\xbf<svg xmlns='http://www.w3.org/2000/svg' onload='x()'/>", ["page_or_program"]),
        (b"#!/bin/sh\nrm -rf /\n", ["page_or_program"]),
        (b"Rar!\x1a\x07\x01\0", ["unknown_kind"]),
        (b"text, and then\0nothing", ["unknown_kind"]),
        (workbook()[:-200], ["broken_file"]),
        (PDF[:30], ["broken_file"]),
        (PNG[:40], ["broken_file"]),
        (table()[:-4], ["broken_file"]),
        (b"PAR1PAR1", ["broken_file"]),
        (with_members(workbook(), **{"xl/vbaProject.bin": b"x"}), ["macros"]),
        (archive(**{"[Content_Types].xml": b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"}), ["macros"]),
        (archive(**{"a.zip": archive(x=b"x")}), ["archive_within_archive"]),
        (archive(**{"../../home/x": b"x"}), ["path_out_of_archive"]),
        (archive(**{"C:\\x": b"x"}), ["path_out_of_archive"]),
        (archive(**{"/etc/x": b"x", "b.7z": b"7"}), ["archive_within_archive", "path_out_of_archive"]),
    ],
)  # fmt: skip
def test_what_is_not_taken_is_refused_with_its_reason(content: bytes, codes: list[str]) -> None:
    assert asked(content) == codes


def test_a_bomb_is_told_by_its_directory_and_never_unpacked() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as made:
        made.writestr("xl/sheet.xml", b"0" * (archives.RATIO_FROM + 1))
    assert len(out.getvalue()) < 100_000
    assert asked(out.getvalue()) == ["unpacks_too_large"]


def test_a_small_archive_of_blanks_is_no_bomb() -> None:
    assert asked(archive(blank=b" " * 1_000_000)) is Kind.ZIP


def test_an_archive_may_not_hold_more_files_than_anyone_looks_at() -> None:
    many = {f"{number}.txt": b"" for number in range(archives.MOST_MEMBERS + 1)}
    assert asked(archive(**many)) == ["unpacks_too_large"]


def test_a_locked_archive_is_refused() -> None:
    locked = bytearray(archive(secret=b"x"))
    locked[6] |= 1
    locked[locked.index(b"PK\x01\x02") + 8] |= 1
    assert asked(bytes(locked)) == ["locked_archive"]


def test_every_kind_has_its_words_its_endings_and_its_media_type() -> None:
    assert set(KINDS) == set(ENDINGS) == set(MEDIA) == set(Kind)


@given(st.binary(max_size=2000))
def test_whatever_comes_there_is_an_answer(content: bytes) -> None:
    assert asked(content)


WHOLE = (workbook(), document(), PDF, PNG, table())


@given(
    st.integers(0, len(WHOLE) - 1),
    st.lists(st.tuples(st.integers(0, 1 << 20), st.integers(0, 255)), min_size=1, max_size=20),
)
def test_a_damaged_file_gets_an_answer_too(
    which: int, bytes_changed: list[tuple[int, int]]
) -> None:
    damaged = bytearray(WHOLE[which])
    for place, byte in bytes_changed:
        damaged[-1 - place % len(damaged)] = byte
    assert asked(bytes(damaged))


@given(st.text(max_size=300), st.sampled_from(Kind))
def test_every_name_becomes_one_that_can_be_saved(told: str, kind: Kind) -> None:
    name = kept_name(told, ENDINGS[kind])
    stem, _, ending = name.rpartition(".")
    assert ending in ENDINGS[kind]
    assert 0 < len(stem) <= LONGEST + 1
    assert not set(name) & set('/\\<>:"|?*\0\r\n')
    assert kept_name(name, ENDINGS[kind]) == name
