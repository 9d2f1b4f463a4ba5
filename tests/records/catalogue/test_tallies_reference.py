"""The reference of tallies says all that the program knows, and nothing that it does not."""

from __future__ import annotations

from typing import get_args

from steelyard.records.query import portable
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
