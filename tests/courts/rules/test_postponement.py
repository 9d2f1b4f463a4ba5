"""A limit missed for good cause: until when more time may be asked for."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.courts.rules.limitation_events import Obstacle
from steelyard.courts.rules.postponement import (
    DECIDES,
    ENDED_BEFORE,
    STILL_THERE,
    Postponement,
    postponement,
)
from steelyard.courts.rules.time_limits import ForAPerson, Limit
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Faulty
from tests.courts.china import days_off, limits

FLOOD = Text("洪水", "flood")


def limit(code: str, start: date) -> Limit:
    found = limits().limit(code, start, days_off())
    assert isinstance(found, Limit)
    return found


def asked(code: str, start: date, first: date, last: date | None) -> Postponement | ForAPerson:
    return postponement(limits(), limit(code, start), Obstacle(first, last, FLOOD), days_off())


def test_ten_days_to_ask_run_from_the_day_on_which_the_obstacle_ended() -> None:
    given = asked("civil.appeal.judgment", date(2024, 4, 15), date(2024, 4, 28), date(2024, 5, 8))
    assert isinstance(given, Postponement)
    assert given.ask_by is not None
    assert given.ask_by.last_day == date(2024, 5, 20)  # the tenth day, 18 May, is a Saturday
    assert given.ask_by.article.zh == "《民事诉讼法》第86条"
    assert given.notes == (DECIDES,)


def test_an_administrative_limit_is_asked_for_by_its_own_article() -> None:
    given = asked("admin.sue", date(2024, 1, 8), date(2024, 7, 1), date(2024, 7, 10))
    assert isinstance(given, Postponement)
    assert given.ask_by is not None
    assert given.ask_by.article.zh == "《行政诉讼法》第48条"


def test_while_the_obstacle_goes_on_the_ten_days_have_not_begun() -> None:
    given = asked("civil.appeal.judgment", date(2024, 4, 15), date(2024, 4, 28), None)
    assert isinstance(given, Postponement)
    assert (given.ask_by, given.notes) == (None, (STILL_THERE, DECIDES))


def test_an_obstacle_that_ended_before_the_limit_did_is_for_the_court_to_weigh() -> None:
    given = asked("civil.appeal.judgment", date(2024, 4, 15), date(2024, 4, 16), date(2024, 4, 20))
    assert isinstance(given, Postponement)
    assert given.notes == (ENDED_BEFORE, DECIDES)


def test_an_invariable_limit_goes_to_a_person() -> None:
    given = asked("civil.retrial", date(2024, 1, 8), date(2024, 7, 1), date(2024, 7, 10))
    assert isinstance(given, ForAPerson)


@pytest.mark.parametrize(
    ("code", "first", "faults"),
    [
        ("civil.appeal.judgment", date(2024, 5, 1), ["obstacle-after-the-end"]),
        ("civil.trial", date(2024, 5, 1), ["not-a-partys-limit"]),
        ("civil.enforcement", date(2024, 5, 1), ["limitation-is-suspended"]),
        ("civil.hearing_notice.summary", date(2024, 5, 1), ["not-a-partys-limit", "no-last-day"]),
    ],
)
def test_what_cannot_be_postponed_is_refused(code: str, first: date, faults: list[str]) -> None:
    with pytest.raises(Faulty) as refused:
        asked(code, date(2024, 4, 15), first, None)
    assert [fault.code for fault in refused.value.faults] == faults
