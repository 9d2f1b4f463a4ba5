"""The papers that there are: every template that comes along is sound, and says all that it is given."""

from __future__ import annotations

import io
import re
import zipfile
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.assessment.rules.judging.following import follow, follow_all
from steelyard.assessment.rules.papers.defaults import default_template
from steelyard.assessment.rules.papers.fields import FIELDS
from steelyard.assessment.rules.papers.kinds import (
    PAPERS,
    Design,
    Format,
    PaperKind,
    design_of,
    designs,
)
from steelyard.assessment.rules.papers.samples import SAMPLES, sample_values
from steelyard.assessment.rules.papers.versions import (
    LONGEST_NOTE,
    against_going_back,
    against_note,
    against_version,
)
from steelyard.assessment.rules.papers.writing import written
from steelyard.papers.templates import fill_sheet, fill_word, sheet_faults, word_faults
from steelyard.papers.templates.fields import Values
from tests.assessment.papers import words_of
from tests.assessment.year import scheme

ALL = list(designs())
LEFT_TO_AN_OFFICE = {
    PaperKind.NOTICE: {"year", "name", "due"},
    PaperKind.UNIT_ITEMS: {"wanted", "scored_by"},
    PaperKind.DIFFERENCES: {"measure"},
    PaperKind.SUPPLIED: {"measure"},
    PaperKind.VISIT: {"period", "office"},
    PaperKind.FORGERY: {"period", "heard_on", "hearing", "silent"},
}
"""Fields that an office may name, and the templates that come along do not (of the notice: of its units; of a
forgery: what a unit that was silent did not say)."""


def faults(design: Design, template: bytes) -> tuple[object, ...]:
    check = word_faults if design.format is Format.WORD else sheet_faults
    return check(template, FIELDS[design.kind])


def filled(design: Design, values: Values) -> str:
    fill = fill_word if design.format is Format.WORD else fill_sheet
    return words_of(fill(default_template(design), FIELDS[design.kind], values))


def named_apart(design: Design) -> Values:
    """Every field says its own name, so that one tells which of them stand on the paper."""
    return {
        one.name: [{part.name: f"<{one.name}.{part.name}>" for part in one.of}] * 2
        if one.of
        else f"<{one.name}>"
        for one in FIELDS[design.kind]
    }


@pytest.mark.parametrize("design", ALL, ids=str)
def test_a_template_that_comes_along_has_no_fault_and_is_the_same_each_time(design: Design) -> None:
    content = default_template(design)
    assert faults(design, content) == ()
    default_template.cache_clear()
    assert default_template(design) == content


@pytest.mark.parametrize("design", ALL, ids=str)
def test_it_says_every_field_of_its_paper_but_those_left_to_an_office(design: Design) -> None:
    said = filled(design, named_apart(design))
    missing = {
        part.name if one.of else one.name
        for one in FIELDS[design.kind]
        for part in (one.of or (one,))
        if f"<{one.name}.{part.name}>" not in said and f"<{one.name}>" not in said
    }
    assert missing == LEFT_TO_AN_OFFICE.get(design.kind, set())


@pytest.mark.parametrize("design", ALL, ids=str)
def test_a_preview_says_that_it_is_a_sample_and_what_it_was_given(design: Design) -> None:
    said = filled(design, sample_values(design))
    assert SAMPLES["assessment"].say(design.lang) in said
    assert "{{" not in said
    assert "{%" not in said


def test_every_field_has_a_sample_and_no_sample_is_without_a_field() -> None:
    single = {
        part.name for fields in FIELDS.values() for one in fields for part in (one.of or (one,))
    }
    assert single == set(SAMPLES)


def test_a_letter_is_word_alone_and_a_sheet_is_both() -> None:
    assert {kind for kind, paper in PAPERS.items() if paper.is_letter} == {
        PaperKind.NOTICE, PaperKind.DIFFERENCES, PaperKind.SUPPLIED, PaperKind.FORGERY,
    }  # fmt: skip
    assert design_of("visit", "en", "excel") == Design(PaperKind.VISIT, "en", Format.EXCEL)
    assert [design_of(*told) for told in (("x", "zh", "word"), ("visit", "fr", "word"))] == [
        None
    ] * 2
    assert len(ALL) == len(set(ALL)) == 2 * (4 + 3 * 2)


def test_the_list_of_fields_says_each_as_it_is_written_in_its_format() -> None:
    word = [one.text for one in written(PaperKind.VISIT, Format.WORD)]
    excel = [one.text for one in written(PaperKind.VISIT, Format.EXCEL)]
    assert {"{{ team }}", "{%tr for row in items %}", "{{ row.own }}"} <= set(word)
    assert {"{{ team }}", "{{ items.own }}"} <= set(excel)


def test_who_looked_at_an_older_version_looks_again_first() -> None:
    assert against_version(seen=2, newest=2) == ()
    assert [one.code for one in against_version(seen=1, newest=2)] == ["newer_version"]
    assert [one.code for one in against_going_back(is_default=True)] == ["default_already"]
    assert against_going_back(is_default=False) == ()
    assert [one.code for one in against_note("字" * (LONGEST_NOTE + 1))] == ["too_long"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_notice_ends_with_copies_the_office_that_prints_it_and_the_day(lang: Any) -> None:
    design = Design(PaperKind.NOTICE, lang, Format.WORD)
    said = filled(design, sample_values(design))
    office, day = SAMPLES["office"].say(lang), SAMPLES["date"].say(lang)
    copies, printed = {"zh": ("抄送：", f"{day}印发"), "en": ("Copies: ", day)}[lang]
    assert copies in said
    assert said.rindex(printed) > said.rindex(office) > said.index(copies)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("statement", ["已按要求开展工作。", ""])
def test_a_notice_of_forgery_says_where_the_unit_may_turn_to(lang: Any, statement: str) -> None:
    design = Design(PaperKind.FORGERY, lang, Format.WORD)
    said = filled(design, {**sample_values(design), "statement": statement}).splitlines()
    assert any({"zh": "有异议的", "en": "If you object"}[lang] in one for one in said)
    stated = [one for one in said if {"zh": "书面陈述：", "en": "in writing on"}[lang] in one]
    assert [one.endswith(statement) for one in stated] == ([True] if statement else [])


@pytest.mark.parametrize("kind", [PaperKind.NOTICE, PaperKind.DIFFERENCES])
def test_the_red_mark_is_as_large_as_the_name_of_the_organ_allows(kind: PaperKind) -> None:
    design = Design(kind, "zh", Format.WORD)
    sizes = [
        mark_size_of(default_template(design, organ))
        for organ in ("甲省知识产权局", "甲省知识产权保护工作领导小组办公室", "")
    ]
    assert sizes[0] > sizes[1] >= sizes[2]


def mark_size_of(template: bytes) -> int:
    """In half points; the mark of a letter stands in its header."""
    with zipfile.ZipFile(io.BytesIO(template)) as packed:
        xml = "".join(
            packed.read(one).decode() for one in packed.namelist() if one.endswith(".xml")
        )
    red = re.search(r'<w:color w:val="FF0000"/>.{0,200}?<w:sz w:val="(\d+)"', xml)
    assert red
    return int(red[1])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_notice_of_forgery_prints_the_note_of_the_hearing_as_the_office_s(lang: Any) -> None:
    design = Design(PaperKind.FORGERY, lang, Format.WORD)
    said = filled(design, sample_values(design))
    hearing = SAMPLES["hearing"].say(lang)
    assert {"zh": "听取陈述记录：", "en": "Our record of the hearing: "}[lang] + hearing in said
    assert {"zh": "联系人：", "en": "Contact:"}[lang] in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_sum_of_items_is_said_to_be_no_result(lang: Any) -> None:
    design = Design(PaperKind.UNIT_ITEMS, lang, Format.WORD)
    said = filled(design, sample_values(design))
    assert {"zh": "36（各项直接相加，不是计分结果）", "en": "36 (items added up: no result)"}[
        lang
    ] in said


FIGURES = st.fixed_dictionaries({
    (unit, code): st.sampled_from(["", "0", "0.85", "0.97", "3", "150"])
    for unit in ("440100", "440700")
    for code in ("closed_in_time", "trained", "plan_points", "file_points")
})  # fmt: skip
STATUSES = st.dictionaries(
    st.tuples(st.sampled_from(["440100", "440700"]), st.sampled_from(["A1", "A2", "B1", "B2"])),
    st.sampled_from(["forged", "late", "no_material", "not_applicable"]),
)


@settings(max_examples=15, deadline=None)
@given(FIGURES, STATUSES)
def test_all_points_of_a_unit_are_those_of_each_item_alone(
    figures: dict[tuple[str, str], str], statuses: dict[tuple[str, str], str]
) -> None:
    known = {key: value for key, value in figures.items() if value}
    for unit in ("440100", "440700"):
        together = follow_all(scheme(), unit, known, statuses)
        for leaf in scheme().leaves:
            of_item = {of: said for (of, item), said in statuses.items() if item == leaf.code}
            alone = follow(scheme(), leaf.code, known, of_item)
            assert together.get(leaf.code) == alone.get(unit)


def test_a_forged_item_is_nothing() -> None:
    found = follow_all(scheme(), "440700", {}, {("440700", "A1"): "forged"})
    assert found["A1"].points == Fraction(0)
