"""Freeze deliveries into a snapshot: read, check, sort, write, hash, seal. All of it, or nothing.

Everything is written into a folder beside the wanted one and moved there in one step, so that a
snapshot is whole or not there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from steelyard import __version__
from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.catalogue.model import Catalogue
from steelyard.records.intake import names
from steelyard.records.intake.checks import duplicate_faults, in_order, union
from steelyard.records.intake.constraints import check_constraints
from steelyard.records.intake.cover import read_covers
from steelyard.records.intake.delivery import period_of, written_period
from steelyard.records.intake.let_in import LetIn, Progress, let_in
from steelyard.records.intake.staged import MOST_LISTED, Staged, hash_of, telling_which
from steelyard.records.query.engine import Limits, refusing, settings
from steelyard.records.snapshot.beside import folder_beside
from steelyard.records.snapshot.locator import (
    ROW_GROUP,
    copy_to,
    key_columns,
    repeated_keys,
    write_locator,
)
from steelyard.records.snapshot.manifest import FILE, Frozen, Sealed, manifest_bytes, manifest_of
from steelyard.records.snapshot.snapshot import Snapshot
from steelyard.records.snapshot.watch import watched

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


def freeze(
    covers: Sequence[Path],
    out: Path,
    *,
    period: str,
    catalogue: Catalogue,
    title: Text | None = None,
    limits: Limits | None = None,
    progress: Progress = lambda *_: None,
) -> Snapshot:
    """Freeze the deliveries of these cover lists into the folder ``out``, which must not exist.

    The same deliveries give the same bytes and the same identifier, at any number of threads.

    Raises:
        Faulty: with every fault of every delivery; nothing is then written.
    """
    _check_period(period)
    _check_free(out)
    check_constraints(catalogue)
    deliveries = read_covers(covers, catalogue)
    asked = limits or Limits()
    with folder_beside(out) as beside:
        new, spill = beside / "new", beside / "spill"
        for folder in (new / "tables", new / "locators", spill):
            folder.mkdir(parents=True)
        connection, engine = _connected(asked, spill)
        with connection, refusing(asked, Where(file=str(out))):
            taken = let_in(connection, deliveries, catalogue, progress=progress)
            frozen = list(_written(connection, taken, catalogue, new, progress))
        document = manifest_of(
            name=f"steelyard-{period.replace('/', '-')}",
            title=title or Text(f"{period}年数据快照", f"Snapshot of {period}"),
            period=written_period(period_of(period)),
            catalogue=catalogue,
            deliveries=deliveries,
            frozen=frozen,
            engine=engine,
        )
        (new / FILE).write_bytes(manifest_bytes(document))
        _move(new, out)
    return Snapshot.open(out)


def _check_period(period: str) -> None:
    try:
        period_of(period)
    except ValueError as error:
        what = Text(f"“{period}”不是期间", f"{period!r} is no period")
        mend = Text(
            "写2021，或2021-01-01/2022-01-01（止日不含）",
            "write 2021, or 2021-01-01/2022-01-01 (the last day not included)",
        )
        raise Faulty([Fault("wrong-period", what, mend, Where(file="--period"))]) from error


def _check_free(out: Path) -> None:
    if not _is_free(out):
        raise _exists_already(out)


def _is_free(out: Path) -> bool:
    return not out.exists() or (out.is_dir() and not any(out.iterdir()))


def _exists_already(out: Path) -> Faulty:
    what = Text("目标已存在，数据快照不可改写", "it exists already, and a snapshot is never edited")
    mend = Text("请另选文件夹", "name another folder")
    return Faulty([Fault("exists-already", what, mend, Where(file=str(out)))])


def _connected(limits: Limits, spill: Path) -> tuple[DuckDBPyConnection, dict[str, object]]:
    import duckdb

    try:
        connection = duckdb.connect(config=settings(limits, spill=spill))
    except duckdb.Error as error:
        what = Text(f"“{limits.memory}”不是内存大小", f"{limits.memory!r} is no size of memory")
        mend = Text("请写成3GB", "write it as 3GB")
        raise Faulty([Fault("wrong-option", what, mend, Where(file="--memory"))]) from error
    engine: dict[str, object] = {
        "duckdb": duckdb.__version__,
        "steelyard": __version__,
        "compression": "zstd",
        "row_group": ROW_GROUP,
    }
    return connection, engine


def _written(
    connection: DuckDBPyConnection, taken: LetIn, catalogue: Catalogue, new: Path,
    progress: Progress,
) -> Iterator[Frozen]:  # fmt: skip
    faults: list[Fault] = []
    for number, (code, listed) in enumerate(taken.tables.items()):
        progress(code, number, len(taken.tables))
        with watched(connection, _part_of(progress, code, number, len(taken.tables))):
            frozen = _table_written(connection, code, listed, catalogue, new, faults)
        if not faults:
            yield frozen
    if faults:
        raise Faulty(in_order(faults))


def _part_of(progress: Progress, code: str, number: int, of: int) -> Callable[[float], None]:
    """The share of one table as a share of all of them."""
    return lambda share: progress(code, number + share, of)


def _table_written(
    connection: DuckDBPyConnection, code: str, listed: Sequence[Staged], catalogue: Catalogue,
    new: Path, faults: list[Fault],
) -> Frozen:  # fmt: skip
    table = catalogue.tables[code]
    file, locator = f"tables/{code}.parquet", f"locators/{code}.parquet"
    columns = ", ".join([*(names.name(field.code) for field in table.fields), "delivery"])
    query = f"SELECT {columns} FROM ({union(table, listed)}) ORDER BY {key_columns(table)}"
    with telling_which(connection, listed):
        copy_to(connection, query, new / file)
    repeated = repeated_keys(connection, table, new / file, MOST_LISTED)
    if repeated:
        faults += duplicate_faults(connection, table, listed, repeated)
    rows = _rows_of(connection, new / file)
    write_locator(connection, table, rows, new / file, new / locator)
    return Frozen(code, rows, _sealed(new, file), _sealed(new, locator))


def _rows_of(connection: DuckDBPyConnection, path: Path) -> int:
    found = connection.execute(f"SELECT count(*) FROM read_parquet({names.file(path)})").fetchall()[
        0
    ]
    return cast("tuple[int]", found)[0]


def _sealed(new: Path, path: str) -> Sealed:
    return Sealed(path, (new / path).stat().st_size, hash_of(new / path))


def _move(new: Path, out: Path) -> None:
    try:
        if out.exists():
            out.rmdir()
        new.replace(out)
    except OSError as error:
        if not _is_free(out):  # another freeze was quicker
            raise _exists_already(out) from error
        what = Text(f"无法写入：{error.strerror}", f"it cannot be written: {error.strerror}")
        mend = Text("请另选文件夹", "name another folder")
        raise Faulty([Fault("cannot-write", what, mend, Where(file=str(out)))]) from error
