"""A delivered file as columns: Excel, CSV and Parquet alike, with the types that it has."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where, raise_if_any
from steelyard.records.intake import names
from steelyard.records.intake.delivery import Delivery
from steelyard.tables.files import SIZE_LIMIT
from steelyard.tables.sheet import Column, letters

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

    from steelyard.tables.sheet import Sheet

MOST_ROWS = 1_000_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A file as DuckDB sees it: SQL that gives ``_row`` and ``c0``, ``c1`` … with their types.

    ``read`` is the file read as a sheet, if it was; ``unread`` are the faults of its cells without value.
    """

    sql: str
    sheet: str
    headings: tuple[str, ...]
    types: tuple[str, ...]
    rows: int
    read: Sheet | None = None
    unread: tuple[Fault, ...] = ()


def source_of(connection: DuckDBPyConnection, delivery: Delivery, number: int) -> Source:
    path = delivery.path
    if path.suffix.lower() == ".parquet":
        return _parquet_source(connection, path, delivery.file)
    if path.suffix.lower() == ".csv" and path.stat().st_size > SIZE_LIMIT:
        return _large_csv_source(connection, path, delivery.file)
    return _sheet_source(connection, path, delivery.file, number)


def _parquet_source(connection: DuckDBPyConnection, path: Path, file: str) -> Source:
    import duckdb

    read = f"read_parquet({names.file(path)}, file_row_number = true)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
        (rows,) = cast(
            "tuple[int]", connection.execute(f"SELECT count(*) FROM {read}").fetchall()[0]
        )
    except duckdb.Error as error:
        raise Faulty([broken(file, str(error))]) from error
    if rows > MOST_ROWS:
        what = Text(f"文件自称有{rows}行", f"the file claims {rows} rows")
        raise Faulty([Fault("too-large", what, _SPLIT, Where(file=file))])
    columns = [(row[0], row[1]) for row in described if row[0] != "file_row_number"]
    given = ", ".join(f"{names.name(one)} AS c{at}" for at, (one, _) in enumerate(columns))
    sql = f"SELECT file_row_number + 2 AS _row, {given} FROM {read}"
    headings, types = zip(*columns, strict=True) if columns else ((), ())
    raise_if_any(_no_values(file, headings, types))
    return Source(sql, "", tuple(headings), tuple(types), rows)


def _no_values(file: str, headings: Sequence[str], types: Sequence[str]) -> Iterator[Fault]:
    """Columns whose cells are not single values: lists, structures, bytes."""
    for at, (heading, kind) in enumerate(zip(headings, types, strict=True)):
        if not _VALUES.fullmatch(kind):
            where = Where(file=file, row=1, column=str(Column(letters(at), heading)))
            what = Text(
                f"此列的类型是{kind}，单元格里不是单个的值",
                f"this column is of type {kind}: its cells are not single values",
            )
            mend = Text(
                "请导出为文本、数值、日期或是/否",
                "export it as text, numbers, dates or true and false",
            )
            yield Fault("unreadable-column", what, mend, where)


_VALUES = re.compile(
    r"VARCHAR|BOOLEAN|DATE|TIME|TIMESTAMP.*|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE"
    r"|DECIMAL\(\d+,\d+\)|\"NULL\"|ENUM\(.*\)"
)
_SPLIT = Text("请拆分报送", "split the delivery")


def broken(file: str, said: str) -> Fault:
    what = Text(
        "文件已损坏或不完整", f"the file is damaged or cut short ({said.splitlines()[0][:120]})"
    )
    return Fault("broken-file", what, Text("请重新导出", "export it again"), Where(file=file))


def _large_csv_source(connection: DuckDBPyConnection, path: Path, file: str) -> Source:
    """A text file too large for a sheet: UTF-8, comma, a heading row, read by DuckDB as text."""
    import duckdb

    read = f"read_csv({names.file(path)}, all_varchar = true, header = true, delim = ',', quote = '\"')"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
        (rows,) = cast(
            "tuple[int]", connection.execute(f"SELECT count(*) FROM {read}").fetchall()[0]
        )
    except duckdb.Error as error:
        raise Faulty([broken(file, str(error))]) from error
    headings = tuple(str(row[0]).lstrip("\ufeff").strip() for row in described)
    given = ", ".join(f"{names.name(row[0])} AS c{at}" for at, row in enumerate(described))
    sql = f"SELECT row_number() OVER () + 1 AS _row, {given} FROM {read}"
    return Source(sql, "", headings, ("VARCHAR",) * len(headings), rows)


def _sheet_source(connection: DuckDBPyConnection, path: Path, file: str, number: int) -> Source:
    import pyarrow as pa

    from steelyard.tables.read import read_sheet
    from steelyard.tables.sheet import text_of

    sheet = read_sheet(path, called=file, gathering=True)
    columns = {"_row": pa.array([row.number for row in sheet.rows], pa.int64())}
    for at in range(len(sheet.headings)):
        held = [text_of(row.values[at]).strip() or None for row in sheet.rows]
        columns[f"c{at}"] = pa.array(held, pa.string())
    connection.register(f"sheet_{number}", pa.table(columns))
    types = ("VARCHAR",) * len(sheet.headings)
    return Source(
        f"SELECT * FROM sheet_{number}", sheet.name, sheet.headings, types, len(sheet.rows), sheet,
        sheet.unread,
    )  # fmt: skip
