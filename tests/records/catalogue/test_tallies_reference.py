"""The reference of tallies says all that the program knows, and nothing that it does not."""

from __future__ import annotations

from typing import get_args

import pytest

from steelyard.kernel.faults import Where
from steelyard.records.catalogue.read import shipped
from steelyard.records.query import portable
from steelyard.records.query.gate import passed
from steelyard.scheme.tally import GIVES, TALLY_KINDS
from tools import tallies_reference
from tools.tallies_reference import ASKED, KINDS, OPERATORS, REFUSED, UNKNOWN, page

LINES = page().splitlines()


def test_every_kind_of_tally_has_its_row() -> None:
    assert set(KINDS) == set(UNKNOWN) == set(TALLY_KINDS)
    assert [any(line.startswith(f"| `{kind}` |") for line in LINES) for kind in TALLY_KINDS] == [
        True
    ] * len(TALLY_KINDS)


def test_every_operator_and_every_refusal_has_its_spelling() -> None:
    assert set(OPERATORS) == portable.OPERATORS
    assert set(REFUSED) == set(portable.INSTEAD)


def test_everything_that_a_sample_gives_is_said() -> None:
    assert set(ASKED) == set(GIVES) == set(get_args(tallies_reference.Give))


def test_every_function_is_written_out() -> None:
    rows = [f"| `{written}` |" for written, _ in portable.FUNCTIONS.values()]
    assert [row for row in rows if not any(line.startswith(row) for line in LINES)] == []


def test_no_rows_are_nought_of_what_is_counted_and_no_base_of_a_mean() -> None:
    count = next(line for line in LINES if line.startswith("| `count` |"))
    mean = next(line for line in LINES if line.startswith("| `mean` |"))
    assert "| 0 |" in count
    assert "`no_base`" in mean


def faults(value: str, *, ending: str = "") -> list[str]:
    query = f"SELECT place AS unit, case_number AS record, {value} FROM cases {ending}"
    return [fault.code for fault in passed(query, shipped(), {"from", "to"}, Where())[1]]


@pytest.mark.parametrize(
    ("value", "ending"),
    [
        ("amount_cny / 2 AS value", ""),
        ("avg(amount_cny) AS value", ""),
        ("* ", ""),
        ("1 AS value", "LIMIT 5"),
        ("1 AS value", "ORDER BY place"),
        ("sum(amount_cny) OVER (PARTITION BY place) AS value", ""),
        ("concat(place, court) AS value", ""),
        ("1 AS value", "JOIN hearings ON TRUE JOIN places"),
        ("now() AS value", ""),
        ("random() AS value", ""),
        ("cast(amount_cny AS double) AS value", ""),
        ("date_diff('month', filed_on, closed_on) AS value", ""),
        ("1 AS value", "; DROP TABLE cases"),
    ],
)
def test_what_the_page_says_is_refused_is_refused(value: str, ending: str) -> None:
    assert faults(value, ending=ending)


@pytest.mark.parametrize(
    "value",
    [
        "coalesce(amount_cny, 0)", "nullif(amount_cny, 0)", "cast(amount_cny AS decimal(18, 2))",
        "abs(amount_cny)", "lower(court)", "upper(court)", "length(court)", "substr(place, 1, 4)",
        "trim(court)", "extract(year FROM filed_on)", "date_diff('day', filed_on, closed_on)",
        "CASE WHEN closed_on < :to AND NOT is_appealed OR cause LIKE 'p%' THEN -1 ELSE 2 * 3 + 1 - 0 END",
        "place || court", "(SELECT count(*) + count(DISTINCT place) + min(1) + max(1) + sum(1) FROM hearings)",
    ],
)  # fmt: skip
def test_what_the_page_says_may_be_used_may_be_used(value: str) -> None:
    assert faults(f"{value} AS value", ending="WHERE filed_on BETWEEN :from AND :to") == []
