"""A Word template is filled: every value verbatim, every row once, nothing else changed."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.papers.templates import fill_word, word_faults
from steelyard.papers.templates.fields import printable
from tests.papers.templates.making import FIELDS, cells, header, item, paragraphs, values, word

LETTER = word(
    "Before {{ title }} after",
    "Untouched & <plain>",
    "{%p for row in items %}",
    "{{ loop.index }}. {{ row.code }}: {{ row.points }}",
    "{%p endfor %}",
    "{% if late %}late{% else %}in time{% endif %}",
    table=[
        ("Code", "Points"),
        ("{%tr for row in items %}", ""),
        ("{{ row.code }}", "{{ row.points }}"),
        ("{%tr endfor %}", ""),
        ("Sum", "{{ unit }}"),
    ],
    header="{{ unit }}",
)


def filled(template: bytes, **some: Any) -> bytes:
    return fill_word(template, FIELDS, values(**some))


def test_a_letter_is_filled_in_its_text_its_table_and_its_header() -> None:
    made = filled(LETTER, items=[item("A1", "5"), item("A2", "2.5")])
    assert paragraphs(made) == [
        "Before 通知 after", "Untouched & <plain>", "1. A1: 5", "2. A2: 2.5", "in time",
    ]  # fmt: skip
    assert cells(made) == [["Code", "Points"], ["A1", "5"], ["A2", "2.5"], ["Sum", "南山市"]]
    assert header(made) == "南山市"


@settings(max_examples=40)
@given(text=st.text())
def test_any_text_appears_verbatim_and_changes_nothing_else(text: str) -> None:
    made = filled(LETTER, title=text, unit=text, items=[item(text, text)])
    said = printable(text)
    assert paragraphs(made) == [
        f"Before {said} after", "Untouched & <plain>", f"1. {said}: {said}", "in time",
    ]  # fmt: skip
    assert cells(made) == [["Code", "Points"], [said, said], ["Sum", said]]
    assert header(made) == said


@pytest.mark.parametrize(
    "text",
    [
        "{{ unit }}", "{% for x in items %}", "{_{ unit }_}", "{_% x %_}", "<w:p/>", "</w:t></w:r></w:p>",
        "&lt;b&gt; &amp;", "“quoted”", " a  b ", "\ta", "a\n\nb", "]]>", "\u2028", "\U0001f600",
    ],
)  # fmt: skip
def test_a_value_that_looks_like_code_is_a_text(text: str) -> None:
    assert paragraphs(filled(LETTER, title=text))[0] == f"Before {text} after"


def test_what_no_file_can_hold_is_left_out_of_a_value() -> None:
    assert paragraphs(filled(LETTER, title="a\x00\x07b\x0c\ufffec"))[0] == "Before abc after"


@settings(max_examples=8)
@given(n=st.integers(0, 30))
def test_n_rows_give_n_paragraphs_and_n_rows(n: int) -> None:
    made = filled(LETTER, items=[item(f"A{i}") for i in range(n)])
    assert [text for text in paragraphs(made) if ": 5" in text] == [
        f"{i + 1}. A{i}: 5" for i in range(n)
    ]
    assert [row[0] for row in cells(made)] == ["Code", *(f"A{i}" for i in range(n)), "Sum"]


def test_the_same_template_and_values_give_the_same_bytes() -> None:
    assert filled(LETTER) == filled(LETTER)


def test_a_list_within_a_row_is_a_loop_within_a_loop() -> None:
    template = word(
        "{%p for row in items %}", "{{ row.code }}", "{%p for fact in row.facts %}",
        "{{ row.code }} {{ fact.name }}", "{%p endfor %}", "{%p endfor %}",
    )  # fmt: skip
    made = filled(template, items=[item("A1", facts=["x", "y"]), item("A2")])
    assert paragraphs(made) == ["A1", "A1 x", "A1 y", "A2"]


def test_a_field_may_bear_the_name_of_a_method() -> None:
    """``row.items`` is the field, not what Python's mappings call so."""
    assert paragraphs(filled(word("{% if items %}some{% endif %}")))[0] == "some"


def test_a_condition_compares_with_a_text() -> None:
    template = word("{% if unit == '南山市' and not late %}yes{% elif late %}late{% endif %}")
    assert [paragraphs(filled(template, **some))[0] for some in ({}, {"late": True})] == [
        "yes",
        "late",
    ]


def test_a_yes_is_ticked_and_a_no_is_blank() -> None:
    template = word("[{{ late }}]")
    assert [paragraphs(filled(template, late=one))[0] for one in (True, False)] == ["[√]", "[]"]


def test_a_tag_that_word_has_torn_into_runs_is_put_together_in_its_first_look() -> None:
    def tear(document: Any) -> None:
        torn = document.paragraphs[0]
        for text in ("a {", "{ ti", "tle }", "} b"):
            torn.add_run(text)
        torn.runs[0].bold = True

    made = docx.Document(io.BytesIO(filled(word("", mend=tear))))
    assert made.paragraphs[0].text == "a 通知 b"
    assert [(one.text, one.bold) for one in made.paragraphs[0].runs if one.text] == [
        ("a 通知", True), (" b", None),
    ]  # fmt: skip


def test_curly_quotes_of_the_keyboard_are_quotes_in_a_tag() -> None:
    assert paragraphs(filled(word("{% if unit == “南山市” %}yes{% endif %}")))[0] == "yes"


def test_a_cell_whose_paragraphs_all_go_still_has_one() -> None:
    """Word calls a file damaged in which a cell ends without a paragraph."""

    def within(document: Any) -> None:
        cell = document.tables[0].cell(0, 0)
        cell.text = "{%p for row in items %}"
        cell.add_paragraph("{{ row.code }}")
        cell.add_paragraph("{%p endfor %}")

    made = filled(word("x", table=[("", "b")], mend=within), items=[])
    for cell in docx.Document(io.BytesIO(made)).element.body.iter(qn("w:tc")):
        assert cell[-1].tag == qn("w:p")


def test_a_table_of_which_no_row_is_left_goes_too() -> None:
    template = word(
        "x", table=[("{%tr for row in items %}",), ("{{ row.code }}",), ("{%tr endfor %}",)]
    )
    assert docx.Document(io.BytesIO(filled(template, items=[]))).tables == []


def test_the_title_among_the_properties_is_filled_too() -> None:
    def entitle(document: Any) -> None:
        document.core_properties.title = "{{ title }} & {{ unit }}"

    made = docx.Document(io.BytesIO(filled(word("x", mend=entitle), title="甲<乙")))
    assert made.core_properties.title == "甲<乙 & 南山市"


def test_a_footnote_is_filled() -> None:
    from steelyard.papers.official import Note, Paper, Paragraph, paper_bytes
    from tests.papers.official.word import part, texts

    noted = paper_bytes(
        Paper(lang="zh", title="通报", paragraphs=(Paragraph(("正文", Note("见{{ unit }}"))),))
    )
    assert word_faults(noted, FIELDS) == ()
    assert " 见南山市" in texts(part(filled(noted), "footnotes"))


def test_values_that_are_not_those_of_the_fields_are_named() -> None:
    with pytest.raises(ValueError, match="late, more"):
        fill_word(LETTER, FIELDS, {"title": "", "unit": "", "items": [], "more": ""})
    with pytest.raises(ValueError, match="'unit' is a text"):
        fill_word(LETTER, FIELDS, values(unit=5))


def test_no_part_tells_when_it_was_made() -> None:
    with zipfile.ZipFile(io.BytesIO(filled(LETTER))) as packed:
        assert {one.date_time for one in packed.infolist()} == {(2000, 1, 1, 0, 0, 0)}
