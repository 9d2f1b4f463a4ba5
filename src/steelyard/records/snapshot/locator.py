"""Where in a table did something change? Digests of small blocks of rows, kept beside the table.

The hash of a file says *that* it changed; the locator says *where*: the rows, in the order of their
key, stand in blocks, each with its first key, its number of rows and a digest. A table of up to
``BLOCKS`` rows has a block a row. A digest is the exclusive or of half of the MD5 of its rows: quick, the same on any
machine and at any number of threads, and no seal; the seal is the SHA-256 of the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.records.catalogue.model import Table
from steelyard.records.intake import names

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BLOCKS = 65_536
ROW_GROUP = 122_880
"""Rows of a row group of every file: DuckDB's own default, fixed here."""

_BETWEEN, _NOTHING = "chr(31)", "chr(30)"


def rows_of_a_block(rows: int) -> int:
    """
    >>> rows_of_a_block(65_536), rows_of_a_block(65_537)
    (1, 2)
    """
    return max(1, -(-rows // BLOCKS))


def row_digest(table: Table) -> str:
    """SQL of the digest of one row, from every column."""
    columns = [*(field.code for field in table.fields), "delivery"]
    parts = ", ".join(
        f"coalesce(CAST({names.name(one)} AS VARCHAR), {_NOTHING})" for one in columns
    )
    return f"md5_number_lower(concat_ws({_BETWEEN}, {parts}))"


def key_columns(table: Table) -> str:
    return ", ".join(names.name(one) for one in table.key)


def write_locator(
    connection: DuckDBPyConnection, table: Table, rows: int, source: Path, target: Path
) -> None:
    """Write the locator of a sorted file: ``block``, the first key, ``rows``, ``digest``.

    ``delivery`` stands there too where all rows of the block are of one.
    """
    size = rows_of_a_block(rows)
    first = ", ".join(
        f"arg_min({names.name(one)}, file_row_number) AS {names.name(one)}" for one in table.key
    )
    query = (
        f"SELECT CAST(file_row_number // {size} AS BIGINT) AS block, {first},"
        f" CAST(count(*) AS BIGINT) AS rows, bit_xor({row_digest(table)}) AS digest,"
        f" CASE WHEN min(delivery) = max(delivery) THEN min(delivery) END AS delivery"
        f" FROM read_parquet({names.file(source)}, file_row_number = true)"
        f" GROUP BY block ORDER BY block"
    )
    copy_to(connection, query, target)


def copy_to(connection: DuckDBPyConnection, query: str, target: Path) -> None:
    """Write what a query gives as Parquet: fixed row groups, zstd; the same bytes for the same rows."""
    connection.execute(
        f"COPY ({query}) TO {names.text(target)}"
        f" (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})"
    )


def repeated_keys(
    connection: DuckDBPyConnection, table: Table, source: Path, most: int
) -> Sequence[object]:
    """The first field of keys that stand twice in a sorted file: a row that equals the one before."""
    before = " AND ".join(
        f"lag({names.name(one)}) OVER () IS NOT DISTINCT FROM {names.name(one)}"
        for one in table.key
    )
    rows = connection.execute(
        f"SELECT DISTINCT {names.name(table.key[0])} FROM ("
        f" SELECT {names.name(table.key[0])}, file_row_number, {before} AS is_repeated"
        f" FROM read_parquet({names.file(source)}, file_row_number = true))"
        f" WHERE is_repeated AND file_row_number > 0 ORDER BY 1 LIMIT {most}"
    ).fetchall()
    return [row[0] for row in rows]
