"""A period without a label of its own is named so that a table of records can hold the name."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steelyard.kernel.periods import Period
from steelyard.records.intake.delivery import period_of
from steelyard.scheme.read import scheme_from_document

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1))


def label_of(period: Period) -> str:
    document = {
        "format": "steelyard-scheme/1", "code": "one", "version": "1", "label": "sample", "family": "points",
        "title": {"zh": "细则", "en": "Scheme"},
        "period": {"starts": period.starts, "ends": period.ends},
        "units": [{"code": "u", "title": {"zh": "甲", "en": "U"}}],
        "inputs": [{"code": "done", "title": {"zh": "数", "en": "X"}, "type": "number"}],
        "items": [{"code": "A", "title": {"zh": "项", "en": "A"}, "points": 10, "rule": {"points": "done"}}],
        "grades": [{"code": "pass", "title": {"zh": "合格", "en": "pass"}}],
    }  # fmt: skip
    return scheme_from_document(document).period_label


@given(DAYS, st.integers(1, 800))
def test_the_name_is_a_code_and_says_the_period(starts: date, days: int) -> None:
    period = Period(starts, starts + timedelta(days))
    label = label_of(period)
    assert " " not in label
    assert period_of(label) == period


@pytest.mark.parametrize("year", [2021, 2024])
def test_a_calendar_year_is_named_by_its_number(year: int) -> None:
    assert label_of(Period(date(year, 1, 1), date(year + 1, 1, 1))) == str(year)
