"""What holds of every filing, whatever it lacks."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from functools import cache
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.filing import check as checking
from steelyard.courts.rules.filing.answers import read_answer, read_filing
from steelyard.courts.rules.filing.check import check_filing
from steelyard.courts.rules.filing.contents import CONTENTS
from steelyard.courts.rules.filing.fact import Answer, Fact
from steelyard.courts.rules.filing.filing import Filing
from steelyard.courts.rules.filing.filing_facts import FACTS, applies, fact
from steelyard.courts.rules.filing.finding import CONSEQUENCES
from steelyard.courts.rules.filing.laws import civil, interpretation
from steelyard.courts.rules.filing.material_rows import Material, articles_on, read_materials
from steelyard.kernel.faults import Faulty
from steelyard.regions import TIME_LIMITS
from tests.courts.filings import by_code, check, filing, materials, whole_filings
from tests.courts.rules.test_golden_filing import READ

EVERY = (*checking.CIVIL, *checking.ADMINISTRATIVE, *checking.PRESERVATION)
NAMES = tuple(whole_filings())
DAYS = st.dates(date(2018, 3, 1), date(2027, 12, 31))
TURNS = frozenset(code for one in (*FACTS, *materials().facts()) for code, _ in one.when)
"""Facts on which others turn: an answer to one may open new questions."""


def ordinary(name: str) -> tuple[str, ...]:
    """The answers of a complete filing on which no other fact turns."""
    codes = tuple(whole_filings()[name])
    return tuple(code for code in codes if code not in TURNS)


def worse(code: str, good: Answer) -> Answer:
    """An answer that is a fault where the good one was none."""
    one = known()[code]
    if one.kind == "yes_no":
        return read_answer(one, good) is not True
    if one.kind == "count":
        return {"copies.complaint": 0, "copies.evidence": 0, "agent.number": 3}[code]
    return FAULTY_CHOICES[code]


FAULTY_CHOICES: Mapping[str, str] = {
    "plaintiff.interest": "none",
    "obstacles.matter": "agency",
    "obstacles.arbitration": "agreed",
    "obstacles.decided": "in_force",
    "obstacles.repeat": "same",
    "abroad.identity_route": "none",
    "abroad.representative_route": "none",
    "abroad.attorney_route": "none",
    "administrative.matter": "excluded",
    "administrative.in_time": "late",
    "administrative.repeat": "same",
    "administrative.withdrawn_before": "without_reason",
    "administrative.effect": "none",
}


@cache
def known() -> dict[str, Fact]:
    return {one.code: one for one in (*FACTS, *materials().facts())}


@cache
def breakable(name: str) -> tuple[str, ...]:
    """Answers that can be made a fault without opening or closing other questions."""
    whole = whole_filings()[name]
    return tuple(
        code
        for code in ordinary(name)
        if known()[code].kind == "yes_no"
        or code in FAULTY_CHOICES
        or code in ("copies.complaint", "copies.evidence", "agent.number")
        if worse(code, whole[code]) != read_answer(known()[code], whole[code])
    )


def broken(name: str, codes: tuple[str, ...]) -> Filing:
    whole = whole_filings()[name]
    return read_filing({**whole, **{code: worse(code, whole[code]) for code in codes}}, materials())


@st.composite
def spoiled(draw: st.DrawFn) -> tuple[str, tuple[str, ...]]:
    name = draw(st.sampled_from(NAMES))
    codes = draw(st.lists(st.sampled_from(breakable(name)), unique=True, max_size=12))
    return name, tuple(codes)


@given(spoiled(), DAYS.filter(lambda day: day >= date(2021, 8, 1)))
def test_all_faults_at_once_are_the_faults_one_by_one(
    faults: tuple[str, tuple[str, ...]], on: date
) -> None:
    name, codes = faults
    together = set(check(broken(name, codes), on=on).findings)
    one_by_one = set(chain.from_iterable(check(broken(name, (c,)), on=on).findings for c in codes))
    assert together == one_by_one


@given(spoiled(), st.data())
def test_adding_what_is_missing_never_adds_a_finding(
    faults: tuple[str, tuple[str, ...]], data: st.DataObject
) -> None:
    name, codes = faults
    mended = data.draw(st.sets(st.sampled_from(codes))) if codes else set()
    left = tuple(code for code in codes if code not in mended)
    before, after = check(broken(name, codes)), check(broken(name, left))
    assert set(after.findings) <= set(before.findings)
    assert set(after.advised) <= set(before.advised) or "materials" in str(mended)


@pytest.mark.parametrize("name", NAMES)
def test_a_fact_nobody_spoke_of_is_asked_and_never_taken_for_absent(name: str) -> None:
    for code in whole_filings()[name]:
        if code.startswith("materials.") or code in ("track",):
            continue
        given_ = check(filing(name, **{code: None}))
        found = [one for one in given_.findings if one.fact == code]
        assert [one.consequence for one in found] in (["ask"], []), code
        if found:
            assert code in given_.to_ask
            assert not given_.complete


@pytest.mark.parametrize("name", NAMES)
def test_every_fault_disappears_when_it_is_mended(name: str) -> None:
    for code in breakable(name):
        assert check(broken(name, (code,))).findings, code
    assert check(broken(name, ())).findings == ()


@given(st.sampled_from(NAMES), DAYS)
def test_each_finding_is_said_in_both_languages_with_its_article(name: str, on: date) -> None:
    answers = {
        code: answer
        for code, answer in whole_filings()[name].items()
        if code in ("track", "kind", "claim", "plaintiff.is_a", "plaintiff.home")
    }
    given_ = check_filing(read_filing(answers, materials()), materials(), on=on)
    for one in (*given_.findings, *given_.advised):
        assert one.articles
        for text in (*one.articles, one.what, one.why, one.mend):
            assert text.zh
            assert text.en


def test_every_kind_of_consequence_is_met_in_the_cases() -> None:
    met = {one["consequence"] for _, case in READ for one in case["expected"]}
    assert met == {text.zh for code, text in CONSEQUENCES.items() if code != "advised"}


def test_every_limit_finds_something_in_the_cases() -> None:
    """Each rule is exercised: some case is answered by it, or it asks in an empty filing."""
    found: set[str] = set()
    filings = [
        read_filing(
            {**whole_filings()[case["from"]], **by_code(case.get("changes", {}))}, materials()
        )
        for _, case in READ
    ]
    empty = [Filing(track="civil"), Filing(track="administrative"), Filing()]
    for filed in (*filings, *empty):
        for limit in EVERY:
            if limit(filed, date(2024, 7, 1)):
                found.add(limit.__name__)
    limits = {limit.__name__ for limit in EVERY}
    assert limits - found == set()


def test_an_empty_filing_is_asked_what_kind_of_suit_it_is() -> None:
    assert check(Filing()).to_ask[:3] == ("track", "kind", "manner")
    assert not check(Filing()).complete


def test_asking_until_nothing_is_open_ends() -> None:
    answers: dict[str, Answer] = {"track": "civil", "kind": "invention"}
    for _ in range(60):
        asked = check(read_filing(answers, materials())).to_ask
        if not asked:
            break
        assert not set(asked) & set(answers)
        answers |= {code: first_answer(known()[code]) for code in asked}
    assert asked == ()


def first_answer(one: Fact) -> Answer:
    return {"yes_no": True, "count": 1}.get(one.kind) or one.choices[0][0]


def test_a_day_before_the_rules_is_refused() -> None:
    with pytest.raises(Faulty) as refused:
        check(filing(NAMES[0]), on=date(2015, 4, 30))
    assert [one.code for one in refused.value.faults] == ["before-the-rules"]
    assert check(filing(NAMES[0]), on=date(2015, 5, 1)).complete
    with pytest.raises(Faulty):
        check(filing("公司诉市场监管局行政处罚"), on=date(2018, 2, 7))
    assert check(filing("公司诉市场监管局行政处罚"), on=date(2018, 2, 8)).complete


def test_online_filing_needs_its_rules() -> None:
    with pytest.raises(Faulty) as refused:
        check(filing("公司诉自然人侵害著作权（在线）"), on=date(2021, 7, 31))
    assert refused.value.faults[0].where.key == "manner"
    assert check(filing("公司诉自然人侵害著作权（在线）"), on=date(2021, 8, 1)).complete


def test_articles_follow_the_numbering_of_the_day() -> None:
    numbers = [civil("275", day).en for day in (date(2021, 12, 31), date(2022, 1, 1))]
    assert numbers == ["Civil Procedure Law, Art. 264", "Civil Procedure Law, Art. 271"]
    assert civil("275", date(2024, 1, 1)).zh == "《民事诉讼法》第275条"
    assert interpretation("521", date(2022, 4, 9)).en.endswith("Art. 523")


def test_notes_name_rows_of_the_table_of_time_limits() -> None:
    with TIME_LIMITS.open(encoding="utf-8", newline="") as lines:
        codes = {row["code"] for row in csv.DictReader(lines)}
    limits = {
        note.limit
        for _, case in READ
        for note in check(
            read_filing(
                {**whole_filings()[case["from"]], **by_code(case.get("changes", {}))}, materials()
            )
        ).notes
    }
    assert limits - {""} <= codes
    assert {"civil.file", "civil.file.supplement", "admin.file", "civil.appeal.ruling"} <= limits


def test_missing_material_is_told_once_and_the_seven_days_run_anew() -> None:
    notes = {note.code: note for note in check(filing(NAMES[0], copies__complaint=0)).notes}
    assert "一次性" in notes["supplement"].text.zh
    assert notes["supplement"].limit == "civil.file.supplement"
    assert "receipt" in notes
    assert "register" not in notes


def test_online_no_paper_may_be_asked_for() -> None:
    notes = {note.code: note for note in check(filing("公司诉自然人侵害著作权（在线）")).notes}
    assert notes["no-paper"].articles[0].zh == "《人民法院在线诉讼规则》第9条"


def test_the_limitation_period_is_a_remark_and_no_bar() -> None:
    given_ = check(filing(NAMES[0], obstacles__limitation_passed=True))
    assert given_.complete
    assert "limitation" in {note.code for note in given_.notes}


def test_every_fact_is_a_field_of_the_filing_and_every_field_a_fact() -> None:
    filed = Filing()
    named = set()
    for one in fields(filed):
        part = getattr(filed, one.name)
        if is_dataclass(part) and not isinstance(part, type):
            named |= {f"{one.name}.{inner.name}" for inner in fields(part)}
        elif one.name != "materials":
            named.add(one.name)
    assert {one.code for one in FACTS} == named


def test_labels_and_codes_are_each_given_once() -> None:
    every = (*FACTS, *materials().facts())
    assert len({one.code for one in every}) == len(every)
    assert len({one.label.zh for one in every}) == len(every)
    assert len({one.label.en for one in every}) == len(every)


def test_every_condition_of_a_fact_names_a_fact_asked_before_it() -> None:
    order = [one.code for one in FACTS]
    for one in FACTS:
        for code, answers in one.when:
            assert order.index(code) < order.index(one.code), one.code
            allowed = {choice for choice, _ in fact(code).choices} or {"yes", "no"}
            assert set(answers) <= allowed, one.code


def test_all_four_groups_of_contents_are_there() -> None:
    assert {content.group for content in CONTENTS} == {1, 2, 3, 4}
    assert len(CONTENTS) == 20


def test_a_fact_that_has_no_bearing_is_not_asked() -> None:
    plain = filing("公司诉公司侵害商业秘密")
    assert not applies(fact("complaint.plaintiff_sex"), plain)
    assert not applies(fact("abroad.identity_route"), plain)
    assert not applies(fact("obstacles.divorce_or_adoption_again"), plain)


def test_every_answer_that_is_none_is_refused_at_once() -> None:
    with pytest.raises(Faulty) as refused:
        read_filing(
            {"plaintiff.age": "30", "plaintiff.is_a": "公司", "copies.defendants": "-1"},
            materials(),
        )
    assert [one.code for one in refused.value.faults] == [
        "no-such-fact",
        "no-such-answer",
        "no-such-answer",
    ]


def test_answers_are_read_as_people_write_them() -> None:
    assert read_answer(fact("obstacles.competent"), "是") is True
    assert read_answer(fact("obstacles.competent"), "no") is False
    assert read_answer(fact("obstacles.competent"), "不详") is None
    assert read_answer(fact("plaintiff.home"), "香港、澳门、台湾") == "hong_kong_macao_taiwan"
    assert read_answer(fact("copies.defendants"), "3") == 3


def test_the_table_of_materials_refuses_all_that_is_wrong() -> None:
    text = """
laws = { a = { zh = "甲", en = "A" } }
groups = []
[[materials]]
code = "one"
title = { zh = "一", en = "one" }
need = "nice"
articles = [{ law = "a", number = "1" }]
sure = "read"
[[materials]]
code = "two"
title = { zh = "二", en = "two" }
need = "usual"
when = { "no.such" = ["yes"], "agent.appointed" = ["perhaps"] }
unless = ["three"]
group = ""
articles = [{ law = "b", number = "1" }]
sure = "read"
[[materials]]
code = "four"
title = { zh = "四", en = "four" }
need = "usual"
when = { "no.such" = ["yes"], "agent.appointed" = ["perhaps"] }
unless = ["three"]
articles = [{ law = "a", number = "1" }]
sure = "read"
"""
    with pytest.raises(Faulty) as refused:
        read_materials(text, file="materials.toml")
    keys = [one.where.key for one in refused.value.faults]
    assert keys == ["one", "two", "four", "four", "four"]


def test_every_paper_that_is_required_rests_on_a_text() -> None:
    for row in materials().rows:
        assert row.articles, row.code
        if row.need == "required":
            assert row.sure == "read", row.code


def test_every_paper_has_an_article_on_every_day_on_which_it_matters() -> None:
    rows = (*materials().rows, *materials().groups.values())
    days = {date(2015, 5, 1), date(2027, 1, 1)}
    days |= {edge for row in rows for one in row.articles for edge in (one.starts, one.ends)}
    for row in rows:
        starts = max(getattr(row, "starts", date.min), date(2015, 5, 1))
        for day in days:
            if starts <= day < date.max:
                assert articles_on(row.articles, day), (row.code, day)


def needing(row: Material) -> Filing:
    """A filing to which a paper matters, everything else answered well."""
    answers: dict[str, Answer] = {"track": "civil", "manner": "counter", "claim": "infringement"}
    answers |= {code: FIRST[one[0]] if one[0] in FIRST else one[0] for code, one in row.fact.when}
    turning = (dict(fact(code).when).get("kind", ()) for code, _ in row.when)
    for kinds in filter(None, turning):
        answers.setdefault("kind", "software" if "software" in kinds else kinds[0])
    for _ in range(60):
        asked = check(read_filing(answers, materials()), on=LATE).to_ask
        if not asked:
            break
        answers |= {code: GOOD.get(code, first_answer(known()[code])) for code in asked}
    return read_filing(answers, materials())


LATE = date(2026, 11, 2)
FIRST: Mapping[str, Answer] = {"yes": True, "no": False}
BAD_IF_YES = (
    "complaint.abusive",
    "obstacles.mark_against_mark",
    "obstacles.only_declares_monopoly",
    "obstacles.barred_period",
    "obstacles.divorce_or_adoption_again",
    "obstacles.secrets",
    "obstacles.forbidden_matter",
    "administrative.review_first",
    "administrative.bound",
)
GOOD: Mapping[str, Answer] = {
    **dict.fromkeys(BAD_IF_YES, False),
    "obstacles.arbitration": "none",
    "administrative.reviewed": "never",
    "kind": "other",
    "copies.third_parties": 0,
    "plaintiff.is_a": "organisation",
}


@pytest.mark.parametrize("row", materials().rows, ids=lambda row: row.code)
def test_every_paper_is_told_where_it_matters_and_only_there(row: Material) -> None:
    filed = needing(row)
    assert row.matters(filed, LATE)
    assert check(filed, on=LATE).findings == ()
    without = replace(filed, materials={**filed.materials, row.code: False})
    if row.need == "required":
        assert [one.fact for one in check(without, on=LATE).of("missing")] == [row.fact.code]
        asked = replace(filed, materials={**filed.materials, row.code: None})
        assert check(asked, on=LATE).to_ask == (row.fact.code,)
    elif row.need == "one_of_group":
        none = {one.code: False for one in materials().rows if one.group == row.group}
        lacking = replace(filed, materials={**filed.materials, **none})
        assert len(check(lacking, on=LATE).of("missing")) == 1
        alone = replace(filed, materials={**filed.materials, **none, row.code: True})
        assert check(alone, on=LATE).complete
    else:
        assert row.fact.code in {one.fact for one in check(without, on=LATE).advised}
        assert check(without, on=LATE).complete
