"""Limitation periods after all that happened to them, against a period lived through by days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from steelyard.courts.rules.counting import Length
from steelyard.courts.rules.limitation import Limitation, limitation, provisional_use_starts
from steelyard.courts.rules.limitation_events import Interrupted, Obstacle
from steelyard.courts.rules.time_limits import ForAPerson
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from tests.courts.china import days_off, limits
from tests.courts.slow_count import DAY, limitation_walked

WHY = Text("事由", "an event")
THREE_YEARS = Length(3, "year")
STARTS = st.dates(date(2017, 10, 1), date(2018, 12, 31))
DEMANDS = st.lists(st.integers(0, 1500), max_size=3)
HINDRANCES = st.lists(st.tuples(st.integers(-50, 1300), st.integers(0, 200)), max_size=3)
Hindrances = list[tuple[int, int]]


def ends(
    start: date,
    demands: list[date] | None = None,
    obstacles: list[tuple[date, date]] | None = None,
) -> date:
    answer = limitation(
        limits(),
        "limitation.claim",
        start,
        days_off(),
        interrupted=[Interrupted(day, WHY) for day in demands or ()],
        obstacles=[Obstacle(first, last, WHY) for first, last in obstacles or ()],
    )
    assert isinstance(answer, Limitation)
    assert answer.last_day is not None
    return answer.last_day


def days(start: date, hindrances: Hindrances) -> list[tuple[date, date]]:
    return [(start + a * DAY, start + (a + n) * DAY) for a, n in hindrances]


@given(STARTS, DEMANDS, HINDRANCES)
def test_it_ends_on_the_day_to_which_it_is_lived_through(
    start: date, demands: list[int], hindrances: Hindrances
) -> None:
    asked = [start + n * DAY for n in demands]
    hindered = days(start, hindrances)
    assume(max([last for _, last in hindered], default=start) < date(2022, 12, 1))
    assert ends(start, asked, hindered) == limitation_walked(start, THREE_YEARS, asked, hindered)


@given(STARTS, st.integers(0, 400), HINDRANCES)
def test_a_later_start_never_ends_earlier(start: date, later: int, hindrances: Hindrances) -> None:
    hindered = days(start, hindrances)
    assert ends(start, [], hindered) <= ends(start + later * DAY, [], hindered)


@given(STARTS, DEMANDS, st.integers(0, 1500), HINDRANCES)
def test_one_more_demand_never_ends_it_earlier(
    start: date, demands: list[int], more: int, hindrances: Hindrances
) -> None:
    asked, hindered = [start + n * DAY for n in demands], days(start, hindrances)
    assert ends(start, asked, hindered) <= ends(start, [*asked, start + more * DAY], hindered)


@given(STARTS, HINDRANCES, st.tuples(st.integers(-50, 1300), st.integers(0, 200)))
def test_one_more_obstacle_never_ends_it_earlier(
    start: date, hindrances: Hindrances, more: tuple[int, int]
) -> None:
    fewer, all_of_them = days(start, hindrances), days(start, [*hindrances, more])
    assert ends(start, [], fewer) <= ends(start, [], all_of_them)


@given(STARTS, DEMANDS, HINDRANCES)
def test_every_step_and_note_is_said_in_both_languages(
    start: date, demands: list[int], hindrances: Hindrances
) -> None:
    answer = limitation(
        limits(),
        "limitation.claim",
        start,
        days_off(),
        interrupted=[Interrupted(start + n * DAY, WHY) for n in demands],
        obstacles=[Obstacle(first, last, WHY) for first, last in days(start, hindrances)],
    )
    assert isinstance(answer, Limitation)
    assert all(text.zh and text.en for text in (*answer.steps, *answer.notes))


def test_events_before_the_start_and_a_harm_after_it_are_refused_together() -> None:
    start = date(2021, 3, 2)
    with pytest.raises(Faulty) as refused:
        limitation(
            limits(),
            "limitation.claim",
            start,
            days_off(),
            interrupted=[Interrupted(start - DAY, WHY)],
            harmed_on=start + DAY,
        )
    codes = [fault.code for fault in refused.value.faults]
    assert codes == ["event-before-start", "harmed-after-start"]


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("civil.retrial", "no-limitation-period"),
        ("civil.enforcement", "twenty-years-not-of-enforcement"),
    ],
)
def test_what_is_no_limitation_or_not_bounded_by_twenty_years_is_refused(
    code: str, fault: str
) -> None:
    with pytest.raises(Faulty) as refused:
        limitation(limits(), code, date(2021, 3, 2), days_off(), harmed_on=date(2020, 1, 1))
    assert [one.code for one in refused.value.faults] == [fault]


def test_a_day_that_no_row_covers_goes_to_a_person() -> None:
    assert isinstance(
        limitation(limits(), "limitation.claim", date(1980, 1, 1), days_off()), ForAPerson
    )


def test_a_harm_before_the_longest_time_in_the_table_goes_to_a_person() -> None:
    given = limitation(
        limits(), "limitation.claim", date(2021, 3, 2), days_off(), harmed_on=date(1980, 1, 1)
    )
    assert isinstance(given, ForAPerson)
    assert "1980-01-01" in given.why.zh


def test_while_proceedings_go_on_twenty_years_are_still_named() -> None:
    suit = Interrupted(date(2023, 6, 1), Text("起诉", "suit"), still_going=True)
    given = limitation(
        limits(), "limitation.claim", date(2021, 3, 2), days_off(), interrupted=[suit]
    )
    assert isinstance(given, Limitation)
    assert (given.last_day, given.stands_still_from) == (None, date(2023, 6, 1))


def test_royalty_before_grant_starts_with_the_grant_where_the_use_was_known_before() -> None:
    known, granted = date(2022, 1, 1), date(2023, 5, 5)
    assert provisional_use_starts(known, granted) == granted
    assert provisional_use_starts(granted, known) == granted


@pytest.mark.parametrize(
    "event",
    [
        lambda: Interrupted(date(2024, 1, 2), WHY, again_from=date(2024, 1, 1)),
        lambda: Obstacle(date(2024, 1, 2), date(2024, 1, 1), WHY),
    ],
)
def test_events_that_end_before_they_begin_are_refused(event: object) -> None:
    with pytest.raises(ValueError, match="cannot"):
        event()  # type: ignore[operator]
