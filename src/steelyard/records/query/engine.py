"""Run SQL over the tables of a snapshot, within limits of time and memory, and nothing else.

The connection may read the files of the snapshot and no other, writes nothing, loads no extension, and
its settings are locked before the first query.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.intake import names

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True, slots=True)
class Limits:
    """What a query may use. ``threads`` 0 is one a core."""

    seconds: int = 600
    memory: str = "3GB"
    threads: int = 0


def settings(
    limits: Limits, *, spill: Path | None = None
) -> dict[str, str | bool | int | float | list[str]]:
    """Of any connection of ours: nothing is loaded, nothing is written beside ``spill``."""
    found: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": limits.memory,
        "temp_directory": "" if spill is None else str(spill),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "preserve_insertion_order": True,
    }
    return found | ({"threads": limits.threads} if limits.threads else {})


class Answer(Protocol):
    """What a SELECT gave."""

    def fetchall(self) -> list[Any]: ...


class Asked(Protocol):
    """Whoever answers one SELECT: a reader, or one that has the answer already."""

    def execute(self, sql: str) -> Answer: ...


class Reader:
    """A connection that runs one SELECT at a time, over the files that it was given.

    DuckDB lets a path that may be read be written too (``COPY … TO``); this does not.
    """

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection

    def execute(self, sql: str) -> DuckDBPyConnection:
        """
        Raises:
            duckdb.Error: it is not one SELECT, or cannot be run.
        """
        import duckdb

        statements = self._connection.extract_statements(sql)
        if [one.type for one in statements] != [duckdb.StatementType.SELECT]:
            raise duckdb.PermissionException("only one SELECT may run here")
        return self._connection.execute(statements[0])

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


Instead = Mapping[str, Sequence[tuple[str, Path]]]
"""Table → deliveries whose rows are left out, each with the file whose rows come in their place."""


def reading(
    files: Mapping[str, Path],
    limits: Limits,
    *,
    empty: Mapping[str, str] | None = None,
    instead: Instead | None = None,
) -> Reader:
    """A connection with a view for each table, which can read these files and do nothing else.

    ``empty`` is SQL of tables that have no file.
    """
    import duckdb

    connection = duckdb.connect(config=settings(limits))
    replaced = instead or {}
    for table, path in files.items():
        sql = _rows_of(path, replaced.get(table, ()))
        connection.execute(f"CREATE VIEW {names.name(table)} AS {sql}")
    for table, sql in (empty or {}).items():
        connection.execute(f"CREATE VIEW {names.name(table)} AS {sql}")
    paths = [*files.values(), *(path for those in replaced.values() for _, path in those)]
    written = [write(path) for path in paths for write in (names.text, names.file)]
    allowed = ", ".join(dict.fromkeys(written))
    connection.execute(f"SET allowed_paths = [{allowed}]")
    connection.execute(f"SET max_execution_time = {limits.seconds * 1000}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return Reader(connection)


def _rows_of(path: Path, instead: Sequence[tuple[str, Path]]) -> str:
    whole = f"SELECT * FROM read_parquet({names.file(path)})"
    if not instead:
        return whole
    left_out = names.texts([delivery for delivery, _ in instead])
    others = [f"SELECT * FROM read_parquet({names.file(other)})" for _, other in instead]
    return " UNION ALL BY NAME ".join([f"{whole} WHERE delivery NOT IN {left_out}", *others])


@contextmanager
def refusing(limits: Limits, where: Where) -> Iterator[None]:
    """What a query runs into, said plainly.

    Raises:
        Faulty: it ran past a limit, a number did not fit, or a file could not be read.
    """
    import duckdb

    try:
        yield
    except duckdb.InterruptException as error:
        raise Faulty([_past_time(limits, where)]) from error
    except duckdb.OutOfMemoryException as error:
        raise Faulty([_past_memory(limits, where)]) from error
    except duckdb.IOException as error:
        is_write = "write" in str(error).lower() or "no space" in str(error).lower()
        raise Faulty([(_no_room if is_write else _failed)(str(error), where)]) from error
    except duckdb.Error as error:
        raise Faulty([_failed(str(error), where)]) from error


def _no_room(said: str, where: Where) -> Fault:
    first = said.strip().splitlines()[0][:300]
    what = Text(f"无法写入磁盘（{first}）", f"the disk cannot be written ({first})")
    mend = Text("请腾出空间，或另选文件夹", "make room, or name another folder")
    return Fault("cannot-write", what, mend, where)


def _past_time(limits: Limits, where: Where) -> Fault:
    what = Text(
        f"查询超过{limits.seconds}秒", f"the query ran for more than {limits.seconds} seconds"
    )
    mend = Text(
        "请检查联接条件，或先按条件筛选再联接",
        "check its joins, and leave out before joining what does not count",
    )
    return Fault("query-too-slow", what, mend, where)


def _past_memory(limits: Limits, where: Where) -> Fault:
    what = Text(
        f"查询需要的内存超过{limits.memory}", f"the query needs more memory than {limits.memory}"
    )
    mend = Text(
        "请检查联接条件，或先按条件筛选再联接；冻结时可用--memory放宽",
        "check its joins, and leave out before joining what does not count; freezing takes --memory",
    )
    return Fault("query-too-large", what, mend, where)


def _failed(said: str, where: Where) -> Fault:
    first = said.strip().splitlines()[0][:300]
    what = Text(f"查询无法执行（{first}）", f"the query cannot be run ({first})")
    mend = Text(
        "请核对查询和数据快照（steelyard verify）",
        "check the query, and the snapshot with steelyard verify",
    )
    return Fault("query-failed", what, mend, where)
