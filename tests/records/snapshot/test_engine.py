"""A connection to a snapshot can read its tables and do nothing else: :mod:`.query.engine`."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pytest

from steelyard.kernel.faults import Faulty, Where
from steelyard.records.query.engine import Limits, Reader, reading, refusing
from steelyard.records.snapshot.snapshot import Snapshot
from tests.records.building import case, codes, frozen, listing


@pytest.fixture
def snapshot(tmp_path: Path) -> Snapshot:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    return frozen(tmp_path, [case(1), case(2)])


def held(snapshot: Snapshot) -> dict[str, bytes]:
    return {
        path.as_posix(): path.read_bytes() for path in snapshot.folder.rglob("*") if path.is_file()
    }


FORBIDDEN = [
    "SELECT * FROM read_csv('{near}/secret.csv')",
    "SELECT * FROM '{near}/secret.csv'",
    "SELECT * FROM read_text('/etc/passwd')",
    "SELECT * FROM glob('/etc/*')",
    "SELECT * FROM read_parquet('{tables}/*.parquet')",
    "SELECT * FROM read_parquet('{tables}/../locators/cases.parquet')",
    "SELECT * FROM secret",
    "COPY (SELECT 1) TO '{near}/out.csv'",
    "COPY (SELECT 1 AS code) TO '{tables}/cases.parquet'",
    "COPY (SELECT 1 AS code) TO '{tables}/cases.parquet' (USE_TMP_FILE false)",
    "COPY cases FROM '{near}/secret.csv'",
    "EXPORT DATABASE '{near}/all'",
    "ATTACH '{near}/new.duckdb' AS other",
    "ATTACH '{tables}/cases.parquet' AS other",
    "ATTACH ':memory:' AS other",
    "INSTALL httpfs",
    "LOAD httpfs",
    "SET memory_limit = '100GB'",
    "SET max_execution_time = 0",
    "SET allowed_paths = ['/etc/passwd']",
    "SET enable_external_access = true",
    "RESET lock_configuration",
    "PRAGMA enable_profiling",
    "CREATE TABLE mine AS SELECT 1",
    "CREATE OR REPLACE VIEW cases AS SELECT 1",
    "DROP VIEW cases",
    "DELETE FROM cases",
    "CALL pragma_version()",
    "SELECT 1; SELECT 2",
    "SELECT 1; COPY (SELECT 1) TO '{tables}/cases.parquet' (USE_TMP_FILE false)",
    "WITH t AS (DELETE FROM cases RETURNING *) SELECT * FROM t",
    "",
]


@pytest.mark.parametrize("statement", FORBIDDEN)
def test_nothing_but_the_tables_can_be_reached(snapshot: Snapshot, statement: str) -> None:
    secret = [1]  # DuckDB would find a variable of this name
    near, tables = snapshot.folder.parent, snapshot.folder / "tables"
    before, beside = held(snapshot), listing(near)
    with snapshot.reading() as connection, pytest.raises(duckdb.Error):
        connection.execute(statement.format(near=near, tables=tables)).fetchall()
    assert (held(snapshot), listing(near), secret) == (before, beside, [1])


def test_the_tables_can_be_read(snapshot: Snapshot) -> None:
    with snapshot.reading() as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchall() == [(2,)]
        assert connection.execute("WITH a AS (SELECT 1) FROM a").fetchall() == [(1,)]


def test_a_query_past_its_time_is_stopped_and_says_so(snapshot: Snapshot) -> None:
    endless = "SELECT count(*) FROM range(1000000000) a, range(1000000000) b"
    limits = Limits(seconds=1)
    with (
        reading(snapshot.files, limits) as connection,
        pytest.raises(Faulty) as refused,
        refusing(limits, Where(key="query")),
    ):
        connection.execute(endless).fetchall()
    assert codes(refused) == ["query-too-slow"]


def test_a_query_past_its_memory_is_stopped_and_says_so(snapshot: Snapshot) -> None:
    large = "SELECT count(DISTINCT hash(range)) FROM range(50000000)"
    limits = Limits(seconds=60, memory="60MB", threads=2)
    with (
        reading(snapshot.files, limits) as connection,
        pytest.raises(Faulty) as refused,
        refusing(limits, Where(key="query")),
    ):
        connection.execute(large).fetchall()
    assert codes(refused) == ["query-too-large"]


def test_a_file_that_cannot_be_read_is_said_plainly(snapshot: Snapshot) -> None:
    snapshot.files["cases"].write_bytes(b"PAR1 and nothing PAR1")
    with pytest.raises(Faulty) as refused:
        snapshot.reading()
    assert codes(refused) == ["altered-snapshot"]


def test_a_reader_of_named_tables_reads_no_other(snapshot: Snapshot) -> None:
    assert {"cases", "meetings"} <= {*snapshot.catalogue.tables}
    with snapshot.reading(tables=["cases"]) as connection:
        assert connection.execute("SELECT count(*) FROM cases").fetchall() == [(2,)]
        with pytest.raises(duckdb.Error):
            connection.execute("SELECT count(*) FROM meetings")
    with snapshot.reading() as connection:
        assert connection.execute("SELECT count(*) FROM meetings").fetchall() == [(0,)]


def test_a_query_opens_its_own_tables_alone(
    snapshot: Snapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    reads = Snapshot.reading

    def noted(
        of: Snapshot, limits: Limits | None = None, *, tables: Iterable[str] | None = None
    ) -> Reader:
        asked.append(tables)
        return reads(of, limits, tables=tables)

    monkeypatch.setattr(Snapshot, "reading", noted)
    assert snapshot.rows("SELECT count(*) AS n FROM cases") == ({"n": 2},)
    assert asked == [("cases",)]
