"""One delivered file as a view of typed columns, or its faults cell by cell.

The view has ``_row``, the row's number in the file as Excel counts it, and every field of the table;
a field that the file does not have is null throughout.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, cast

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.catalogue.model import Catalogue, Field, Table
from steelyard.records.intake import names
from steelyard.records.intake.delivery import Delivery
from steelyard.records.intake.fields import SQL_TYPES, Value, plain, read_text
from steelyard.tables.files import SIZE_LIMIT
from steelyard.tables.sheet import Column, heading_key, letters

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

MOST_ROWS = 1_000_000_000
MOST_ODD_TEXTS = 50_000
"""Different texts of one column that are not written plainly; more are no variety of hands."""

MOST_LISTED = 1000
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Staged:
    """A delivery whose file could be read: its view, and where its columns stand in the file."""

    delivery: Delivery
    table: Table
    view: str
    sheet: str
    columns: Mapping[str, str]

    def where(self, row: int, field: str = "") -> Where:
        return Where(self.delivery.file, self.sheet, row=row, column=self.columns.get(field, field))


@dataclass(frozen=True, slots=True)
class _Source:
    """A file as DuckDB sees it: SQL that gives ``_row`` and ``c0``, ``c1`` … with their types."""

    sql: str
    sheet: str
    headings: tuple[str, ...]
    types: tuple[str, ...]
    rows: int


def hash_of(path: Path, algorithm: str = "sha256") -> str:
    """The tagged hash of a file, read piece by piece."""
    found = hashlib.new(algorithm)
    with path.open("rb") as source:
        while piece := source.read(_CHUNK):
            found.update(piece)
    return f"{algorithm}:{found.hexdigest()}"


def stage(
    connection: DuckDBPyConnection,
    delivery: Delivery,
    catalogue: Catalogue,
    number: int,
    faults: list[Fault],
) -> Staged | None:
    """Read one delivery. None if its file or its headings cannot be used at all."""
    before = len(faults)
    faults += _seal_faults(delivery)
    if len(faults) > before:
        return None
    try:
        source = _source(connection, delivery, number)
    except Faulty as error:
        faults.extend(error.faults)
        return None
    faults += _count_faults(delivery, source)
    table = catalogue.tables[delivery.table]
    places = _places(source, table, delivery, faults)
    if len(faults) > before:
        return None
    columns = {code: str(Column(letters(at), source.headings[at])) for code, at in places.items()}
    staged = Staged(delivery, table, f"staged_{number}", source.sheet, columns)
    _make_view(connection, staged, source, places, catalogue, faults)
    return staged


def rows_of(connection: DuckDBPyConnection, delivery: Delivery) -> int:
    """How many rows a file has.

    Raises:
        Faulty: it cannot be read.
    """
    with connection.cursor() as apart:
        return _source(apart, delivery, 0).rows


# --- the file as a whole --------------------------------------------------------------------


def _seal_faults(delivery: Delivery) -> Iterator[Fault]:
    where = Where(file=delivery.file)
    if not delivery.path.is_file():
        what = Text("找不到报送的文件", "the delivered file is not there")
        yield Fault("missing-file", what, Text("请核对文件名", "check its name"), where)
        return
    algorithm = delivery.hash.partition(":")[0]
    found = hash_of(delivery.path, algorithm)
    if found != delivery.hash:
        what = Text(
            f"哈希不符：清单为{delivery.hash[:23]}…，文件为{found[:23]}…",
            f"its hash is {found[:23]}…, the cover says {delivery.hash[:23]}…",
        )
        mend = Text(
            "文件在签发后被改动；请报送单位重新签发，或作为更正报送",
            "it was altered after it was signed: have it signed again, or deliver a correction",
        )
        yield Fault("wrong-hash", what, mend, where)


def _count_faults(delivery: Delivery, source: _Source) -> Iterator[Fault]:
    if source.rows != delivery.rows:
        what = Text(
            f"清单写{delivery.rows}行，文件有{source.rows}行",
            f"the cover says {delivery.rows} rows, the file has {source.rows}",
        )
        mend = Text("请核对文件是否完整", "see whether the file is whole")
        yield Fault("wrong-row-count", what, mend, Where(file=delivery.file))


def _source(connection: DuckDBPyConnection, delivery: Delivery, number: int) -> _Source:
    path = delivery.path
    if path.suffix.lower() == ".parquet":
        return _parquet_source(connection, path, delivery.file)
    if path.suffix.lower() == ".csv" and path.stat().st_size > SIZE_LIMIT:
        return _large_csv_source(connection, path, delivery.file)
    return _sheet_source(connection, path, delivery.file, number)


def _parquet_source(connection: DuckDBPyConnection, path: Path, file: str) -> _Source:
    import duckdb

    read = f"read_parquet({names.text(path)}, file_row_number = true)"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
        (rows,) = cast(
            "tuple[int]", connection.execute(f"SELECT count(*) FROM {read}").fetchall()[0]
        )
    except duckdb.Error as error:
        raise Faulty([_broken(file, str(error))]) from error
    if rows > MOST_ROWS:
        what = Text(f"文件自称有{rows}行", f"the file claims {rows} rows")
        raise Faulty([Fault("too-large", what, _SPLIT, Where(file=file))])
    columns = [(row[0], row[1]) for row in described if row[0] != "file_row_number"]
    given = ", ".join(f"{names.name(one)} AS c{at}" for at, (one, _) in enumerate(columns))
    sql = f"SELECT file_row_number + 2 AS _row, {given} FROM {read}"
    headings, types = zip(*columns, strict=True) if columns else ((), ())
    return _Source(sql, "", tuple(headings), tuple(types), rows)


_SPLIT = Text("请拆分报送", "split the delivery")


def _broken(file: str, said: str) -> Fault:
    what = Text(
        "文件已损坏或不完整", f"the file is damaged or cut short ({said.splitlines()[0][:120]})"
    )
    return Fault("broken-file", what, Text("请重新导出", "export it again"), Where(file=file))


def _large_csv_source(connection: DuckDBPyConnection, path: Path, file: str) -> _Source:
    """A text file too large for a sheet: UTF-8, comma, a heading row, read by DuckDB as text."""
    import duckdb

    read = f"read_csv({names.text(path)}, all_varchar = true, header = true, delim = ',', quote = '\"')"
    try:
        described = connection.execute(f"DESCRIBE SELECT * FROM {read}").fetchall()
        (rows,) = cast(
            "tuple[int]", connection.execute(f"SELECT count(*) FROM {read}").fetchall()[0]
        )
    except duckdb.Error as error:
        raise Faulty([_broken(file, str(error))]) from error
    headings = tuple(str(row[0]).lstrip("\ufeff").strip() for row in described)
    given = ", ".join(f"{names.name(row[0])} AS c{at}" for at, row in enumerate(described))
    sql = f"SELECT row_number() OVER () + 1 AS _row, {given} FROM {read}"
    return _Source(sql, "", headings, ("VARCHAR",) * len(headings), rows)


def _sheet_source(connection: DuckDBPyConnection, path: Path, file: str, number: int) -> _Source:
    import pyarrow as pa

    from steelyard.tables.read import read_sheet
    from steelyard.tables.sheet import text_of

    sheet = read_sheet(path, called=file)
    columns = {"_row": pa.array([row.number for row in sheet.rows], pa.int64())}
    for at in range(len(sheet.headings)):
        held = [text_of(row.values[at]).strip() or None for row in sheet.rows]
        columns[f"c{at}"] = pa.array(held, pa.string())
    connection.register(f"sheet_{number}", pa.table(columns))
    types = ("VARCHAR",) * len(sheet.headings)
    return _Source(
        f"SELECT * FROM sheet_{number}", sheet.name, sheet.headings, types, len(sheet.rows)
    )


# --- headings -------------------------------------------------------------------------------


def _places(
    source: _Source, table: Table, delivery: Delivery, faults: list[Fault]
) -> dict[str, int]:
    """Field → the column that holds it. Headings are codes or titles, in either language."""
    by_heading = {
        heading_key(one): field.code
        for field in table.fields
        for one in (field.code, field.title.zh, field.title.en)
        if one
    }
    found: dict[str, int] = {}
    for at, heading in enumerate(source.headings):
        code = by_heading.get(heading_key(heading))
        where = Where(delivery.file, source.sheet, row=1, column=str(Column(letters(at), heading)))
        if code is None:
            listed = ", ".join(sorted(set(table.field)))
            what = Text(
                f"表“{table.code}”没有“{heading}”列", f"{table.code!r} has no field {heading!r}"
            )
            mend = Text(f"请删去或改名；可用：{listed}", f"remove or rename it; known are {listed}")
            faults.append(Fault("unknown-column", what, mend, where))
        elif code in found:
            what = Text(f"“{heading}”与另一列重复", f"{heading!r} is given twice")
            faults.append(Fault("duplicate-column", what, Text("请删去一列", "remove one"), where))
        else:
            found[code] = at
    for field in table.fields:
        if field.required and field.code not in found:
            title = f"{field.code}（{field.title.zh}）"
            what = Text(f"缺少必填列“{title}”", f"the required column {field.code!r} is missing")
            where = Where(delivery.file, source.sheet, row=1)
            faults.append(
                Fault("missing-column", what, Text("请补上此列", "add the column"), where)
            )
    return found


# --- cells ----------------------------------------------------------------------------------


def _make_view(
    connection: DuckDBPyConnection,
    staged: Staged,
    source: _Source,
    places: Mapping[str, int],
    catalogue: Catalogue,
    faults: list[Fault],
) -> None:
    raw_view = f"{staged.view}_raw"
    connection.execute(f"CREATE TEMP VIEW {raw_view} AS {source.sql}")
    given, joins = ["_row"], []
    for field in staged.table.fields:
        wanted = SQL_TYPES[field.type]
        if field.code not in places:
            given.append(f"CAST(NULL AS {wanted}) AS {names.name(field.code)}")
            continue
        at = places[field.code]
        codes = catalogue.codes[field.codes] if field.codes else None
        if _is_native(field, source.types[at], codes is not None):
            given.append(f"CAST(c{at} AS {wanted}) AS {names.name(field.code)}")
            continue
        raw = f"nullif(CAST(c{at} AS VARCHAR), '')"
        condition = plain(field, raw, codes)
        odd = _odd_texts(connection, staged, field, raw_view, raw, condition, codes, faults)
        typed = f"CAST({raw} AS {wanted})"
        if odd:
            meant = f"{staged.view}_{field.code}"
            _keep_meanings(connection, meant, wanted, odd)
            joins.append(f"LEFT JOIN {meant} ON {meant}.said = {raw}")
            typed = f"CASE WHEN {condition} THEN {typed} ELSE {meant}.meant END"
        given.append(f"{typed} AS {names.name(field.code)}")
    sql = f"SELECT {', '.join(given)} FROM {raw_view} {' '.join(joins)}"
    connection.execute(f"CREATE TEMP VIEW {staged.view} AS {sql}")


_WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


def _is_native(field: Field, given: str, is_coded: bool) -> bool:
    """Whether every value of the file's own type is one of the field's."""
    match field.type:
        case "day":
            return given == "DATE"
        case "yes_no":
            return given == "BOOLEAN"
        case "whole":
            return given in _WHOLE_TYPES and not is_coded
        case "number":
            return given in _WHOLE_TYPES[:3] or given in ("DECIMAL(18,6)", "DECIMAL(18,2)")
        case "money":
            return given in _WHOLE_TYPES[:3] or given == "DECIMAL(18,2)"
        case _:
            return False


def _odd_texts(
    connection: DuckDBPyConnection, staged: Staged, field: Field, raw_view: str, raw: str,
    condition: str, codes: Mapping[str, Text] | None, faults: list[Fault],
) -> dict[str, Value]:  # fmt: skip
    """What is meant by every text that is not written plainly."""
    found = connection.execute(
        f"SELECT DISTINCT {raw} FROM {raw_view} WHERE {raw} IS NOT NULL AND NOT {condition}"
        f" ORDER BY 1 LIMIT {MOST_ODD_TEXTS}"
    ).fetchall()
    meant: dict[str, Value] = {}
    wrong: dict[str, Fault] = {}
    for (said,) in found:
        value, fault = read_text(field, said, codes)
        meant[said] = value
        if fault is not None:
            wrong[said] = fault
    if wrong:
        faults += _at_cells(connection, staged, field, raw_view, raw, wrong)
    return meant


def _at_cells(
    connection: DuckDBPyConnection, staged: Staged, field: Field, raw_view: str, raw: str,
    wrong: Mapping[str, Fault],
) -> Iterator[Fault]:  # fmt: skip
    """The fault of each text at every cell that holds it."""
    rows = connection.execute(
        f"SELECT _row, {raw} FROM {raw_view} WHERE {raw} IN {names.texts(wrong)}"
        f" ORDER BY _row LIMIT {MOST_LISTED}"
    ).fetchall()
    for row, said in rows:
        yield wrong[said].at(staged.where(row, field.code))


def _keep_meanings(
    connection: DuckDBPyConnection, meant: str, wanted: str, odd: Mapping[str, Value]
) -> None:
    connection.execute(f"CREATE TEMP TABLE {meant} (said VARCHAR, meant {wanted})")
    connection.executemany(f"INSERT INTO {meant} VALUES (?, ?)", [list(one) for one in odd.items()])
