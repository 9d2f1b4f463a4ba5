"""Days off as China's notices give them, held against another hand's calendar."""

from __future__ import annotations

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.faults import Faulty
from steelyard.kernel.working_days import WorkingDays, read_working_days
from steelyard.regions import HOLIDAYS

HEAD = "year,kind,first,last,name_zh,name_en,notice,issued_on"


with HOLIDAYS.open(encoding="utf-8", newline="") as _lines:
    CHINA = read_working_days(_lines, file=HOLIDAYS.name)


@pytest.fixture(scope="module")
def china() -> WorkingDays:
    return CHINA


def test_every_day_of_2015_to_2026_is_what_another_hand_says(china: WorkingDays) -> None:
    first, last = date(2015, 1, 1), date(2026, 12, 31)
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    differing = [day for day in days if china.is_day_off(day) != chinese_calendar.is_holiday(day)]
    assert differing == []


def test_every_year_has_a_notice_with_a_number(china: WorkingDays) -> None:
    assert china.years == frozenset(range(2015, 2027))
    assert all(day.notice.endswith("号") for day in china.noticed.values())


def test_a_make_up_saturday_is_a_working_day(china: WorkingDays) -> None:
    assert not china.is_day_off(date(2024, 5, 11))
    assert china.say(date(2024, 5, 11)).zh == "星期六，调休上班（劳动节），国办发明电〔2023〕7号"


def test_the_day_after_the_national_day_week_is_the_next_working_day(china: WorkingDays) -> None:
    assert china.next_working_day(date(2022, 10, 1)) == date(2022, 10, 8)


def test_working_days_are_counted_over_a_festival(china: WorkingDays) -> None:
    assert china.add_working_days(date(2024, 9, 30), 1) == date(2024, 10, 8)
    assert china.add_working_days(date(2024, 9, 30), 5) == date(2024, 10, 12)


def test_no_working_days_at_all_is_refused(china: WorkingDays) -> None:
    with pytest.raises(ValueError, match="holds no day"):
        china.add_working_days(date(2024, 9, 30), 0)


def test_a_year_without_a_notice_is_provisional(china: WorkingDays) -> None:
    assert china.is_provisional(date(2027, 3, 1))
    assert china.is_provisional(date(2014, 12, 24))
    assert not china.is_provisional(date(2026, 12, 24))


def test_the_last_week_of_a_year_waits_for_the_next_notice(china: WorkingDays) -> None:
    assert china.is_provisional(date(2026, 12, 28))
    assert not china.is_provisional(date(2025, 12, 31))


def test_every_unreadable_row_is_named_at_once() -> None:
    rows = [
        HEAD,
        "2024,off,2024-01-02,2024-01-01,元旦,New Year,,",
        "x,off,2024-01-01,2024-01-01,,,,",
    ]
    with pytest.raises(Faulty) as refused:
        read_working_days(rows, file="holidays.csv")
    assert [fault.where.row for fault in refused.value.faults] == [2, 3]


def test_a_day_may_stand_in_one_row_only() -> None:
    row = "2024,off,2024-01-01,2024-01-01,元旦,New Year,,"
    with pytest.raises(Faulty) as refused:
        read_working_days([HEAD, row, row], file="holidays.csv")
    assert [fault.code for fault in refused.value.faults] == ["day-named-twice"]


def test_a_missing_column_is_named() -> None:
    with pytest.raises(Faulty) as refused:
        read_working_days(["year,kind,first,last,name_zh,name_en,notice"], file="holidays.csv")
    assert [fault.where.column for fault in refused.value.faults] == ["issued_on"]


def test_a_festival_of_a_fixed_day_is_off_before_any_notice_says_so(china: WorkingDays) -> None:
    for day in (date(2027, 1, 1), date(2027, 5, 1), date(2028, 5, 2), date(2029, 10, 3)):
        assert china.is_day_off(day)
        assert not china.is_provisional(day)
    assert china.say(date(2027, 1, 1)).zh == "星期五，元旦放假，国务院令第513号"
    assert china.add_working_days(date(2026, 12, 31), 1) == date(2027, 1, 4)
    assert not china.is_day_off(date(2014, 5, 2))
    assert china.is_day_off(date(2014, 5, 1))
    assert not china.is_day_off(date(2030, 10, 4))


def test_where_a_notice_is_known_it_alone_counts(china: WorkingDays) -> None:
    off = {day for day in china.noticed if china.noticed[day].off}
    assert {date(year, 10, 1) for year in range(2015, 2027)} <= off
    assert all(one.day.notice for one in china.festivals)


@given(st.dates(date(2008, 1, 1), date(2060, 12, 31)))
def test_a_fixed_festival_is_never_the_last_day_of_working_days(day: date) -> None:
    counted = CHINA.add_working_days(day, 1)
    assert (counted.month, counted.day) not in {(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)}
