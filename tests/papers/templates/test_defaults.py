"""The templates that come with us: sound, filled as they promise, laid out for the page."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date
from typing import Any

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from steelyard.kernel.bilingual import Lang
from steelyard.papers.official import Column as PaperColumn
from steelyard.papers.official import End, Head, Paper, Paragraph, paper_bytes
from steelyard.papers.official import Table as PaperTable
from steelyard.papers.templates import fill_sheet, fill_word, sheet_faults, word_faults
from steelyard.papers.templates.defaults import Column, Fact, Layout, Table, excel_sheet, word_sheet
from tests.papers.official.word import order_of, part, texts, value
from tests.papers.templates.making import FIELDS, cells, grid, item, sheet, values

LETTER = Paper(
    lang="zh",
    form="letter",
    title="关于{{ title }}的函",
    head=Head(issuer="{{ unit }}", number="样函〔2026〕{{ title }}号"),
    addressee="{{ unit }}",
    paragraphs=(
        Paragraph(("概况",), level=1),
        Paragraph(("{%p for row in items %}",)),
        Paragraph(("{{ row.code }}",), level=1, number="{{ loop.index }}、"),
        Paragraph(("{%p endfor %}",)),
        Paragraph(("其他",), level=1),
        Paragraph(
            ("如下：",),
            table=PaperTable(
                (PaperColumn("项目", 3), PaperColumn("分值")),
                (("{{ row.code }}", "{{ row.points }}"),),
                each="row in items",
            ),
        ),
    ),
    attachments=("{{ title }}",),
    signature="{{ unit }}",
    issued_on="{{ title }}",
    end=End(copies="{{ unit }}"),
)

SHEET = Layout(
    lang="zh",
    title="{title}表",
    facts=(Fact("单位", "{unit}"), Fact("标题", "{title}（{unit}）")),
    tables=(
        Table(
            "items",
            (
                Column("项目", 30, "{code}"),
                Column("分值", 8, "{points}", is_centred=True, is_number=True),
                Column("是否问题", 10, choices=("是", "否")),
            ),
            title="项目",
            spare=2,
            height=40,
        ),
    ),
    note="一式两份。",
    signed=("签名：",),
    is_wide=True,
)
ITEMS = [item("A1", "5"), item("A2", "2.5")]


def test_a_letter_keeps_its_form_and_counts_its_own_headings_alone() -> None:
    template = paper_bytes(LETTER)
    assert word_faults(template, FIELDS) == ()
    made = fill_word(template, FIELDS, values(items=ITEMS))
    assert texts(part(made, "document")) == [
        "样函〔2026〕通知号", "关于通知的函", "南山市：", "一、概况", "1、A1", "2、A2", "二、其他", "如下：",
        "项目", "分值", "A1", "5", "A2", "2.5", "", "附件：通知", "南山市", "通知", "抄送：南山市。", "",
    ]  # fmt: skip
    about = docx.Document(io.BytesIO(made)).core_properties
    assert (about.title, about.author) == ("关于通知的函", "南山市")


def test_a_letter_template_is_the_paper_with_tags_for_its_texts() -> None:
    """The same styles, page and parts as the paper itself: the form is that of GB/T 9704-2012."""
    paper = replace(LETTER, issued_on=date(2026, 3, 9), signature="南山市")
    for name in ("styles", "settings", "footer1"):
        assert part(paper_bytes(LETTER), name).xml == part(paper_bytes(paper), name).xml


def test_who_signs_a_template_stands_amid_the_day_below() -> None:
    """How long the name will be is not known: both lines are centred in one block at the right."""
    body = part(paper_bytes(LETTER), "document")
    signed = [one for one in body.iter(qn("w:p")) if one.find(f".//{qn('w:jc')}") is not None]
    ends = [one for one in signed if texts_of(one) in ("{{ unit }}", "{{ title }}")]
    assert len({(indent(one, "left"), indent(one, "right")) for one in ends}) == 1


def texts_of(paragraph: Any) -> str:
    return "".join(one.text or "" for one in paragraph.iter(qn("w:t")))


def indent(paragraph: Any, side: str) -> str | None:
    return value(paragraph.find(f".//{qn('w:ind')}"), side)


def test_the_name_of_an_organ_that_is_not_known_yet_has_room() -> None:
    template = part(paper_bytes(LETTER), "header1")
    long = part(paper_bytes(replace(LETTER, head=Head(issuer="字" * 18))), "header1")
    sizes = [value(one.find(f".//{qn('w:sz')}")) for one in (template, long)]
    assert sizes[0] == sizes[1]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sheet_is_the_same_in_word_and_in_excel(lang: Lang) -> None:
    layout = replace(SHEET, lang=lang)
    in_word, in_excel = word_sheet(layout), excel_sheet(layout)
    assert (word_faults(in_word, FIELDS), sheet_faults(in_excel, FIELDS)) == ((), ())
    filled = fill_word(in_word, FIELDS, values(items=ITEMS))
    tables = docx.Document(io.BytesIO(filled)).tables
    assert cells(filled) == [["单位", "南山市"], ["标题", "通知（南山市）"]]
    assert [[cell.text for cell in row.cells] for row in tables[1].rows] == [
        ["项目", "分值", "是否问题"], ["A1", "5", ""], ["A2", "2.5", ""], ["", "", ""], ["", "", ""],
    ]  # fmt: skip
    assert grid(fill_sheet(in_excel, FIELDS, values(items=ITEMS))) == [
        ["通知表", None, None], ["单位", "南山市", None], ["标题", "通知（南山市）", None],
        [None] * 3, ["项目", None, None], ["项目", "分值", "是否问题"],
        ["A1", 5, None], ["A2", 2.5, None], [None] * 3, [None] * 3, [None] * 3,
        ["一式两份。", None, None], ["签名：", None, None],
    ]  # fmt: skip


def test_points_can_be_added_up_in_excel() -> None:
    made = fill_sheet(excel_sheet(SHEET), FIELDS, values(items=ITEMS))
    page = openpyxl.load_workbook(io.BytesIO(made)).active
    found = [
        cell for row in page.iter_rows() for cell in row if cell.data_type == "n" and cell.value
    ]
    assert [cell.value for cell in found] == [5, 2.5]
    assert {cell.number_format for cell in found} == {"General;-General;0"}


def test_the_same_layout_gives_the_same_bytes() -> None:
    assert (word_sheet(SHEET), excel_sheet(SHEET)) == (word_sheet(SHEET), excel_sheet(SHEET))


@pytest.mark.parametrize("is_wide", [True, False])
def test_a_word_sheet_is_a4_with_headings_on_every_page(is_wide: bool) -> None:
    body = part(word_sheet(replace(SHEET, is_wide=is_wide)), "document")
    size = body.find(f".//{qn('w:pgSz')}")
    page = [round(int(value(size, side) or 0) * 25.4 / 1440) for side in "wh"]
    assert page == ([297, 210] if is_wide else [210, 297])
    heads = [one.getparent().getparent() for one in body.iter(qn("w:tblHeader"))]
    assert [[texts_of(cell) for cell in head.iter(qn("w:tc"))] for head in heads] == [
        ["项目", "分值", "是否问题"]
    ]


def test_the_parts_of_a_table_stand_in_the_order_of_the_schema() -> None:
    orders = {
        "tblPr": ["tblW", "jc", "tblBorders", "tblLayout", "tblCellMar"],
        "tcPr": ["tcW", "gridSpan", "vAlign"],
        "tbl": ["tblPr", "tblGrid", "tr"],
    }
    for content in (word_sheet(SHEET), paper_bytes(replace(LETTER, end=End()))):
        body = part(content, "document")
        for tag, order in orders.items():
            assert all(order_of(one, order) for one in body.iter(qn(f"w:{tag}")))


def test_every_row_of_a_word_table_is_as_wide_as_its_grid() -> None:
    for table in part(word_sheet(SHEET), "document").iter(qn("w:tbl")):
        columns = [int(value(one, "w") or 0) for one in table.iter(qn("w:gridCol"))]
        for row in table.iter(qn("w:tr")):
            assert sum(int(value(one, "w") or 0) for one in row.iter(qn("w:tcW"))) == sum(columns)


def test_an_excel_sheet_prints_on_a4_as_wide_as_the_page() -> None:
    made = sheet(fill_sheet(excel_sheet(SHEET), FIELDS, values(items=ITEMS)))
    setup = made.page_setup
    assert (setup.paperSize, setup.orientation, setup.fitToHeight) == (9, "landscape", 0)
    assert made.sheet_properties.pageSetUpPr.fitToPage
    assert (made.print_title_rows, made.print_area, made.freeze_panes) == (
        "$6:$6", "'表'!$A$1:$C$13", "A7",
    )  # fmt: skip
    (choice,) = made.data_validations.dataValidation
    assert (str(choice.sqref), choice.formula1) == ("C7:C10", '"是,否"')


@pytest.mark.parametrize("title", ["=1+1", "字" * 300])
def test_a_title_of_any_kind_fits_where_it_goes(title: str) -> None:
    made = fill_word(word_sheet(SHEET), FIELDS, values(title=title))
    assert docx.Document(io.BytesIO(made)).core_properties.title == f"{title}表"[:255]
