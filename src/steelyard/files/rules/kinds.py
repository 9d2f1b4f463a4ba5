"""What is this file really? Its content says so; its name is never asked.

A workbook and a Word document are zip archives whose ``[Content_Types].xml`` names their main part.
"""

from __future__ import annotations

import codecs
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from enum import StrEnum
from typing import IO

from steelyard.files.rules import archives
from steelyard.kernel.bilingual import Text
from steelyard.kernel.refusals import Refusal


class Kind(StrEnum):
    XLSX = "xlsx"
    DOCX = "docx"
    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    PARQUET = "parquet"
    ZIP = "zip"
    TEXT = "text"


KINDS: Mapping[Kind, Text] = {
    Kind.XLSX: Text("Excel 工作簿", "Excel workbook"),
    Kind.DOCX: Text("Word 文档", "Word document"),
    Kind.PDF: Text("PDF 文档", "PDF document"),
    Kind.PNG: Text("PNG 图片", "PNG picture"),
    Kind.JPEG: Text("JPEG 图片", "JPEG picture"),
    Kind.PARQUET: Text("Parquet 数据", "Parquet table"),
    Kind.ZIP: Text("ZIP 压缩包", "zip archive"),
    Kind.TEXT: Text("文本或者 CSV", "text or CSV"),
}

ENDINGS: Mapping[Kind, tuple[str, ...]] = {
    Kind.XLSX: ("xlsx",),
    Kind.DOCX: ("docx",),
    Kind.PDF: ("pdf",),
    Kind.PNG: ("png",),
    Kind.JPEG: ("jpg", "jpeg"),
    Kind.PARQUET: ("parquet",),
    Kind.ZIP: ("zip",),
    Kind.TEXT: ("txt", "csv", "tsv"),
}
"""How a name of each kind may end; the first is given to a name that ends otherwise."""

MEDIA: Mapping[Kind, str] = {
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.PDF: "application/pdf",
    Kind.PNG: "image/png",
    Kind.JPEG: "image/jpeg",
    Kind.PARQUET: "application/vnd.apache.parquet",
    Kind.ZIP: "application/zip",
    Kind.TEXT: "text/plain; charset=utf-8",
}

OPENINGS: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"\x89PNG\r\n\x1a\n", Kind.PNG),
    (b"\xff\xd8\xff", Kind.JPEG),
    (b"PAR1", Kind.PARQUET),
)
ZIP_OPENINGS = (b"PK\x03\x04", b"PK\x05\x06")
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Of .xls and .doc, and of workbooks that are locked with a password."""

UNREADABLE = (
    zipfile.BadZipFile, zlib.error, struct.error, lzma.LZMAError,
    OSError, EOFError, ValueError, RuntimeError, LookupError, OverflowError,
)  # fmt: skip
"""All that ``zipfile`` raises over damaged archives."""

MAIN_PARTS: tuple[tuple[str, Kind], ...] = (
    ("spreadsheetml.sheet.main+xml", Kind.XLSX),
    ("wordprocessingml.document.main+xml", Kind.DOCX),
)
MARKUP = re.compile(
    rb"^\s*(<!doctype|<html|<head|<body|<svg|<script|<\?xml|<\?php|#!)", re.IGNORECASE
)

EMPTY = Refusal(
    "empty_file", Text("文件是空的，请检查后重新导出", "the file is empty; export it again")
)
OLD = Refusal(
    "old_or_locked_office_file",
    Text(
        "这是旧版 Office 文件（.xls、.doc）或者加了密码的文件，请去掉密码，另存为 .xlsx 或者 .docx",
        "this is an Office file of the old kind (.xls, .doc) or one locked with a password;"
        " remove the password and save it as .xlsx or .docx",
    ),
)
MARKED_UP = Refusal(
    "page_or_program",
    Text(
        "这是网页或者程序，不能上传；请上传表格、文档、图片或者文本",
        "this is a web page or a program, which is not taken;"
        " send a table, a document, a picture or text",
    ),
)
UNKNOWN = Refusal(
    "unknown_kind",
    Text(
        "无法识别文件内容，可以上传：" + "、".join(kind.zh for kind in KINDS.values()),
        "what is in this file is not known here; taken are: "
        + ", ".join(kind.en for kind in KINDS.values()),
    ),
)
BROKEN = Refusal(
    "broken_file",
    Text("文件不完整或者已损坏，请重新导出", "the file is cut off or damaged; export it again"),
)


def kind_of(content: IO[bytes]) -> Kind | tuple[Refusal, ...]:
    """The kind of a file by its content, or all that speaks against keeping it.

    ``content`` can be sought in; it is read, and left at no particular place.
    """
    content.seek(0)
    head = content.read(4096)
    if not head:
        return (EMPTY,)
    if head.startswith(OLD_OFFICE):
        return (OLD,)
    if head.startswith(ZIP_OPENINGS):
        return _kind_of_archive(content)
    for opening, kind in OPENINGS:
        if head.startswith(opening):
            return kind if _is_whole(content, kind) else (BROKEN,)
    return _kind_of_text(content, head)


def _is_whole(content: IO[bytes], kind: Kind) -> bool:
    """Whether the end is there too; an upload that broke off has the opening alone."""
    size = content.seek(0, 2)
    content.seek(max(size - 1024, 0))
    tail = content.read()
    if kind is Kind.PDF:
        return b"%%EOF" in tail
    if kind is Kind.PNG:
        return b"IEND" in tail
    if kind is Kind.JPEG:
        return b"\xff\xd9" in tail
    return size >= 12 and tail.endswith(b"PAR1")


def _kind_of_archive(content: IO[bytes]) -> Kind | tuple[Refusal, ...]:
    try:
        with zipfile.ZipFile(content) as archive:
            against = archives.against(archive)
            return against or _main_part(archive)
    except UNREADABLE:
        return (BROKEN,)


def _main_part(archive: zipfile.ZipFile) -> Kind:
    if "[Content_Types].xml" not in archive.namelist():
        return Kind.ZIP
    with archive.open("[Content_Types].xml") as part:
        types = part.read(1 << 20).decode("utf-8", "replace")
    return next((kind for word, kind in MAIN_PARTS if word in types), Kind.ZIP)


def _kind_of_text(content: IO[bytes], head: bytes) -> Kind | tuple[Refusal, ...]:
    """Text is what decodes from its first byte to its last and holds no control characters."""
    if MARKUP.match(head.removeprefix(codecs.BOM_UTF8)):
        return (MARKED_UP,)
    encodings = ("utf-16",) if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else (
        "utf-8", "gb18030",
    )  # fmt: skip
    return Kind.TEXT if any(_reads_as(content, one) for one in encodings) else (UNKNOWN,)


def _reads_as(content: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    content.seek(0)
    try:
        while block := content.read(1 << 16):
            if CONTROL.search(decoder.decode(block)):
                return False
        return not CONTROL.search(decoder.decode(b"", final=True))
    except UnicodeDecodeError:
        return False


CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f]")
"""Characters that no text has; tab, line ends and form feed are let through."""
