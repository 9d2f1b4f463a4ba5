"""A paper is laid out as GB/T 9704-2012 asks: page, grid, type, order of its parts."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from docx.oxml.ns import qn

from steelyard.papers.official import End, Head, Note, Paper, Paragraph, paper_bytes
from steelyard.papers.official.layout import (
    AREA_HEIGHT,
    AREA_WIDTH,
    CHINESE,
    FACES,
    FALL_BACKS,
    LEFT,
)
from tests.papers.official.word import order_of, part, style, texts, value

ROWS, QUERY = Note("案件表，共52行"), Note("结果文件")

NOTICE = Paper(
    lang="zh",
    title="关于知识产权保护工作情况的通报",
    is_sample=True,
    head=Head(
        issuer="样例市人民政府文件", number="样府〔2026〕1号", copy_number="000001",
        secrecy="秘密★1年", urgency="特急", signer="张三",
    ),
    addressee="各县（市、区）人民政府",
    paragraphs=(
        Paragraph(("办结", "48件", ROWS, "，再报48件", ROWS, "，居第2名", QUERY, "。")),
        Paragraph(("健全机制",), level=1),
        Paragraph(("联席会议",), level=2),
        Paragraph(("定期研判",), level=3),
        Paragraph(("跟踪督办",), level=4),
        Paragraph(("强化保障",), level=1),
        Paragraph(("经费",), level=2),
    ),
    attachments=("任务表", "名单"),
    signature="样例市人民政府",
    issued_on=date(2026, 3, 9),
    remark="此件公开发布",
    end=End(copies="省有关单位", office="样例市人民政府办公室", printed_on=date(2026, 3, 10)),
)  # fmt: skip

PROPERTIES = [
    "pStyle", "keepNext", "keepLines", "framePr", "widowControl", "pBdr", "tabs", "snapToGrid",
    "spacing", "ind", "jc", "outlineLvl",
]  # fmt: skip


def section(content: bytes) -> Any:
    return part(content, "document").find(f".//{qn('w:sectPr')}")


def test_parts_stand_in_the_order_of_the_standard() -> None:
    assert texts(part(paper_bytes(NOTICE), "document")) == [
        "000001",
        "秘密★1年",
        "特急",
        "样例市人民政府文件",
        "\u3000样府〔2026〕1号\t签发人：张三",
        "关于知识产权保护工作情况的通报（样本）",
        "各县（市、区）人民政府：",
        "办结48件[^1]，再报48件1，居第2名[^2]。",
        "一、健全机制",
        "（一）联席会议",
        "1.定期研判",
        "（1）跟踪督办",
        "二、强化保障",
        "（一）经费",
        "附件：1. 任务表",
        "2. 名单",
        "样例市人民政府",
        "2026年3月9日",
        "（此件公开发布）",
        "抄送：省有关单位。",
        "样例市人民政府办公室\t2026年3月10日印发",
        "",
    ]


def test_english_paper_has_the_same_order_and_latin_numbers() -> None:
    paper = replace(
        NOTICE, lang="en", title="Report", head=Head(), end=End(), attachments=(), remark="",
        addressee="To the districts", signature="Sample City",
        paragraphs=(
            Paragraph(("Working together",), level=1),
            Paragraph(("The joint meeting",), level=2),
            Paragraph(("It met.",), lead="Meetings: "),
        ),
    )  # fmt: skip
    assert texts(part(paper_bytes(paper), "document")) == [
        "Report (sample)",
        "To the districts:",
        "I. Working together",
        "A. The joint meeting",
        "Meetings: It met.",
        "Sample City",
        "9 March 2026",
    ]


def test_page_is_a4_with_the_margins_of_the_standard() -> None:
    found = section(paper_bytes(NOTICE))
    size, margins = found.find(qn("w:pgSz")), found.find(qn("w:pgMar"))
    millimetres = {
        name: round(int(value(margins, name) or 0) * 25.4 / 1440)
        for name in ("top", "bottom", "left", "right")
    }
    assert [round(int(value(size, side) or 0) * 25.4 / 1440) for side in "wh"] == [210, 297]
    assert millimetres == {"top": 37, "bottom": 35, "left": 28, "right": 26}


def test_grid_has_22_lines_of_28_characters_that_fill_the_type_area() -> None:
    grid = section(paper_bytes(NOTICE)).find(qn("w:docGrid"))
    pitch, space = int(value(grid, "linePitch") or 0), int(value(grid, "charSpace") or 0)
    assert value(grid, "type") == "linesAndChars"
    assert AREA_HEIGHT // pitch == 22
    assert AREA_HEIGHT - 22 * pitch < 0.01 * AREA_HEIGHT
    assert int(AREA_WIDTH / (CHINESE.body * 10 + space * 20 / 4096)) == 28
    assert AREA_WIDTH // (CHINESE.body * 10 + CHINESE.condensed) == 28


def test_types_are_those_of_the_standard() -> None:
    content = paper_bytes(NOTICE)
    kept = {}
    for code in ("Normal", "Title", "Heading1", "Heading2", "Heading3", "Heading4"):
        found = style(content, code)
        fonts = found.find(f".//{qn('w:rFonts')}")
        kept[code] = (value(fonts, "eastAsia"), value(found.find(f".//{qn('w:sz')}")))
    assert kept == {
        "Normal": ("仿宋_GB2312", "32"),
        "Title": ("方正小标宋简体", "44"),
        "Heading1": ("黑体", "32"),
        "Heading2": ("楷体_GB2312", "32"),
        "Heading3": ("仿宋_GB2312", "32"),
        "Heading4": ("仿宋_GB2312", "32"),
    }
    spacing = style(content, "Normal").find(f".//{qn('w:spacing')}")
    assert (value(spacing, "line"), value(spacing, "lineRule")) == ("579", "exact")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_font_has_its_fall_backs_and_none_is_embedded(lang: Any) -> None:
    content = paper_bytes(replace(NOTICE, lang=lang))
    table = {value(one, "name") for one in part(content, "fontTable").iter(qn("w:font"))}
    named = {name for face in FACES[lang].values() for name in (face.latin, face.chinese)}
    assert named <= table == set(FALL_BACKS)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert not [name for name in packed.namelist() if "fonts/" in name or "thumb" in name]


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages_between_dashes() -> None:
    content = paper_bytes(NOTICE)
    assert part(content, "settings").find(qn("w:evenAndOddHeaders")) is not None
    sides = {}
    for name in ("footer1", "footer2"):
        footer = part(content, name)
        assert texts(footer) == ["— 1 —"]
        sides[name] = value(footer.find(f".//{qn('w:jc')}"))
    kinds = {value(one, "type"): one for one in section(content).findall(qn("w:footerReference"))}
    assert set(kinds) == {"default", "even"}
    assert sides == {"footer1": "right", "footer2": "left"}


def test_letter_bears_the_organ_and_double_rules_and_no_number_on_its_first_page() -> None:
    letter = replace(
        NOTICE, form="letter", head=Head(issuer="样例市人民政府", number="样府函〔2026〕1号")
    )
    content = paper_bytes(letter)
    found = section(content)
    assert found.find(qn("w:titlePg")) is not None
    said = {name: part(content, name) for name in ("header1", "footer3")}
    assert texts(said["header1"]) == ["样例市人民政府"]
    assert texts(said["footer3"]) == [""]
    rules = [value(one.find(f".//{qn('w:bottom')}")) for one in said.values()]
    assert rules == ["thickThinSmallGap", "thinThickSmallGap"]
    assert "印发" not in "".join(texts(part(content, "document")))


def test_the_end_stands_whole_at_the_foot_of_the_page_in_every_program() -> None:
    """Counted from the page: LibreOffice lets no table float that is as wide as the text it is counted from."""
    end = part(paper_bytes(NOTICE), "document").find(f".//{qn('w:tblpPr')}")
    assert [end.get(qn(f"w:{name}")) for name in ("vertAnchor", "tblpYSpec", "horzAnchor", "tblpX")] == [
        "margin", "bottom", "page", str(LEFT),
    ]  # fmt: skip
    rows = end.getparent().getparent().findall(qn("w:tr"))
    stays = [row.find(f".//{qn('w:keepNext')}") is not None for row in rows]
    assert stays == [True, False]


def test_a_note_is_written_once_and_referred_to_after_that() -> None:
    content = paper_bytes(NOTICE)
    notes = texts(part(content, "footnotes"))
    assert notes == ["", "", " 案件表，共52行", " 结果文件"]
    fields = [value(one, "instr") for one in part(content, "document").iter(qn("w:fldSimple"))]
    assert fields == [r" NOTEREF _Note1 \f \h "]


def test_properties_stand_in_the_order_that_word_asks_for() -> None:
    content = paper_bytes(NOTICE)
    holders = [part(content, name) for name in ("document", "styles", "footnotes", "footer1")]
    for holder in holders:
        for properties in holder.iter(qn("w:pPr")):
            assert order_of(properties, PROPERTIES)


def test_same_paper_gives_the_same_bytes() -> None:
    assert paper_bytes(NOTICE) == paper_bytes(NOTICE)


def test_control_characters_do_not_spoil_the_file() -> None:
    paper = replace(NOTICE, paragraphs=(Paragraph(("甲\x00乙\x0b丙",)),))
    assert "甲乙丙" in texts(part(paper_bytes(paper), "document"))


SECTION = ["reference", "pgSz", "pgMar", "cols", "titlePg", "docGrid"]
SETTINGS_BEFORE_COMPAT = ["evenAndOddHeaders", "characterSpacingControl", "footnotePr", "compat"]


def test_section_and_settings_stand_in_the_order_that_word_asks_for() -> None:
    for form in ("document", "letter"):
        content = paper_bytes(replace(NOTICE, form=form))
        tags = [re.sub(r"\{.*\}|header|footer", "", one.tag).lower() for one in section(content)]
        places = [[one.lower() for one in SECTION].index(tag) for tag in tags]
        assert places == sorted(places)
        settings = [child.tag.rpartition("}")[2] for child in part(content, "settings")]
        kept = [tag for tag in settings if tag in SETTINGS_BEFORE_COMPAT]
        assert kept == SETTINGS_BEFORE_COMPAT


def test_close_letter_keeps_the_page_and_takes_smaller_type() -> None:
    letter = replace(NOTICE, form="letter", is_close=True)
    content = paper_bytes(letter)
    assert value(style(content, "Normal").find(f".//{qn('w:sz')}")) == "28"
    assert value(section(content).find(qn("w:pgMar")), "top") == "2098"


def test_a_signature_never_stands_alone_on_a_page() -> None:
    letter = replace(NOTICE, form="letter", paragraphs=(Paragraph(("特此函告。",)),), attachments=(),
                     remark="联系人：张三")  # fmt: skip
    kept = [
        text
        for text, one in _paragraphs(paper_bytes(letter))
        if one.find(f".//{qn('w:keepNext')}") is not None
    ]
    assert kept == ["特此函告。", "样例市人民政府", "2026年3月9日"]


@pytest.mark.parametrize(("paper", "is_off"), [(NOTICE, True), (replace(NOTICE, lang="en"), False)])
def test_a_chinese_page_is_filled_so_that_the_first_one_shows_the_text(
    paper: Paper, *, is_off: bool
) -> None:
    together = style(paper_bytes(paper), "Normal").find(f".//{qn('w:widowControl')}")
    assert (together is not None and value(together) == "0") is is_off


def test_a_line_that_ends_in_a_break_is_not_stretched() -> None:
    settings = part(paper_bytes(NOTICE), "settings")
    assert settings.find(f".//{qn('w:doNotExpandShiftReturn')}") is not None


def _paragraphs(content: bytes) -> list[tuple[str, Any]]:
    document = part(content, "document")
    return list(zip(texts(document), document.iter(qn("w:p")), strict=True))
