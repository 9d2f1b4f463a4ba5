"""One delivered file as a view of typed columns, or its faults cell by cell.

The view has ``_row``, the row's number in the file as Excel counts it, and every field of the table;
a field that the file does not have is null throughout.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from steelyard.kernel.bilingual import Text
from steelyard.kernel.faults import Fault, Faulty, Where
from steelyard.records.catalogue.model import Catalogue, Field, Table
from steelyard.records.intake import names
from steelyard.records.intake.delivery import Delivery
from steelyard.records.intake.fields import SQL_TYPES, Value, plain, read_text
from steelyard.records.intake.source import Source, broken, source_of
from steelyard.tables.cells import code
from steelyard.tables.sheet import Column, heading_key, letters

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

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
    source: Source | None = None,
) -> Staged | None:
    """Read one delivery. None if its file or its headings cannot be used at all.

    A ``source`` is the file already opened under this ``number``: a large sheet is slow to read twice.
    """
    before = len(faults)
    faults += _seal_faults(delivery)
    if len(faults) > before:
        return None
    try:
        source = source or source_of(connection, delivery, number)
    except Faulty as error:
        faults.extend(error.faults)
        return None
    faults += _count_faults(delivery, source)
    table = catalogue.tables[delivery.table]
    places = _places(source, table, delivery, faults)
    if len(faults) > before:
        return None
    faults += source.unread
    columns = {code: str(Column(letters(at), source.headings[at])) for code, at in places.items()}
    staged = Staged(delivery, table, f"staged_{number}", source.sheet, columns)
    is_read = False
    with telling_broken(delivery, faults):
        faults += lost_codes(connection, staged, source, places)
        _make_view(connection, staged, source, places, catalogue, faults)
        is_read = True
    return staged if is_read else None


@contextmanager
def telling_broken(delivery: Delivery, faults: list[Fault]) -> Iterator[None]:
    """A file that is found to be damaged while its cells are read is a fault like any other."""
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error as error:
        faults.append(broken(delivery.file, str(error)))


# --- the file as a whole --------------------------------------------------------------------


def _seal_faults(delivery: Delivery) -> Iterator[Fault]:
    where = Where(file=delivery.file)
    if not _is_there(delivery.path):
        what = Text("找不到报送的文件", "the delivered file is not there")
        yield Fault("missing-file", what, Text("请核对文件名", "check its name"), where)
        return
    algorithm = delivery.hash.partition(":")[0]
    found = hash_of(delivery.path, algorithm)
    if found != delivery.hash:
        what = Text(
            f"哈希值不符：清单为{delivery.hash[:23]}…，文件为{found[:23]}…",
            f"its hash is {found[:23]}…, the cover says {delivery.hash[:23]}…",
        )
        mend = Text(
            "文件在签发后被改动；请报送单位重新签发，或作为更正报送",
            "it was altered after it was signed: have it signed again, or deliver a correction",
        )
        yield Fault("wrong-hash", what, mend, where)


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name longer than any file has
        return False


def _count_faults(delivery: Delivery, source: Source) -> Iterator[Fault]:
    if source.rows != delivery.rows:
        what = Text(
            f"清单写{delivery.rows}行，文件有{source.rows}行",
            f"the cover says {delivery.rows} rows, the file has {source.rows}",
        )
        mend = Text("请核对文件是否完整", "see whether the file is whole")
        yield Fault("wrong-row-count", what, mend, Where(file=delivery.file))


# --- headings -------------------------------------------------------------------------------


def _places(
    source: Source, table: Table, delivery: Delivery, faults: list[Fault]
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


# --- codes ---------------------------------------------------------------------------------


def lost_codes(
    connection: DuckDBPyConnection, staged: Staged, source: Source, places: Mapping[str, int]
) -> Iterator[Fault]:
    """Codes that a program has taken for a number, a day or a truth value, and so has changed."""
    for field in staged.table.fields:
        at = places.get(field.code)
        if at is None or field.type != "code" or field.codes:
            continue
        if source.read is not None:
            for cell in source.read.column(source.headings[at]):
                found = None if isinstance(cell.stored, str) else code(cell)
                if isinstance(found, Fault):
                    yield found.at(staged.where(cell.where.row or 0, field.code))
        elif source.types[at] in ("FLOAT", "DOUBLE"):
            yield from _lost_digits(connection, staged, source, field, at)


def _lost_digits(
    connection: DuckDBPyConnection, staged: Staged, source: Source, field: Field, at: int
) -> Iterator[Fault]:
    rows = connection.execute(
        f"SELECT _row, CAST(c{at} AS VARCHAR) FROM ({source.sql})"
        f" WHERE NOT abs(c{at}) < 1e15 ORDER BY _row LIMIT {MOST_LISTED}"
    ).fetchall()
    for row, said in rows:
        what = Text(
            f"“{said}”超过15位，末位数字已丢失",
            f"“{said}” has more than 15 digits: the last are lost",
        )
        mend = Text("请将该列导出为文本", "export the column as text")
        yield Fault("not-a-code", what, mend, staged.where(row, field.code))


# --- cells ----------------------------------------------------------------------------------


def _make_view(
    connection: DuckDBPyConnection,
    staged: Staged,
    source: Source,
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
        raw = f"nullif({_as_text(f'c{at}', source.types[at])}, '')"
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


def _as_text(column: str, given: str) -> str:
    """The text of a cell. A whole number in a column of floats is written without ``.0``."""
    if given not in ("FLOAT", "DOUBLE"):
        return f"CAST({column} AS VARCHAR)"
    whole = f"{column} = trunc({column}) AND abs({column}) < 1e15"
    return (
        f"CASE WHEN {whole} THEN CAST(CAST({column} AS BIGINT) AS VARCHAR)"
        f" ELSE CAST({column} AS VARCHAR) END"
    )


_WHOLE_TYPES = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER")


def _is_native(field: Field, given: str, is_coded: bool) -> bool:
    """Whether every value of the file's own type is one of the field's."""
    match field.type:
        case "day":
            return given == "DATE" or (given.startswith("TIMESTAMP") and "ZONE" not in given)
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
        f" ORDER BY 1 LIMIT {MOST_ODD_TEXTS + 1}"
    ).fetchall()
    if len(found) > MOST_ODD_TEXTS:
        faults.append(_too_many(field, staged))
        return {}
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


def _too_many(field: Field, staged: Staged) -> Fault:
    what = Text(
        f"此列有{MOST_ODD_TEXTS}种以上的写法不规范",
        f"more than {MOST_ODD_TEXTS} different texts of this column are not written plainly",
    )
    mend = Text(
        "日期请写成2021-03-05，数字不用千分位，文字前后不留空格",
        "write days as 2021-03-05, numbers without commas, texts without spaces around them",
    )
    return Fault("too-many-writings", what, mend, staged.where(1, field.code))


@contextmanager
def telling_which(connection: DuckDBPyConnection, listed: Sequence[Staged]) -> Iterator[None]:
    """Where rows of several deliveries are read and one is damaged: whose it is.

    Raises:
        Faulty: with the deliveries that cannot be read.
    """
    import duckdb

    try:
        yield
    except duckdb.OutOfMemoryException:
        raise
    except duckdb.Error:
        faults: list[Fault] = []
        for one in listed:
            with telling_broken(one.delivery, faults):
                connection.execute(f"SELECT max(hash(COLUMNS(*))) FROM {one.view}").fetchall()
        if not faults:
            raise
        raise Faulty(faults) from None


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
