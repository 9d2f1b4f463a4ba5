"""What is written as prose is read as it was written; what may not be published is neither."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from steelyard.kernel.faults import Faulty
from steelyard.publication import prose

PICTURE = prose.file_name(b"picture", "jpg")
PAPER = prose.file_name(b"paper", "pdf")
HELD = {PICTURE: b"picture", PAPER: b"paper", prose.file_name(b"other", "png"): b"other"}
PAGE = prose.ProsePage(
    kind="article",
    lang="en",
    path="news/first",
    title="First",
    summary="What happened",
    day=date(2022, 3, 1),
    changed_at=datetime(2022, 3, 1, 9, 30, tzinfo=UTC),
    sample=True,
    blocks=(
        prose.Heading("A <heading>", 3),
        prose.Paragraph('<p>See <a href="/en/about/">us</a> &amp; <b>others</b>.</p>'),
        prose.Listing(("one", "<i>two</i>"), True),
        prose.Quote("Said", "Somebody"),
        prose.Table("Counts", ("City", "Cases"), (("Jiangmen", "3"), ("Foshan", "4"))),
        prose.Picture(PICTURE, 40, 30, "A hall", "The hall"),
        prose.Document(PAPER, "The measure", 5),
        prose.Figure("42", "cases", "the high court", "https://example.org/"),
    ),
)
HOSTILE = (
    "<script>alert(1)</script>",
    '<p onclick="x()">a</p>',
    '<a href="javascript:x()">a</a>',
    '<a href="JaVaScRiPt:x()">a</a>',
    '<a href=" javascript:x()">a</a>',
    '<a href="java\tscript:x()">a</a>',
    '<a href="&#106;avascript:x()">a</a>',
    '<a href="data:text/html,x">a</a>',
    '<a href="//evil.example/">a</a>',
    '<a href="/\\evil.example/">a</a>',
    '<img src="x" onerror="x()">',
    "<svg/onload=x()>",
    '<p style="position:fixed">a</p>',
    "<iframe></iframe>",
    "<!-- a -->",
    '<a href="https://a.example/" target="_blank">a</a>',
    "<p><form><input></form></p>",
    "</p></article><h1>",
)


def test_a_page_is_read_as_it_was_written() -> None:
    files = prose.prose_files([PAGE], HELD)
    assert sorted(files) == sorted([f"files/{PICTURE}", f"files/{PAPER}", PAGE.name])
    assert prose.read_prose(PAGE.name, json.loads(files[PAGE.name])) == PAGE


def test_the_same_pages_are_the_same_bytes_in_any_order() -> None:
    other = replace(PAGE, path="news/second")
    assert prose.prose_files([PAGE, other], HELD) == prose.prose_files([other, PAGE], HELD)


@pytest.mark.parametrize("html", HOSTILE)
def test_hostile_marks_are_neither_written_nor_read(html: str) -> None:
    assert prose.stray(html)
    for block in (prose.Paragraph(html), prose.Listing((html,))):
        with pytest.raises(Faulty):
            prose.prose_files([replace(PAGE, blocks=(block,))], HELD)
    document = json.loads(prose.prose_files([PAGE], HELD)[PAGE.name])
    document["blocks"] = [{"type": "paragraph", "html": html}]
    with pytest.raises(Faulty):
        prose.read_prose(PAGE.name, document)


@pytest.mark.parametrize(
    "block",
    [
        prose.Picture(PICTURE, 1, 1, " "),
        prose.Picture("../secret.jpg", 1, 1, "a"),
        prose.Picture(prose.file_name(b"gone", "jpg"), 1, 1, "a"),
        prose.Document(prose.file_name(b"x", "html"), "a", 1),
        prose.Figure("1", "cases", ""),
        prose.Figure("1", "cases", "a", "javascript:x()"),
    ],
)
def test_a_block_without_what_it_needs_is_refused(block: prose.Block) -> None:
    with pytest.raises(Faulty):
        prose.prose_files([replace(PAGE, blocks=(block,))], HELD)


@pytest.mark.parametrize("path", ["../x", "News", "a//b", "/a", "a/", "a b"])
def test_an_address_that_leads_elsewhere_is_refused(path: str) -> None:
    with pytest.raises(Faulty):
        prose.prose_files([replace(PAGE, path=path)], HELD)


def test_a_page_under_another_name_is_refused() -> None:
    document = json.loads(prose.prose_files([PAGE], HELD)[PAGE.name])
    for name, change in (
        ("prose/en/other.json", {}),
        (PAGE.name, {"format": "steelyard-prose/2"}),
        (PAGE.name, {"kind": "spell"}),
        (PAGE.name, {"lang": "de"}),
        (PAGE.name, {"blocks": [{"type": "marquee"}]}),
        (PAGE.name, {"blocks": [{"type": "heading", "text": 7, "level": 2}]}),
    ):
        with pytest.raises(Faulty):
            prose.read_prose(name, document | change)
