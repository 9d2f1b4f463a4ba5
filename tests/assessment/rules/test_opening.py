"""May an assessment be opened: its period."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.assessment.rules.opening import against_code, against_period

TODAY = date(2026, 2, 1)


@pytest.mark.parametrize(
    ("starts", "ends", "code"),
    [
        (date(2025, 1, 1), date(2026, 1, 1), None),
        (date(2025, 1, 1), date(2025, 7, 1), None),
        (date(2021, 1, 1), date(2026, 1, 1), None),
        (date(2025, 1, 1), date(2025, 12, 31), "ends_a_day_early"),
        (date(2024, 7, 1), date(2026, 6, 30), "ends_a_day_early"),
        (date(2025, 1, 1), date(2025, 1, 1), "ends_before_it_starts"),
        (date(2025, 1, 1), date(2024, 1, 1), "ends_before_it_starts"),
        (date(2025, 1, 1), date(2125, 1, 1), "long_period"),
        (date(1900, 1, 1), date(1901, 1, 1), "far_period"),
        (date(2205, 1, 1), date(2206, 1, 1), "far_period"),
        (date(1999, 1, 1), date(2000, 1, 1), None),
    ],
)
def test_a_period_is_of_whole_days_and_a_few_years(
    starts: date, ends: date, code: str | None
) -> None:
    assert [one.code for one in against_period(starts, ends, TODAY)] == ([code] if code else [])


def test_the_day_that_is_meant_is_told() -> None:
    (said,) = against_period(date(2025, 1, 1), date(2025, 12, 31), TODAY)
    assert said.field == "ends"
    assert "2026-01-01" in said.text.zh


@pytest.mark.parametrize(
    ("code", "refused"),
    [("2025", []), ("a-1", []), ("-", ["code_says_nothing"]), ("_-_", ["code_says_nothing"])],
)
def test_a_code_has_a_letter_or_a_digit(code: str, refused: list[str]) -> None:
    assert [one.code for one in against_code(code, is_taken=False)] == refused
