"""What a page says to write in words is read as it stands."""

from __future__ import annotations

import pytest

from steelyard.assessment.rules.drafting import what_to_do
from steelyard.assessment.rules.drafting.mending import EXAMPLE, IN_WORDS
from steelyard.kernel.bilingual import LANGS, Lang, Text
from steelyard.kernel.faults import Fault
from steelyard.scheme.read import check_document
from steelyard.scheme.wording import rule_from_words
from tests.builders import document


@pytest.mark.parametrize("lang", LANGS)
def test_the_example_of_a_rule_is_read_whole(lang: Lang) -> None:
    read = rule_from_words(EXAMPLE.say(lang), 15, title="方案")
    assert read.is_whole
    assert read.rule is not None
    assert EXAMPLE.say(lang) in IN_WORDS["no-rule"].say(lang)


@pytest.mark.parametrize(
    ("said", "lang"), [("每完成1项得1分，不设上限", "zh"), ("full points; no upper limit", "en")]
)
def test_what_ends_a_rule_without_full_points_is_read_so(said: str, lang: Lang) -> None:
    assert rule_from_words(said, 0, title="x").beside == {"cap": "none"}
    assert (said[-4:] if lang == "zh" else "no upper limit") in IN_WORDS["no-points"].say(lang)


def test_only_faults_that_the_check_finds_are_said_so_and_no_notation_is() -> None:
    without = [{"code": "A", "title": {"zh": "甲"}}]
    found = {one.code for one in check_document(document(items=without)).faults}
    assert IN_WORDS.keys() <= found
    for one in IN_WORDS.values():
        assert not {"{", "=", "rule =", "points ="} & {*one.zh, *one.en}


def test_what_has_no_words_of_its_own_is_said_by_the_names_of_the_pages() -> None:
    fault = Fault("no-units", Text("", ""), Text("请写units", "list units"))
    assert what_to_do(fault).zh == "请写“被考核单位”"
