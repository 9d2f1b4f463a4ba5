"""The middle value is exact, however it is found."""

from fractions import Fraction

import duckdb
import pytest

from steelyard.records.query.engine import Reader
from steelyard.records.tally.figures import _median


def median(values, kind):
    rows = ", ".join(f"('a', '{at}', CAST({one} AS {kind}))" for at, one in enumerate(values))
    sql = f"SELECT * FROM (VALUES {rows}) AS t(unit, record, value)"
    with Reader(duckdb.connect()) as connection:
        return _median(connection, None, sql, {"a": "a"})["a"].value


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        ([3, 1, 2], "BIGINT", Fraction(2)),
        ([1, 2, 3, 4], "BIGINT", Fraction(5, 2)),
        ([-4, -1], "INTEGER", Fraction(-5, 2)),
        ([2**53, 2**53 + 1], "BIGINT", Fraction(2**54 + 1, 2)),
        ([2**60 + 1, 0, 2**61], "BIGINT", Fraction(2**60 + 1)),
        (["0.01", "0.02"], "DECIMAL(18,2)", Fraction(3, 200)),
        (["NULL", 7], "BIGINT", Fraction(7)),
        (["NULL"], "BIGINT", None),
    ],
)
def test_median_is_exact(values, kind, expected):
    assert median(values, kind) == expected
