"""Which rows of a changed table are not as they were? Its rows held against the locator.

A row belongs to the last block whose first key is not after its own. So a row that was added or taken
away changes its own block and no other.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from steelyard.records.catalogue.model import Table
from steelyard.records.intake import names
from steelyard.records.query.engine import Limits, settings
from steelyard.records.snapshot.locator import row_digest
from steelyard.records.snapshot.manifest import Frozen

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_BLOCKS = 1000
Change = Literal["changed", "missing", "added"]


@dataclass(frozen=True, slots=True)
class Block:
    """Rows that are not as they were: from this key up to the next block, so many then and now.

    ``change`` says what befell the rows as a whole; ``deliveries`` whose rows are there now, or were.
    """

    first_key: tuple[str, ...]
    rows_then: int
    rows_now: int
    change: Change
    deliveries: tuple[str, ...]


def changed_blocks(folder: Path, frozen: Frozen, table: Table) -> tuple[Block, ...] | None:
    """The blocks that differ, at most ``MOST_BLOCKS``; None if the file cannot be read as the table."""
    import duckdb

    connection = duckdb.connect(config=settings(Limits()))
    try:
        return _changed(connection, folder / frozen.file.path, folder / frozen.locator.path, table)
    except duckdb.Error:
        return None
    finally:
        connection.close()


def _changed(
    connection: DuckDBPyConnection, file: Path, locator: Path, table: Table
) -> tuple[Block, ...]:
    keys = [names.name(one) for one in table.key]
    packed = f"struct_pack({', '.join(f'k{at} := {key}' for at, key in enumerate(keys))})"
    connection.execute(
        f"CREATE TEMP TABLE frozen_blocks AS SELECT block, rows, digest, delivery, {packed} AS key,"
        f" [{', '.join(f'CAST({key} AS VARCHAR)' for key in keys)}] AS shown"
        f" FROM read_parquet({names.file(locator)})"
    )
    connection.execute(
        f"CREATE TEMP VIEW present AS SELECT {packed} AS key, delivery, {row_digest(table)} AS digest,"
        f" [{', '.join(f'CAST({key} AS VARCHAR)' for key in keys)}] AS shown"
        f" FROM read_parquet({names.file(file)})"
    )
    rows = connection.execute(_DIFFERING).fetchall()
    return tuple(_block(*row) for row in rows)


_DIFFERING = f"""
WITH placed AS (
    SELECT coalesce(frozen_blocks.block, -1) AS block, present.digest, present.delivery, present.shown
    FROM present ASOF LEFT JOIN frozen_blocks ON present.key >= frozen_blocks.key
), found AS (
    SELECT block, count(*) AS rows, bit_xor(digest) AS digest,
        list_sort(list_distinct(list(delivery))) AS deliveries, min(shown) AS shown
    FROM placed GROUP BY block
)
SELECT coalesce(frozen_blocks.shown, found.shown), coalesce(frozen_blocks.rows, 0), coalesce(found.rows, 0),
    list_sort(list_distinct(list_append(coalesce(found.deliveries, []), frozen_blocks.delivery)))
FROM frozen_blocks FULL JOIN found ON frozen_blocks.block = found.block
WHERE frozen_blocks.digest IS DISTINCT FROM found.digest OR frozen_blocks.rows IS DISTINCT FROM found.rows
ORDER BY coalesce(frozen_blocks.block, found.block) LIMIT {MOST_BLOCKS}
"""


def _block(shown: list[str], then: int, now: int, deliveries: list[str]) -> Block:
    change: Change = "changed"
    if now < then:
        change = "missing"
    elif now > then:
        change = "added"
    return Block(tuple(shown), then, now, change, tuple(one for one in deliveries if one))
