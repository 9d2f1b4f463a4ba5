"""Whatever passes the gate runs on the tables and reads no file; whatever does not is refused in good order."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.query.engine import Limits, reading, refusing
from steelyard.records.query.gate import passed
from steelyard.records.query.literals import literals
from tests.records.query.tables import with_rows
from tests.records.snapshots import CATALOGUE

HERE = Where(key="query")
PERIOD = {"from": date(2021, 1, 1), "to": date(2022, 1, 1)}
QUIET = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
WORDS = st.sampled_from(
    [
        "SELECT",
        "FROM",
        "WHERE",
        "GROUP",
        "BY",
        "HAVING",
        "JOIN",
        "LEFT",
        "RIGHT",
        "FULL",
        "ON",
        "USING",
        "AS",
        "UNION",
        "ALL",
        "EXCEPT",
        "WITH",
        "x",
        "DISTINCT",
        "suits",
        "sittings",
        "places",
        "s",
        "h",
        "id",
        "place",
        "filed",
        "closed",
        "days",
        "amount",
        "won",
        "plaintiff",
        "suit",
        "held",
        "delivery",
        "*",
        ",",
        "(",
        ")",
        ".",
        "=",
        "<",
        ">",
        "<>",
        "+",
        "-",
        "/",
        "||",
        ":from",
        ":to",
        ":other",
        "1",
        "0.5",
        "1e3",
        "'a'",
        "'x.csv'",
        '"id"',
        ";",
        "--",
        "/*",
        "*/",
        "NULL",
        "TRUE",
        "NOT",
        "AND",
        "OR",
        "IN",
        "EXISTS",
        "CASE",
        "WHEN",
        "THEN",
        "ELSE",
        "END",
        "count",
        "sum",
        "min",
        "max",
        "coalesce",
        "substr",
        "cast",
        "CAST",
        "DATE",
        "INT",
        "DOUBLE",
        "::",
        "read_csv",
        "glob",
        "LIMIT",
        "ORDER",
        "COPY",
        "TO",
        "ATTACH",
        "PRAGMA",
        "SET",
        "INSERT",
        "INTO",
        "DELETE",
        "VALUES",
        "LATERAL",
        "江门",
        "?",
        "$1",
        "[",
        "]",
        "{",
        "}",
        "@",
        "#",
        "~",
        "%",
        "'",
    ]
)
TEXTS = st.one_of(
    st.lists(WORDS, max_size=30).map(" ".join),
    st.lists(WORDS, max_size=20).map(lambda words: " ".join(["SELECT id FROM suits WHERE", *words])),
    st.lists(WORDS, max_size=20).map(lambda words: " ".join(["SELECT", *words, "FROM suits"])),
    st.text(max_size=60),
)  # fmt: skip


@pytest.fixture(scope="module")
def tables(tmp_path_factory):
    """A connection as a snapshot has one: it may read these tables and nothing else."""
    folder = tmp_path_factory.mktemp("tables")
    with duckdb.connect() as connection:
        with_rows(connection)
        for table in CATALOGUE.tables:
            connection.execute(f"COPY {table} TO '{folder / table}.parquet' (FORMAT parquet)")
    files = {table: Path(folder, f"{table}.parquet") for table in CATALOGUE.tables}
    with reading(files, Limits(seconds=5, memory="500MB", threads=1)) as connection:
        yield connection


def rows(connection, text):
    """The rows of a query that passes, else None; a fault of the engine is told as ours."""
    query, faults = passed(text, CATALOGUE, PERIOD, HERE)
    if query is None:
        assert faults
        assert all(isinstance(fault, Fault) for fault in faults)
        return None
    sql = query.sql(literals({name: PERIOD[name] for name in query.used}))
    try:
        with refusing(Limits(), HERE):
            return query, connection.execute(sql).fetchall()
    except Faulty:
        return None


@settings(max_examples=300, suppress_health_check=QUIET, deadline=None)
@given(text=TEXTS)
def test_any_text_at_all_is_refused_or_reads_the_tables(tables, text):
    rows(tables, text)


def test_the_connection_itself_refuses_what_the_gate_would(tables):
    for sql in ("SELECT * FROM read_text('/etc/hostname')", "SET threads = 2", "ATTACH 'x.db'",
                "COPY suits TO 'x.csv'", "INSTALL httpfs", "LOAD httpfs", "SELECT * FROM glob('/*')"):  # fmt: skip
        with pytest.raises(Faulty), refusing(Limits(), HERE):
            tables.execute(sql)


# --- sound queries --------------------------------------------------------------------------

WHOLE = st.recursive(
    st.sampled_from(["s.days", "1", "0", "length(s.id)", "extract(year FROM s.filed)",
                     "date_diff('day', s.filed, s.closed)", "CAST(s.won AS INT)"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from("+-*"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"abs({one})"), inner.map(lambda one: f"coalesce({one}, 0)"),
        inner.map(lambda one: f"(-{one})"),
    ),
    max_leaves=5,
).filter(lambda one: len(one) < 200)  # fmt: skip
"""Shorter than what the gate calls too deep."""

TEXT = st.sampled_from(
    ["s.court", "s.id", "'a'", "s.court || s.id", "substr(s.id, 1, 1)", "lower(s.court)", "trim(' a')"]
)  # fmt: skip
CONDITION = st.recursive(
    st.one_of(
        st.tuples(WHOLE, st.sampled_from(["=", "<", ">=", "<>"]), WHOLE).map(" ".join),
        st.tuples(TEXT, st.sampled_from(["=", "<", "LIKE"]), TEXT).map(" ".join),
        st.sampled_from(["s.won", "s.won IS NULL", "s.filed >= :from", "s.closed IS NOT NULL",
                         "EXISTS (SELECT 1 FROM sittings h WHERE h.suit = s.id)", "s.plaintiff = 'x'",
                         "s.id IN (SELECT suit FROM sittings WHERE suit IS NOT NULL)", "s.days BETWEEN 1 AND 5"]),
    ),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["AND", "OR"]), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"),
        inner.map(lambda one: f"NOT ({one})"),
    ),
    max_leaves=4,
)  # fmt: skip


@settings(max_examples=60, suppress_health_check=QUIET, deadline=None)
@given(value=WHOLE, text=TEXT, condition=CONDITION, case=CONDITION)
def test_what_was_written_and_what_runs_give_the_same_rows(tables, value, text, condition, case):
    sql = (
        f"SELECT s.id, {value} AS v, {text} AS t, CASE WHEN s.won THEN {value} ELSE 0 END AS c"
        f" FROM suits s WHERE {condition} OR {case}"
    )
    found = rows(tables, sql)
    assert found is not None, sql
    original = sql.replace(":from", "DATE '2021-01-01'")
    assert sorted(map(repr, found[1])) == sorted(map(repr, tables.execute(original).fetchall()))
