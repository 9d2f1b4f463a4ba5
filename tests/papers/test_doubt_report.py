"""The report says how sure its ranking is: what intervals cover first, then figures, pairs, choices."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.papers.report import report_html
from steelyard.papers.report.doubts import MOST_PAIRS, doubts, unit_lines
from steelyard.papers.words import Words
from steelyard.weighing.result import Result
from steelyard.weighing.uncertainty.findings import HowSure
from tests.papers.doubts import COVERS, OMITS, doubted, doubted_index, doubted_some
from tests.papers.markup import Page
from tests.papers.region import weighed

HOSTILE = "<script>alert(1)</script>"


@cache
def region() -> Result:
    return doubted()


@cache
def page(lang: Lang) -> Page:
    return Page(report_html(region(), lang))


def found(result: Result) -> HowSure:
    assert result.how_sure is not None
    return result.how_sure


@pytest.mark.parametrize("lang", LANGS)
def test_page_is_well_formed_and_its_contents_lead_to_the_sections(lang: Lang) -> None:
    assert page(lang).faults == []
    assert len(page(lang).ids) == len(set(page(lang).ids))
    assert {"#how-sure", "#choices", "#audit"} <= set(page(lang).references)
    assert {one.removeprefix("#") for one in page(lang).references} <= set(page(lang).ids)


def test_sections_are_absent_unless_asked_for() -> None:
    bare = Page(report_html(weighed(), "en"))
    assert {"how-sure", "choices", "audit"}.isdisjoint(bare.ids)
    assert "interval" not in bare.text


@pytest.mark.parametrize("lang", LANGS)
def test_what_intervals_cover_stands_before_any_of_them(lang: Lang) -> None:
    text = page(lang).text
    begins = text.index(Words(lang)("how_sure_table"))
    assert text.index(COVERS.say(lang)) < text.index(OMITS.say(lang)) < begins


def test_a_row_has_interval_error_and_shares_of_its_grades() -> None:
    made = doubts(region(), found(region()), Words("en"), {})
    row = made.rows[2]
    assert (row.interval, row.error, row.median) == ("1–7", "±0.5 / ±1", "3")
    assert [(one.said, one.is_own) for one in row.grades] == [
        ("81%", True), ("", False), ("", False), ("19%", False), ("", False),
    ]  # fmt: skip
    assert made.interval_head == "90% interval"


def test_what_is_not_certain_is_never_shown_as_if_it_were() -> None:
    certain = {"100%", "0%"}
    made = doubts(region(), found(region()), Words("en"), {})
    for row, one in zip(made.rows, found(region()).units, strict=True):
        for share, said in zip(row.grades, map(str, one.grade_shares), strict=False):
            assert share.said not in certain or 1.0 in one.grade_shares.values(), said
    assert ">99%" in page("en").text
    assert "<1%" in page("en").text


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("zh", ["佛山市真的在广州市之后吗？重算100次中有63次如此。把满分的2.1%从“年度推进计划任务完成率”移到",
                "没有一项更好，任何权重都换不了位。", "二者得分相同。"]),
        ("en", ["Is Foshan really behind Guangzhou? In 63 of 100 replications it is. Moving 2.1% of the full points",
                "no weights would swap them", "Their scores are equal."]),
    ],
)  # fmt: skip
def test_doubtful_pairs_are_sentences(lang: Lang, said: list[str]) -> None:
    assert [one for one in said if one not in page(lang).text] == []
    assert len(page(lang).within("li")) >= 15


def test_no_doubtful_pair_is_said_too() -> None:
    sure = tuple(replace(pair, probability=0.99) for pair in found(region()).pairs)
    made = doubts(region(), replace(found(region()), pairs=sure), Words("en"), {})
    assert made.pairs == ()
    assert "at least nine of ten" in made.pairs_lead


def test_very_many_pairs_are_bounded_and_counted() -> None:
    result = doubted_index(300)
    made = doubts(result, found(result), Words("en"), {})
    doubtful = sum(pair.is_doubtful for pair in found(result).pairs)
    assert len(made.pairs) == MOST_PAIRS
    assert str(doubtful - MOST_PAIRS) in made.pairs_more
    assert Page(report_html(result, "zh")).faults == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_unit_page_has_one_line_on_its_rank(lang: Lang) -> None:
    lines = unit_lines(region(), Words(lang))
    assert len(lines) == 21
    assert [line for line in lines.values() if line not in page(lang).text] == []
    first = lines[region().standings[0].unit.code]
    assert first == {
        "zh": "90%名次区间：1；重算每次都居公布名次。",
        "en": "90% interval of its rank: 1; at its published rank in all replications.",
    }[lang]  # fmt: skip


def test_choices_and_the_index_itself_are_there_with_their_figures() -> None:
    text = page("en").text
    for said in (
        "0.42 ± 0.06",
        "Cronbach's alpha",
        "over twice apart",
        "−0.58",
        "Made up for tests",
    ):
        assert said in text


def test_the_recipe_names_replications_seed_and_what_varied() -> None:
    text = page("en").text
    assert "2,000, seed 20260101, intervals hold 90%" in text
    assert "base sample 1,024, 5,120 runs" in text
    assert "Leaving out any one indicator" in text


def test_sample_stands_in_the_headings_of_the_sections() -> None:
    headings = page("zh").within("h2")
    assert {"名次有多稳（样本）", "哪项选择最影响名次（样本）", "指标体系体检（样本）"} <= set(
        headings
    )


def test_hostile_findings_stay_text() -> None:
    hostile = Text(HOSTILE, HOSTILE)
    result = doubted_some(3, covers=hostile, omits=hostile)
    assert result.sensitivity is not None
    assert result.audit is not None
    result = replace(
        result,
        sensitivity=replace(result.sensitivity, says=hostile, factors=dict.fromkeys(result.sensitivity.factors, hostile)),
        audit=replace(result.audit, notes=(hostile,)),
    )  # fmt: skip
    made = Page(report_html(result, "en"))
    assert made.faults == []
    assert "script" not in made.tags
    assert HOSTILE in made.text
