"""Extensions, days that do not count, and stops: on every row, against a slow count."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from steelyard.courts.rules.counting import Excluded, Length, Suspended
from steelyard.courts.rules.extensions import Granted
from steelyard.courts.rules.limit_rows import Rule
from steelyard.courts.rules.time_limits import ForAPerson, Limit
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from tests.courts.china import days_off, limits
from tests.courts.slow_count import DAY, walked

COUNTED = [rule for rule in limits().rules if rule.length and rule.way in {"within", "lasts"}]
EXTENDED = [rule for rule in COUNTED if rule.longer]
SHORTENABLE = [rule for rule in COUNTED if rule.left_out]
WHY = Text("鉴定", "appraisal")
STARTS = st.dates(date(2015, 2, 4), date(2023, 12, 31))
SPANS = st.lists(st.tuples(st.integers(-20, 200), st.integers(0, 60)), max_size=3)
Spans = list[tuple[int, int]]


def ends(rule: Rule, start: date, *granted: Granted, out: tuple[Excluded, ...] = ()) -> date:
    answer = limits().limit(rule.code, start, days_off(), granted=granted, excluded=out)
    assert isinstance(answer, Limit)
    assert answer.last_day is not None
    return answer.last_day


def excluded(start: date, spans: Spans) -> tuple[Excluded, ...]:
    return tuple(Excluded(start + a * DAY, start + (a + n) * DAY, WHY) for a, n in spans)


def left_out(out: tuple[Excluded, ...]) -> set[date]:
    return {one.first + n * DAY for one in out for n in range((one.last - one.first).days + 1)}


def granted_lengths(rule: Rule) -> tuple[Length, ...]:
    return tuple(step.length or step.reading or Length(1, "month") for step in rule.longer)


@given(st.sampled_from(EXTENDED), STARTS)
def test_every_extension_ends_on_the_day_of_the_slow_count(rule: Rule, start: date) -> None:
    assume(rule.holds_on(start) and rule.length is not None)
    lengths = granted_lengths(rule)
    for many in range(1, len(lengths) + 1):
        given = ends(rule, start, *(Granted(one) for one in lengths[:many]))
        assert rule.length is not None
        assert given == walked(start, rule.length, *lengths[:many], moves=rule.moves)


@given(st.sampled_from(EXTENDED), STARTS, st.integers(1, 27))
def test_an_extension_never_ends_earlier(rule: Rule, start: date, days: int) -> None:
    assume(rule.holds_on(start))
    granted = Granted(Length(days, "day")), Granted(granted_lengths(rule)[0])
    assert ends(rule, start) <= ends(rule, start, granted[0]) <= ends(rule, start, granted[1])


@given(st.sampled_from(SHORTENABLE), STARTS, SPANS)
def test_excluded_days_end_on_the_day_of_the_slow_count(
    rule: Rule, start: date, spans: Spans
) -> None:
    assume(rule.holds_on(start) and rule.length is not None)
    out = excluded(start, spans)
    assert rule.length is not None
    assert ends(rule, start, out=out) == walked(start, rule.length, left_out=left_out(out))


@given(st.sampled_from(SHORTENABLE), STARTS, SPANS, st.tuples(st.integers(-20, 200), st.just(9)))
def test_leaving_more_days_out_never_ends_earlier(
    rule: Rule, start: date, spans: Spans, one_more: tuple[int, int]
) -> None:
    assume(rule.holds_on(start))
    fewer, more = excluded(start, spans), excluded(start, [*spans, one_more])
    assert ends(rule, start) <= ends(rule, start, out=fewer) <= ends(rule, start, out=more)


@given(st.sampled_from(SHORTENABLE), STARTS, st.integers(0, 40), SPANS)
def test_with_the_same_days_left_out_a_later_start_never_ends_earlier(
    rule: Rule, start: date, later: int, spans: Spans
) -> None:
    """Save that months end on one day after several starts at the end of a month: see below."""
    second, out = start + later * DAY, excluded(start, spans)
    assume(rule.holds_on(start) and rule.holds_on(second))
    between = {day for day in left_out(out) if start < day <= second}
    assume(rule.length is not None and (rule.length.unit == "day" or not between))
    assert ends(rule, start, out=out) <= ends(rule, second, out=out)


@given(st.sampled_from(SHORTENABLE), STARTS, st.integers(0, 40), SPANS)
def test_months_of_unlike_length_turn_that_round_by_three_days_at_most(
    rule: Rule, start: date, later: int, spans: Spans
) -> None:
    second, out = start + later * DAY, excluded(start, spans)
    assume(rule.holds_on(start) and rule.holds_on(second) and rule.length is not None)
    assert rule.length is not None
    first_end, second_end = (
        walked(day, rule.length, moves=False, left_out=left_out(out)) for day in (start, second)
    )
    assert first_end <= second_end + 3 * DAY


def test_from_two_days_at_the_end_of_january_the_later_may_end_earlier_by_the_day_left_out() -> (
    None
):
    """Both month ends are 28 February; 31 January is left out of the one and starts the other."""
    out = (Excluded(date(2023, 1, 31), date(2023, 1, 31), WHY),)
    month = Length(1, "month")
    ended = [walked(date(2023, 1, d), month, left_out=left_out(out)) for d in (30, 31)]
    assert ended == [date(2023, 3, 1), date(2023, 2, 28)]


def told(code: str, start: date, **how: object) -> Limit | ForAPerson:
    return limits().limit(code, start, days_off(), **how)  # type: ignore[arg-type]


def refused(code: str, start: date, **how: object) -> list[str]:
    with pytest.raises(Faulty) as refusal:
        told(code, start, **how)
    return [fault.code for fault in refusal.value.faults]


def test_an_extension_of_no_given_length_goes_to_a_person_with_what_an_older_text_gives() -> None:
    given = told("civil.second_instance.judgment", date(2024, 2, 1), granted=(Granted(),))
    assert isinstance(given, ForAPerson)
    assert [one.last_day for one in given.readings] == [date(2024, 8, 1)]


def test_who_extended_it_and_who_may_next_is_said() -> None:
    given = told("civil.trial", date(2024, 1, 8), granted=(Granted(),))
    assert isinstance(given, Limit)
    said = [note.zh for note in given.notes]
    assert any(note.startswith("已延长：经本院院长批准") for note in said)
    assert any(note.startswith("可以延长：还需延长的，报请上级人民法院批准") for note in said)
    assert any("延长6个月，至2025-01-08" in step.zh for step in given.steps)


def test_more_extensions_than_a_text_gives_and_longer_ones_are_refused_together() -> None:
    granted = (Granted(Length(2, "month")), Granted())
    faults = refused("civil.trial.summary", date(2024, 1, 8), granted=granted)
    assert faults == ["extension-too-long", "no-further-extension"]


def test_days_may_be_granted_for_months_up_to_the_months() -> None:
    start = date(2024, 2, 1)
    assert told("civil.trial.summary", start, granted=(Granted(Length(29, "day")),))
    too_long = (Granted(Length(30, "day")),)
    assert refused("civil.trial.summary", start, granted=too_long) == ["extension-too-long"]


def test_a_seizure_may_be_renewed_again_and_again() -> None:
    rule = limits().rule_on("seizure.immovable", date(2016, 3, 1))
    assert rule is not None
    assert ends(rule, date(2016, 3, 1), *[Granted()] * 3) == date(2028, 3, 1)


def test_a_trial_that_stands_still_has_no_last_day_and_says_so() -> None:
    stop = Suspended(date(2024, 4, 1), Text("等待另案", "another case"))
    given = told("civil.trial", date(2024, 1, 8), suspended=stop)
    assert isinstance(given, Limit)
    assert (given.last_day, given.stands_still_from) == (None, date(2024, 4, 1))
    assert "现在没有期满日" in given.steps[-1].zh


def test_a_stop_before_the_start_stands_still_from_the_start() -> None:
    stop = Suspended(date(2023, 4, 1), Text("等待另案", "another case"))
    given = told("civil.trial", date(2024, 1, 8), suspended=stop)
    assert isinstance(given, Limit)
    assert given.stands_still_from == date(2024, 1, 8)


def test_what_no_text_suspends_is_refused() -> None:
    stop = Suspended(date(2024, 1, 2), WHY)
    assert refused("civil.retrial", date(2024, 1, 1), suspended=stop) == ["no-exclusion"]


def test_days_are_left_out_on_the_grounds_of_the_law_with_their_article() -> None:
    day = date(2024, 3, 1)
    assert limits().leave_out("admin.trial", "mediation", day, day).why == Text(
        "调解（《行诉法解释》第50条）",
        "mediation (Interpretation of the Administrative Procedure Law, Art. 50)",
    )
    with pytest.raises(Faulty) as refusal:
        limits().leave_out("civil.trial", "mediation", day, day)
    assert [fault.code for fault in refusal.value.faults] == ["no-such-ground"]


def test_a_second_after_the_last_day_of_a_table_row_the_next_row_answers() -> None:
    for rule in limits().rules:
        if rule.ends is not None:
            after = limits().rule_on(rule.code, rule.ends)
            assert after is not None, rule.code
            assert limits().rule_on(rule.code, rule.ends - timedelta(days=1)) == rule
