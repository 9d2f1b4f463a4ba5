"""The report holds every unit and figure, loads nothing, and cannot be broken by what it quotes."""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from steelyard.kernel.bilingual import LANGS, Lang
from steelyard.papers import numbers
from steelyard.papers.report import report_html
from steelyard.papers.report.rules import grade_rules
from steelyard.papers.words import Words
from steelyard.scheme.wording.say_grades import grade_in_words
from steelyard.weighing.document import result_document, show_score
from steelyard.weighing.explain import explain
from tests.builders import item
from tests.builders import weighed as weigh_items
from tests.papers.markup import Page
from tests.papers.region import weigh_region, weigh_some, weighed
from tests.weighing.test_index_scheme import index

HOSTILE = "<script>alert(1)</script>"
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)


@cache
def page(lang: Lang) -> Page:
    return Page(report_html(weighed(), lang))


def page_of(lang: Lang = "en", **changes: Any) -> Page:
    return Page(report_html(weigh_region(**changes), lang))


@pytest.mark.parametrize("lang", LANGS)
def test_page_is_well_formed_and_every_anchor_leads_somewhere(lang: Lang) -> None:
    found = page(lang)
    anchors = {reference.removeprefix("#") for reference in found.references}
    assert found.faults == []
    assert len(found.ids) == len(set(found.ids))
    assert all(reference.startswith("#") for reference in found.references)
    assert anchors <= set(found.ids)


@pytest.mark.parametrize("lang", LANGS)
def test_page_runs_no_script_and_forbids_loading_any(lang: Lang) -> None:
    found = page(lang)
    assert {"script", "link", "iframe", "img", "object"}.isdisjoint(found.tags)
    assert "default-src 'none'" in found.source


@pytest.mark.parametrize("lang", LANGS)
def test_every_unit_stands_there_with_score_rank_grade_and_reasons(lang: Lang) -> None:
    text = page(lang).text
    for standing in weighed().standings:
        assert standing.unit.title.say(lang) in text
        assert show_score(standing.score, 2) in text
        assert numbers.place(standing.rank, lang) in text
    for grade in weighed().scheme.grades:
        assert grade.title.say(lang) in text


def test_every_leaf_of_a_unit_has_its_sentence_and_its_source() -> None:
    tree = explain(weighed(), "440700")
    text = page("zh").text
    leaves = [leaf for group in tree.children for leaf in (group.children or (group,))]
    assert len(leaves) == 20
    for leaf in leaves:
        assert leaf.sentence.zh.removeprefix(f"{leaf.title.zh}：") in text
        assert leaf.source.zh in text


def test_ranks_are_said_as_people_say_them() -> None:
    assert "第3名" in page("zh").text
    assert "3rd" in page("en").text


def test_points_by_dimension_are_all_in_the_table() -> None:
    cells = set(page("en").within("td"))
    for column in ("A", "B", "C", "D"):
        for score in weighed().items[column].values():
            assert score.points is not None
            shown = {numbers.number(score.points, places) for places in (0, 1, 2)}
            assert shown & cells


@pytest.mark.parametrize("lang", LANGS)
def test_rules_grades_and_vetoes_are_said_in_words(lang: Lang) -> None:
    said = {
        "zh": ["法定期限内结案率≥95%", "名额不超过30%", "90分（含）以上", "其余", "未提交自评材料"],
        "en": ["at least 95%", "at most 30% of the units", "from 90 points", "all the rest"],
    }
    text = page(lang).text
    assert [one for one in said[lang] if one not in text] == []


@pytest.mark.parametrize("lang", LANGS)
def test_the_conditions_of_a_grade_are_those_that_the_scheme_says(lang: Lang) -> None:
    """With all that a quota says, in the words of every other page."""
    quota = {"share": "30%", "round": "up", "ties": "in"}
    grades = [{"code": "g", "at_least": 5, "quota": quota}, {"code": "p"}]
    items = [item("A", 10, {"points": "a"})]
    result = weigh_items({"jm": {"a": 8}, "zs": {"a": 3}}, items=items, grades=grades)
    scheme = result.scheme
    said = [one.conditions for one in grade_rules(scheme, Words(lang))]
    between = {"zh": "；", "en": "; "}[lang]
    assert [between.join(one) for one in said] == [
        grade_in_words(row, scheme.document, lang) for row in grades
    ]
    assert {"zh": "并列的一并计入", "en": "ties all get it"}[lang] in said[0][1]


def test_recipe_has_the_hashes_of_result_json() -> None:
    recipe: Any = result_document(weighed())["recipe"]
    text = page("en").text
    for code in recipe["hashes"].values():
        assert code in text
    assert "replay.py --check" in text


def test_who_issued_it_on_what_ground_and_for_which_days_stands_on_top() -> None:
    text = page("zh").text
    for said in (
        "《广东省知识产权保护条例》第四十五条",
        "测试用样本",
        "2021年1月1日至2021年12月31日",
    ):
        assert said in text
    assert "也不衡量经济规模" in text


@pytest.mark.parametrize(("lang", "mark"), [("zh", "样本"), ("en", "sample")])
def test_sample_stands_in_title_headings_table_heads_and_pictures(lang: Lang, mark: str) -> None:
    found = page(lang)
    assert mark in found.within("title")[0].lower()
    assert mark in found.within("h1")[0].lower()
    headings = found.within("h2")[1:-1]
    assert headings
    assert all(mark in heading for heading in headings)
    assert any(mark in head for head in found.within("th"))
    pictures = found.within("title")[1:]
    assert len(pictures) > 21
    assert all(mark in said for said in pictures)


def test_official_result_is_nowhere_called_a_sample() -> None:
    text = page_of("en", label="official", issuer="The office").text
    assert "ample" not in text


def test_data_from_a_sample_file_mark_an_official_scheme() -> None:
    from dataclasses import replace

    official = weigh_region(label="official")
    marked = replace(official, values=replace(official.values, sample=True))
    assert "[Sample]" in report_html(marked, "en")


def test_veto_says_what_held_and_what_stood_in_the_way_of_better_grades() -> None:
    text = page("en").text
    assert "Vetoed: No self-assessment filed" in text
    assert "Not Excellent:" in text


def test_hostile_names_stay_text() -> None:
    names = {"zh": HOSTILE, "en": HOSTILE}
    units = [{"code": 'a"><b', "title": names, "group": "delta"}, {"code": "b", "title": "B"}]
    found = page_of(
        units=units, title={"zh": '"</style><script>', "en": '"}</style><script>'},
        note=HOSTILE, issuer=HOSTILE, groups={"delta": names},
    )  # fmt: skip
    assert found.faults == []
    assert "script" not in found.tags
    assert HOSTILE in found.text


@settings(max_examples=15)
@given(title=TEXT, name=TEXT, note=TEXT)
def test_no_text_breaks_the_page(title: str, name: str, note: str) -> None:
    units = [{"code": "a", "title": name}, {"code": "b", "title": "B"}]
    items = [{"code": "A", "title": name, "points": 10, "rule": {"points": "a"}, "note": note}]
    result = weigh_items({"a": {"a": 3}, "b": {"a": 4}}, units=units, items=items, title=title)
    found = Page(report_html(result, "zh"))
    assert found.faults == []
    assert all(reference.startswith("#") for reference in found.references)


def test_thirty_one_units_make_less_than_two_megabytes() -> None:
    assert len(report_html(weigh_some(31), "zh").encode()) < 2_000_000


def test_very_many_units_have_no_page_each_and_the_report_says_where_to_look() -> None:
    found = Page(report_html(weigh_some(121), "en"))
    assert found.faults == []
    assert "article" not in found.tags
    assert "steelyard explain" in found.text
    assert "City 120" in found.text
    assert "How the scores are spread (sample)" in found.text


def test_scheme_without_groups_grades_and_vetoes_has_no_empty_columns() -> None:
    result = weigh_items({"a": {"a": 1}, "b": {"a": 2}}, units=[{"code": "a"}, {"code": "b"}])
    found = Page(report_html(result, "en"))
    heads = set(found.within("th"))
    assert {"Grade", "Peer group", "Vetoes"}.isdisjoint(heads)


def test_unit_without_a_score_is_listed_last_without_a_rank() -> None:
    items = [
        {"code": "A", "points": 10, "rule": {"points": "a"}, "applies_to": ["g"], "title": "A"}
    ]
    units = [{"code": "a", "group": "g"}, {"code": "b", "group": "h"}]
    result = weigh_items({"a": {"a": 1}, "b": {"a": 1}}, units=units, items=items)
    found = Page(report_html(result, "en"))
    assert "No score" in found.text
    assert found.faults == []


@pytest.mark.parametrize("lang", LANGS)
def test_index_says_its_steps_weights_and_how_each_score_came(lang: Lang) -> None:
    found = Page(report_html(index(), lang))
    said = {
        "zh": ["最小最大值法", "算术平均", "所用权重", "权重50%", "数值10", "第3名"],
        "en": [
            "min–max",
            "arithmetic mean",
            "The weights used",
            "weight 50%",
            "value 10",
            "rank 3",
        ],
    }
    assert found.faults == []
    assert [one for one in said[lang] if one not in found.text] == []
    assert "replay.py" not in found.text


def test_index_says_what_was_missing_and_filled() -> None:
    values = {"jm": {"a": None, "b": 5, "c": 1}, "zs": {"a": 20, "b": 5, "c": 2},
              "zh": {"a": 15, "b": 1, "c": 3}}  # fmt: skip
    filled = Page(report_html(index(values, method={"impute": {"by": "mean"}}), "en"))
    assert "missing, filled with 17.5" in filled.text
    bare = Page(report_html(index(values), "en"))
    assert "missing" in bare.text
