"""What may be a template at all: no macros, no way out, no bombs, in Word and in Excel alike."""

from __future__ import annotations

import io
import zipfile

import pytest

from steelyard.papers.templates import sheet_faults, word_faults
from steelyard.papers.templates.packages import MOST_BYTES
from tests.papers.templates.making import FIELDS, book, changed, replaced, with_part, word

WORD, BOOK = word("{{ title }}"), book([("{{ title }}",)])
RELATIONS = {"docx": "word/_rels/document.xml.rels", "xlsx": "xl/_rels/workbook.xml.rels"}
TYPES = "[Content_Types].xml"
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def codes(content: bytes, kind: str) -> list[str]:
    faults = word_faults if kind == "docx" else sheet_faults
    return [fault.code for fault in faults(content, FIELDS)]


def related(kind: str, type_: bytes, target: bytes, *, outside: bool = True) -> bytes:
    """The template with one relation more."""
    mode = b' TargetMode="External"' if outside else b""
    made = b'<Relationship Id="rIdX" Type="%s" Target="%s"%s/></Relationships>' % (
        type_,
        target,
        mode,
    )
    return changed(
        WORD if kind == "docx" else BOOK, {RELATIONS[kind]: replaced(b"</Relationships>", made)}
    )


def test_a_sound_template_has_no_faults() -> None:
    assert (codes(WORD, "docx"), codes(BOOK, "xlsx")) == ([], [])


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "not-a-template"),
        (b"PK\x03\x04 broken", "not-a-template"),
        (b"plain text", "not-a-template"),
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600, "old-or-locked"),
        (b"x" * (MOST_BYTES + 1), "too-large"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, code: str, kind: str) -> None:
    assert codes(content, kind) == [code]


def without(content: bytes, *lacking: str) -> bytes:
    source, target = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with source, zipfile.ZipFile(target, "w") as made:
        for name in source.namelist():
            if name not in lacking:
                made.writestr(name, source.read(name))
    return target.getvalue()


@pytest.mark.parametrize(
    ("kind", "lacking", "code"),
    [
        ("docx", "word/styles.xml", "missing-part"),
        ("docx", "word/_rels/document.xml.rels", "missing-relations"),
        ("xlsx", "xl/worksheets/sheet1.xml", "missing-part"),
        ("xlsx", "xl/_rels/workbook.xml.rels", "missing-relations"),
    ],
)
def test_a_file_that_lacks_a_part_or_what_leads_to_it_is_refused(
    kind: str, lacking: str, code: str
) -> None:
    whole = word("{{ title }}", header="{{ title }}") if kind == "docx" else BOOK
    assert codes(whole, kind) == []
    assert code in codes(without(whole, lacking), kind)


def test_each_kind_takes_its_own() -> None:
    assert (codes(BOOK, "docx"), codes(WORD, "xlsx")) == (["not-a-template"], ["not-a-template"])


@pytest.mark.parametrize("size", [30 << 20, 12 << 20])
def test_a_bomb_is_refused_unopened(size: int) -> None:
    bomb = with_part(WORD, "word/media/image1.png", b"\0" * size)
    assert codes(bomb, "docx") == ["too-large"]
    assert codes(with_part(WORD, "word/document.xml", b"<a>" + b" " * size + b"</a>"), "docx") == [
        "too-large"
    ]


def test_too_many_parts_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        for number in range(1_001):
            packed.writestr(f"{number}.xml", "<a/>")
    assert codes(target.getvalue(), "docx") == ["too-large"]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_macros_are_refused(kind: str) -> None:
    template = WORD if kind == "docx" else BOOK
    folder = "word" if kind == "docx" else "xl"
    assert codes(with_part(template, f"{folder}/vbaProject.bin", b"x"), kind) == ["macros"]
    main = {
        "docx": (
            b"vnd.openxmlformats-officedocument.wordprocessingml.document.main",
            b"vnd.ms-word.document.macroEnabled.main",
        ),
        "xlsx": (
            b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
            b"vnd.ms-excel.sheet.macroEnabled.main",
        ),
    }[kind]
    assert codes(changed(template, {TYPES: replaced(*main)}), kind) == ["macros"]


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
@pytest.mark.parametrize(
    ("type_", "target", "code"),
    [
        (b"attachedTemplate", b"http://evil/t.dotm", "external-link"),
        (b"image", b"http://evil/p.png", "external-link"),
        (b"image", b"file://host/p.png", "external-link"),
        (b"hyperlink", b"file://host/x.exe", "external-link"),
        (b"oleObject", b"http://evil/o", "embedded-object"),
        (b"frame", b"http://evil/f", "embedded-object"),
        (b"externalLinkPath", b"other.xlsx", "external-link"),
        (b"aFChunk", b"http://evil/chunk.html", "embedded-object"),
        (b"subDocument", b"other.docx", "embedded-object"),
    ],
)
def test_ways_out_of_the_file_are_refused(
    kind: str, type_: bytes, target: bytes, code: str
) -> None:
    assert codes(related(kind, OFFICE + type_, target), kind) == [code]


def test_a_link_to_the_web_may_stay() -> None:
    assert codes(related("docx", OFFICE + b"hyperlink", b"https://www.gov.cn/"), "docx") == []


def test_objects_of_other_programs_are_refused() -> None:
    assert codes(with_part(WORD, "word/embeddings/oleObject1.bin", b"x"), "docx") == [
        "embedded-object"
    ]
    assert codes(with_part(BOOK, "xl/activeX/activeX1.xml", b"<a/>"), "xlsx") == ["embedded-object"]


@pytest.mark.parametrize(
    "declared",
    [
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file://host/secret">]>',
        b'<!DOCTYPE a SYSTEM "http://evil/x.dtd">',
        b'<!DOCTYPE a [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
    ],
)
def test_entities_are_refused_in_every_part(declared: bytes) -> None:
    part = declared + b"<a/>"
    for name in ("word/document.xml", "word/settings.xml", "customXml/item1.xml"):
        assert codes(with_part(WORD, name, part), "docx") == ["document-type"]
    utf_16 = (declared + b"<a/>").decode().encode("utf-16")
    assert codes(with_part(BOOK, "xl/workbook.xml", utf_16), "xlsx") == ["document-type"]


def test_a_part_that_is_not_xml_is_named() -> None:
    (fault,) = word_faults(with_part(WORD, "word/styles.xml", b"<a>"), FIELDS)
    assert (fault.code, fault.where.key) == ("broken-part", "word/styles.xml")


def test_xml_under_another_ending_is_refused() -> None:
    """A library reads a part by its type: one that is not called .xml would not have been looked at."""
    header = b'<Override PartName="/word/header9.bin" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>'
    hidden = changed(
        WORD, {TYPES: replaced(b"</Types>", header), "word/header9.bin": lambda _: b"<a/>"}
    )
    assert codes(hidden, "docx") == ["not-a-template"]


def test_a_locked_file_is_refused() -> None:
    """The flag of encryption on every part; python cannot write a locked zip."""
    target = bytearray(WORD)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = target.find(mark)
        while at >= 0:
            target[at + offset] |= 1
            at = target.find(mark, at + 4)
    assert codes(bytes(target), "docx") == ["not-a-template"]
