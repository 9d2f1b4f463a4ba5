"""A filing: what the rules would ask is what a person is asked, and nothing unsaid counts as absent."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.court_rules import CourtRules
from steelyard.courts.desk.answers import told
from steelyard.courts.desk.facts import Facts
from steelyard.courts.desk.filing import filing_of
from steelyard.courts.desk.jobs import job_of
from steelyard.courts.desk.questions import missing, unknown
from tests.courts.filings import whole_filings

RULES = CourtRules.of("guangdong")
FILING = job_of("filing")
QUESTIONS = FILING.questions(RULES)
ON = date(2024, 6, 3)
REMARKS = {
    "abroad.convention_in_force",
    "abroad.foreign_evidence",
    "obstacles.limitation_passed",
    "right.well_known_claimed",
}
"""Asked for the sake of a remark or of advice: unsaid, they keep no suit from being registered."""

every_filing = pytest.mark.parametrize("name", whole_filings())


def facts_of(name, *without):
    told = {code: answer for code, answer in whole_filings()[name].items() if code not in without}
    return Facts({**{code: _typed(code, answer) for code, answer in told.items()}, "on": ON})


def _typed(code, answer):
    """A choice by its code, as the reader of the counter gives it."""
    (question,) = (one for one in QUESTIONS if one.code == code)
    codes = {one.title.zh: one.code for one in question.choices}
    return codes.get(answer, answer)


@every_filing
def test_a_whole_filing_leaves_nothing_to_ask(name):
    facts = facts_of(name)
    found = FILING.answer(facts, RULES)
    assert (found.settled, found.lines) == (True, ())
    assert {one.code for one in unknown(QUESTIONS, facts)} <= REMARKS


@given(st.sampled_from(sorted(whole_filings())), st.data())
def test_what_the_rules_ask_a_person_is_asked(name, data):
    codes = sorted(whole_filings()[name])
    facts = facts_of(name, *data.draw(st.sets(st.sampled_from(codes))))
    check = RULES.filing(filing_of(facts, RULES), on=ON)
    assert set(check.to_ask) <= {one.code for one in unknown(QUESTIONS, facts)}


def test_only_the_kind_of_suit_is_needed():
    assert [one.code for one in missing(QUESTIONS, Facts({"on": ON}))] == ["track"]


def test_what_is_missing_is_told_with_what_to_do():
    facts = facts_of(next(iter(whole_filings())), "obstacles.competent")
    facts = facts.having("complaint.plaintiff_name", False).having(
        "obstacles.arbitration", "agreed"
    )
    lines = told(FILING.answer(facts, RULES), "zh").splitlines()
    assert lines[0] == "还不能登记立案：补正1项，告知另循途径1项，待询问1项"
    assert [line[2:].partition("：")[0] for line in lines[1:4]] == [
        "【补正】起诉状未记明原告的姓名（名称）", "【告知另循途径】双方有书面仲裁协议", "未说明",
    ]  # fmt: skip


def test_words_of_the_counter_are_understood():
    found = RULES.ask(
        "filing", today=ON, track="民事诉讼", kind="商标", claim="侵权", **{"copies.complaint": "0"}
    )
    assert not found.settled
    assert "not said: how the suit is brought" in [one.en for one in found.lines]
