"""May an assessment be opened: its period."""

from __future__ import annotations

from datetime import date

import pytest

from steelyard.assessment.rules.opening import against_period


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
    ],
)
def test_a_period_is_of_whole_days_and_a_few_years(
    starts: date, ends: date, code: str | None
) -> None:
    assert [one.code for one in against_period(starts, ends)] == ([code] if code else [])


def test_the_day_that_is_meant_is_told() -> None:
    (said,) = against_period(date(2025, 1, 1), date(2025, 12, 31))
    assert said.field == "ends"
    assert "2026-01-01" in said.text.zh
