"""Limits as values: every row answers, later starts end later, what is open goes to a person."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.courts.rules.counting import Excluded, Length, count, runs_to
from steelyard.courts.rules.extensions import Granted
from steelyard.courts.rules.laws import LAWS
from steelyard.courts.rules.limit_rows import WAYS, Rule, read_rules
from steelyard.courts.rules.time_limits import MEANS, ForAPerson, Limit
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from steelyard.regions import TIME_LIMITS
from tests.courts.china import days_off, limits
from tests.courts.slow_count import DAY, walked

RULES = limits().rules
COUNTED = [
    rule
    for rule in RULES
    if rule.length is not None and rule.way not in {"before", "not_before", "same_day", "person"}
]
STARTS = st.dates(date(2015, 5, 1), date(2026, 6, 30))


def told(code: str, start: date, **how: object) -> Limit | ForAPerson:
    return limits().limit(code, start, days_off(), **how)  # type: ignore[arg-type]


def last_day(code: str, start: date) -> date | None:
    given = told(code, start)
    assert isinstance(given, Limit)
    return given.last_day


LENGTHS = sorted({(rule.length, rule.moves) for rule in COUNTED if rule.length}, key=str)


@pytest.mark.parametrize(("length", "moves"), LENGTHS, ids=str)
def test_every_length_of_the_table_ends_on_the_day_of_the_slow_count(
    length: Length, moves: bool
) -> None:
    """From every fifth day of 2015 to where it would end after 2026, which the oracle knows."""
    if length.unit == "year" and length.number > 10:
        return
    days = [date(2015, 1, 1) + n * 5 * DAY for n in range(900)]
    known = [day for day in days if runs_to(day, (length,), days_off()) < date(2026, 12, 20)]
    assert len(known) > 300
    differing = [
        day
        for day in known
        if count(day, length, days_off(), moves=moves).last_day != walked(day, length, moves=moves)
    ]
    assert differing == []


@given(st.sampled_from(COUNTED), STARTS)
def test_the_slow_count_ends_on_the_same_day(rule: Rule, start: date) -> None:
    if rule.length is None or not rule.holds_on(start) or rule.length.unit == "year":
        return
    assert last_day(rule.code, start) == walked(start, rule.length, moves=rule.moves)


@given(st.sampled_from(COUNTED), STARTS, st.integers(0, 30))
def test_under_one_rule_a_later_start_never_ends_earlier(
    rule: Rule, start: date, later: int
) -> None:
    second = start + timedelta(days=later)
    if not (rule.holds_on(start) and rule.holds_on(second)):
        return
    first_end, second_end = last_day(rule.code, start), last_day(rule.code, second)
    assert first_end is not None
    assert second_end is not None
    assert first_end <= second_end


@given(st.sampled_from(RULES), STARTS)
def test_every_limit_answers_on_every_day_in_both_languages(rule: Rule, start: date) -> None:
    given = told(rule.code, start)
    said = [given.title, given.article]
    said += [given.why] if isinstance(given, ForAPerson) else [*given.steps, *given.notes]
    assert all(text.zh and text.en for text in said)


def test_every_row_says_its_event_and_its_article_from_its_first_day() -> None:
    for rule in RULES:
        assert rule.event.zh, rule.code
        assert rule.event.en, rule.code
        assert rule.articles[0][0] <= rule.starts, rule.code
        assert rule.who in {"party", "court"}, rule.code


def test_every_way_and_law_has_its_words() -> None:
    assert set(MEANS) == set(WAYS)
    assert {rule.law for rule in RULES} == set(LAWS)


def test_one_limit_whole() -> None:
    assert told("civil.appeal.ruling", date(2024, 9, 19)) == Limit(
        "civil.appeal.ruling",
        Text("对裁定上诉", "appeal against a ruling"),
        "within",
        date(2024, 9, 19),
        date(2024, 9, 29),
        Text("《民事诉讼法》第171条", "Civil Procedure Law, Art. 171"),
        False,
        (
            Text(
                "2024-09-19为起始日，不计入，自2024-09-20起算",
                "2024-09-19 starts the period and is not counted; it runs from 2024-09-20",
            ),
            Text(
                "10日，至2024-09-29（星期日，调休上班（国庆节），国办发明电〔2023〕7号）",
                "10 days, to 2024-09-29 (Sunday, made a working day (National Day), 国办发明电〔2023〕7号)",
            ),
            Text(
                "2024-09-29是星期日，调休上班（国庆节），国办发明电〔2023〕7号，是工作日",
                "2024-09-29 is a working day (Sunday, made a working day (National Day), 国办发明电〔2023〕7号)",
            ),
        ),
        (
            Text("最迟应在该日完成", "to be done by this day"),
            Text("期满前交邮的，不算过期", "what is posted by then is in time"),
            Text(
                "只有不予受理、管辖异议、驳回起诉的裁定可以上诉；双方不能同时送达的，各自计算（《民诉法解释》第244条）",
                "only against rulings not to accept, on jurisdiction, and to dismiss the suit; "
                "each party counts from its own service (Interpretation, Art. 244)",
            ),
        ),
    )


def test_an_administrative_appeal_from_abroad_goes_to_a_person_with_both_readings() -> None:
    given = told("admin.appeal.no_domicile", date(2024, 4, 15))
    assert isinstance(given, ForAPerson)
    assert [one.last_day for one in given.readings] == [date(2024, 4, 30), date(2024, 5, 15)]


def test_urgent_preservation_is_decided_within_48_hours_of_the_next_hour() -> None:
    asked = datetime(2024, 9, 30, 16, 30)
    assert limits().ends_at("preservation.urgent", asked) == datetime(2024, 10, 2, 17, 0)


def test_a_limit_in_days_is_not_told_in_hours() -> None:
    with pytest.raises(Faulty) as refused:
        limits().ends_at("civil.defence", datetime(2024, 9, 30, 16, 30))
    assert [fault.code for fault in refused.value.faults] == ["not-in-hours"]


def test_an_unknown_limit_is_refused_by_name() -> None:
    with pytest.raises(Faulty) as refused:
        told("civil.nothing", date(2024, 1, 1))
    assert [fault.code for fault in refused.value.faults] == ["no-such-limit"]


def test_an_extension_and_an_exclusion_that_no_text_gives_are_refused_together() -> None:
    out = (Excluded(date(2024, 1, 2), date(2024, 1, 3), Text("鉴定", "appraisal")),)
    with pytest.raises(Faulty) as refused:
        told("civil.retrial", date(2024, 1, 1), granted=(Granted(),), excluded=out)
    assert [fault.code for fault in refused.value.faults] == ["no-extension", "no-exclusion"]


def table(*changes: tuple[str, str]) -> list[str]:
    lines = TIME_LIMITS.read_text("utf-8").splitlines()
    kept = [lines[0], next(line for line in lines if line.startswith("civil.panel,"))]
    for old, new in changes:
        kept.append(kept[1].replace(old, new))
    return kept


def test_every_row_that_cannot_be_read_is_named_at_once() -> None:
    lines = table(("3 day", "3 week"), (",cpl,", ",criminal,"), ("within", "soon"))
    with pytest.raises(Faulty) as refused:
        read_rules(lines, file="time_limits.csv")
    assert [fault.where.row for fault in refused.value.faults] == [3, 4, 5]


def test_two_rows_of_one_limit_may_not_hold_on_one_day() -> None:
    with pytest.raises(Faulty) as refused:
        read_rules(table(("3 day", "5 day")), file="time_limits.csv")
    assert [fault.code for fault in refused.value.faults] == ["limits-overlap"]
