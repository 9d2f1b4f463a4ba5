"""The tables of the tests in DuckDB, empty or with a few rows of every kind."""

from steelyard.records.tally.indicators import _make_empty_tables
from tests.records.snapshots import CATALOGUE

SUITS = [
    ("a1", "440700", "2021-03-01", "2021-03-05", 4, "10.50", "0.5", True, "a", "x"),
    ("a2", "440703", "2021-04-01", None, None, "20.00", None, False, "b", "y"),
    ("a3", "442000", "2021-05-01", "2021-08-01", 92, None, "1.25", None, None, "x"),
    ("a4", "442000", "2020-05-01", None, 2, "0.01", "3", True, "江门", None),
]
SITTINGS = [
    ("h1", "440700", "a1", "2021-03-02", "1.5"),
    ("h2", "440700", "a1", "2021-03-03", None),
    ("h3", "442000", None, "2021-06-02", "2"),
    ("a4", "442000", "a4", "2021-06-02", "2"),
]


def empty(connection):
    _make_empty_tables(connection, CATALOGUE)


def with_rows(connection):
    empty(connection)
    for table, rows in (("suits", SUITS), ("sittings", SITTINGS)):
        for row in rows:
            marks = ", ".join("?" * (len(row) + 1))
            connection.execute(f"INSERT INTO {table} VALUES ({marks})", [*row, "D1"])
